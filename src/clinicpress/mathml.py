"""Formulas in MathML as the equations of Word that they would be.

(MathML Core; MathML 3 for `mfenced` and the invisible signs.) Text in a part stands in parts of it
without a name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from clinicpress.equations import Part, UnreadableError

TOKENS = frozenset({"mi", "mn", "mo", "mtext", "ms"})
ROWS = frozenset({"math", "mrow", "mstyle", "mpadded"})
# What formulas have beside them for programs.
SILENT = frozenset({"annotation", "annotation-xml", "mprescripts", "none"})
# What marks words in a text within a formula.
PHRASES = frozenset({"span", "b", "i", "em", "strong"})
# What is not seen: a function applied to what follows, times, a comma, plus.
UNSEEN = {0x2061: " ", 0x2062: None, 0x2063: None, 0x2064: None}
SIGNS = {"-": "−", "∘": "°"}
# Raised by their own shape.
HIGH = frozenset("°∘′″‴'*")
SPACES = re.compile(r"[ \t\r\n]+")
WORD = re.compile(r"[^\W\d_]{2}")


def read(part: Part) -> Part:
    """Return a formula, or a part of one, as Word would have it.

    Raises UnreadableError for one that nothing is known of.
    """
    if part.tag in TOKENS:
        return Part("m:r", parts=[Part("", text=_token(part))])
    if part.tag in READERS:
        return READERS[part.tag](part)
    if part.tag in ROWS:
        return _row(part)
    raise UnreadableError


def _inner(part: Part) -> list[Part]:
    """Return the parts of a part; text stands between them only to set them out."""
    if any(one.text.strip() for one in part.parts):
        raise UnreadableError
    return [one for one in part.parts if one.tag and one.tag not in SILENT]


def _row(part: Part, tag: str = "m:e") -> Part:
    """Return the parts of a part, words in it a space apart."""
    parts: list[Part] = []
    for inner in map(read, _inner(part)):
        if parts and _are_words(parts[-1], inner):
            parts.append(Part("", text=" "))
        parts.append(inner)
    return Part(tag, parts=parts)


def _are_words(before: Part, behind: Part) -> bool:
    first, second = (one.parts[0].text if one.tag == "m:r" else "" for one in (before, behind))
    touch = first[-1:].isalnum() and second[:1].isalnum()
    return touch and bool(WORD.search(first) or WORD.search(second))


def _token(part: Part) -> str:
    text = SPACES.sub(" ", _text(part)).strip(" ").translate(UNSEEN)
    return SIGNS.get(text, text) if part.tag == "mo" else text


def _text(part: Part) -> str:
    if part.parts and not all(one.tag in PHRASES or not one.tag for one in part.parts):
        raise UnreadableError
    return part.text + "".join(map(_text, part.parts))


def _of(part: Part, count: int) -> list[Part]:
    """Return the parts of a part that has just so many."""
    inner = _inner(part)
    if len(inner) != count:
        raise UnreadableError
    return inner


def _as(tag: str, part: Part) -> Part:
    return Part(tag, parts=[read(part)])


def _fraction(part: Part) -> Part:
    above, below = _of(part, 2)
    if part.attributes.get("linethickness", "").strip().startswith("0"):
        raise UnreadableError  # one above the other, and nothing divided
    return Part("m:f", parts=[_as("m:num", above), _as("m:den", below)])


def _power(part: Part) -> Part:
    base, power = _of(part, 2)
    text = _token(power) if power.tag in TOKENS else ""
    if text and set(text) <= HIGH:
        sign = Part("", text=text.replace("∘", "°"))
        return Part("m:e", parts=[read(base), Part("m:r", parts=[sign])])
    return Part("m:sSup", parts=[_as("m:e", base), _as("m:sup", power)])


def _lowered(part: Part) -> Part:
    base, index = _of(part, 2)
    return Part("m:sSub", parts=[_as("m:e", base), _as("m:sub", index)])


def _both(part: Part) -> Part:
    base, index, power = _of(part, 3)
    parts = [_as("m:e", base), _as("m:sub", index), _as("m:sup", power)]
    return Part("m:sSubSup", parts=parts)


def _root(part: Part) -> Part:
    return Part("m:rad", parts=[_row(part)])


def _fenced(part: Part) -> Part:
    opens, closes = part.attributes.get("open", "("), part.attributes.get("close", ")")
    between = part.attributes.get("separators", ",").strip()[:1]
    told = (("m:begChr", opens), ("m:endChr", closes), ("m:sepChr", between))
    properties = [Part(tag, {"m:val": given}) for tag, given in told]
    inner = [_as("m:e", one) for one in _inner(part)]
    return Part("m:d", parts=[Part("m:dPr", parts=properties), *inner])


def _meaning(part: Part) -> Part:
    """Return what is shown of a formula that programs are told in other ways besides."""
    return read(_of(part, 1)[0])


READERS: Mapping[str, Callable[[Part], Part]] = {
    "mfenced": _fenced,
    "mfrac": _fraction,
    "mspace": lambda _: Part("m:r", parts=[Part("", text=" ")]),
    "msqrt": _root,
    "msub": _lowered,
    "msubsup": _both,
    "msup": _power,
    "semantics": _meaning,
}
