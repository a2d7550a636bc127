"""A Rich Text file written anew as pandoc reads it right.

Each item of a list is written with its own number (see `lists`). Pandoc takes lists out of tables,
and headings with a number for items: there the number or dot that programs leave for readers
without lists (`\\listtext`, `\\pntext`) stands in the text. A table in a table's cell becomes
paragraphs of that cell.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from clinicpress.richtext.columns import TAB, Columns, Row
from clinicpress.richtext.groups import DROPPED, PARTS, RENAMED
from clinicpress.richtext.lists import Lists
from clinicpress.richtext.merged import Merged

BREAKS = frozenset({"column", "page", "sect"})
"""Words that end a line that has begun; pandoc would join what stands around them."""
ENDS = frozenset({"cell", "nestcell", "par", "row"})
BODY_TEXT = 9
"""The outline level that is none."""
# Word defines a row before its cells and again behind them, which pandoc takes for more columns.
ROW = frozenset({"trowd", "cellx", "cell", "row"})


# Ends a list before a table, which pandoc would put at the beginning of all, and a table before a
# paragraph, which pandoc would put into the first note there.
ENDING = b"{\\pard \\plain  \\par }"
# Text so many half points above or below its line: pandoc knows the first alone.
MOVED = frozenset({"up", "dn"})


@dataclass(frozen=True, slots=True)
class _Held:
    """What holds until a group ends: the list and the level in it, a heading, raised text, tabs."""

    of: int = 0
    level: int = 0
    is_heading: bool = False
    is_moved: bool = False
    stops: tuple[int, ...] = ()
    is_in_table: bool = False


@dataclass
class _Paragraph:
    """The paragraph that is open; `is_rest` says that a box in it has ended it for pandoc."""

    label: str = ""
    is_begun: bool = False
    has_text: bool = False
    is_rest: bool = False
    is_item: bool = False
    row: Row = field(default_factory=Row)


class Plain:
    """The file as pandoc is to have it, letters that it can't have behind marks."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._marks: dict[str, str] = {}
        # The notes in cells by their marks, and where in the file the open one begins.
        self._notes: dict[str, list[bytes]] = {}
        self._note_at = -1
        self.lists = Lists()
        self.columns = Columns()
        self.merged = Merged()
        self._held = _Held()
        self._outer: list[_Held] = []
        self._open = _Paragraph()
        # The paragraphs that notes and boxes stand in, each with its part's name and depth.
        self._around: list[tuple[str, int, _Paragraph]] = []
        self._in_row = self._has_cell = self._is_behind_item = self._is_behind_row = False

    @property
    def marks(self) -> Mapping[str, str]:
        """Return the letters that stand for others in it."""
        return {mark: letter for letter, mark in self._marks.items() if mark not in self._notes}

    @property
    def notes(self) -> frozenset[str]:
        """Return the marks that stand for notes in cells."""
        return frozenset(self._notes)

    def data(self) -> bytes:
        """Return the bytes of the file, notes in cells behind all else."""
        brought = [
            b"{\\pard \\plain " + self._numbered(mark) + b"".join(pieces) + b"\\par }"
            for mark, pieces in self._notes.items()
        ]
        return b"".join(
            [*self._pieces[:-1], *[ENDING for _ in brought[:1]], *brought, *self._pieces[-1:]]
        )

    def emit(self, data: bytes) -> None:
        """Write a picture's data as it is."""
        self._pieces.append(data)

    def open(self) -> None:
        """Begin a group."""
        self._outer.append(self._held)
        self._pieces.append(b"{")

    def close(self) -> None:
        """End a group; where it was a note or a box, the paragraph around it goes on."""
        part = ""
        if self._around and self._around[-1][1] == len(self._outer):
            part, _, around = self._around.pop()
            if part != "footnote":
                self.end_line() if self._open.has_text else None
                around = replace(around, is_rest=around.is_begun, is_begun=False)
            self._open = around
        self._held = self._outer.pop()
        self._pieces.append(b"}")
        if part == "footnote" and self._note_at >= 0:
            self._put_aside()

    def _put_aside(self) -> None:
        """Take a note out of its cell, and put a mark there."""
        pieces, self._pieces = self._pieces[self._note_at :], self._pieces[: self._note_at]
        mark = self._mark(f"note {len(self._notes)}")
        self._notes[mark], self._note_at = pieces, -1
        self._pieces.append(self._numbered(mark))

    def label(self, text: str) -> None:
        """Take a piece of an item's number or dot, which stands before its paragraph."""
        self._open.label += text

    def letters(self, text: str, is_shown: bool) -> None:
        """Write text, whatever letters it has; of a paragraph, or what programs are told."""
        if is_shown:
            self._pieces.append(self._beginning())
        if self._open.label and is_shown and text.strip():
            text, self._open.label = f"{self._open.label.strip()} {text}", ""
        self._open.has_text |= is_shown and bool(text.strip())
        if is_shown:
            self.merged.text(text)
            self._in_columns(text)
        else:
            self._write(text)

    def _in_columns(self, text: str) -> None:
        """Write text of a paragraph, each tab as a piece of its own."""
        row = self._open.row
        for at, part in enumerate(text.split(TAB)):
            if at:
                row.tabs.append(len(self._pieces))
                row.cells.append("")
                self._pieces.append(TAB.encode())
            row.cells[-1] += part
            self._write(part) if part else None

    def _write(self, text: str) -> None:
        self._pieces.append("".join(map(self._escaped, text)).encode("ascii"))

    def line(self) -> None:
        """Write a break within a paragraph; one before its first word breaks nothing."""
        if self._open.has_text:
            self._pieces.append(b"\\line ")

    def _beginning(self) -> bytes:
        """Return what has to stand before the first that the open paragraph holds."""
        if self._open.is_begun:
            return b""
        self._open.is_begun = True
        if self._is_behind_row and not (self._in_row or self._around or self._held.is_in_table):
            self._is_behind_row = False
            return ENDING + self._made()
        return self._made()

    def _made(self) -> bytes:
        """Return what makes the open paragraph an item, or none."""
        held, is_free = self._held, not (self._in_row or self._open.is_rest)
        if held.of and is_free and not held.is_heading:
            made, self._open.label = self.lists.item(held.of, held.level, self._open.label)
            self._open.is_item = True
            return made
        # Without a number this takes it out of the list that the one before it may have begun.
        return b"\\ls "

    def _escaped(self, letter: str) -> str:
        if letter < " " and letter != "\t":
            return f"\\'{ord(letter):02x}"
        if letter.isascii():
            return f"\\{letter}" if letter in "{}\\" else letter
        if letter > "\uffff" or "\ue000" <= letter < "\uf000":
            letter = self._mark(letter)
        return self._numbered(letter).decode("ascii")

    def _mark(self, what: str) -> str:
        return self._marks.setdefault(what, chr(0xE000 + len(self._marks) % 0x1000))

    @staticmethod
    def _numbered(letter: str) -> bytes:
        # Pandoc would take the word after a bare fallback for a part of it.
        return f"\\u{ord(letter)}\\'3f".encode()

    def word(self, word: str, number: int | None, named: bytes) -> None:
        """Write a control word, `named` as it stands in the file, or what pandoc needs for it."""
        self.merged.take(word, number)
        if word in DROPPED or self._is_held(word, number):
            return
        if word in BREAKS:
            self.end_line() if self._open.has_text else None
            return
        if word in MOVED:
            self._pieces.append(self._moved(word, number))
            return
        if word in PARTS and self._pieces[-1:] == [b"{"]:
            self._part(word)
        if word in ENDS:
            self._end()
        if word in ROW and self._is_told_again(word):
            return
        if word == "trowd" and self._is_behind_item:
            self._pieces.append(ENDING)
            self._is_behind_item = False
        self._pieces.append(RENAMED.get(named, named) + b" ")

    def _moved(self, word: str, number: int | None) -> bytes:
        """Return what raises or lowers text, or sets it back where it was moved."""
        was_moved, up = self._held.is_moved, 1 if word == "up" else -1
        self._held = replace(self._held, is_moved=number != 0)
        if number == 0:
            return b"\\nosupersub " if was_moved else b""
        return b"\\nosupersub\\super " if up * (number or 1) > 0 else b"\\nosupersub\\sub "

    def end_line(self) -> None:
        """End the paragraph, whatever the file ends it with."""
        self._end()
        self._pieces.append(b"\\par ")

    def _end(self) -> None:
        """End the open paragraph, which may have been a row of columns made with tabs."""
        ended, self._open = self._open, _Paragraph()
        row, held = ended.row, self._held
        if ended.is_begun and not self._around:
            self._is_behind_item = ended.is_item
        is_row = not (ended.is_item or ended.is_rest or held.is_heading or self._in_row)
        row.can_be_row, row.stops = is_row and not self._around, held.stops
        self._cut(self.columns.end(row))

    def _cut(self, places: list[int]) -> None:
        """Put marks where tabs part the cells of a table: pandoc takes a tab for a space."""
        for at in places:
            self._pieces[at] = self._numbered(self._mark(TAB))

    def end(self) -> None:
        """End the last paragraph, as the file does."""
        self._end()
        self._cut(self.columns.flush())

    def _is_held(self, word: str, number: int | None) -> bool:
        """Keep what a word says of paragraphs; say whether pandoc is not to have it."""
        if word == "pard":
            self._held = _Held()
        elif word == "plain":
            self._held = replace(self._held, is_moved=False)
        elif word == "outlinelevel":
            self._held = replace(self._held, is_heading=number != BODY_TEXT)
        elif word == "ls":
            self._held = replace(self._held, of=number or 0)
        elif word == "ilvl":
            self._held = replace(self._held, level=number or 0)
        elif word == "intbl":
            self._held = replace(self._held, is_in_table=True)
        elif word == "tx":
            self._held = replace(self._held, stops=(*self._held.stops, number or 0))
        return word in ("ls", "ilvl")

    def _part(self, word: str) -> None:
        """Begin a picture, a note or a box, which stand in the open paragraph."""
        if word in ("pict", "footnote"):
            self._pieces[-1:] = [self._beginning(), b"{"]
            if word == "footnote" and self._in_row and self._note_at < 0:
                self._note_at = len(self._pieces) - 1
        elif self._open.has_text:
            self._pieces[-1:] = [b"\\par ", b"{"]
        if word != "pict":
            self._around.append((word, len(self._outer), self._open))
            self._open = _Paragraph()

    def _is_told_again(self, word: str) -> bool:
        """Say whether a word defines the columns of a row once more, behind its cells."""
        if word == "cell":
            self._has_cell = self._in_row
        elif word == "row":
            self._in_row = self._has_cell = False
            self._is_behind_row = True
        elif word == "trowd" and not self._has_cell:
            self._in_row = True
        return self._has_cell and word != "cell"

    def old_list(self) -> None:
        """Make the paragraph an item, as the words said that `lists` took."""
        if of := self.lists.old_list():
            self._held = replace(self._held, of=of, level=0)
