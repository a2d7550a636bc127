"""How large the letters of a web page's paragraphs are, by its own sheet, styles and font tags.

Only plain selectors count (a tag, a class, or both), as word processors write them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from html.parser import HTMLParser

from clinicpress import looks
from clinicpress.conservation import UNSEEN_TAGS
from clinicpress.looks import Sized
from clinicpress.rendered import INLINE_TAGS
from clinicpress.web import tags

USUAL = 16.0
"""The size of a page that names none, in pixels: what browsers take."""
SIZE = re.compile(r"(\d{0,4}(?:\.\d{1,6})?)(px|pt|pc|in|cm|mm|em|rem|%)", re.ASCII)
PIXELS = {"px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 9.6 / 2.54}
# The named sizes of CSS, as parts of the usual one, and the seven of `<font size>` by their names.
NAMED = {
    "xx-small": 0.5625, "x-small": 0.625, "small": 0.8125, "medium": 1.0, "large": 1.125,
    "x-large": 1.5, "xx-large": 2.0, "xxx-large": 3.0,
}  # fmt: skip
FONT = ("x-small", "small", "medium", "large", "x-large", "xx-large", "xxx-large")
STEP = {"larger": 1.2, "smaller": 1 / 1.2}
TAGS = {"big": "larger", "small": "smaller"}
DECLARED = re.compile(r"(?:^|[;\s])font-size\s*:\s*([\w.%-]+)", re.I)
SELECTOR = re.compile(r"([a-z][a-z0-9]*)?(?:\.([\w-]+))?", re.I | re.ASCII)
MAX_RULES = 2_000
MAX_OPEN = 400
LARGEST = 1_000.0


def larger(html: str) -> Mapping[str, float]:
    """Return the paragraphs of a web page in larger letters than most, with their size.

    Sizes are multiples of the usual one.
    """
    reader = _Sizes()
    reader.feed(html)
    reader.close()
    reader.end_line()
    return looks.larger(reader.found)


def _rules(sheet: str) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield the sizes that a sheet gives: the tag and class, "" for any, and the size."""
    first, *others = sheet.split("/*")
    told = first + "".join(other.partition("*/")[2] for other in others)
    for block in told.split("}")[:MAX_RULES]:
        selectors, _, declarations = block.rpartition("{")
        if size := _declared(declarations):
            yield from ((name, size) for name in _names(selectors))


def _names(selectors: str) -> Iterator[tuple[str, str]]:
    for given in selectors.rpartition("{")[2].replace("<!--", "").split(","):
        found = SELECTOR.fullmatch(given.strip())
        if found and found[0]:
            yield (found[1] or "").lower(), found[2] or ""


def _declared(declarations: str) -> str:
    found = DECLARED.findall(declarations)
    return found[-1].lower() if found else ""


def _size(given: str, around: float) -> float:
    """Return a size in pixels; what is none leaves that of the text around."""
    if given in NAMED:
        return NAMED[given] * USUAL
    if given in STEP:
        return STEP[given] * around
    found = SIZE.fullmatch(given)
    if not found or not found[1].strip("."):
        return around
    number, unit = float(found[1]), found[2]
    if unit in PIXELS:
        return number * PIXELS[unit]
    return number * {"em": around, "rem": USUAL, "%": around / 100}[unit]


def _font(given: str) -> str:
    """Return the name of a size that `<font size>` gives; signed ones count from the usual."""
    if not re.fullmatch(r"[+-]?[0-9]{1,2}", given.strip()):
        return ""
    number = int(given) + (3 if given.strip()[0] in "+-" else 0)
    return FONT[min(max(number, 1), 7) - 1]


class _Sizes(HTMLParser):
    """The paragraphs of a page, each with the size of its smallest letters in pixels."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._sheet: list[str] = []
        self._rules: dict[tuple[str, str], str] = {}
        self._open: list[tuple[str, float]] = []
        self._hidden = 0
        self._line: list[Sized] = []
        self.found: list[Sized] = []

    def end_line(self) -> None:
        """End the paragraph that is open."""
        if self._line:
            self.found.append(looks.smallest(self._line))
            self._line = []

    @property
    def _around(self) -> float:
        return self._open[-1][1] if self._open else USUAL

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a paragraph where a tag does, with the size that the tag gives."""
        self._hidden += tag in UNSEEN_TAGS
        if tag == "br":
            self._line.append((" ", self._around))
        elif tag not in INLINE_TAGS and not tags.is_phrase(tag):
            self.end_line()
            self._close("p")
        if tag not in tags.EMPTY and len(self._open) < MAX_OPEN:
            given = {name: value or "" for name, value in attrs}
            size = self._around
            for each in self._sizes(tag, given):
                size = min(_size(each, self._around), LARGEST) if each else size
            self._open.append((tag, size))

    def _sizes(self, tag: str, given: Mapping[str, str]) -> Iterable[str]:
        yield TAGS.get(tag, "")
        yield _font(given.get("size", "")) if tag == "font" else ""
        classes = given.get("class", "").split()
        yield self._rules.get((tag, ""), "")
        yield from (self._rules.get(("", name), "") for name in classes)
        yield from (self._rules.get((tag, name), "") for name in classes)
        yield _declared(given.get("style", ""))

    def handle_endtag(self, tag: str) -> None:
        """End what the tag began, and the paragraph with it."""
        self._hidden -= tag in UNSEEN_TAGS and self._hidden > 0
        if tag == "style":
            self._rules.update(_rules("".join(self._sheet)))
            self._sheet = []
        if tag not in INLINE_TAGS and not tags.is_phrase(tag):
            self.end_line()
        self._close(tag)

    def _close(self, tag: str) -> None:
        names = [name for name, _ in self._open]
        if tag in names:
            del self._open[len(names) - 1 - names[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        """Keep text that shows."""
        if self._open and self._open[-1][0] == "style":
            self._sheet.append(data)
        elif not self._hidden:
            self._line.append((data, self._around))
