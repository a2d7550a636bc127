"""Columns that an author made with tabs, in a Word or OpenDocument file: named, place by place.

A page has no tabs: what stands below “Night” is only the next word of its line there. How many tabs
make a column depends on where each stops, so that no table is made of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from clinicpress.errors import quoted
from clinicpress.office.markup import Attributes, Walk

MARKS = (b"<w:tab/>", b"<w:tab ", b"<text:tab")
TOLD = "columns made with tabs stand as text in one line, from {} on (make a table of them)"
MORE = "more places with columns made with tabs: {}"
MAX_TOLD = 20
LINES = frozenset({"w:p", "text:p", "text:h"})
CELLS = frozenset({"w:tc", "table:table-cell"})
BREAKS = frozenset({"w:br", "w:cr", "text:line-break"})
TEXT = frozenset({"w:t", "text:p", "text:h", "text:span", "text:a"})
AWAY = frozenset({"w:del", "w:moveFrom", "text:tracked-changes", "office:annotation"})
# What begins an item of a typed list: the tab behind it makes no column.
MARK = re.compile(r"(?:[^\w\s]{1,2}|\(?\w{1,4}[.):])\t+")
COLUMNS = re.compile(r"\S *\t+(?= *\S)")


def told(part: bytes) -> Iterator[str]:
    """Yield a line for each place of a part with columns made with tabs."""
    found = _Columns(part).found if any(mark in part for mark in MARKS) else []
    yield from (TOLD.format(quoted(" ".join(line.split()))) for line in found[:MAX_TOLD])
    if len(found) > MAX_TOLD:
        yield MORE.format(len(found) - MAX_TOLD)


class _Columns:
    """The first lines of all places with columns made with tabs."""

    def __init__(self, part: bytes) -> None:
        self.found: list[str] = []
        self._above: list[str] = []
        self._away = 0
        # The open paragraphs, and the lines with tabs that stand together just before.
        self._lines: list[str] = []
        self._place: list[str] = []
        if Walk(part, self).go():
            self._end_place()
        else:
            self.found = []

    def start(self, tag: str, attributes: Attributes) -> None:
        """Begin a line or a cell, or take a tab."""
        self._above.append(tag)
        self._away += tag in AWAY
        if tag in CELLS:
            self._end_place()
        elif tag in LINES:
            self._lines.append("")
        elif self._lines and not self._away:
            is_tab = tag == "text:tab" or self._above[-2:] == ["w:r", "w:tab"]
            self._lines[-1] += "\t" if is_tab else "\n" if tag in BREAKS else ""
            self._lines[-1] += " " if tag == "text:s" else ""

    def end(self, tag: str) -> None:
        """End a line or a cell."""
        self._above.pop()
        self._away -= tag in AWAY
        if tag in CELLS:
            self._end_place()
        elif tag in LINES:
            for line in self._lines.pop().split("\n"):
                self._end_line(line.strip())

    def _end_line(self, line: str) -> None:
        if COLUMNS.search(MARK.sub("", line, count=1) if MARK.match(line) else line):
            self._place.append(line)
        elif line:
            self._end_place()

    def _end_place(self) -> None:
        """Keep the lines that stand together, unless it is one with just one tab in it."""
        if len(self._place) > 1 or any(len(COLUMNS.findall(line)) > 1 for line in self._place):
            self.found.append(self._place[0])
        self._place = []

    def data(self, text: str) -> None:
        """Keep what a line says."""
        if self._lines and self._above[-1] in TEXT and not self._away:
            self._lines[-1] += text.replace("\n", " ")
