"""Text boxes of a Word file: their paragraphs put below the paragraph that holds the box.

Pandoc drops the text of many boxes: those drawn in the old way, for one. Only the pieces are moved;
every other byte of the part stays.
"""

from __future__ import annotations

from dataclasses import dataclass

from clinicpress.markup import Attributes, Span, Walk

BOX, PARAGRAPH, TEXT = "w:txbxContent", "w:p", "w:t"
EITHER, SPARE = "mc:AlternateContent", "mc:Fallback"
# What a tracked change took away stays where it is, and is left out with it.
DELETED = frozenset({"w:del", "w:moveFrom"})
MAX_NESTED = 5


@dataclass(frozen=True, slots=True)
class Box:
    """A text box: its text, and that of the paragraph it stands below, "" at the beginning."""

    text: str
    below: str


def found(part: bytes) -> tuple[Box, ...]:
    """Return the text boxes of a part, those within others not apart."""
    return tuple(_Boxes(part).told)


def moved(part: bytes) -> bytes:
    """Return a part of a Word file whose text boxes have their text below their paragraphs."""
    for _ in range(MAX_NESTED):
        changed = _once(part)
        if changed == part:
            break
        part = changed
    return part


def _once(part: bytes) -> bytes:
    boxes = _Boxes(part)
    # What a program without such boxes would show is the same text again.
    edits = [(span, b"") for span in boxes.spare]
    for end, spans in boxes.held.items():
        edits += [(span, b"") for span in spans]
        edits.append(((end, end), b"".join(part[start:stop] for start, stop in spans)))
    for (start, stop), new in sorted(edits, reverse=True):
        part = part[:start] + new + part[stop:]
    return part


class _Boxes:
    """Where the insides of the outermost boxes are, by the end of the paragraph around each."""

    def __init__(self, part: bytes) -> None:
        self.held: dict[int, list[Span]] = {}
        self.spare: list[Span] = []
        self.told: list[Box] = []
        self._paragraphs = self._boxes = self._fallbacks = self._deleted = 0
        self._start = 0
        # For each choice around the present place, whether it has shown a box already.
        self._shown: list[bool] = []
        self._waiting: list[Span] = []
        # The texts of the waiting boxes, of the open box, of the open paragraph and the last one.
        self._texts: list[str] = []
        self._inside: list[str] = []
        self._line: list[str] = []
        self._last = ""
        self._in_text = False
        self._walk = Walk(part, self)
        if not self._walk.go():
            # Whoever reads its text says what is wrong with it.
            self.held, self.spare, self.told = {}, [], []

    def start(self, tag: str, attributes: Attributes) -> None:
        """Begin a box, a paragraph, or what may hide one."""
        if tag == EITHER:
            self._shown.append(False)
        self._fallbacks += tag == SPARE
        self._deleted += tag in DELETED
        self._paragraphs += tag == PARAGRAPH
        self._boxes += tag == BOX
        if tag == BOX and self._boxes == 1:
            self._start = self._walk.tag()[1]
            self._inside = []
        if tag == PARAGRAPH and self._boxes:
            self._inside.append(" ")
        self._in_text = tag == TEXT

    def end(self, tag: str) -> None:
        """End a box, a paragraph, or what may hide one."""
        span = (self._start, self._walk.at)
        if tag == BOX and self._boxes == 1 and not self._deleted and span[1] > span[0]:
            again = bool(self._fallbacks and self._shown and self._shown[-1])
            (self.spare if again else self._waiting).append(span)
            self._texts += [] if again else [_plain(self._inside)]
            if self._shown:
                self._shown[-1] = True
        if tag == EITHER:
            self._shown.pop()
        if tag == PARAGRAPH and self._paragraphs == 1:
            self._end_paragraph()
        self._in_text = False
        self._fallbacks -= tag == SPARE
        self._deleted -= tag in DELETED
        self._paragraphs -= tag == PARAGRAPH
        self._boxes -= tag == BOX

    def _end_paragraph(self) -> None:
        """Hold the boxes that wait, below a paragraph that ends; an empty one has no place."""
        self._last = _plain(self._line) or self._last
        self._line = []
        if self._waiting:
            self.held[self._walk.tag()[1]] = self._waiting
            self.told += [Box(text, self._last) for text in self._texts]
            self._waiting, self._texts = [], []

    def data(self, text: str) -> None:
        """Keep text that shows, in a box or beside it."""
        if self._in_text and not self._deleted:
            (self._inside if self._boxes else self._line).append(text)


def _plain(pieces: list[str]) -> str:
    return " ".join("".join(pieces).split())
