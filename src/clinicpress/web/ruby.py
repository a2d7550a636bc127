"""Readings above the words of a web page or a book (`<ruby>`), in brackets behind them instead."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from clinicpress.office import markup
from clinicpress.web.tags import Edit

TOLD = "readings above words, which stand in brackets behind them now: {}"
TAG = re.compile(r"<(/?)(ruby|rb|rtc|rt|rp)\b[^<>]*>", re.I)
ANY_TAG = re.compile(r"<[^<>]*>")
READING, BRACKET = "rt", "rp"


@dataclass(frozen=True, slots=True)
class Readings:
    """A page with its readings in brackets, and the line for the report on them."""

    html: str
    told: tuple[str, ...] = ()


def written(html: str) -> Readings:
    """Return a page with its readings behind their words."""
    edits = list(_edits(html, list(TAG.finditer(html))))
    count = sum(new.endswith("(") for *_, new in edits)
    told = (TOLD.format(count),) if count else ()
    return Readings(markup.edited(html, edits), told)


def _edits(html: str, tags: list[re.Match[str]]) -> Iterator[Edit]:
    """Yield what becomes of the tags of readings; a page's own brackets make way for ours."""
    is_open, base = False, 0
    for at, tag in enumerate(tags):
        closes, name = bool(tag[1]), tag[2].lower()
        if name == "ruby":
            is_open, base = not closes, tag.end()
        elif not is_open:
            continue
        ends = _end(html, tag, tags[at + 1] if at + 1 < len(tags) else None)
        if closes or name not in (READING, BRACKET):
            yield tag.start(), tag.end(), ""
        elif name == BRACKET:
            yield tag.start(), ends, ""
        else:
            yield from _reading(html, base, tag, ends)


def _end(html: str, tag: re.Match[str], behind: re.Match[str] | None) -> int:
    """Return where a part of a ruby ends: at the next, or where any tag stands if there is none."""
    if behind:
        return behind.start()
    found = html.find("<", tag.end())
    return len(html) if found < 0 else found


def _reading(html: str, base: int, tag: re.Match[str], ends: int) -> Iterator[Edit]:
    if not ANY_TAG.sub("", html[tag.end() : ends]).strip():
        yield tag.start(), tag.end(), ""
        return
    words = ANY_TAG.sub("", html[base : tag.start()]).rstrip(" (（")
    is_wide = bool(words) and unicodedata.east_asian_width(words[-1]) in "WF"
    yield tag.start(), tag.end(), "(" if is_wide else " ("
    yield ends, ends, ")"
