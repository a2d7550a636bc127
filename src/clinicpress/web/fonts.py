"""The fonts of a web page whose letters are signs: which, and what a letter in one stands for."""

from __future__ import annotations

from clinicpress.office import dingbats
from clinicpress.richtext import symbols

# Fonts of signs that no table has.
OTHERS = frozenset({"mt extra", "marlett", "monotype sorts"})
WITHOUT = frozenset({"", "inherit", "unset", "initial"})
LATIN = 0x100


def of(families: str) -> str | None:
    """Return the name of a font of signs that a list of fonts begins with.

    "" stands for one that has letters, None for no font.
    """
    first = families.partition(",")[0].strip().strip("\"'").strip().casefold()
    if first in WITHOUT:
        return None
    return first if first in OTHERS else dingbats.font(first)


def sign(font: str, letter: str) -> str:
    """Return the sign that a letter of such a font stands for, "" where none is known.

    What is no letter of an old keyboard is itself: no such font has it.
    """
    code = ord(letter)
    if letter.isspace() or code >= symbols.PRIVATE + LATIN:
        return letter
    is_private = code >= symbols.PRIVATE
    try:
        byte = code - symbols.PRIVATE if is_private else letter.encode("cp1252")[0]
    except UnicodeEncodeError:
        return letter
    if found := "" if font in OTHERS else dingbats.sign(font, chr(byte)):
        return found
    # A bullet that is one by Unicode is shown as one, whatever the font.
    return letter if code >= LATIN and not is_private and not letter.isalnum() else ""
