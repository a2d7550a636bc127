"""Markdown to HTML as the site will have it. The only module that imports Python-Markdown."""

from __future__ import annotations

from typing import Any

import markdown

# The same list stands in the starter's mkdocs.yml, and a test holds the two together.
EXTENSIONS: dict[str, dict[str, Any]] = {
    "attr_list": {},
    "def_list": {},
    "footnotes": {},
    "md_in_html": {},
    "sane_lists": {},
    "tables": {},
    "toc": {},
    "pymdownx.blocks.admonition": {"types": ["emergency", "safety", "credential"]},
    "pymdownx.blocks.html": {},
    "pymdownx.caret": {"insert": False},
    "pymdownx.escapeall": {},
    "pymdownx.superfences": {},
    "pymdownx.tilde": {},
}


def renderer() -> markdown.Markdown:
    """Return a converter; it is slow to make, so make one for many pages."""
    return markdown.Markdown(extensions=list(EXTENSIONS), extension_configs=EXTENSIONS)


def render(converter: markdown.Markdown, text: str) -> str:
    """Return a page's Markdown, front matter left out, as HTML."""
    converter.reset()
    return converter.convert(text)
