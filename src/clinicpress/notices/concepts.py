"""The things a leaflet speaks of, and the words each language has for them.

Every language has the same concepts, so what is learned of them in one serves the others.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

FALLBACK = "en"
EMERGENCY_NUMBERS = frozenset("000 061 108 111 112 144 15 3114 911 988 995 999".split())
# A word, or a number with all its groups: "1,000", "020 7946 0000", "9-8-8".
_WORD = re.compile(r"(?<!\w)\d+(?:(?:[ .,-]|\) )\d+)+(?!\w)|[^\W_]+(?:'[^\W_]+)*")
PHONE = 7  # digits: a number this long is a telephone's


@dataclass(frozen=True, slots=True)
class Concept:
    """A thing spoken of: `why` completes “says “tablets” (…)”, `pattern` finds it in plain text."""

    name: str
    why: str
    pattern: re.Pattern[str]

    def said(self, text: str) -> str:
        """Return the word of `text` that speaks of it; empty where none does."""
        return as_written(text, self.pattern)


@cache
def load(language: str) -> tuple[Concept, ...]:
    """Return the concepts for a language such as `fr`; in English words where it has none."""
    source = resources.files("clinicpress.notices") / "concepts" / f"{language}.toml"
    if not source.is_file():
        return load(FALLBACK)
    data = tomllib.loads(source.read_text(encoding="utf-8"))
    return tuple(Concept(name, row["why"], _pattern(row["words"])) for name, row in data.items())


@lru_cache(maxsize=4096)
def spoken_of(text: str, language: str) -> tuple[str, ...]:
    """Return the names of the concepts that a text speaks of."""
    searched = plain(text)
    return tuple(concept.name for concept in load(language) if concept.pattern.search(searched))


def plain(text: str) -> str:
    """Return text without capitals and accents."""
    apart = unicodedata.normalize("NFD", text.casefold().replace("’", "'"))
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def as_written(text: str, pattern: re.Pattern[str]) -> str:
    """Return what a pattern of plain text finds in a text, with its capitals and accents."""
    found = pattern.search(plain(text))
    if found is None or not found.group():
        return ""
    places = [at for at, sign in enumerate(text) for _ in plain(sign)]
    return text[places[found.start()] : places[found.end() - 1] + 1]


def words(text: str) -> list[str]:
    """Return the plain words of a text; digits become 0, save those of emergency numbers."""
    return [_numbered(word) for word in _WORD.findall(plain(text))]


def _numbered(word: str) -> str:
    digits = re.sub(r"[^\w]", "", word) if word[0].isdigit() else word
    if digits in EMERGENCY_NUMBERS and "," not in word:
        return digits
    return "phone" if digits.isdigit() and len(digits) >= PHONE else re.sub(r"\d+", "0", digits)


def _pattern(entries: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(_entry(plain(entry)) for entry in entries))


def _entry(words: str) -> str:
    """Return the pattern of one entry: whole words, `*` for any ending."""
    start = r"(?<!\w)" if words[0].isalnum() else ""
    end = r"(?!\w)" if words[-1].isalnum() else ""
    if words.isdigit():  # not the last part of a telephone number, say
        start, end = r"(?<!\w)(?<!\d[ .,-])", r"(?![ .,-]?\d)(?!\w)"
    return start + re.escape(words).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") + end
