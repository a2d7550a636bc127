"""The fonts of a Rich Text file: which letters, or which signs, their bytes stand for."""

from __future__ import annotations

from dataclasses import dataclass, field

from clinicpress.office import dingbats
from clinicpress.richtext import symbols
from clinicpress.richtext.alphabets import CHARSETS

MAX_NAME = 80
SIGNS = 2
"""The `fcharset` of a font whose bytes are signs."""


@dataclass
class _Font:
    """A font's name as far as it was read, and the number of its alphabet."""

    name: str = ""
    charset: int | None = None


@dataclass
class Fonts:
    """The table of fonts at the beginning of a file, while it is read and after."""

    _fonts: dict[int, _Font] = field(default_factory=dict)
    _open: _Font = field(default_factory=_Font)

    def take(self, word: str, number: int) -> None:
        """Take a word of the table: `f` begins a font, `fcharset` has its alphabet."""
        if word == "f":
            self._open = self._fonts[number] = _Font()
        elif word == "fcharset":
            self._open.charset = number

    def named(self, text: str) -> None:
        """Take a piece of the open font's name."""
        self._open.name = (self._open.name + text)[:MAX_NAME]

    def codec(self, number: int, usual: str) -> str:
        """Return the codec of a font's letters, the usual one where it has none of its own."""
        found = self._fonts.get(number)
        return CHARSETS.get(found.charset or 0, usual) if found else usual

    def signs(self, number: int) -> str:
        """Return the table that a font's signs are in, "" where it has letters."""
        found = self._fonts.get(number)
        if found is None:
            return ""
        # LibreOffice gives fonts of signs the alphabet of any other.
        known = dingbats.font(self.name(number)) if found.charset not in CHARSETS else ""
        return known or symbols.kind(found.name, found.charset)

    def is_sure(self, number: int) -> bool:
        """Say whether the file itself says that a font's bytes are signs, or nothing of them."""
        found = self._fonts.get(number)
        return found is None or found.charset in (None, SIGNS)

    def name(self, number: int) -> str:
        """Return the name of a font."""
        found = self._fonts.get(number)
        return found.name.strip().rstrip(";") if found else ""


def sign(font: str, code: int) -> str:
    """Return what a byte of a font of signs, or its number in the private area, stands for."""
    if font == symbols.OTHER:
        return symbols.sign(font, code)
    byte = code - symbols.PRIVATE if code >= symbols.PRIVATE else code
    return dingbats.sign(font, chr(byte)) or symbols.UNKNOWN
