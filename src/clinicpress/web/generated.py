"""Text that a page's styles write before or behind its elements, written into the page.

`.note::before { content: "Warning: " }`, and `list-style-type: "✗ "`: readers see it as any text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from clinicpress import privateletters
from clinicpress.errors import quoted
from clinicpress.office import markup
from clinicpress.web import contents, fonts, selectors, stylesheet
from clinicpress.web.numbers import BEFORE_WORDS
from clinicpress.web.selectors import Element
from clinicpress.web.stylesheet import Sheet
from clinicpress.web.tags import EMPTY, MAX_OPEN, Edit, Tags

TOLD = "text that the page's style writes, which is text of the page now: {}"
UNREAD = "text that the page's style writes, which may be missing here: {} (at “{}”)"
COUNTED = "numbers that the page's style counts, which are not on the page: {} at <{}>"
DRAWN = "signs of a font of the page's own, which are not on the page: {} at <{}>"
BEFORE, AFTER, MARKER = "before", "after", "marker"
# No text can stand right in these; that of some stands before or behind them instead.
AROUND = frozenset({"dl", "ol", "table", "ul"})
WITHOUT = EMPTY | frozenset(
    "colgroup head html iframe optgroup option script select style svg tbody textarea tfoot thead "
    "title tr".split()
)
LISTS = frozenset({"ol", "ul", "menu", "dir"})
IN_LINE = frozenset({"", "inline", "inline-block", "contents", "inherit", "initial", "unset"})
"""How a text stands that begins no line of its own."""
MAX_TOLD = 20
# Google Docs counts so in each list, and whoever reads its pages knows.
OF_LISTS = "lst-kix_"


@dataclass(frozen=True, slots=True)
class Generated:
    """A page with such text in it, and the lines for the report on it."""

    html: str
    told: tuple[str, ...] = ()


def spelled(html: str, sheet: Sheet) -> Generated:
    """Return a page with the text that its styles write."""
    page = _Page(html, sheet)
    page.read()
    page.end_from(0, page.here(), page.here())
    return Generated(markup.edited(html, page.edits), tuple(page.told()))


class _Page(Tags):
    """Finds where such text stands."""

    def __init__(self, html: str, sheet: Sheet) -> None:
        super().__init__(html)
        self.edits: list[Edit] = []
        self._sheet = sheet
        rules = selectors.of(sheet)
        self._unread = [rule for rule in rules if not rule.parts]
        self._rules = selectors.Rules()
        for rule in rules:
            self._rules.add(rule) if rule.parts else None
        # The elements that are open, and the text behind each.
        self._open: list[tuple[Element, str]] = []
        self._written: list[str] = []
        self._counted: Counter[str] = Counter()
        self._drawn: Counter[str] = Counter()

    def told(self) -> Iterator[str]:
        """Yield a line for the text that is written, and lines for what is not."""
        words = [quoted(text) for text in dict.fromkeys(self._written)]
        if words:
            yield TOLD.format(", ".join(words[:MAX_TOLD]))
        yield from (COUNTED.format(count, tag) for tag, count in self._counted.items())
        yield from (DRAWN.format(count, tag) for tag, count in self._drawn.items())
        said = ((rule, contents.text(_content(rule.says), {}).words) for rule in self._unread)
        seen = [UNREAD.format(quoted(w.strip()), r.selector) for r, w in said if _is_text(w)]
        yield from seen[:MAX_TOLD]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element, and write what stands before its text."""
        if tag in EMPTY:
            return
        self._open.append(((tag, dict(attrs)), ""))
        if tag in WITHOUT:
            return
        begins, ends = self.tag()
        before = self._text(BEFORE)
        if tag == "li":
            before = (self._text(MARKER) or self._of_list()) + before
            place = BEFORE_WORDS.match(self._html, ends)
            ends = place.end() if place else ends
        if before:
            is_around = tag in AROUND
            at = begins if is_around else ends
            self.edits.append((at, at, f"<p>{before}</p>" if is_around else before))
        self._open[-1] = (self._open[-1][0], self._text(AFTER))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Pass over an element with nothing in it."""

    def handle_endtag(self, tag: str) -> None:
        """Close an element, and those in it that were left open."""
        near = range(len(self._open))[-MAX_OPEN:]
        at = next((n for n in reversed(near) if self._open[n][0][0] == tag), None)
        if at is not None:
            self.end_from(at, *self.tag())

    def end_from(self, at: int, begins: int, ends: int) -> None:
        """End elements, and write what stands behind the text of each."""
        for (tag, _), after in reversed(self._open[at:]):
            if after and tag in AROUND:
                self.edits.append((ends, ends, f"<p>{after}</p>"))
            elif after:
                self.edits.append((begins, begins, after))
        del self._open[at:]

    def _of_list(self) -> str:
        """Return the text that the style of a list has for the sign of its items."""
        for tag, given in (element for element, _ in reversed(self._open[-MAX_OPEN:])):
            if kind := self._sheet.of(tag, given).get("list-style-type", ""):
                return self._shown("li", contents.text(kind, given).words, "", "")
            if tag in LISTS:
                break
        return ""

    def _text(self, place: str) -> str:
        """Return the text at a place of the element that was opened last, as HTML."""
        if not self._rules.by_key:
            return ""
        elements = [element for element, _ in self._open[-MAX_OPEN:]]
        rules = self._rules.at(place, elements)
        said: dict[str, tuple[bool, str]] = {}
        for rule in rules:
            stylesheet.overrule(said, rule.says)
        values = {name: value for name, (_, value) in said.items()}
        tag, given = elements[-1]
        text = contents.text(_content(said), given)
        if not said or stylesheet.is_hidden(values):
            return ""
        if text.is_counted:
            is_of_list = tag == "li" and not _is_text(text.words)
            if not is_of_list and not any(OF_LISTS in rule.selector for rule in rules):
                self._counted[tag] += 1
            return ""
        shown = self._shown(tag, text.words, values.get("font-family", ""), place)
        if not shown or values.get("display", "") in IN_LINE:
            return shown
        return f"<br>{shown}" if place == AFTER else f"{shown}<br>"

    def _shown(self, tag: str, words: str, family: str, place: str) -> str:
        """Return a text as HTML; nothing of one that only a font of its own shows."""
        if font := fonts.of(family):
            words = "".join(fonts.sign(font, letter) or privateletters.UNKNOWN for letter in words)
        if privateletters.LETTER.search(words):
            self._drawn[tag] += 1
            return ""
        if not contents.is_seen(words) or (tag == "q" and not _is_text(words)):
            return ""
        self._written.append(words.strip())
        return escape(words if place == AFTER else contents.parted(words))


def _content(says: stylesheet.Declared) -> str:
    return says.get("content", (False, ""))[1]


def _is_text(words: str) -> bool:
    return any(map(str.isalnum, words))
