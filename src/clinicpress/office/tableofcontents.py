"""A Word or OpenDocument file's own table of contents: taken out before anything reads it.

The site makes its own, and the page numbers of a printed one lead nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from clinicpress.office import archive
from clinicpress.office.markup import Attributes, Span, Walk, cut

TOLD = "a table of contents (the site makes its own)"
PARTS = ("word/document.xml", "content.xml")
SHEET = "word/styles.xml"
# How Word calls the styles inside a file, whatever its language: only their identifiers differ.
STYLE = re.compile(r"toc \d|toc heading|contents \d|contents heading")
GALLERY = "Table of Contents"
INSTRUCTION = re.compile(r"\s*TOC\b")
WHOLE = "text:table-of-content"


def without(data: bytes) -> tuple[bytes, int]:
    """Return a file without its tables of contents, and how many lines or tables that was."""
    held = archive.parts(data, PARTS)
    styles = _styles(archive.parts(data, [SHEET]).get(SHEET, b""))
    found = {name: _spans(part, styles) for name, part in held.items()}
    if not any(found.values()):
        return data, 0
    shown = archive.with_parts(data, {name: cut(held[name], found[name]) for name in held})
    return shown, sum(map(len, found.values())) if shown is not data else 0


def _spans(part: bytes, styles: frozenset[str]) -> tuple[Span, ...]:
    lines = _Lines(part, styles)
    return tuple(lines.spans) if lines.whole else ()


def _styles(sheet: bytes) -> frozenset[str]:
    styles = _Styles()
    return frozenset(styles.found) if Walk(sheet, styles).go() else frozenset()


class _Styles:
    """The identifiers of the styles that lines of a table of contents have."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._style = ""

    def start(self, tag: str, attributes: Attributes) -> None:
        """Begin a style, or learn its name."""
        if tag == "w:style":
            self._style = attributes.get("w:styleId", "")
        elif tag == "w:name" and STYLE.fullmatch(attributes.get("w:val", "").lower()):
            self.found.append(self._style)

    def end(self, tag: str) -> None:
        """Pass over an end."""

    def data(self, text: str) -> None:
        """Pass over text."""


@dataclass
class _Line:
    """A paragraph that is open: where it began, and what of its text is the table's."""

    start: int
    styled: bool = False
    listed: bool = False
    own: bool = False

    @property
    def is_contents(self) -> bool:
        return self.styled or (self.listed and not self.own)


@dataclass
class _Field:
    """A field that is open: what it does, and the lines in it that it made, if it is a table's."""

    does: str = ""
    spans: list[Span] = field(default_factory=list)

    @property
    def lists(self) -> bool:
        return bool(INSTRUCTION.match(self.does))


class _Lines:
    """Where the lines of a part's tables of contents stand.

    They have a style of their own, or are what a field made that Word would make anew, or are the
    heading in the frame that Word puts around both. A field that never ends made nothing.
    """

    def __init__(self, part: bytes, styles: frozenset[str]) -> None:
        self.spans: list[Span] = []
        self._styles = styles
        self._open: list[_Line] = []
        self._fields: list[_Field] = []
        self._framed = self._instructs = False
        self._walk = Walk(part, self)
        self.whole = self._walk.go()

    def start(self, tag: str, attributes: Attributes) -> None:
        """Begin a line, a field or a frame."""
        match tag:
            case "w:docPartGallery":
                self._framed = attributes.get("w:val") == GALLERY
            case "w:p":
                self._open.append(_Line(self._walk.at, styled=self._framed))
                self._framed = False
            case "w:pStyle" if self._open:
                self._open[-1].styled |= attributes.get("w:val", "") in self._styles
            case "w:instrText":
                self._instructs = True
            case "w:fldChar":
                self._turn(attributes.get("w:fldCharType", ""))
            case _ if tag == WHOLE:
                self._open.append(_Line(self._walk.at, styled=True))

    def _turn(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "end" and self._fields:
            done = self._fields.pop()
            self.spans += done.spans
            if done.lists and self._open:
                self._open[-1].listed = True

    def end(self, tag: str) -> None:
        """End a line, an instruction or a frame."""
        self._instructs &= tag != "w:instrText"
        self._framed &= tag != "w:sdt"
        if tag not in ("w:p", WHOLE):
            return
        line = self._open.pop()
        if not line.is_contents or any(around.is_contents for around in self._open):
            return
        span = (line.start, self._walk.tag()[1])
        inside = next(self._tables(), None)
        (self.spans if line.styled or inside is None else inside.spans).append(span)

    def data(self, text: str) -> None:
        """Learn what an open field does, and whose text an open line's is."""
        if self._instructs and self._fields:
            self._fields[-1].does += text
        elif self._open and text.strip():
            listed = next(self._tables(), None) is not None
            self._open[-1].listed |= listed
            self._open[-1].own |= not listed

    def _tables(self) -> Iterator[_Field]:
        return (each for each in self._fields if each.lists)
