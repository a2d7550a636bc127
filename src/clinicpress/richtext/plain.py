"""A Rich Text file written anew as pandoc reads it right.

Lists of old programs (`\\pn`) become the newer ones that pandoc knows. Pandoc takes lists out of
tables, and headings with a number for items: there the number or dot that programs leave for
readers without lists (`\\listtext`, `\\pntext`) stands in the text. A table in a table's cell
becomes paragraphs of that cell.
"""

from __future__ import annotations

from collections.abc import Mapping

from clinicpress.richtext.groups import DROPPED, RENAMED
from clinicpress.richtext.oldlists import OldList

BREAKS = frozenset({"column", "page", "sect"})
"""Words that end a line that has begun; pandoc would join what stands around them."""
ENDS = frozenset({"cell", "nestcell", "par", "row"})
BODY_TEXT = 9
"""The outline level that is none."""
# Word defines a row before its cells and again behind them, which pandoc takes for more columns.
ROW = frozenset({"trowd", "cellx", "cell", "row"})


class Plain:
    """The file as pandoc is to have it, letters that it can't have behind marks."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._marks: dict[str, str] = {}
        self._label = ""
        self.old = OldList()
        self._in_row = self._has_cell = False
        self._in_list = self._is_heading = self._has_text = False
        # Where the word stands that makes the paragraph an item.
        self._item_at = -1

    @property
    def marks(self) -> Mapping[str, str]:
        """Return the letters that stand for others in it."""
        return {mark: letter for letter, mark in self._marks.items()}

    def data(self) -> bytes:
        """Return the bytes of the file."""
        return b"".join(self._pieces)

    def emit(self, data: bytes) -> None:
        """Write braces, or a picture's data, as they are."""
        self._pieces.append(data)

    def label(self, text: str) -> None:
        """Take a piece of an item's number or dot, which stands before its paragraph."""
        self._label += text

    def letters(self, text: str) -> None:
        """Write text, whatever letters it has."""
        if self._label and text.strip():
            before = "" if self._in_list else f"{self._label.strip()} "
            text, self._label = before + text, ""
        self._has_text = self._has_text or bool(text.strip())
        self._pieces.append("".join(map(self._escaped, text)).encode("ascii"))

    def _escaped(self, letter: str) -> str:
        if letter < " " and letter != "\t":
            return f"\\'{ord(letter):02x}"
        if letter.isascii():
            return f"\\{letter}" if letter in "{}\\" else letter
        if letter > "\uffff" or "\ue000" <= letter < "\uf000":
            letter = self._marks.setdefault(letter, chr(0xE000 + len(self._marks) % 0x1000))
        # Pandoc would take the word after a bare fallback for a part of it.
        return f"\\u{ord(letter)}\\'3f"

    def word(self, word: str, number: int | None, named: bytes) -> None:
        """Write a control word, `named` as it stands in the file, or what pandoc needs for it."""
        if word in DROPPED or (word == "ls" and not self._is_item(number)):
            return
        if word in BREAKS:
            self.end_line() if self._has_text else None
            return
        if word in ENDS:
            self._has_text, self._label = False, ""
        if word in ROW and self._is_told_again(word):
            return
        if word == "pard":
            self._in_list = self._is_heading = False
            self._item_at = -1
        elif word == "outlinelevel" and number != BODY_TEXT:
            self._is_heading = True
            self._no_item()
        self._item_at = len(self._pieces) if word == "ls" else self._item_at
        self._pieces.append(RENAMED.get(named, named) + b" ")

    def end_line(self) -> None:
        """End the paragraph, whatever the file ends it with."""
        self._has_text, self._label = False, ""
        self._pieces.append(b"\\par ")

    def _is_told_again(self, word: str) -> bool:
        """Say whether a word defines the columns of a row once more, behind its cells."""
        if word == "cell":
            self._has_cell = self._in_row
        elif word == "row":
            self._in_row = self._has_cell = False
        elif word == "trowd" and not self._has_cell:
            self._in_row = True
        return self._has_cell and word != "cell"

    def _is_item(self, number: int | None) -> bool:
        self._in_list = bool(number) and not self._in_row and not self._is_heading
        return self._in_list

    def _no_item(self) -> None:
        if self._item_at >= 0:
            self._pieces[self._item_at] = b""
        self._in_list = False

    def old_list(self) -> None:
        """Make an item of the paragraph, as the words said that `old` took."""
        if self.old.count >= 0 and not self._in_row and not self._is_heading:
            self._in_list = True
            self._pieces.append(self.old.made())
