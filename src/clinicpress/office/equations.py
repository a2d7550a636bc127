"""Equations of a Word file as the text that they are, where it can be written in one line.

A page has no formulas. Of the others, none is left out in silence.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from clinicpress.office.fields import Read
from clinicpress.office.markup import Attributes, Edit, Walk, edited

MARK = b"m:oMath"
WHOLE = frozenset({"m:oMath", "m:oMathPara"})
LOST = "the equation {}"
TOLD = "an equation, which stands in one line now: “{}”"
RELATION = re.compile(r"\s*([=≤≥≈≠<>])\s*")
ONE = re.compile(r"[\w.,%]*|\([^()]*\)")
NUMBER = re.compile(r"[\d.,]+")
MAX_DEPTH = 100
UP, DOWN = "superscript", "subscript"
# What only holds other parts, and what is no part of the text.
HOLDERS = frozenset(
    {"m:oMath", "m:oMathPara", "m:e", "m:num", "m:den", "m:sup", "m:sub", "m:deg", "m:fName",
     "m:box", "w:ins", "w:moveTo", "m:r", "w:r", "m:t", "w:t"}
)  # fmt: skip
SILENT = frozenset({"w:del", "w:moveFrom", "w:bookmarkStart", "w:bookmarkEnd", "w:proofErr"})

Pieces = list[tuple[str, str]]
"""Text, and whether it is raised or lowered ("" for neither)."""


class UnreadableError(Exception):
    """A part of an equation is none that can be written in a line."""


@dataclass
class Part:
    """A part of an equation, with those in it; text stands in parts without a name."""

    tag: str
    attributes: Attributes = field(default_factory=dict)
    parts: list[Part] = field(default_factory=list)
    text: str = ""

    def first(self, tag: str) -> Part:
        """Return the first part of that name in it, an empty one where it has none."""
        return next((part for part in self.parts if part.tag == tag), Part(tag))

    def says(self, tag: str, usual: str) -> str:
        """Return what its properties say of something."""
        found = next((p for p in self.first(f"{self.tag}Pr").parts if p.tag == tag), None)
        return usual if found is None else found.attributes.get("m:val", "")


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
            pieces = self._pieces(whole)
        except UnreadableError:
            self.lost.append(LOST.format(" ".join(" ".join(self._said).split())))
            pieces = []
        else:
            self.told += told(whole, pieces)
        self.edits.append((*span, "".join(map(_run, pieces)).encode()))

    def _pieces(self, whole: Part) -> Pieces:
        if self._deepest > MAX_DEPTH:
            raise UnreadableError
        return line(whole)

    def data(self, text: str) -> None:
        """Keep the text of a part."""
        if self._open and self._open[-1].tag in ("m:t", "w:t"):
            self._said.append(text)
            self._open[-1].parts.append(Part("", text=text))


def line(whole: Part) -> Pieces:
    """Return an equation in one line; UnreadableError where it can't be written so."""
    return _spaced(_pieces(whole))


def told(whole: Part, pieces: Pieces) -> list[str]:
    """Return a line for an equation that looked otherwise than in one line, else nothing."""
    said = "".join(f"^{text}" if look == UP else text for text, look in pieces)
    return [TOLD.format(said)] if _is_drawn(whole) else []


def _run(piece: tuple[str, str]) -> str:
    text, look = piece
    properties = f'<w:rPr><w:vertAlign w:val="{look}"/></w:rPr>' if look else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _is_drawn(part: Part) -> bool:
    return part.tag in ("m:f", "m:rad") or any(map(_is_drawn, part.parts))


def _pieces(part: Part) -> Pieces:
    if part.text:
        return [(unicodedata.normalize("NFKC", part.text), "")]
    if part.tag.endswith("Pr") or part.tag in SILENT:
        return []
    if part.tag in READERS:
        return READERS[part.tag](part)
    if part.tag in HOLDERS or not part.tag:
        return [piece for inner in part.parts for piece in _pieces(inner)]
    raise UnreadableError


def _wrapped(part: Part) -> Pieces:
    """Return a part in brackets, unless it is a single thing."""
    pieces = _pieces(part)
    is_one = ONE.fullmatch("".join(text for text, _ in pieces).strip())
    return pieces if is_one else [("(", ""), *pieces, (")", "")]


def _moved(part: Part, look: str) -> Pieces:
    pieces = _pieces(part)
    if any(inner for _, inner in pieces):
        raise UnreadableError  # raised above what is raised already
    return [("".join(text for text, _ in pieces), look)]


def _fraction(part: Part) -> Pieces:
    if part.says("m:type", "bar") == "noBar":
        raise UnreadableError
    above, below = _wrapped(part.first("m:num")), _wrapped(part.first("m:den"))
    is_number = all(NUMBER.fullmatch(text) for text, _ in (*above, *below))
    return [*above, ("/" if is_number else " / ", ""), *below]


def _brackets(part: Part) -> Pieces:
    opens, closes = part.says("m:begChr", "("), part.says("m:endChr", ")")
    inner: Pieces = []
    for each in (inside for inside in part.parts if inside.tag == "m:e"):
        inner += [(part.says("m:sepChr", "|"), "")] if inner else []
        inner += _pieces(each)
    return [(opens, ""), *inner, (closes, "")]


def _root(part: Part) -> Pieces:
    if _pieces(part.first("m:deg")):
        raise UnreadableError
    return [("√", ""), *_wrapped(part.first("m:e"))]


def _function(part: Part) -> Pieces:
    return [*_pieces(part.first("m:fName")), (" ", ""), *_wrapped(part.first("m:e"))]


def _raising(*looks: tuple[str, str]) -> Callable[[Part], Pieces]:
    def read(part: Part) -> Pieces:
        moved = [piece for tag, look in looks for piece in _moved(part.first(tag), look)]
        return [*_wrapped(part.first("m:e")), *moved]

    return read


READERS: Mapping[str, Callable[[Part], Pieces]] = {
    "m:d": _brackets,
    "m:f": _fraction,
    "m:func": _function,
    "m:rad": _root,
    "m:sSub": _raising(("m:sub", DOWN)),
    "m:sSubSup": _raising(("m:sub", DOWN), ("m:sup", UP)),
    "m:sSup": _raising(("m:sup", UP)),
    "w:br": lambda _: [(" ", "")],
}


def _spaced(pieces: Sequence[tuple[str, str]]) -> Pieces:
    """Return the pieces of an equation, those alike as one, with room around what compares."""
    joined: Pieces = []
    for text, look in pieces:
        if joined and joined[-1][1] == look:
            joined[-1] = (joined[-1][0] + text, look)
        elif text:
            joined.append((text, look))
    spaced = [(text if look else RELATION.sub(r" \1 ", text), look) for text, look in joined]
    if spaced and not spaced[0][1]:
        spaced[0] = (spaced[0][0].lstrip(), "")
    if spaced and not spaced[-1][1]:
        spaced[-1] = (spaced[-1][0].rstrip(), "")
    return [(text, look) for text, look in spaced if text]
