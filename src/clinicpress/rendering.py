"""Markdown to HTML as the site will have it. The only module that imports Python-Markdown."""

from __future__ import annotations

from functools import cache, lru_cache
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


@cache
def _converter() -> markdown.Markdown:
    # Slow to make, and the same for every page.
    return markdown.Markdown(extensions=list(EXTENSIONS), extension_configs=EXTENSIONS)


@lru_cache(maxsize=4096)
def render(text: str) -> str:
    """Return a page's Markdown, front matter left out, as HTML.

    A run asks for each page twice, to prove it and to print it.
    """
    return _converter().reset().convert(text)
