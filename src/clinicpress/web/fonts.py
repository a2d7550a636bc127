"""The fonts of a web page whose letters are signs: which, and what a letter in one stands for."""

from __future__ import annotations

from clinicpress.richtext import symbols

OTHER = symbols.OTHER
# Fonts of signs that no table has.
OTHERS = frozenset(
    {"webdings", "wingdings 2", "wingdings 3", "mt extra", "marlett", "monotype sorts"}
    | {"zapf dingbats", "zapfdingbats", "itc zapf dingbats"}
)
WITHOUT = frozenset({"", "inherit", "unset", "initial"})
LATIN = 0x100


def of(families: str) -> str | None:
    """Return which table the signs of a list of fonts are in, "" for letters, None for no font."""
    first = families.partition(",")[0].strip().strip("\"'").strip().casefold()
    if first in WITHOUT:
        return None
    return OTHER if first in OTHERS else symbols.kind(first, None)


def sign(font: str, letter: str) -> str:
    """Return the sign that a letter of such a font stands for, "" where none is known.

    What is no letter of an old keyboard is itself: no such font has it.
    """
    code = ord(letter)
    if letter.isspace() or code >= symbols.PRIVATE + LATIN:
        return letter
    is_private = code >= symbols.PRIVATE
    try:
        byte = code if is_private else letter.encode("cp1252")[0]
    except UnicodeEncodeError:
        return letter
    found = symbols.UNKNOWN if font == OTHER else symbols.sign(font, byte)
    if found != symbols.UNKNOWN:
        return found
    # A bullet that is one by Unicode is shown as one, whatever the font.
    return letter if code >= LATIN and not is_private and not letter.isalnum() else ""
