"""How deep the parts of a web page stand in one another: told at once where that is too much."""

from __future__ import annotations

import re
from collections import Counter

from clinicpress.errors import ClinicpressError

CONTAINER = re.compile(
    r"<(/?)(?:article|aside|blockquote|center|details|dialog|div|dl|fieldset|footer|form|header|main"
    r"|nav|ol|section|table|ul)\b",
    re.I,
)
PHRASE = re.compile(r"<(/?)(a|b|code|del|em|i|ins|q|s|small|strong|sub|sup|u)(?=[\s/>])", re.I)
# Reading takes time that grows with the square of these and more; no page for readers comes near.
MAX_DEPTH = 200
MAX_PHRASES = 400
SAVE_AGAIN = "Save the page again from a browser or an editor, or as text."


def check(html: str, place: str) -> None:
    """Raise ClinicpressError where blocks, or marks within lines, stand too deep in one another."""
    if _blocks(html) > MAX_DEPTH:
        raise ClinicpressError(place, "its parts are nested too deeply", SAVE_AGAIN)
    if tag := _left_open(html):
        problem = f"marks within its lines (<{tag}>) are opened again and again, and never closed"
        raise ClinicpressError(place, problem, SAVE_AGAIN)


def _blocks(html: str) -> int:
    """Return how deep the blocks of a web page stand in one another, those not closed included."""
    depth = deepest = 0
    for tag in CONTAINER.finditer(html):
        depth = max(0, depth + (-1 if tag[1] else 1))
        deepest = max(deepest, depth)
    return deepest


def _left_open(html: str) -> str:
    """Return a mark within a line that too many of are open at once, "" for none."""
    open_: Counter[str] = Counter()
    for tag in PHRASE.finditer(html):
        name = tag[2].lower()
        open_[name] = max(0, open_[name] + (-1 if tag[1] else 1))
        if open_[name] > MAX_PHRASES:
            return name
    return ""
