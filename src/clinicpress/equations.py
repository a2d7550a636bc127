"""Equations as the text that they are, where it can be written in one line.

A page has no formulas. Parts are called as Word calls them (`m:f` is a fraction, `m:sup` what is
raised); whoever reads others, of the web say, makes such parts of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

TOLD = "an equation, which stands in one line now: “{}”"
RELATION = re.compile(r"\s*([=≤≥≈≠<>])\s*")
ONE = re.compile(r"[\w.,%]*|\([^()]*\)|[])}|]")
NUMBER = re.compile(r"[\d.,]+")
# Letters as formulas have them, slanted or bold by themselves; figures raised (10⁵) are none.
MATH_LETTERS = re.compile("[ℎ\U0001d400-\U0001d7ff]")
BESIDE = re.compile(r"[\w()√%°]")
MAX_DEPTH = 100
UP, DOWN = "superscript", "subscript"
# What only holds other parts, and what is no part of the text.
HOLDERS = frozenset(
    {"m:oMath", "m:oMathPara", "m:e", "m:num", "m:den", "m:sup", "m:sub", "m:deg", "m:fName",
     "m:box", "w:ins", "w:moveTo", "m:r", "w:r", "m:t", "w:t"}
)  # fmt: skip
SILENT = frozenset({"w:del", "w:moveFrom", "w:bookmarkStart", "w:bookmarkEnd", "w:proofErr"})

Pieces = list[tuple[str, str]]
"""Text, and whether it is raised or lowered ("" for neither)."""


class UnreadableError(Exception):
    """A part of an equation is none that can be written in a line."""


@dataclass
class Part:
    """A part of an equation, with those in it; text stands in parts without a name."""

    tag: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    parts: list[Part] = field(default_factory=list)
    text: str = ""

    def first(self, tag: str) -> Part:
        """Return the first part of that name in it, an empty one where it has none."""
        return next((part for part in self.parts if part.tag == tag), Part(tag))

    def says(self, tag: str, usual: str) -> str:
        """Return what its properties say of something."""
        found = next((p for p in self.first(f"{self.tag}Pr").parts if p.tag == tag), None)
        return usual if found is None else found.attributes.get("m:val", "")


def line(whole: Part, depth: int) -> Pieces:
    """Return an equation, whose parts are so deep, as the pieces of a line.

    Raises UnreadableError where it can't be written so.
    """
    if depth > MAX_DEPTH:
        raise UnreadableError
    return _spaced(_pieces(whole))


def told(whole: Part, pieces: Pieces) -> list[str]:
    """Return the line for the report on an equation that was drawn in more than one line."""
    said = "".join(f"^{text}" if look == UP else text for text, look in pieces)
    return [TOLD.format(said)] if _is_drawn(whole) else []


def _is_drawn(part: Part) -> bool:
    return part.tag in ("m:f", "m:rad") or any(map(_is_drawn, part.parts))


def _pieces(part: Part) -> Pieces:
    if part.text:
        return [(MATH_LETTERS.sub(_plain, part.text), "")]
    if part.tag.endswith("Pr") or part.tag in SILENT:
        return []
    if part.tag in READERS:
        return READERS[part.tag](part)
    if part.tag in HOLDERS or not part.tag:
        return _beside(part.parts)
    raise UnreadableError


def _plain(letter: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", letter[0])


def _beside(parts: Sequence[Part]) -> Pieces:
    """Return parts one behind the other; what stands close on a fraction is no part of it."""
    held = [(pieces, _is_fraction(part)) for part in parts if (pieces := _pieces(part))]
    out: Pieces = []
    for at, (pieces, is_fraction) in enumerate(held):
        before = held[at - 1][0] if at and _touch(held[at - 1][0], pieces) else []
        behind = held[at + 1][0] if held[at + 1 :] and _touch(pieces, held[at + 1][0]) else []
        if is_fraction and (before or behind):
            out += _apart(before, pieces, behind)
        else:
            out += pieces
    return out


def _apart(before: Pieces, fraction: Pieces, behind: Pieces) -> Pieces:
    """Return a fraction apart from what stands close on it: two and a half, or in brackets."""
    if before and before[-1][0][-1:].isdecimal() and _is_number(fraction):
        return [(" ", ""), *fraction, *([(" ", "")] if behind else [])]
    return _in_brackets(fraction)


def _is_fraction(part: Part) -> bool:
    """Say whether a part is a fraction and nothing else."""
    inner = [one for one in part.parts if _has_text(one)] if part.tag in HOLDERS else []
    return part.tag == "m:f" or (len(inner) == 1 and _is_fraction(inner[0]))


def _has_text(part: Part) -> bool:
    return bool(part.text) or any(map(_has_text, part.parts))


def _touch(before: Pieces, behind: Pieces) -> bool:
    end, start = before[-1][0][-1:], behind[0][0][:1]
    return bool(BESIDE.match(end) and BESIDE.match(start))


def _is_number(pieces: Pieces) -> bool:
    return all(look or NUMBER.fullmatch(text) or text == "/" for text, look in pieces)


def _in_brackets(pieces: Pieces) -> Pieces:
    return [("(", ""), *pieces, (")", "")]


def _wrapped(part: Part) -> Pieces:
    """Return a part in brackets, unless it is a single thing."""
    pieces = _pieces(part)
    is_one = ONE.fullmatch("".join(text for text, _ in pieces).strip())
    return pieces if is_one else _in_brackets(pieces)


def _moved(part: Part, look: str) -> Pieces:
    pieces = _pieces(part)
    if any(inner for _, inner in pieces):
        raise UnreadableError  # raised above what is raised already
    return [("".join(text for text, _ in pieces), look)]


def _fraction(part: Part) -> Pieces:
    if part.says("m:type", "bar") == "noBar":
        raise UnreadableError
    above, below = _wrapped(part.first("m:num")), _wrapped(part.first("m:den"))
    is_number = all(NUMBER.fullmatch(text) for text, _ in (*above, *below))
    return [*above, ("/" if is_number else " / ", ""), *below]


def _brackets(part: Part) -> Pieces:
    opens, closes = part.says("m:begChr", "("), part.says("m:endChr", ")")
    inner: Pieces = []
    for each in (inside for inside in part.parts if inside.tag == "m:e"):
        inner += [(part.says("m:sepChr", "|"), "")] if inner else []
        inner += _pieces(each)
    return [(opens, ""), *inner, (closes, "")]


def _root(part: Part) -> Pieces:
    if _pieces(part.first("m:deg")):
        raise UnreadableError
    return [("√", ""), *_wrapped(part.first("m:e"))]


def _function(part: Part) -> Pieces:
    return [*_pieces(part.first("m:fName")), (" ", ""), *_wrapped(part.first("m:e"))]


def _raising(*looks: tuple[str, str]) -> Callable[[Part], Pieces]:
    def read(part: Part) -> Pieces:
        moved = [piece for tag, look in looks for piece in _moved(part.first(tag), look)]
        base = _wrapped(part.first("m:e"))
        # A power of a power: the second must not become another figure of the first.
        is_moved = bool(base) and base[-1][1] == looks[0][1]
        return [*(_in_brackets(base) if is_moved else base), *moved]

    return read


READERS: Mapping[str, Callable[[Part], Pieces]] = {
    "m:d": _brackets,
    "m:f": _fraction,
    "m:func": _function,
    "m:rad": _root,
    "m:sSub": _raising(("m:sub", DOWN)),
    "m:sSubSup": _raising(("m:sub", DOWN), ("m:sup", UP)),
    "m:sSup": _raising(("m:sup", UP)),
    "w:br": lambda _: [(" ", "")],
}


def _spaced(pieces: Sequence[tuple[str, str]]) -> Pieces:
    """Return the pieces of an equation, those alike as one, with room around what compares."""
    joined: Pieces = []
    for text, look in pieces:
        if joined and joined[-1][1] == look:
            joined[-1] = (joined[-1][0] + text, look)
        elif text:
            joined.append((text, look))
    spaced = [(text if look else RELATION.sub(r" \1 ", text), look) for text, look in joined]
    if spaced and not spaced[0][1]:
        spaced[0] = (spaced[0][0].lstrip(), "")
    if spaced and not spaced[-1][1]:
        spaced[-1] = (spaced[-1][0].rstrip(), "")
    return [(text, look) for text, look in spaced if text]
