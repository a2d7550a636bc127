"""Formulas of a web page or a book (MathML) as text, where it can be written in one line.

(MathML Core; MathML 3 for `mfenced` and the invisible signs.)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape

from clinicpress import equations
from clinicpress.equations import DOWN, UP, Part, UnreadableError
from clinicpress.errors import ClinicpressError, quoted
from clinicpress.office import markup
from clinicpress.web.tags import Edit, Tags

# Books name the tags of formulas by a prefix: `m:math`.
MARK = re.compile(r"<(?:\w+:)?math\b", re.I)
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
TAGS = {UP: "sup", DOWN: "sub"}
SPACES = re.compile(r"[ \t\r\n]+")
WORD = re.compile(r"[^\W\d_]{2}")
REMEDY = (
    "Write it there as text in one line, or put a picture of it with a description in its place."
)


@dataclass(frozen=True, slots=True)
class Formulas:
    """A page with its formulas as text, and the lines for the report on those that were drawn."""

    html: str
    told: tuple[str, ...] = ()


def written(html: str, place: str) -> Formulas:
    """Return a page with its formulas as text.

    Raises ClinicpressError, naming it, where one can't be written in a line.
    """
    if not MARK.search(html):
        return Formulas(html)
    page = _Formulas(html, place)
    page.read()
    page.end_all()
    return Formulas(markup.edited(html, page.edits), tuple(page.told))


class _Formulas(Tags):
    """Finds the formulas of a page, and what to write for each."""

    def __init__(self, html: str, place: str) -> None:
        super().__init__(html)
        self._place = place
        self._open: list[Part] = []
        self._begins = self._deepest = 0
        self._said: list[str] = []
        self.edits: list[Edit] = []
        self.told: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a formula, or a part of one."""
        name = tag.rpartition(":")[2]
        if not self._open and name != "math":
            return
        part = Part(name, {key: given or "" for key, given in attrs})
        if self._open:
            self._open[-1].parts.append(part)
        else:
            self._begins, self._said, self._deepest = self.tag()[0], [], 0
        self._open.append(part)
        self._deepest = max(self._deepest, len(self._open))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take a part with nothing in it."""
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """End a part, and the formula with its first."""
        name = tag.rpartition(":")[2]
        if name not in (part.tag for part in self._open):
            return
        while (ended := self._open.pop()).tag != name:
            pass
        if not self._open:
            self._write(ended, self.tag()[1])

    def handle_data(self, data: str) -> None:
        """Keep the text of a part."""
        if self._open and self._open[-1].tag not in SILENT:
            self._said.append(data)
            self._open[-1].parts.append(Part("", text=data))

    def end_all(self) -> None:
        """End a formula that is left open: nobody can say where it ends."""
        if self._open:
            raise self._unreadable()

    def _write(self, whole: Part, ends: int) -> None:
        try:
            if self._deepest > equations.MAX_DEPTH:
                raise UnreadableError
            part = _read(whole)
            # A part here may become several of Word's in one another.
            pieces = equations.line(part, self._deepest)
        except UnreadableError:
            raise self._unreadable() from None
        self.told += equations.told(part, pieces)
        self.edits.append((self._begins, ends, "".join(map(_html, pieces))))

    def _unreadable(self) -> ClinicpressError:
        said = quoted(" ".join("".join(self._said).split()))
        return ClinicpressError(
            self._place, f"the formula {said} can't be written in one line of text", REMEDY
        )


def _html(piece: tuple[str, str]) -> str:
    text, look = piece
    return f"<{TAGS[look]}>{escape(text)}</{TAGS[look]}>" if look else escape(text)


def _read(part: Part) -> Part:
    """Return a part of a formula as Word would have it.

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
    for inner in map(_read, _inner(part)):
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
    return Part(tag, parts=[_read(part)])


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
        return Part("m:e", parts=[_read(base), Part("m:r", parts=[sign])])
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
    return _read(_of(part, 1)[0])


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
