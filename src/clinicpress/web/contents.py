"""What the text is that a style writes before or behind an element (`content`, in CSS).

Strings, attributes and quotation marks are text; pictures and numbers that a style counts are not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from clinicpress.office.listlabels import PLAIN

PIECE = re.compile(
    r"\s*(?:\"((?:\\.|[^\"\\])*)\"|'((?:\\.|[^'\\])*)'|([\w-]+)\(([^()]*)\)|([\w-]+)|(/))\s*", re.S
)
ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|\n|(.))", re.S)
QUOTES = {"open-quote": "“", "close-quote": "”"}
COUNTERS = frozenset({"counter", "counters"})
MAX_CODE, HALVES = 0x10FFFF, range(0xD800, 0xE000)


@dataclass(frozen=True, slots=True)
class Text:
    """A text, and whether a number that the style counts belongs to it."""

    words: str = ""
    is_counted: bool = False


def text(content: str, given: Mapping[str, str | None]) -> Text:
    """Return the text that a value of `content` writes at an element with such attributes."""
    words, is_counted, at = "", False, 0
    while at < len(content) and (found := PIECE.match(content, at)):
        at = found.end()
        double, single, function, of, name, ends = found.groups()
        if ends:  # behind it stands what is read aloud in its place
            break
        words += unescaped(double or single or "") + QUOTES.get(name or "", "")
        is_counted |= function in COUNTERS
        words += (given.get(of.strip().lower()) or "") if function == "attr" else ""
    return Text(" ".join(words.split("\n")), is_counted)


def unescaped(string: str) -> str:
    """Return a string of CSS as it is shown."""
    return ESCAPE.sub(_letter, string)


def _letter(found: re.Match[str]) -> str:
    if not found[1]:
        return found[2] or ""
    code = int(found[1], 16)
    return chr(code) if 0 < code <= MAX_CODE and code not in HALVES else "\ufffd"


def is_seen(words: str) -> bool:
    """Say whether a text says something: more than room, or a dot before an item."""
    return bool(words.strip()) and not set(words.strip()) <= PLAIN


def parted(words: str) -> str:
    """Return a text with room behind a sign or a colon that ends it: styles make it by margins."""
    is_sign = words[-1:] in (":", "!") or unicodedata.category(words[-1]) == "So"
    return f"{words} " if is_sign else words
