"""Text that its author hid, in Word or OpenDocument: on no screen or paper, so on no page either.

Pandoc shows it. It is taken out before, and named in the report.
"""

from __future__ import annotations

import zipfile
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from io import BytesIO

from clinicpress import office
from clinicpress.markup import Attributes, Span, Walk

PARTS = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml", "content.xml")
STYLES = ("word/styles.xml", "styles.xml", "content.xml")
# Without one of these nothing is hidden.
MARKS = (b"w:vanish", b"text:display")
OFF = frozenset({"0", "false", "off"})
# What may be hidden as a whole, and how it names its style.
PIECES: Mapping[str, str] = {
    "w:r": "",
    "text:span": "text:style-name",
    "text:p": "text:style-name",
    "text:section": "text:style-name",
}
TEXT = frozenset({"w:t", "text:span", "text:p", "text:a"})


def without(data: bytes) -> tuple[bytes, tuple[str, ...]]:
    """Return a file without its hidden text, and that text piece by piece."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = frozenset(archive.namelist())
            held = {name: archive.read(name) for name in PARTS if name in names}
            sheets = [archive.read(name) for name in STYLES if name in names]
            if not any(mark in part for part in (*held.values(), *sheets) for mark in MARKS):
                return data, ()
            hiding = frozenset(style for sheet in sheets for style in _Styles(sheet).hiding)
            found = {name: _Hidden(part, hiding) for name, part in held.items()}
            if not any(each.spans for each in found.values()):
                return data, ()
            shown = {name: _cut(held[name], each.spans) for name, each in found.items()}
            return office.repacked(archive, shown), tuple(
                text for each in found.values() for text in each.texts
            )
    except office.BROKEN:
        return data, ()  # whoever reads its text says what is wrong with it


def _cut(part: bytes, spans: Collection[Span]) -> bytes:
    for start, stop in sorted(spans, reverse=True):
        part = part[:start] + part[stop:]
    return part


class _Styles:
    """The names of a file's styles whose text is hidden."""

    def __init__(self, sheet: bytes) -> None:
        self.hiding: list[str] = []
        self._style = ""
        if not Walk(sheet, self).go():
            self.hiding = []

    def start(self, tag: str, attributes: Attributes) -> None:
        """Begin a style, or learn of it that it hides."""
        if tag in ("w:style", "style:style"):
            self._style = attributes.get("w:styleId", "") or attributes.get("style:name", "")
        if self._style and _hides(tag, attributes):
            self.hiding.append(self._style)

    def end(self, tag: str) -> None:
        """End a style."""
        if tag in ("w:style", "style:style"):
            self._style = ""

    def data(self, text: str) -> None:
        """Pass over text."""


@dataclass
class _Piece:
    """A run or span that is open: where it began, whether it is hidden, and what it says."""

    tag: str
    start: int
    hidden: bool
    text: str = ""


class _Hidden:
    """Where the hidden pieces of a part are, and what they say; one within another not apart."""

    def __init__(self, part: bytes, hiding: Collection[str]) -> None:
        self.spans: list[Span] = []
        self.texts: list[str] = []
        self._hiding = hiding
        self._above: list[str] = []
        self._open: list[_Piece] = []
        self._walk = Walk(part, self)
        if not self._walk.go():
            self.spans, self.texts = [], []

    def start(self, tag: str, attributes: Attributes) -> None:
        """Begin a piece, or learn of the open one that it is hidden."""
        self._above.append(tag)
        if tag in PIECES:
            hidden = attributes.get(PIECES[tag], "") in self._hiding
            hidden |= attributes.get("text:display") == "none"
            self._open.append(_Piece(tag, self._walk.at, hidden))
        elif self._open and self._above[-3:-1] == ["w:r", "w:rPr"]:
            named = tag == "w:rStyle" and attributes.get("w:val", "") in self._hiding
            self._open[-1].hidden |= named or _hides(tag, attributes)

    def end(self, tag: str) -> None:
        """End a piece."""
        self._above.pop()
        if tag not in PIECES:
            return
        piece = self._open.pop()
        if not piece.hidden:
            return
        if any(around.hidden for around in self._open):
            return
        self.spans.append((piece.start, self._walk.tag()[1]))
        if said := " ".join(piece.text.split()):
            self.texts.append(said)

    def data(self, text: str) -> None:
        """Keep what the open pieces say."""
        if self._above[-1] in TEXT:
            for piece in self._open:
                piece.text += text


def _hides(tag: str, attributes: Attributes) -> bool:
    if tag == "w:vanish":
        return attributes.get("w:val", "true").lower() not in OFF
    return tag == "style:text-properties" and attributes.get("text:display") == "none"
