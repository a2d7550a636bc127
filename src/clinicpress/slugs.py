"""Short names for addresses, made from titles: no numbers in front, no accents, never twice."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

LEADING_NUMBER = re.compile(r"^\s*(?:\d+(?:\.\d+)*[.):]?|[ivx]+[.)])\s+", re.I)
MAX_LENGTH = 60
# Letters that do not come apart into a base letter and a mark.
LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "ı": "i", "’": "", "'": ""}
)


def slug(title: str, otherwise: str = "section") -> str:
    """Return a slug for a title, letters of any script kept; `otherwise` where none is left."""
    plain = LEADING_NUMBER.sub("", title).casefold().translate(LETTERS)
    words = "".join(c if _in_word(c) else " " for c in _unaccented(plain)).split()
    words = [word for word in words if any(map(str.isalnum, word))]
    out = ""
    for word in words:
        if out and len(out) + 1 + len(word) > MAX_LENGTH:
            break
        out = f"{out}-{word}" if out else word[:MAX_LENGTH]
    return out or otherwise


def _unaccented(text: str) -> str:
    """Take the accents off Latin letters; in other scripts marks are vowels, and stay."""
    out: list[str] = []
    latin = False
    for character in unicodedata.normalize("NFKD", text):
        if not unicodedata.combining(character):
            latin = "LATIN" in unicodedata.name(character, "")
        elif latin:
            continue
        out.append(character)
    return unicodedata.normalize("NFC", "".join(out))


def _in_word(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character).startswith("M")


def distinct(wanted: Iterable[str], taken: Iterable[str] = ()) -> list[str]:
    """Return slugs that tell twins apart by what stands before each: `drug-a-side-effects`.

    One more of a name then changes no address of another; where nothing stands before, or that
    is a twin's too, they are numbered as in `unique`.
    """
    given = list(wanted)
    times = Counter(given)
    out: list[str] = []
    before = ""
    for name in given:
        lone = times[name] == 1
        out.append(name if lone or not before else f"{before}-{name}")
        before = name if lone else before
    return unique(out, taken)


def unique(wanted: Iterable[str], taken: Iterable[str] = ()) -> list[str]:
    """Return the slugs with `-2`, `-3` ... behind those that came before or are taken."""
    used = set(taken)
    out: list[str] = []
    for base in wanted:
        candidate, number = base, 1
        while candidate in used:
            number += 1
            candidate = f"{base}-{number}"
        used.add(candidate)
        out.append(candidate)
    return out
