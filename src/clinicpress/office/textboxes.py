"""Text boxes of Word and OpenDocument: their paragraphs put below the paragraph that holds the box.

Pandoc drops the text of many boxes: those drawn in the old way, for one. Only the pieces are moved,
and what held them is taken away; every other byte of the part stays.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from clinicpress.office.markup import Attributes, Span, Walk

BOXES = frozenset({"w:txbxContent", "draw:text-box"})
PARAGRAPHS = frozenset({"w:p", "text:p", "text:h"})
TEXT = frozenset({"w:t", "text:p", "text:h", "text:span", "text:a"})
GAPS = frozenset({"w:br", "w:tab", "w:cr", "text:s", "text:tab", "text:line-break"})
# Pandoc reads such a box, where it has one paragraph, as a picture and its caption.
PICTURE = "draw:image"
EITHER, SPARE = "mc:AlternateContent", "mc:Fallback"
# What a tracked change took away stays where it is, and is left out with it.
DELETED = frozenset({"w:del", "w:moveFrom", "text:tracked-changes"})
# For a box without text in a choice, pandoc drops all the other words of the paragraph.
HOLLOW = re.compile(
    rb"<w:txbxContent(?:\s[^<>]*)?(?:/>|></w:txbxContent>)"
    rb"|<draw:text-box(?:\s[^<>]*)?(?:/>|></draw:text-box>)"
)
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
    """Return a part whose text boxes have their text below their paragraphs."""
    for _ in range(MAX_NESTED):
        changed = _once(part)
        if changed == part:
            break
        part = changed
    return HOLLOW.sub(b"", part)


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
        # The tags around the present place, and what the open box has of lines and pictures.
        self._above: list[str] = []
        self._lines = self._pictures = 0
        self._walk = Walk(part, self)
        if not self._walk.go():
            # Whoever reads its text says what is wrong with it.
            self.held, self.spare, self.told = {}, [], []

    def start(self, tag: str, attributes: Attributes) -> None:
        """Begin a box, a paragraph, or what may hide one."""
        self._above.append(tag)
        if tag == EITHER:
            self._shown.append(False)
        self._fallbacks += tag == SPARE
        self._deleted += tag in DELETED
        self._paragraphs += tag in PARAGRAPHS
        self._boxes += tag in BOXES
        if tag in BOXES and self._boxes == 1:
            self._start = self._walk.tag()[1]
            self._inside = []
            self._lines = self._pictures = 0
        if tag in PARAGRAPHS and self._boxes:
            self._inside.append(" ")
        if tag in GAPS and not self._deleted:
            (self._inside if self._boxes else self._line).append(" ")
        self._lines += tag in PARAGRAPHS
        self._pictures += tag == PICTURE

    def end(self, tag: str) -> None:
        """End a box, a paragraph, or what may hide one."""
        self._above.pop()
        if tag in BOXES and self._boxes == 1:
            self._end_box((self._start, self._walk.at))
        if tag == EITHER:
            self._shown.pop()
        if tag in PARAGRAPHS and self._paragraphs == 1:
            self._end_paragraph()
        self._fallbacks -= tag == SPARE
        self._deleted -= tag in DELETED
        self._paragraphs -= tag in PARAGRAPHS
        self._boxes -= tag in BOXES

    def _end_box(self, span: Span) -> None:
        """Let a box wait for the end of its paragraph, unless it is away, or there already."""
        if self._deleted or span[1] <= span[0] or (self._pictures and self._lines == 1):
            return
        again = bool(self._fallbacks and self._shown and self._shown[-1])
        (self.spare if again else self._waiting).append(span)
        self._texts += [] if again else [_plain(self._inside)]
        if self._shown:
            self._shown[-1] = True

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
        if self._above[-1] in TEXT and not self._deleted:
            (self._inside if self._boxes else self._line).append(text)


def _plain(pieces: list[str]) -> str:
    return " ".join("".join(pieces).split())
