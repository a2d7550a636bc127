r"""Columns made with tabs: neighbouring lines with the same ones become a table, others are told.

Where a tab takes the eye depends on the stops and on how wide the text before it is. So lines with
a gap ("Warfarin", nothing, "5 mg") are rows only if they all set the same stops (`\tx`), and no
text is so long that it may reach beyond its stop.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from clinicpress import tree
from clinicpress.errors import quoted
from clinicpress.tree import Node, Nodes

TAB = "\t"
# A sign or number typed before an item; the tab behind it makes no column.
TYPED = re.compile(r"\W{0,3}|\W?\w{1,3}[.):]|[o§vqØ]")
MAX_TOLD = 10
# Wider than most letters are in print for patients, in the twips that stops are given in.
LETTER = 200


@dataclass
class Row:
    """The text of a line by its tabs, where they are among the pieces, and the stops it sets."""

    cells: list[str] = field(default_factory=lambda: [""])
    tabs: list[int] = field(default_factory=list)
    stops: tuple[int, ...] = ()
    can_be_row: bool = False

    @property
    def text(self) -> str:
        """Return the line as it would stand without its tabs."""
        return " ".join(" ".join(self.cells).split())

    def has_columns(self) -> bool:
        """Say whether a tab stands between words."""
        filled = [bool(cell.strip()) for cell in self.cells]
        return filled.count(True) > 1 and not (
            filled.count(True) == 2 and filled[0] and TYPED.fullmatch(self.cells[0].strip())
        )

    def goes_with(self, other: Row) -> bool:
        """Say whether two lines may be rows of one table."""
        return len(self.cells) == len(other.cells) and self.stops == other.stops


class Columns:
    """The lines with columns that stand together at present, and what is told of those before."""

    def __init__(self) -> None:
        self._rows: list[Row] = []
        self._lines: list[str] = []
        self._tables: list[str] = []

    def end(self, row: Row) -> list[int]:
        """Take a line that has ended; return where tabs stand that part the cells of a table."""
        cut: list[int] = []
        if not (row.can_be_row and row.has_columns()):
            cut = self.flush()
            self._lines += [row.text] if row.has_columns() else []
            return cut
        if self._rows and not row.goes_with(self._rows[-1]):
            cut = self.flush()
        self._rows.append(row)
        return cut

    def flush(self) -> list[int]:
        """End the lines that stand together; return where tabs part the cells of a table."""
        rows, self._rows = self._rows, []
        if len(rows) > 1 and _is_table(rows):
            self._tables.append(rows[0].text)
            return [at for row in rows for at in row.tabs]
        self._lines += [row.text for row in rows]
        return []

    def told(self) -> Iterator[str]:
        """Yield a line for each table, and for the lines that are none."""
        for text in self._tables[:MAX_TOLD]:
            yield f"lines with columns made with tabs are a table now, from {quoted(text)}"
        if len(self._tables) > MAX_TOLD:
            yield f"more tables of lines with tabs: {len(self._tables) - MAX_TOLD}"
        if self._lines:
            count, first = len(self._lines), quoted(self._lines[0])
            yield f"columns made with tabs stand as text in one line: {count}, first in {first}"


def _is_table(rows: list[Row]) -> bool:
    cells = [[cell.strip() for cell in row.cells] for row in rows]
    if all(all(row) for row in cells):
        return True
    stops = rows[0].stops
    if len(stops) < len(cells[0]) - 1 or len(cells[0]) < 3:
        return False
    starts = (0, *stops)
    return all(
        starts[at] + LETTER * len(text) < starts[at + 1]
        for row in cells
        for at, text in enumerate(row[:-1])
    )


def tables(content: Any) -> Any:
    """Return a piece of tree with neighbouring paragraphs that have tabs as the rows of a table."""
    match content:
        case {"t": tag, "c": inner}:
            return {"t": tag, "c": tables(inner)}
        case list():
            out: list[Any] = []
            for width, group in groupby(content, key=_width):
                pieces = list(group)
                out += [_table(pieces)] if width > 1 else map(tables, pieces)
            return out
    return content


def _width(node: Any) -> int:
    match node:
        case {"t": "Para", "c": [*inlines]}:
            return len(_parts(inlines))
    return 0


def _parts(inlines: Nodes) -> list[Nodes]:
    """Return inlines cut at each tab."""
    parts: list[Nodes] = [[]]
    for node in inlines:
        if node["t"] == "Str":
            inner = [[{"t": "Str", "c": text}] if text else [] for text in node["c"].split(TAB)]
        elif (held := tree.inlines_of(node)) is not None:
            cut = _parts(held)
            inner = [[tree.with_inlines(node, part)] if part else [] for part in cut]
            inner = inner if len(cut) > 1 else [[node]]
        else:
            inner = [[node]]
        parts[-1] += inner[0]
        parts += inner[1:]
    return parts


def _table(lines: Nodes) -> Node:
    return tree.table([], [[_cell(part) for part in _parts(line["c"])] for line in lines])


def _cell(inlines: Nodes) -> Nodes:
    while inlines and inlines[0]["t"] in tree.SPACES:
        inlines = inlines[1:]
    while inlines and inlines[-1]["t"] in tree.SPACES:
        inlines = inlines[:-1]
    return [{"t": "Para", "c": inlines}] if inlines else []
