"""Signs of a Word file as the letters they are: “μ” of the font Symbol, and alignment tabs.

Such a sign stands in no text of the file, or as another letter (“m”), and a letter beside it would
be half a word there. Pandoc knows the signs of five fonts where a run itself names one, and drops
those of any other.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from html import escape

from clinicpress.model import Loss
from clinicpress.office import dingbats
from clinicpress.office.fields import Read
from clinicpress.office.markup import Attributes, Edit, Span, Walk, edited
from clinicpress.office.styles import ASCII, OTHERS, Look, Styles
from clinicpress.richtext import symbols

KNOWN = frozenset({"symbol", "wingdings", "wingdings 2", "wingdings 3", "webdings"})
FIRST, ASCII_ENDS, MAX_CODE = 0x20, 0x80, 0x10FFFF
HALVES = range(0xD800, 0xE000)
UNREAD = "signs of the font “{}” that can't be read ({} stands in their place): {}"
WHERE = "the font {}: {}"
SIDES = (ASCII, OTHERS)
TAB = re.compile(rb"<w:ptab\b[^<>]*/>")
# Pandoc drops this kind of line break.
RETURN = re.compile(rb"<w:cr\s*/>")


def read(part: bytes, styles: Styles | None = None) -> Read:
    """Return a part of a Word file with its signs as text, as far as they are known."""
    part = RETURN.sub(b"<w:br/>", TAB.sub(b"<w:tab/>", part))
    signs = _Signs(part, styles or Styles())
    told = [UNREAD.format(font, symbols.UNKNOWN, n) for font, n in sorted(signs.unread.items())]
    return Read(edited(part, signs.edits), tuple(told), signs=tuple(signs.lost))


@dataclass
class _Run:
    """A run: its style, the fonts that it names and where, and its texts with their places."""

    style: str = ""
    fonts: Look = field(default_factory=dict)
    literal: str = ""
    named: Span | None = None
    texts: list[tuple[int, int, str]] = field(default_factory=list)


@dataclass
class _Line:
    """A paragraph that is open: its style, what it says, and its letters that are not known."""

    style: str
    said: str = ""
    unknown: list[tuple[str, str]] = field(default_factory=list)


class _Signs:
    """The signs of a part, and what makes text of them."""

    def __init__(self, part: bytes, styles: Styles) -> None:
        self.edits: list[Edit] = []
        self.unread: Counter[str] = Counter()
        self.lost: list[Loss] = []
        self._styles = styles
        self._above: list[str] = []
        self._tables: list[str] = []
        self._lines: list[_Line] = []
        self._runs: list[_Run] = []
        self._walk = Walk(part, self)
        if not self._walk.go():
            self.edits, self.unread, self.lost = [], Counter(), []

    def start(self, tag: str, attributes: Attributes) -> None:
        """Begin a table, a paragraph or a run, or learn of one."""
        self._above.append(tag)
        usual = self._styles.usual
        if tag == "w:tbl":
            self._tables.append(usual.get("table", ""))
        elif tag == "w:p":
            self._lines.append(_Line(usual.get("paragraph", "")))
        elif tag == "w:r":
            self._runs.append(_Run(usual.get("character", "")))
        elif tag == "w:t" and self._runs:
            self._runs[-1].texts.append((self._walk.tag()[1], 0, ""))
        elif tag == "w:sym" and self._walk.is_whole():
            self._sign(attributes.get("w:font", "").strip(), attributes.get("w:char", ""))
        else:
            self._learn(tag, attributes)

    def _learn(self, tag: str, attributes: Attributes) -> None:
        above, value = self._above[-3:-1], attributes.get("w:val", "")
        if tag == "w:tblStyle" and above == ["w:tbl", "w:tblPr"]:
            self._tables[-1] = value
        elif tag == "w:pStyle" and above == ["w:p", "w:pPr"]:
            self._lines[-1].style = value
        elif tag == "w:rStyle" and above == ["w:r", "w:rPr"]:
            self._runs[-1].style = value
        elif tag == "w:rFonts" and above == ["w:r", "w:rPr"]:
            self._runs[-1].fonts = self._styles.fonts(attributes)
            self._runs[-1].literal = attributes.get(ASCII, "")
            self._runs[-1].named = self._walk.tag() if self._walk.is_whole() else None

    def _sign(self, font: str, char: str) -> None:
        code = int(char, 16) if re.fullmatch(r"[0-9A-Fa-f]{2,5}", char) else 0
        sign = _sign(font.casefold(), code)
        if not sign and font.casefold() not in KNOWN:
            self.unread[font] += 1
            sign = symbols.UNKNOWN
        if sign:
            text = f'<w:t xml:space="preserve">{escape(sign)}</w:t>'.encode()
            self.edits.append((*self._walk.tag(), text))

    def end(self, tag: str) -> None:
        """End a table, a paragraph, a run or a text."""
        self._above.pop()
        if tag == "w:t" and self._runs and self._runs[-1].texts:
            start, _, text = self._runs[-1].texts[-1]
            self._runs[-1].texts[-1] = (start, self._walk.at, text)
        elif tag == "w:r":
            self._run(self._runs.pop())
        elif tag == "w:p":
            line = self._lines.pop()
            where = " ".join(line.said.split())
            self.lost += [Loss(said, WHERE.format(font, where)) for said, font in line.unknown]
        elif tag == "w:tbl":
            self._tables.pop()

    def _run(self, run: _Run) -> None:
        """Make letters of a run in a font of signs."""
        line = self._lines[-1] if self._lines else _Line("")
        said = "".join(text for *_, text in run.texts)
        line.said += said
        fonts = self._fonts(run, line)
        if run.named and any(map(dingbats.font, (run.literal, *fonts.values()))):
            self.edits.append((*run.named, b""))  # pandoc would make signs of it once more
        self.edits += [
            (start, stop, escape(shown).encode())
            for start, stop, text in run.texts
            if start <= stop and (shown := _shown(fonts, text)) != text
        ]
        partly = self._partly(run, line)
        unknown = "".join(letter for letter in said if partly or not _letter(fonts, letter))
        if unknown and "w:moveFrom" not in self._above:
            line.unknown.append((unknown, partly or fonts[ASCII] or fonts[OTHERS]))

    def _fonts(self, run: _Run, line: _Line) -> Look:
        """Return the fonts of a run: its own, else those of its styles, else the file's."""
        styles = (run.style, line.style, self._tables[-1] if self._tables else "")
        looks = (run.fonts, *map(self._styles.look, styles), self._styles.defaults)
        return {side: next((look[side] for look in looks if side in look), "") for side in SIDES}

    def _partly(self, run: _Run, line: _Line) -> str:
        """Return a font of signs that the run may have by its place in a table, or ""."""
        given = (run.fonts, *map(self._styles.look, (run.style, line.style)))
        if not self._tables or any(ASCII in look for look in given):
            return ""
        return next(filter(dingbats.font, sorted(self._styles.partly(self._tables[-1]))), "")

    def data(self, text: str) -> None:
        """Keep what a run says."""
        if self._runs and self._runs[-1].texts and self._above[-1] == "w:t":
            start, stop, said = self._runs[-1].texts[-1]
            self._runs[-1].texts[-1] = (start, stop, said + text)


def _shown(fonts: Look, text: str) -> str:
    return "".join(_letter(fonts, letter) or symbols.UNKNOWN for letter in text)


def _letter(fonts: Look, letter: str) -> str:
    """Return what a letter shows in the fonts of its run; "" where that is not known."""
    side = ASCII if ord(letter) < ASCII_ENDS else OTHERS
    font = dingbats.font(fonts[side] or fonts[ASCII])
    if ord(letter) in dingbats.PRIVATE:
        font = font or dingbats.font(fonts[ASCII])
    return dingbats.sign(font, letter) if font else letter


def _sign(font: str, code: int) -> str:
    """Return the letter for a sign; "" where only pandoc has one for it, or nobody."""
    if code < FIRST or code > MAX_CODE or code in HALVES:
        return ""
    if known := dingbats.font(font):
        return dingbats.sign(known, chr(code))
    return chr(code) if code >= ASCII_ENDS and code not in dingbats.PRIVATE else ""
