"""Signs of a Word file as the letters they are: “μ” of the font Symbol, and alignment tabs.

Such a sign stands in no text of the file, and a letter beside it would be half a word there. Pandoc
knows the signs of five fonts, and drops those of any other.
"""

from __future__ import annotations

import re
from collections import Counter
from html import escape

from clinicpress.office.fields import Read
from clinicpress.office.markup import Attributes, Edit, Span, Walk, edited
from clinicpress.richtext import symbols

MARKS = (b"<w:sym", b"w:rFonts")
KNOWN = frozenset({"symbol", "wingdings", "wingdings 2", "wingdings 3", "webdings"})
PRIVATE = range(0xF000, 0xF100)
ASCII_ENDS, FIRST_OTHER, MAX_CODE = 0x80, 0x100, 0x10FFFF
HALVES = range(0xD800, 0xE000)
UNREAD = "signs of the font “{}” that can't be read ({} stands in their place): {}"
TAB = re.compile(rb"<w:ptab\b[^<>]*/>")
# Pandoc drops this kind of line break.
RETURN = re.compile(rb"<w:cr\s*/>")


def read(part: bytes) -> Read:
    """Return a part of a Word file with its signs as text, as far as they are known."""
    part = RETURN.sub(b"<w:br/>", TAB.sub(b"<w:tab/>", part))
    if not any(mark in part for mark in MARKS):
        return Read(part)
    signs = _Signs(part)
    told = [UNREAD.format(font, symbols.UNKNOWN, n) for font, n in sorted(signs.unread.items())]
    return Read(edited(part, signs.edits), tuple(told))


class _Signs:
    """The signs of a part, and what makes text of them."""

    def __init__(self, part: bytes) -> None:
        self.edits: list[Edit] = []
        self.unread: Counter[str] = Counter()
        self._above: list[str] = []
        # The font of the open run, where that is said, and the run's texts.
        self._font = ""
        self._said: Span = (0, 0)
        self._texts: list[tuple[int, int, str]] = []
        self._walk = Walk(part, self)
        if not self._walk.go():
            self.edits, self.unread = [], Counter()

    def start(self, tag: str, attributes: Attributes) -> None:
        """Begin a run, or take its font or a sign of it."""
        self._above.append(tag)
        if tag == "w:r":
            self._font, self._texts = "", []
        elif tag == "w:t":
            self._texts.append((self._walk.tag()[1], 0, ""))
        elif not self._walk.is_whole():
            return
        elif tag == "w:rFonts" and self._above[-3:-1] == ["w:r", "w:rPr"]:
            self._font = attributes.get("w:ascii", "").strip().casefold()
            self._said = self._walk.tag()
        elif tag == "w:sym":
            self._sign(attributes.get("w:font", "").strip(), attributes.get("w:char", ""))

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
        """End a text or a run."""
        self._above.pop()
        if tag == "w:t" and self._texts:
            start, _, text = self._texts[-1]
            self._texts[-1] = (start, self._walk.at, text)
        elif tag == "w:r" and self._font in symbols.SIGNS:
            self._run()
            self._font = ""

    def _run(self) -> None:
        """Make letters of a run in a font of signs, where all of them are known."""
        texts = [
            (start, stop, "".join(_letter(self._font, sign) for sign in text))
            for start, stop, text in self._texts
            if start <= stop
        ]
        if not any(symbols.UNKNOWN in text for *_, text in texts):
            self.edits += [(start, stop, escape(text).encode()) for start, stop, text in texts]
            self.edits.append((*self._said, b""))

    def data(self, text: str) -> None:
        """Keep what a run says."""
        if self._texts and self._above[-1] == "w:t":
            start, stop, said = self._texts[-1]
            self._texts[-1] = (start, stop, said + text)


def _letter(font: str, sign: str) -> str:
    """Return what a letter of a text in a font of signs stands for."""
    code = ord(sign)
    return symbols.sign(font, code) if code < FIRST_OTHER or code in PRIVATE else sign


def _sign(font: str, code: int) -> str:
    """Return the letter for a sign; "" where pandoc has a sign for it, or nobody knows one."""
    if font in symbols.SIGNS:
        sign = symbols.sign(font, code)
        # Of the signs of Wingdings, pandoc has more; no letter can be part of a word with them.
        is_wanted = sign != symbols.UNKNOWN and (font == symbols.SYMBOL or sign.isalnum())
        return sign if is_wanted else ""
    is_letter = ASCII_ENDS <= code <= MAX_CODE and code not in PRIVATE and code not in HALVES
    return chr(code) if font not in KNOWN and is_letter else ""
