"""Equations of a Word file as the text that they are, where it can be written in one line.

A page has no formulas. Of the others, none is left out in silence.
"""

from __future__ import annotations

from html import escape

from clinicpress import equations
from clinicpress.equations import Part, UnreadableError
from clinicpress.office.fields import Read
from clinicpress.office.markup import Attributes, Edit, Walk, edited

MARK = b"m:oMath"
WHOLE = frozenset({"m:oMath", "m:oMathPara"})
LOST = "the equation {}"


def read(part: bytes) -> Read:
    """Return a part of a Word file with its equations as text."""
    if MARK not in part:
        return Read(part)
    found = _Equations(part)
    return Read(edited(part, found.edits), tuple(found.told), tuple(found.lost))


class _Equations:
    """The equations of a part, and what makes text of them."""

    def __init__(self, part: bytes) -> None:
        self.edits: list[Edit] = []
        self.told: list[str] = []
        self.lost: list[str] = []
        self._open: list[Part] = []
        self._start = 0
        self._said: list[str] = []
        self._deepest = 0
        self._walk = Walk(part, self)
        if not self._walk.go():
            self.edits, self.told, self.lost = [], [], []

    def start(self, tag: str, attributes: Attributes) -> None:
        """Begin an equation, or a part of one."""
        if not self._open and tag not in WHOLE:
            return
        part = Part(tag, dict(attributes))
        if self._open:
            self._open[-1].parts.append(part)
        else:
            self._start, self._said, self._deepest = self._walk.at, [], 0
        self._open.append(part)
        self._deepest = max(self._deepest, len(self._open))

    def end(self, tag: str) -> None:
        """End an equation, or a part of one."""
        if not self._open:
            return
        whole = self._open.pop()
        if self._open:
            return
        span = (self._start, self._walk.tag()[1])
        try:
            pieces = equations.line(whole, self._deepest)
        except UnreadableError:
            self.lost.append(LOST.format(" ".join(" ".join(self._said).split())))
            pieces = []
        else:
            self.told += equations.told(whole, pieces)
        self.edits.append((*span, "".join(map(_run, pieces)).encode()))

    def data(self, text: str) -> None:
        """Keep the text of a part."""
        if self._open and self._open[-1].tag in ("m:t", "w:t"):
            self._said.append(text)
            self._open[-1].parts.append(Part("", text=text))


def _run(piece: tuple[str, str]) -> str:
    text, look = piece
    properties = f'<w:rPr><w:vertAlign w:val="{look}"/></w:rPr>' if look else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
