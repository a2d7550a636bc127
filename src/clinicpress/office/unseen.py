"""Text that its author hid, in Word or OpenDocument: on no screen or paper, so on no page either.

Pandoc shows it. It is taken out before, and named in the report.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from clinicpress.office import archive
from clinicpress.office.markup import OFF, Attributes, Span, Walk, cut

STYLES = ("word/styles.xml", "styles.xml", "content.xml")
# Without one of these nothing is hidden.
MARKS = (b"w:vanish", b"text:display", b"table:covered-table-cell")
# A cell that another is merged over: LibreOffice keeps what it said, and shows it nowhere.
COVERED = "table:covered-table-cell"
DEEPEST = 12
# What may be hidden as a whole, and how it names its style.
PIECES: Mapping[str, str] = {
    "w:r": "",
    "text:span": "text:style-name",
    "text:p": "text:style-name",
    "text:h": "text:style-name",
    "text:section": "text:style-name",
}
TEXT = frozenset({"w:t", "text:span", "text:p", "text:h", "text:a"})


def without(data: bytes) -> tuple[bytes, tuple[str, ...]]:
    """Return a file without its hidden text, and that text piece by piece."""
    held = archive.parts(data, archive.TEXTS)
    sheets = archive.parts(data, STYLES).values()
    if not any(mark in part for part in (*held.values(), *sheets) for mark in MARKS):
        return data, ()
    hiding = frozenset(style for sheet in sheets for style in _Styles(sheet).hiding)
    found = {name: _Hidden(part, hiding) for name, part in held.items()}
    texts = tuple(text for each in found.values() for text in each.texts)
    if not any(each.spans for each in found.values()):
        return data, ()
    shown = archive.with_parts(data, {name: cut(held[name], found[name].spans) for name in held})
    return shown, texts if shown is not data else ()


class _Styles:
    """The names of a file's styles whose text is hidden, by themselves or by one they build on."""

    def __init__(self, sheet: bytes) -> None:
        self._hides: dict[str, bool] = {}
        self._bases: dict[str, str] = {}
        self._style = ""
        if not Walk(sheet, self).go():
            self._hides = {}

    @property
    def hiding(self) -> list[str]:
        return [style for style in {*self._hides, *self._bases} if self._is_hidden(style)]

    def _is_hidden(self, style: str) -> bool:
        for _ in range(DEEPEST):
            if style in self._hides:
                return self._hides[style]
            style = self._bases.get(style, "")
        return False

    def start(self, tag: str, attributes: Attributes) -> None:
        """Begin a style, or learn of it that it hides."""
        if tag in ("w:style", "style:style"):
            self._style = attributes.get("w:styleId", "") or attributes.get("style:name", "")
            self._bases[self._style] = attributes.get("style:parent-style-name", "")
        elif tag == "w:basedOn":
            self._bases[self._style] = attributes.get("w:val", "")
        elif self._style and (hides := _hides(tag, attributes)) is not None:
            self._hides[self._style] = hides

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
        self._lines: list[bool] = []  # of each open paragraph of Word: whether its style hides
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
            hidden |= (tag == "w:r" and any(self._lines)) or COVERED in self._above
            self._open.append(_Piece(tag, self._walk.at, hidden))
        elif tag == "w:p":
            self._lines.append(False)
        elif tag == "w:pStyle" and self._lines:
            self._lines[-1] = attributes.get("w:val", "") in self._hiding
        elif self._open and self._above[-3:-1] == ["w:r", "w:rPr"]:
            if tag == "w:rStyle":
                self._open[-1].hidden |= attributes.get("w:val", "") in self._hiding
            elif (hides := _hides(tag, attributes)) is not None:
                self._open[-1].hidden = hides

    def end(self, tag: str) -> None:
        """End a piece."""
        self._above.pop()
        if tag == "w:p":
            self._lines.pop()
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


def _hides(tag: str, attributes: Attributes) -> bool | None:
    """Say whether a property hides text, or shows it; None where it says nothing of that."""
    if tag == "w:vanish":
        return attributes.get("w:val", "true").lower() not in OFF
    if tag == "style:text-properties" and "text:display" in attributes:
        return attributes["text:display"] == "none"
    return None
