"""The numbers of a web page's lists as a browser shows them: items with their own, and backwards.

Pandoc knows only where a list begins, so one that leaps becomes several. Pages number in figures
only: other numbers ("b.", "iv.") stand before the words of an item with a dot.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import escape

from clinicpress.office import counting, markup
from clinicpress.web.stylesheet import Sheet
from clinicpress.web.tags import Edit, Tags

NUMBER = re.compile(r"\s*\+?([0-9]{1,6})\s*", re.ASCII)
SPOKEN = re.compile(r"\s(?:start|reversed|type)\b(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>]*))?", re.I)
LISTS = frozenset({"ol", "ul", "menu", "dir"})
FIGURES, DOTS, LETTERS, CAPITALS, GREEK = "decimal", "disc", "lower-alpha", "upper-alpha", "greek"
TYPES: Mapping[str, str] = {
    "1": FIGURES, "a": LETTERS, "A": CAPITALS, "i": "lower-roman", "I": "upper-roman",
}  # fmt: skip
FORMS: Mapping[str, str] = {
    "decimal": FIGURES, "none": "", "disc": DOTS, "circle": DOTS, "square": DOTS,
    "lower-alpha": LETTERS, "lower-latin": LETTERS, "upper-alpha": CAPITALS,
    "upper-latin": CAPITALS, "lower-roman": "lower-roman", "upper-roman": "upper-roman",
    "decimal-leading-zero": "decimal-leading-zero", "lower-greek": GREEK,
}  # fmt: skip
OF_LETTERS: Mapping[str, str] = {
    LETTERS: "abcdefghijklmnopqrstuvwxyz", CAPITALS: "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    GREEK: "αβγδεζηθικλμνξοπρστυφχψω",
}  # fmt: skip
LARGEST_ROMAN = 3999
# What may stand between an item's tag and its words.
BEFORE_WORDS = re.compile(r"\s*(?:<(?:p|div|h[1-6])\b[^<>]*>\s*)*", re.I)
UNKNOWN = "a list with numbers that are not known here ({}): they are figures now"


@dataclass(frozen=True, slots=True)
class Numbered:
    """A page with the numbers of its lists, and lines for the report on what they can't say."""

    html: str
    told: tuple[str, ...] = ()


def numbered(html: str, sheet: Sheet) -> Numbered:
    """Return a page whose lists begin where their first item does, and none of which leaps."""
    page = _Lists(html, sheet)
    page.read()
    edits = (edit for each in page.found if each.items for edit in _edits(each, html))
    told = tuple(UNKNOWN.format(form) for form in dict.fromkeys(page.unknown))
    return Numbered(markup.edited(html, edits), told)


@dataclass
class _List:
    """A list: where its tags stand, how it counts, and its items with the numbers they name.

    `around` is what stands before and behind a number.
    """

    tag: str
    span: tuple[int, int]
    form: str
    start: int | None = None
    is_reversed: bool = False
    items: list[_Item] = field(default_factory=list)
    closed: tuple[int, int] | None = None
    around: tuple[str, str] = ("", ".")

    def numbers(self) -> Iterator[int]:
        """Yield the number of each item."""
        step = -1 if self.is_reversed else 1
        first = len(self.items) if self.is_reversed else 1
        number = first if self.start is None else self.start
        for item in self.items:
            number = number if item.own is None else item.own
            yield number
            number += step


@dataclass(frozen=True, slots=True)
class _Item:
    """An item of a list: where its tag stands, and its number and form if it names one."""

    begins: int
    ends: int
    own: int | None
    form: str


def _edits(each: _List, html: str) -> Iterator[Edit]:
    forms = {item.form or each.form for item in each.items}
    if forms == {FIGURES} and not each.around[0]:
        yield from _in_figures(each, html)
    elif forms != {DOTS} or each.tag == "ol":
        yield from _in_letters(each, html)


