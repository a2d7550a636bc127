"""Bookmarks between the paragraphs of a Word file, put to the beginning of the next one's words.

Word writes them so where several paragraphs are marked; pandoc knows only those in a paragraph.
"""

from __future__ import annotations

from clinicpress.office.fields import Read
from clinicpress.office.markup import Attributes, Edit, Span, Walk, edited

MARK = b"<w:bookmarkStart"
RUNS = frozenset({"w:r", "w:hyperlink", "w:ins", "w:smartTag", "w:fldSimple"})


def read(part: bytes) -> Read:
    """Return a part of a Word file with its bookmarks in paragraphs."""
    return Read(edited(part, _Bookmarks(part).edits)) if MARK in part else Read(part)


class _Bookmarks:
    """Where bookmarks stand between paragraphs, and where they belong."""

    def __init__(self, part: bytes) -> None:
        self.edits: list[Edit] = []
        self._part = part
        self._above: list[str] = []
        self._lines = 0
        self._waiting: list[Span] = []
        self._walk = Walk(part, self)
        if not self._walk.go():
            self.edits = []

    def start(self, tag: str, attributes: Attributes) -> None:
        """Take a bookmark, or begin what it may stand before."""
        around = self._above[-1] if self._above else ""
        self._above.append(tag)
        self._lines += tag == "w:p"
        if tag == "w:bookmarkStart" and not self._lines and self._walk.is_whole():
            self._waiting.append(self._walk.tag())
        elif self._waiting and around == "w:p" and tag in RUNS:
            marks = b"".join(self._part[start:stop] for start, stop in self._waiting)
            self.edits += [(*span, b"") for span in self._waiting]
            self.edits.append((self._walk.at, self._walk.at, marks))
            self._waiting = []

    def end(self, tag: str) -> None:
        """End a tag."""
        self._above.pop()
        self._lines -= tag == "w:p"

    def data(self, text: str) -> None:
        """Pass over text."""
