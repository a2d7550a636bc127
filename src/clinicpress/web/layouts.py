"""Tables of a web page that only set out its text: opened, each cell as a part of the page.

A table is one where its author says so (`role=presentation`), or where all text stands in one
column with headings or more rows, or nearly all of the page does in one with headings.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from clinicpress.office import markup
from clinicpress.rendered import HEADINGS
from clinicpress.web.tags import Edit, Tags

TOLD = "a table that only sets out the page (its text is kept): {}"
ROLES = frozenset({"presentation", "none"})
CELLS = frozenset({"td", "th"})
PARTS = CELLS | {"table", "thead", "tbody", "tfoot", "tr"}
# What says that a table is one: names of columns or rows, or of the table.
NAMES = frozenset({"th", "caption"})
MOST = 0.9
"""The part of a page's letters from which a column is the page's text."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A page with such tables opened, and the line for the report on them."""

    html: str
    told: tuple[str, ...] = ()


def opened(html: str) -> Opened:
    """Return a page with the tables that only set it out as the text in them."""
    if "<table" not in html.lower():
        return Opened(html)
    page = _Tables(html)
    page.read()
    tables = [table for table in page.found if _is_layout(table, page.letters)]
    edits = [edit for table in tables for edit in _edits(table)]
    told = (TOLD.format(len(tables)),) if tables else ()
    return Opened(markup.edited(html, edits), told)


@dataclass
class _Table:
    """A table: its own tags with where they stand, and the letters in each of its columns."""

    role: str
    tags: list[tuple[str, int, int]] = field(default_factory=list)
    columns: Counter[int] = field(default_factory=Counter)
    column: int = 0
    rows: int = 0
    # The columns with headings or tables in them.
    parted: set[int] = field(default_factory=set)
    is_named: bool = False


def _is_layout(table: _Table, letters: int) -> bool:
    opens = sum(tag in CELLS for tag, *_ in table.tags)
    if table.is_named or opens != sum(tag[1:] in CELLS for tag, *_ in table.tags):
        return False
    if table.role in ROLES:
        return True
    (column, most), *others = table.columns.most_common() or [(0, 0)]
    is_alone = not others and (table.rows > 1 or column in table.parted)
    return bool(most) and (is_alone or (column in table.parted and most >= MOST * letters))


def _edits(table: _Table) -> Iterator[Edit]:
    for tag, begins, ends in table.tags:
        is_cell = tag.lstrip("/") in CELLS
        yield begins, ends, (f"<{'/' * tag.startswith('/')}div>" if is_cell else "")


class _Tables(Tags):
    """Finds the tables of a page that end, with what is in them."""

    def __init__(self, html: str) -> None:
        super().__init__(html)
        self.found: list[_Table] = []
        self.letters = 0
        self._open: list[_Table] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a table, or a part of one."""
        if tag == "table" or tag in HEADINGS:
            for table in self._open:
                table.parted.add(table.column)
        if tag == "table":
            self._open.append(_Table((dict(attrs).get("role") or "").strip().lower()))
        if not self._open:
            return
        table = self._open[-1]
        table.is_named |= tag in NAMES
        if tag == "tr":
            table.rows, table.column = table.rows + 1, 0
        table.column += tag in CELLS
        if tag in PARTS:
            table.tags.append((tag, *self.tag()))

    def handle_endtag(self, tag: str) -> None:
        """Close a table, or a part of one."""
        if self._open and tag in PARTS:
            self._open[-1].tags.append((f"/{tag}", *self.tag()))
        if self._open and tag == "table":
            self.found.append(self._open.pop())

    def handle_data(self, data: str) -> None:
        """Count the letters in each column."""
        count = len("".join(data.split()))
        self.letters += count
        for table in self._open if count else ():
            table.columns[table.column] += count
