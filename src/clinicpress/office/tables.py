"""Tables of a Word file made even: every row with as many columns, as pandoc needs them.

Pandoc takes the first row for the width of all and drops the cells beyond it, puts a row that
begins further in at the edge, and drops words in a cell that is merged with the one above. Only
such rows are changed, and only by empty cells and by marks of merging taken off.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from clinicpress.office.markup import UTF_16, Attributes, Edit, Span, Walk, edited

EMPTY_CELL = b"<w:tc><w:p/></w:tc>"
COLUMN = b'<w:gridCol w:w="1000"/>'
# Word has no more columns than 63. Beyond these figures a table is left as it is.
MAX_COLUMNS = 200
MAX_CELLS = 100_000
PICTURES = frozenset({"w:drawing", "w:pict", "w:object", "w:sym"})


def even(part: bytes) -> bytes:
    """Return a part of a Word file whose tables have rows of one width."""
    if part.startswith(UTF_16) or b"<w:tbl>" not in part:
        return part
    return edited(part, (edit for table in _Tables(part).found for edit in table.edits()))


@dataclass
class _Cell:
    """A cell: how many columns it takes, and whether it goes on from the one above."""

    columns: int = 1
    has_text: bool = False
    is_merged: bool = False
    goes_on: bool = False
    marks: list[Span] = field(default_factory=list)


@dataclass
class _Row:
    """A row: where a cell can be put before and behind its own, and what it leaves free there."""

    first: int
    last: int = -1
    before: int = 0
    marks: list[Span] = field(default_factory=list)
    cells: list[_Cell] = field(default_factory=list)

    @property
    def width(self) -> int:
        """Return how many columns the row takes, without those free behind it."""
        return self.before + sum(cell.columns for cell in self.cells)

    @property
    def need(self) -> int:
        """Return how many it takes at least: a last cell that is too wide is cut by pandoc."""
        return self.width - (self.cells[-1].columns - 1 if self.cells else 0)


@dataclass
class _Table:
    """A table's rows, those of tables in it not counted; `columns` stand in its grid, if any."""

    rows: list[_Row] = field(default_factory=list)
    columns: int = 0
    grid_ends: int = -1

    def edits(self) -> Iterator[Edit]:
        """Yield what makes the table even: where, up to where, and what stands there then."""
        width = max((row.need for row in self.rows), default=0)
        if width > MAX_COLUMNS or width * len(self.rows) > MAX_CELLS:
            return
        if 0 < self.columns < width:
            yield (self.grid_ends, self.grid_ends, COLUMN * (width - self.columns))
        yield from ((*mark, b"") for mark in self._stray_merges())
        for row in self.rows:
            yield from ((*mark, b"") for mark in row.marks)
            yield from _padding(row.first, row.before)
            yield from _padding(row.last, width - row.width)

    def _stray_merges(self) -> Iterator[Span]:
        """Yield the marks of cells that are merged with none above them, or have words."""
        above: dict[Span, bool] = {}
        for row in self.rows:
            merged, at = {}, row.before
            for cell in row.cells:
                place = (at, cell.columns)
                stays = not cell.goes_on or (above.get(place, False) and not cell.has_text)
                yield from () if stays else cell.marks
                merged[place] = cell.is_merged and stays
                at += cell.columns
            above = merged


def _padding(at: int, count: int) -> Iterator[Edit]:
    if count > 0 and at > 0:
        yield (at, at, EMPTY_CELL * count)


class _Tables:
    """The tables of a part, those within others too."""

    def __init__(self, part: bytes) -> None:
        self.found: list[_Table] = []
        # The table, row and cell around the present place, the innermost last.
        self._open: list[_Table] = []
        self._rows: list[_Row] = []
        self._cells: list[_Cell] = []
        self._grids = self._texts = 0
        self._walk = Walk(part, self)
        if not self._walk.go():
            self.found = []  # whoever reads its text says what is wrong with it

    def start(self, tag: str, attributes: Attributes) -> None:
        """Begin a table, row or cell, or take what is said of one."""
        match tag:
            case "w:tbl":
                self._open.append(_Table())
                self.found.append(self._open[-1])
            case "w:tr" if self._open:
                self._rows.append(_Row(self._walk.tag()[1]))
                self._open[-1].rows.append(self._rows[-1])
            case "w:tc" if self._rows:
                self._cells.append(_Cell())
                self._rows[-1].cells.append(self._cells[-1])
            case "w:gridBefore" | "w:gridAfter" if self._rows:
                self._free(tag, attributes)
            case "w:gridSpan" | "w:vMerge" if self._cells:
                self._joins(tag, attributes)
            case "w:gridCol" if self._grids == 1:
                self._open[-1].columns += 1
            case "w:tblGrid" if self._open:
                self._grids += 1
            case "w:t":
                self._texts += 1
            case _ if tag in PICTURES and self._cells:
                self._cells[-1].has_text = True

    def _free(self, name: str, attributes: Attributes) -> None:
        row = self._rows[-1]
        row.marks += self._mark()
        if name == "w:gridBefore":
            row.before = _count(attributes, 0)

    def _joins(self, name: str, attributes: Attributes) -> None:
        cell = self._cells[-1]
        if name == "w:vMerge":
            cell.is_merged = True
            cell.goes_on = attributes.get("w:val", "continue") != "restart"
            cell.marks += self._mark()
            return
        cell.columns = _count(attributes, 1)
        if cell.columns == 1:
            self._rows[-1].marks += self._mark()

    def _mark(self) -> list[Span]:
        """Return the present tag as a mark that can be taken off, if it closes itself."""
        return [self._walk.tag()] if self._walk.is_whole() else []

    def data(self, text: str) -> None:
        """Note that the cell has text."""
        if self._cells and self._texts and text.strip():
            self._cells[-1].has_text = True

    def end(self, tag: str) -> None:
        """End a table, row or cell."""
        at = self._walk.at
        match tag:
            case "w:tbl" if self._open:
                self._open.pop()
            case "w:tr" if self._rows:
                row = self._rows.pop()
                row.last = at if at >= row.first else -1
            case "w:tc" if self._cells:
                self._cells.pop()
            case "w:tblGrid" if self._open:
                self._grids -= 1
                self._open[-1].grid_ends = at if self._grids == 0 else self._open[-1].grid_ends
            case "w:t":
                self._texts -= 1
            case "w:trPr" | "w:tblPrEx" if self._rows and not self._rows[-1].cells:
                self._rows[-1].first = max(self._rows[-1].first, self._walk.tag()[1])


def _count(attributes: Attributes, usual: int) -> int:
    """Return a number of columns; what is none, or more than a table has, is the usual."""
    given = attributes.get("w:val", "")
    is_one = given.isascii() and given.isdecimal() and 0 < len(given) < 4
    return int(given) if is_one and usual <= int(given) <= MAX_COLUMNS else usual
