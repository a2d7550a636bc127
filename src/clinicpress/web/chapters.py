"""A chapter of a book as pandoc is to read it: its styles' text in it, no lists of contents."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

from clinicpress.web import endtags, generated, landmarks, phrasing, written_out
from clinicpress.web.stylesheet import Sheet

TAG = re.compile(r"<(/?)([a-zA-Z][\w:.-]*)(?=[\s/>])([^<>]*?)(/?)>")
TYPE = re.compile(r"epub:type\s*=\s*[\"']([^\"']*)[\"']")
# Lists of where things are in a book: the site makes its own.
GUIDES = frozenset({"toc", "landmarks", "page-list"})
GUIDE_TAGS = frozenset({"aside", "div", "nav", "ol", "section", "ul"})
TITLE_PAGE = "titlepage"


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter, how many lists of contents it had, and lines for the report."""

    html: str
    guides: int
    told: tuple[str, ...]


def read(given: str, place: str, sheet: Sheet, linked: frozenset[str]) -> Chapter:
    """Return a chapter; `linked` are the places of the book that links lead to."""
    html, guides = without_guides(endtags.written(given))
    seen = landmarks.without_hidden(html, sheet)
    drawn = generated.spelled(seen.html, sheet)
    spelled = written_out.spelled(drawn.html, place, sheet)
    html = phrasing.joined(spelled.html, place, sheet, linked)
    hidden = [f"{kind}: “{text}”" for kind, text in dict.fromkeys(seen.around)]
    return Chapter(html, guides, (*hidden, *drawn.told, *spelled.told))


def _types(attributes: str) -> set[str]:
    found = TYPE.search(attributes)
    return set(unescape(found[1]).lower().split()) if found else set()


def without_guides(text: str) -> tuple[str, int]:
    """Return a chapter without the lists of contents in it, and how many these were."""
    kept: list[str] = []
    at = count = depth = 0
    name = ""
    for tag in TAG.finditer(text) if "epub:type" in text else ():
        closes, own, attributes, is_empty = tag.groups()
        if depth:
            depth += 0 if own != name or is_empty else -1 if closes else 1
            at = tag.end() if depth == 0 else at
        elif not closes and not is_empty and own in GUIDE_TAGS and _types(attributes) & GUIDES:
            kept.append(text[at : tag.start()])
            name, depth, count = own, 1, count + 1
    # One that never ends is left, and whoever compares the words says so.
    return ("".join([*kept, text[at:]]), count) if depth == 0 else (text, 0)


def has_title_page(text: str) -> bool:
    """Say whether a part of a chapter is the book's title page."""
    return any(
        TITLE_PAGE in _types(tag[3]) for tag in TAG.finditer(text) if tag[2] not in ("body", "html")
    )
