"""A large first letter of a Word file (a drop cap) put back into the paragraph that it begins.

It stands in a frame, as a paragraph of its own; the words are the ones that a reader sees in one.
"""

from __future__ import annotations

from html import escape

from clinicpress.office.fields import Read
from clinicpress.office.markup import Attributes, Edit, Span, Walk, edited

MARK = b"w:dropCap"
DROPPED = frozenset({"drop", "margin"})
# What may stand between the letter and its paragraph, and what such a frame may hold beside it.
BETWEEN = frozenset({"w:bookmarkStart", "w:bookmarkEnd", "w:proofErr"})
MORE = frozenset(
    {"w:drawing", "w:pict", "w:object", "w:sym", "w:fldChar", "w:footnoteReference", "w:del",
     "w:endnoteReference", "w:tab", "w:br", "w:hyperlink", "m:oMath", "w:bookmarkStart"}
)  # fmt: skip


def read(part: bytes) -> Read:
    """Return a part of a Word file with each drop cap in its paragraph."""
    return Read(edited(part, _Letters(part).edits)) if MARK in part else Read(part)


class _Letters:
    """Where drop caps stand, and where they belong."""

    def __init__(self, part: bytes) -> None:
        self.edits: list[Edit] = []
        self._above: list[str] = []
        self._start = 0
        self._is_one = False
        self._text = ""
        # A letter that waits for its paragraph: where it stands, at which depth, what it is.
        self._waits: tuple[Span, int, str] | None = None
        self._target = 0
        self._walk = Walk(part, self)
        if not self._walk.go():
            self.edits = []

    def start(self, tag: str, attributes: Attributes) -> None:
        """Begin a paragraph, or learn of one that it is a letter's."""
        self._above.append(tag)
        if self._waits and not self._target and tag not in BETWEEN:
            is_next = tag == "w:p" and len(self._above) == self._waits[1]
            self._target = len(self._above) if is_next else 0
            self._waits = self._waits if is_next else None
        if tag == "w:p":
            self._start, self._is_one, self._text = self._walk.at, False, ""
        elif tag == "w:framePr" and self._above[-3:-1] == ["w:p", "w:pPr"]:
            self._is_one = attributes.get("w:dropCap", "") in DROPPED
        elif tag in MORE:
            self._is_one = False
        is_text = tag == "w:t" and not self._walk.is_whole() and "w:del" not in self._above
        if is_text and self._waits and self._target:
            self._join(self._walk.tag()[1])

    def _join(self, at: int) -> None:
        if self._waits and self._above.count("w:p") == 1 + self._above[: self._target - 1].count(
            "w:p"
        ):
            span, _, text = self._waits
            self.edits += [(*span, b""), (at, at, escape(text).encode())]
            self._waits, self._target = None, 0

    def end(self, tag: str) -> None:
        """End a paragraph: a letter's waits for the next."""
        depth = len(self._above)
        self._above.pop()
        if tag != "w:p":
            return
        if depth == self._target:
            self._waits, self._target = None, 0
        letter = self._text.strip()
        if self._is_one and letter:
            self._waits = ((self._start, self._walk.tag()[1]), depth, letter)
        self._is_one = False

    def data(self, text: str) -> None:
        """Keep what a letter's paragraph says."""
        if self._is_one and self._above[-1] == "w:t":
            self._text += text