def _in_figures(each: _List, html: str) -> Iterator[Edit]:
    """Yield what makes a list of figures count as it shows."""
    numbers = list(each.numbers())
    more = _attributes(each, html)
    if min(numbers) < 0:
        return
    is_said = numbers[0] == (1 if each.start is None else each.start) and not each.is_reversed
    if not is_said or each.tag != "ol":
        yield *each.span, f'<ol start="{numbers[0]}"{more}'
    if each.closed and each.tag != "ol":
        yield *each.closed, "</ol>"
    for item, before, number in zip(each.items[1:], numbers, numbers[1:], strict=False):
        if number != before + 1:
            yield item.begins, item.begins, f'</ol><ol start="{number}"{more}'


def _in_letters(each: _List, html: str) -> Iterator[Edit]:
    """Yield what makes a list with other numbers one of dots, its numbers before its words."""
    yield *each.span, f"<ul{_attributes(each, html)}"
    if each.closed:
        yield *each.closed, "</ul>"
    for item, number in zip(each.items, each.numbers(), strict=True):
        form = item.form or each.form
        if form != DOTS:
            place = BEFORE_WORDS.match(html, item.ends)
            at = place.end() if place else item.ends
            before, behind = map(escape, each.around)
            yield at, at, f"{before}{formed(number, form)}{behind} "


def _attributes(each: _List, html: str) -> str:
    """Return a list's tag without its name, and without what it says of numbers."""
    return SPOKEN.sub("", html[slice(*each.span)])[1 + len(each.tag) :]


def formed(number: int, form: str) -> str:
    """Return a number in a form of CSS; in figures where the form has no such number."""
    if form in OF_LETTERS and number > 0:
        return _lettered(number, OF_LETTERS[form])
    if form.endswith("-roman") and 0 < number <= LARGEST_ROMAN:
        roman = counting.roman(number)
        return roman.upper() if form.startswith("upper") else roman
    return f"{number:02}" if form == "decimal-leading-zero" else str(number)


def _lettered(number: int, letters: str) -> str:
    """Return a number in letters; behind the last comes the first twice ("aa", "ab")."""
    said = ""
    while number:
        number, at = divmod(number - 1, len(letters))
        said = letters[at] + said
    return said


class _Lists(Tags):
    """Finds the lists of a page, and the items of each."""

    def __init__(self, html: str, sheet: Sheet) -> None:
        super().__init__(html)
        self._sheet = sheet
        self.found: list[_List] = []
        self.unknown: list[str] = []
        self._open: list[_List] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a list, or count an item of the one around."""
        given = {name: value or "" for name, value in attrs}
        if tag in LISTS:
            form = self._form(tag, given) or (FIGURES if tag == "ol" else DOTS)
            start = _number(given.get("start", "")) if tag == "ol" else None
            each = _List(tag, self.tag(), form, start, "reversed" in given)
            # From whoever read the page before (Google Docs).
            each.around = given.get("data-before", ""), given.get("data-behind", ".")
            self._open.append(each)
            self.found.append(self._open[-1])
        elif tag == "li" and self._open:
            own = _number(given.get("value", ""))
            item = _Item(*self.tag(), own, self._form(tag, given))
            self._open[-1].items.append(item)

    def _form(self, tag: str, given: Mapping[str, str]) -> str:
        """Return how an element says that numbers look, "" where it does not."""
        kind = given.get("type", "").strip()
        said = self._sheet.of(tag, given).get("list-style-type", "")
        if said[:1] in ('"', "'"):
            return DOTS  # that text stands before the words by now
        if said and said not in FORMS and said not in ("inherit", "unset", "initial"):
            self.unknown.append(said)
        return FORMS.get(said, "") or TYPES.get(kind, "") or FORMS.get(kind.lower(), "")

    def handle_endtag(self, tag: str) -> None:
        """Close a list, and those in it that were left open."""
        if tag in LISTS and tag in (each.tag for each in self._open):
            while (ended := self._open.pop()).tag != tag:
                pass
            ended.closed = self.tag()


def _number(given: str) -> int | None:
    found = NUMBER.fullmatch(given)
    return int(found[1]) if found else None
