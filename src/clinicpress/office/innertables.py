"""Tables in a cell of an OpenDocument table: pandoc drops them, so the cell gets their text."""

from __future__ import annotations

from clinicpress.office.markup import Attributes, Span, Walk, cut

TABLE = b"<table:table"
TOLD = "a table in a cell of a table (its text stands in that cell, line by line)"


def opened(part: bytes) -> bytes:
    """Return a part without the tables in tables; what they say is left as paragraphs."""
    return cut(part, _Inner(part).tags) if part.count(TABLE) > 1 else part


def count(part: bytes) -> int:
    """Return how many tables of a part stand in a cell of another."""
    return _Inner(part).found if part.count(TABLE) > 1 else 0


class _Inner:
    """Where the tags of tables in tables are."""

    def __init__(self, part: bytes) -> None:
        self.tags: list[Span] = []
        self.found = 0
        self._depth = 0
        self._walk = Walk(part, self)
        if not self._walk.go():
            self.tags, self.found = [], 0  # whoever reads its text says what is wrong with it

    def start(self, tag: str, _: Attributes) -> None:
        """Begin a table, or a part of one."""
        self._depth += tag == "table:table"
        self.found += tag == "table:table" and self._depth > 1
        self._note(tag)

    def end(self, tag: str) -> None:
        """End a table, or a part of one."""
        self._note(tag)
        self._depth -= tag == "table:table"

    def _note(self, tag: str) -> None:
        """Note a tag, once where one both opens and closes."""
        if self._depth > 1 and tag.startswith("table:"):
            span = self._walk.tag()
            if span not in self.tags[-1:]:
                self.tags.append(span)

    def data(self, text: str) -> None:
        """Pass over text."""
