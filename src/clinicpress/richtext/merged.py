r"""Cells of tables that a file merges: they are read as single cells, empty where one is hidden.

Word says so (`\clvmrg`, `\clmrg`); LibreOffice gives such a row fewer cells, as wide as the others.
"""

from __future__ import annotations

from collections.abc import Iterator

from clinicpress.errors import quoted

TOLD = (
    "merged cells of tables, which stand here as single cells (some empty), in {} rows; the first "
    "is at {}: look at it on the page"
)
HIDES = frozenset({"clvmrg", "clmrg"})
ALIKE = 60
"""Edges that are no further apart (in twips, a millimeter) are one."""
MAX_LETTERS = 400


class Merged:
    """Collects the rows of tables with merged cells."""

    def __init__(self) -> None:
        self._rows: list[str] = []
        self._edges: list[int] = []
        self._before: list[int] = []
        self._hides = self._is_in_row = False
        self._text = ""

    def take(self, word: str, number: int | None) -> None:
        """Take a word that may define a row, or a cell of it, or end one."""
        if word == "trowd":
            self._edges, self._hides, self._is_in_row = [], False, True
        elif word == "cellx":
            self._edges.append(number or 0)
        elif word == "row":
            self._end_row()
        elif word == "par" and not self._is_in_row:
            self._before = []
        elif word in ("cell", "par"):
            self.text(" ")
        self._is_in_row |= word == "intbl"
        self._hides |= word in HIDES

    def text(self, text: str) -> None:
        """Take text, which may be that of a row."""
        if self._is_in_row:
            self._text = (self._text + text)[:MAX_LETTERS]

    def _end_row(self) -> None:
        if self._hides or self._is_wide():
            self._rows.append(" ".join(self._text.split()))
        self._before, self._text, self._is_in_row = list(self._edges), "", False

    def _is_wide(self) -> bool:
        """Say whether the row is as wide as the one before it, with more cells or fewer."""
        here, before = self._edges, self._before
        if not here or not before or len(here) == len(before):
            return False
        return abs(here[-1] - before[-1]) <= ALIKE

    def told(self) -> Iterator[str]:
        """Yield a line where there are such rows."""
        if self._rows:
            yield TOLD.format(len(self._rows), quoted(self._rows[0]))
