"""The text of a web page joined and marked as a browser shows it.

Tags within a line that say nothing go; what only a style says (raised, struck out, bold) becomes a
tag, as pandoc and whoever counts the words know it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape, unescape

from clinicpress.conservation import NOTE_MARKS, UNSEEN_TAGS
from clinicpress.errors import ClinicpressError, quoted
from clinicpress.office import markup
from clinicpress.rendered import HEADINGS, INLINE_TAGS
from clinicpress.web import fonts, stylesheet, tags
from clinicpress.web.stylesheet import Sheet
from clinicpress.web.tags import EMPTY, MAX_OPEN, Edit, Tags

LINK = re.compile(r"href\s*=\s*[\"']?[^\"'\s>#]*#([^\"'\s>]+)", re.I)
# A quotation mark is text, and pandoc writes it.
KEPT = frozenset({"q"})
# Tags that mark the text in them, by the mark that they make.
MARKS: Mapping[str, str] = {
    "b": "strong", "strong": "strong", "i": "em", "em": "em", "s": "s", "strike": "s", "del": "s",
    "sup": "sup", "sub": "sub", **dict.fromkeys(("th", *HEADINGS), "strong"),
}  # fmt: skip
# What a tag's own style may take back, and how it says so.
TAKEN_BACK: Mapping[str, tuple[str, str]] = {
    "strong": ("font-weight", "bold"),
    "em": ("font-style", "italic"),
}
# An element that opens ends these where they were left open, up to the elements around them.
ENDS: Mapping[str, frozenset[str]] = {
    "li": frozenset({"li"}),
    **dict.fromkeys(("dt", "dd"), frozenset({"dt", "dd"})),
    **dict.fromkeys(("td", "th"), frozenset({"td", "th"})),
    "tr": frozenset({"td", "th", "tr"}),
}
AROUND = frozenset({"dl", "ol", "table", "ul"})
WITHOUT_SIGNS = UNSEEN_TAGS | {"option", "svg"}
WITHOUT_MARKS = WITHOUT_SIGNS | {"pre"}
WRITE_SIGN = (
    "Write the sign itself there, from a font such as Arial, or a word for it; save and try again."
)
# How much of the page is quoted on either side of such a sign, cut tags included.
AROUND_SIGN = 60
TAG = re.compile(r"<[^<>]*>|^[^<>]*>|<[^<>]*$")
LENGTH = re.compile(r"([+-]?\d*\.?\d+)(em|ex|rem|%|pt|px)", re.ASCII)
# Shorter ones only set a line straight.
LEAST = {"em": 0.15, "ex": 0.3, "rem": 0.15, "%": 15.0, "pt": 1.5, "px": 2.0}
# An element that is not shown as a part of the line around it.
IN_LINE = frozenset({"", "inline", "contents", "inherit", "initial", "unset", "ruby"})


def joined(
    html: str, place: str, sheet: Sheet | None = None, linked: frozenset[str] | None = None
) -> str:
    """Return a page without the tags within its lines that part no words and say nothing.

    What a link leads to (one of the page, or of `linked`) keeps its name, what a style says of
    words becomes their tag, and a letter that a font shows as a sign becomes that sign. Raises
    ClinicpressError where none is known.
    """
    sheet = sheet or stylesheet.of_page(html)
    page = _Phrases(html, sheet, linked_in(html) if linked is None else linked)
    page.read()
    page.end_marks()
    for font, letter, at in page.unknown:
        near = " ".join(TAG.sub(" ", html[max(0, at - AROUND_SIGN) : at + AROUND_SIGN]).split())
        problem = (
            f"the letter “{letter}” stands for a sign of the font {font.title()} that is not known "
            f"here, in {quoted(near)}"
        )
        raise ClinicpressError(place, problem, WRITE_SIGN)
    return markup.edited(html, page.edits)


@dataclass(frozen=True, slots=True)
class _Element:
    """An element that is open: how its text looks, and the marks that its tags already make.

    `ends` is what stands for the tag that ends it, None for that tag itself.
    """

    tag: str = ""
    looks: frozenset[str] = frozenset()
    marked: frozenset[str] = frozenset()
    is_plain: bool = False
    font: str = ""
    ends: str | None = None


class _Phrases(Tags):
    """Finds the tags that go, and what stands in the place of each."""

    def __init__(self, html: str, sheet: Sheet, linked: frozenset[str]) -> None:
        super().__init__(html, convert_charrefs=False)
        self._linked = linked
        # Names of places whose text comes next.
        self._names: list[str] = []
        self.edits: list[Edit] = []
        self.unknown: list[tuple[str, str, int]] = []
        self._sheet = sheet
        self._open = [_Element()]
        # The marks that were begun for the text so far, and where that text ends.
        self._marks: tuple[str, ...] = ()
        self._until = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element; take off a tag that only wraps text."""
        given = dict(attrs)
        self._end_implied(tag)
        said = self._sheet.of(tag, given)
        instead = _instead(tag, given, said)
        if tag in EMPTY:
            self._name(tag, given)
            self._put("".join(instead) if instead else None, is_break=tag == "br")
            return
        self._put(instead[0] if instead else None)
        self._name(tag, given)
        if any(pair in NOTE_MARKS for pair in attrs):
            # Pandoc puts the note itself in the place of such a link, and of all in it.
            self._place_names(self.here())
        font = fonts.of(said.get("font-family") or given.get("face") or "")
        self._open.append(_inside(self._open[-1], tag, said, font, instead))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take off a tag with nothing in it."""
        instead = _instead(tag, dict(attrs), {})
        self._name(tag, dict(attrs))
        self._put("".join(instead) if instead else None, is_break=tag == "br")

    def handle_endtag(self, tag: str) -> None:
        """End an element, and those in it that were left open."""
        at = next(
            (n for n in reversed(range(len(self._open))[-MAX_OPEN:]) if self._open[n].tag == tag), 0
        )
        if at:
            self._put(self._open[at].ends)
            del self._open[at:]
        else:
            self._put("" if tags.is_phrase(tag) and tag not in KEPT else None)

    def handle_data(self, data: str) -> None:
        """Mark a piece of text as it looks."""
        self._text(self.here(), len(data), data)

    def handle_entityref(self, name: str) -> None:
        """Mark a letter that is given by its name."""
        self._letter(name)

    def handle_charref(self, name: str) -> None:
        """Mark a letter that is given by its number."""
        self._letter(f"#{name}")

    def end_marks(self) -> None:
        """End the marks of the text so far, right behind it."""
        if self._marks:
            ends = "".join(f"</{mark}>" for mark in reversed(self._marks))
            self.edits.append((self._until, self._until, ends))
            self._marks = ()

    def _letter(self, name: str) -> None:
        begins = self.here()
        length = len(name) + 1 + self._html.startswith(";", begins + len(name) + 1)
        self._text(begins, length, unescape(f"&{name};"))

    def _text(self, begins: int, length: int, text: str) -> None:
        element = self._open[-1]
        if text.isspace():
            return
        if element.font:
            signs = [fonts.sign(element.font, letter) for letter in text]
            new = escape("".join(sign or letter for sign, letter in zip(signs, text, strict=True)))
            self.unknown += [
                (element.font, letter, begins)
                for sign, letter in zip(signs, text, strict=True)
                if not sign
            ]
        marks = () if element.is_plain else tuple(sorted(element.looks - element.marked))
        if marks != self._marks:
            self.end_marks()
            if marks:
                self.edits.append((begins, begins, "".join(f"<{mark}>" for mark in marks)))
            self._marks = marks
        self._place_names(begins)
        if element.font:
            self.edits.append((begins, begins + length, new))
        self._until = begins + length

    def _name(self, tag: str, given: Mapping[str, str | None]) -> None:
        """Keep the name of a place that a link leads to for the text that comes next."""
        # Pandoc keeps that of a heading itself.
        names = {given.get("id") or "", (given.get("name") or "") if tag == "a" else ""}
        self._names += sorted(names & self._linked) if tag not in HEADINGS else []

    def _place_names(self, at: int) -> None:
        names = "".join(f'<span id="{escape(name)}"></span>' for name in self._names)
        self.edits += [(at, at, names)] if names else []
        self._names = []

    def _put(self, instead: str | None, *, is_break: bool = False) -> None:
        """Put something in the place of the present tag; None leaves it, and marks end at it."""
        if instead is not None:
            self.edits.append((*self.tag(), instead))
        if instead or (instead is None and not is_break):
            self.end_marks()

    def _end_implied(self, tag: str) -> None:
        """End what a tag ends that says so of no other: a paragraph, an item, a cell."""
        is_block = tag not in INLINE_TAGS and not tags.is_phrase(tag) and tag not in EMPTY
        ended = ENDS.get(tag, frozenset()) | ({"p"} if is_block else set())
        for at in reversed(range(1, len(self._open))[-MAX_OPEN:]):
            name = self._open[at].tag
            if name in ended:
                del self._open[at:]
            elif name in AROUND:
                break


def linked_in(html: str) -> frozenset[str]:
    """Return the names of the places that links of a page lead to."""
    return frozenset(unescape(name) for name in LINK.findall(html))


def box(given: Mapping[str, str | None]) -> str:
    """Return the sign for a box to tick in a form, "" for any other field."""
    if (given.get("type") or "").strip().lower() not in ("checkbox", "radio"):
        return ""
    return "☒" if "checked" in given else "☐"


def _instead(
    tag: str, given: Mapping[str, str | None], said: Mapping[str, str]
) -> tuple[str, str] | None:
    """Return what stands for the two tags of an element, None where they stay."""
    if tag == "input":
        return (f" {box(given)} ", "") if box(given) else None
    if tag == "strike":
        return "<s>", "</s>"
    mark = MARKS.get(tag, "") if tag in INLINE_TAGS else ""
    name, value = TAKEN_BACK.get(mark, ("", ""))
    goes = bool(name and said.get(name)) and not _is(value, said[name])
    # Formulas that pandoc wrote are in such a span.
    goes |= tag == "span" and "math" not in (given.get("class") or "").split()
    if not goes and (not tags.is_phrase(tag) or tag in KEPT):
        return None
    # What stands in a box of its own is no part of the word before it.
    apart = "" if said.get("display", "") in IN_LINE else " "
    return apart, apart


def _inside(
    around: _Element,
    tag: str,
    said: Mapping[str, str],
    font: str | None,
    instead: tuple[str, str] | None,
) -> _Element:
    """Return an element within another, with the looks that it has of that one."""
    is_in_line = tag in INLINE_TAGS or tags.is_phrase(tag)
    ends = instead[1] if instead else None
    mark = MARKS.get(tag, "") if instead is None or instead[0] == "<s>" else ""
    marked = around.marked | ({mark} if mark else set())
    looks = set(around.looks | marked)
    if not is_in_line:
        looks -= {"sup", "sub"}
        marked -= {"sup", "sub"}
    for look, (name, value) in TAKEN_BACK.items():
        if name in said and said[name] not in ("inherit", "unset"):
            looks = looks | {look} if _is(value, said[name]) else looks - {look}
    if "line-through" in said.get("text-decoration", ""):
        looks.add("s")
    if is_in_line and not looks & {"sup", "sub"}:
        looks |= {_raised(said)} - {""}
    font = around.font if font is None else font
    is_plain = around.is_plain or tag in WITHOUT_MARKS
    font = "" if tag in WITHOUT_SIGNS else font
    return _Element(tag, frozenset(looks), frozenset(marked), is_plain, font, ends)


def _is(look: str, value: str) -> bool:
    """Say whether a style's value has a look: bold letters or slanted ones."""
    if look == "italic":
        return value.startswith(("italic", "oblique"))
    return value in ("bold", "bolder") or (value.isdecimal() and int(value[:4]) >= 600)


def _raised(said: Mapping[str, str]) -> str:
    """Return the tag for letters that stand higher or lower than their line, "" for others."""
    place = said.get("vertical-align", "")
    if place in ("super", "sub"):
        return place[:3]
    is_small = _is_smaller(said.get("font-size", ""))
    if is_small and place in ("top", "text-top"):
        return "sup"
    if is_small and place in ("bottom", "text-bottom"):
        return "sub"
    up = _length(place)
    if not up and said.get("position") == "relative" and (is_small or "mso-text-raise" in said):
        # However little: LibreOffice lowers by a twelfth of a letter.
        up = -_length(said.get("top", ""), 0) or _length(said.get("bottom", ""), 0)
    return "sup" if up > 0 else "sub" if up < 0 else ""


def _is_smaller(size: str) -> bool:
    found = LENGTH.fullmatch(size)
    if found and found[2] in ("em", "%"):
        return float(found[1]) < (1 if found[2] == "em" else 100)
    return size in ("smaller", "small", "x-small", "xx-small")


def _length(given: str, least: float = 1) -> float:
    """Return a length that can be seen, 0 for any other."""
    found = LENGTH.fullmatch(given)
    return float(found[1]) if found and abs(float(found[1])) >= least * LEAST[found[2]] else 0
