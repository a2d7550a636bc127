"""Lists as Word wrote them before 1997, and WordPad still does, as the newer ones pandoc knows."""

from __future__ import annotations

from dataclasses import dataclass

FIRST = 30_001
MAX_START = 9_999
# How items are counted, as newer lists name it; 23 is a dot. A body level counts in figures.
COUNTS = {
    "pnlvlblt": 23, "pnlvlbody": 0, "pndec": 0, "pnucrm": 1, "pnlcrm": 2, "pnucltr": 3,
    "pnlcltr": 4,
}  # fmt: skip


@dataclass
class OldList:
    """The list that a `\\pn` group begins: how it is counted, -1 for not at all, and from what."""

    count: int = -1
    start: int = 1
    _made: int = 0

    def take(self, word: str, number: int | None) -> None:
        """Take a word of the group, the first of which is `pn` itself."""
        if word == "pn":
            self.count, self.start = -1, 1
        elif word in COUNTS:
            self.count = COUNTS[word]
        elif word == "pnstart":
            self.start = min(max(number or 1, 1), MAX_START)

    def made(self) -> bytes:
        """Return what makes the paragraph the first item of a newer list."""
        self._made += 1
        key = FIRST + self._made
        return (
            f"{{\\*\\listtable{{\\list{{\\listlevel\\levelnfc{self.count}"
            f"\\levelstartat{self.start}}}\\listid{key}}}}}"
            f"{{\\*\\listoverridetable{{\\listoverride\\listid{key}\\ls{key}}}}}\\ls{key}\\ilvl0 "
        ).encode()
