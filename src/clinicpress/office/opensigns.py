"""Letters of an OpenDocument text in a font of signs, as what they show: “m” of Symbol is “μ”.

The font is that of a span, of its style or one it is based on, or of the paragraph.
"""

from __future__ import annotations

from html import escape

from clinicpress.model import Loss
from clinicpress.office import archive, dingbats
from clinicpress.office.markup import Attributes, Edit, Walk, edited
from clinicpress.office.openstyles import LINES, SHEET, TEXT, Styles
from clinicpress.office.signs import WHERE
from clinicpress.office.written_out import Written
from clinicpress.richtext import symbols


def spelled(data: bytes) -> Written:
    """Return an OpenDocument text with the letters of fonts of signs as what they show."""
    held = archive.parts(data, (SHEET, TEXT))
    styles = Styles()
    if TEXT not in held or not all(Walk(part, styles).go() for part in held.values()):
        return Written(data)
    if not any(map(dingbats.font, styles.fonts.values())):
        return Written(data)
    found = _Signs(held[TEXT], styles)
    part = edited(held[TEXT], found.edits)
    return Written(archive.with_parts(data, {TEXT: part}), signs=tuple(found.lost))


class _Line:
    """A paragraph that is open: the fonts around the present place, and what it says."""

    def __init__(self, font: str) -> None:
        self.fonts = [font]
        self.said = ""
        self.unknown: list[tuple[str, str]] = []


class _Signs:
    """The letters of a text in fonts of signs, and what makes text of them."""

    def __init__(self, part: bytes, styles: Styles) -> None:
        self.edits: list[Edit] = []
        self.lost: list[Loss] = []
        self._styles = styles
        self._lines: list[_Line] = []
        self._hidden = 0
        # The piece of text that is open, and where it begins.
        self._begun = -1
        self._piece = ""
        self._walk = Walk(part, self)
        self._walk.go()

    def start(self, tag: str, attributes: Attributes) -> None:
        """Begin a line or a span."""
        self._ends()
        self._hidden += tag in archive.OPEN_DOCUMENT.hidden
        name = attributes.get("text:style-name", "")
        if tag in LINES:
            self._lines.append(_Line(self._styles.font("paragraph", name)))
        elif tag == "text:span" and self._lines:
            fonts = self._lines[-1].fonts
            fonts.append(self._styles.font("text", name) or fonts[-1])

    def end(self, tag: str) -> None:
        """End a line or a span."""
        self._ends()
        self._hidden -= tag in archive.OPEN_DOCUMENT.hidden
        if tag in LINES:
            line = self._lines.pop()
            where = " ".join(line.said.split())
            self.lost += [Loss(said, WHERE.format(font, where)) for said, font in line.unknown]
        elif tag == "text:span" and self._lines:
            self._lines[-1].fonts.pop()

    def data(self, text: str) -> None:
        """Go on with a piece of text, or begin one."""
        if self._lines and not self._hidden:
            self._begun = self._walk.at if self._begun < 0 else self._begun
            self._piece += text

    def _ends(self) -> None:
        """End a piece of text, and make letters of it where it has none."""
        if self._begun < 0:
            return
        start, said, line = self._begun, self._piece, self._lines[-1]
        self._begun, self._piece = -1, ""
        line.said += said
        if known := dingbats.font(line.fonts[-1]):
            signs = [(letter, dingbats.sign(known, letter)) for letter in said]
            shown = "".join(sign or symbols.UNKNOWN for _, sign in signs)
            self.edits.append((start, self._walk.at, escape(shown).encode()))
            if unknown := "".join(letter for letter, sign in signs if not sign):
                line.unknown.append((unknown, line.fonts[-1]))
