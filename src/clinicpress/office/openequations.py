"""Equations of an OpenDocument text as the text that they are, where it can be written in one line.

Each stands in a part of its own, in MathML. It is read as one of Word is.
"""

from __future__ import annotations

import posixpath
from html import escape

from clinicpress import equations, mathml
from clinicpress.equations import DOWN, UP, Part, UnreadableError
from clinicpress.office import archive, openstyles
from clinicpress.office.equations import LOST
from clinicpress.office.markup import Attributes, Walk, edited
from clinicpress.office.written_out import Written

TEXT = "content.xml"
MARK = b"draw:object"
LOOKS = {
    UP: (((openstyles.PLACE, openstyles.RAISED),), "clinicpress-raised"),
    DOWN: (((openstyles.PLACE, openstyles.LOWERED),), "clinicpress-lowered"),
}


def spelled(data: bytes) -> Written:
    """Return an OpenDocument text with its equations as text."""
    text = archive.parts(data, [TEXT]).get(TEXT, b"")
    if MARK not in text:
        return Written(data)
    edits, told, lost = [], [], []
    for start, stop, address, is_alone in _Frames(text).found:
        formula = _formula(data, address)
        if formula is None:
            continue
        pieces: equations.Pieces = []
        try:
            pieces = equations.line(formula.part(), formula.depth)
            told += equations.told(formula.part(), pieces)
        except UnreadableError:
            lost.append(LOST.format(formula.said()))
        said = "".join(map(_span, pieces))
        edits.append((start, stop, (f"<text:p>{said}</text:p>" if is_alone else said).encode()))
    if not edits:
        return Written(data)
    part = openstyles.with_styles(edited(text, edits), dict(LOOKS.values()))
    return Written(archive.with_parts(data, {TEXT: part}), tuple(told), tuple(lost))


def _span(piece: tuple[str, str]) -> str:
    text, look = piece
    if not look:
        return escape(text)
    return f'<text:span text:style-name="{LOOKS[look][1]}">{escape(text)}</text:span>'


class _Frames:
    """The frames of a text with an object: where, its address, whether in no line of text."""

    def __init__(self, part: bytes) -> None:
        self.found: list[tuple[int, int, str, bool]] = []
        self._above: list[str] = []
        self._open: list[tuple[int, str]] = []
        self._walk = Walk(part, self)
        if not self._walk.go():
            self.found = []

    def start(self, tag: str, attributes: Attributes) -> None:
        """Begin a frame, or learn of its object."""
        self._above.append(tag)
        if tag == "draw:frame":
            self._open.append((self._walk.at, ""))
        elif tag == "draw:object" and self._above[-2:-1] == ["draw:frame"]:
            self._open[-1] = (self._open[-1][0], attributes.get("xlink:href", ""))

    def end(self, tag: str) -> None:
        """End a frame."""
        self._above.pop()
        if tag == "draw:frame":
            start, address = self._open.pop()
            is_alone = not openstyles.HOLDERS.intersection(self._above[-1:])
            if address:
                self.found.append((start, self._walk.tag()[1], address, is_alone))

    def data(self, text: str) -> None:
        """Pass over text."""


class _Formula:
    """A formula in MathML, as one of Word."""

    def __init__(self, part: bytes) -> None:
        self._root = Part("math")
        self._open: list[Part] = []
        self._said: list[str] = []
        self.depth = 0
        self._first = ""
        self.is_whole = Walk(part, self).go() and self._first == "math"

    def part(self) -> Part:
        """Return the formula; UnreadableError where it is too deep to be written."""
        if self.depth > equations.MAX_DEPTH:
            raise UnreadableError
        return mathml.read(self._root)

    def said(self) -> str:
        """Return all words of the formula, one after the other."""
        return " ".join(" ".join(self._said).split())

    def start(self, tag: str, attributes: Attributes) -> None:
        """Begin a part of the formula."""
        tag = tag.rpartition(":")[2]
        self._first = self._first or tag
        part = Part(tag, dict(attributes))
        (self._open[-1] if self._open else self._root).parts.append(part)
        self._open.append(part)
        self.depth = max(self.depth, len(self._open))

    def end(self, tag: str) -> None:
        """End a part of the formula."""
        self._open.pop()

    def data(self, text: str) -> None:
        """Keep what a part says."""
        if self._open and self._open[-1].tag not in mathml.SILENT:
            self._open[-1].parts.append(Part("", text=text))
            self._said.append(text)


def _formula(data: bytes, address: str) -> _Formula | None:
    """Return the formula at an address; None where another kind of object stands there."""
    name = posixpath.join(posixpath.normpath(address), TEXT)
    part = archive.parts(data, [name]).get(name)
    formula = _Formula(part) if part else None
    return formula if formula and formula.is_whole else None
