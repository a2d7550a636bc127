"""The numbers of a web page's lists as a browser shows them: items with their own, and backwards.

Pandoc knows only where a list begins, so one that leaps becomes several.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from clinicpress.office import markup
from clinicpress.web.tags import Edit, Tags

NUMBER = re.compile(r"\s*\+?([0-9]{1,6})\s*", re.ASCII)
START = re.compile(r"\s(?:start|reversed)\b(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>]*))?", re.I)
LISTS = frozenset({"ol", "ul", "menu", "dir"})


def numbered(html: str) -> str:
    """Return a page whose lists begin where their first item does, and none of which leaps."""
    page = _Lists(html)
    page.read()
    return markup.edited(
        html, (edit for each in page.found if each.items for edit in _edits(each, html))
    )


@dataclass
class _List:
    """A list: where its tag stands, how it counts, and its items with the numbers they name."""

    begins: int
    ends: int
    start: int | None
    is_reversed: bool
    items: list[tuple[int, int | None]] = field(default_factory=list)

    def numbers(self) -> Iterator[int]:
        """Yield the number of each item."""
        step = -1 if self.is_reversed else 1
        first = len(self.items) if self.is_reversed else 1
        number = first if self.start is None else self.start
        for _, own in self.items:
            number = number if own is None else own
            yield number
            number += step


def _edits(each: _List, html: str) -> Iterator[Edit]:
    numbers = list(each.numbers())
    tag = START.sub("", html[each.begins : each.ends])
    if min(numbers) < 0:
        return
    if numbers[0] != (1 if each.start is None else each.start) or each.is_reversed:
        yield each.begins, each.ends, f'{tag[:3]} start="{numbers[0]}"{tag[3:]}'
    for (at, _), before, number in zip(each.items[1:], numbers, numbers[1:], strict=False):
        if number != before + 1:
            yield at, at, f'</ol><ol start="{number}"{tag[3:]}'


class _Lists(Tags):
    """Finds the numbered lists of a page, and the items of each."""

    def __init__(self, html: str) -> None:
        super().__init__(html)
        self.found: list[_List] = []
        self._open: list[tuple[str, _List | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a list, or count an item of the one around."""
        given = {name: value or "" for name, value in attrs}
        if tag == "ol":
            each = _List(*self.tag(), _number(given.get("start", "")), "reversed" in given)
            self.found.append(each)
            self._open.append((tag, each))
        elif tag in LISTS:
            self._open.append((tag, None))
        elif tag == "li" and self._open and (around := self._open[-1][1]):
            around.items.append((self.here(), _number(given.get("value", ""))))

    def handle_endtag(self, tag: str) -> None:
        """Close a list, and those in it that were left open."""
        if tag in LISTS and tag in (name for name, _ in self._open):
            while self._open.pop()[0] != tag:
                pass


def _number(given: str) -> int | None:
    found = NUMBER.fullmatch(given)
    return int(found[1]) if found else None
