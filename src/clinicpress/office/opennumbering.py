"""The numbers and marks of an OpenDocument file's lists, as LibreOffice shows them.

As with Word: each run of numbers becomes a list of its own that begins at the number shown, and
a mark or label that no Markdown list has is put before the item's words as text.
"""

from __future__ import annotations

import re
from collections import Counter as Tally
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape

from clinicpress.office import archive, counting, listlabels
from clinicpress.office.listlabels import LARGEST, LONGEST, Label, Level, whole
from clinicpress.office.markup import UTF_16, Attributes, Edit, Span, Walk, edited

TEXT, SHEET = "content.xml", "styles.xml"
STYLES = re.compile(rb"<office:automatic-styles\s*(/?)>")
MAX_LISTS = 10_000
LEVELS = 10
NOT_READ = "the numbers and marks of its lists could not be worked out: they may be other ones"
FORMS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman",
         "I": "upperRoman", "01": "decimalZero", "": "none"}  # fmt: skip
LEVEL = frozenset(f"text:list-level-style-{what}" for what in ("number", "bullet", "image"))
# What stands in these is no part of the list around it.
APART = frozenset({"table:table-cell", "text:note-body", "draw:text-box", "office:annotation"})
UNREAD = frozenset({"text:tracked-changes", "office:annotation"})
PARAGRAPHS = frozenset({"text:p", "text:h"})
MADE = "clinicpress-list"

Counts = dict[int, int]


def shown(data: bytes) -> tuple[bytes, tuple[str, ...]]:
    """Return a file whose lists say what LibreOffice shows, and a line for what they can't."""
    held = archive.parts(data, (TEXT, SHEET))
    text = held.get(TEXT, b"")
    if b"<text:list" not in text or b"<text:list-item" not in text:
        return data, ()
    styles = _Styles()
    is_whole = all(Walk(part, styles).go() for part in (held.get(SHEET, b"<x/>"), text))
    lists = _Lists(text, styles)
    place = STYLES.search(text)
    if not is_whole or place is None or text.startswith(UTF_16):
        return data, (NOT_READ,)
    if len(lists.made) > MAX_LISTS:
        return data, (NOT_READ,)
    if not lists.made:
        return data, tuple(lists.told())
    new = "".join(lists.made.values()).encode()
    closed = b"<office:automatic-styles>" + new + b"</office:automatic-styles>"
    head = (*place.span(), closed) if place[1] else (place.end(), place.end(), new)
    changed = edited(text, [head, *lists.edits])
    return archive.with_parts(data, {TEXT: changed}), tuple(lists.told())


@dataclass
class _Styles:
    """The list styles of a file: how each level of them is numbered."""

    found: dict[str, dict[int, Level]] = field(default_factory=dict)
    joined: dict[str, dict[int, tuple[str, str, int]]] = field(default_factory=dict)
    _style: str = ""
    _level: Level | None = None

    def start(self, tag: str, attributes: Attributes) -> None:
        """Begin a list style or a level of one, or learn its font."""
        if tag == "text:list-style":
            self._style = attributes.get("style:name", "")
            self.found[self._style] = {}
        elif tag in LEVEL and self._style:
            self._begin(tag, attributes)
        elif tag == "style:text-properties" and self._level is not None:
            font = attributes.get("style:font-name", "") or attributes.get("fo:font-family", "")
            self._level.font = font.strip("'\"")

    def _begin(self, tag: str, attributes: Attributes) -> None:
        at = whole(attributes.get("text:level", ""), 0) - 1
        if not 0 <= at < LEVELS:
            return
        level = Level(start=whole(attributes.get("text:start-value", ""), 1))
        self.found[self._style][at] = self._level = level
        if not tag.endswith("number"):
            level.form, level.picture = "bullet", tag.endswith("image")
            level.text = attributes.get("text:bullet-char", "")
            return
        given = attributes.get("style:num-format", "")
        level.form = FORMS.get(given, given)
        levels = min(whole(attributes.get("text:display-levels", ""), 1), at + 1)
        places = ".".join(f"%{n}%" for n in range(at + 2 - levels, at + 2) if given)
        before, behind = (attributes.get(f"style:num-{end}", "") for end in ("prefix", "suffix"))
        level.text = attributes.get("loext:num-list-format", before + places + behind)

    def end(self, tag: str) -> None:
        """End a list style, or a level of one."""
        if tag == "text:list-style":
            self._style = ""
        elif tag in LEVEL:
            self._level = None

    def data(self, text: str) -> None:
        """Pass over text: a style has none."""


@dataclass
class _Item:
    """An item: its tags, the tag of its first paragraph, and what is shown before that."""

    opened: Span
    numbered: bool
    start: int | None = None
    closed: Span = (0, 0)
    words: Span | None = None
    label: Label = field(default_factory=Label)


@dataclass
class _List:
    """A list that is open, with what it counts by level; a list in it shares that."""

    opened: Span
    style: str
    depth: int
    counts: Counts
    names: bool
    heads: bool = False
    items: list[_Item] = field(default_factory=list)


class _Lists:
    """The lists of a text, counted as LibreOffice does, and what has to be changed in them."""

    def __init__(self, part: bytes, styles: _Styles) -> None:
        self.edits: list[Edit] = []
        self.made: dict[str, str] = {}
        self._part = part
        self._styles = styles
        self._open: list[_List | None] = []  # None where something stands apart in a list
        self._unread = 0
        self._last: tuple[str, Counts] = ("", {})
        self._known: dict[str, Counts] = {}
        self._problems: Tally[str] = Tally()
        texts = {level.text for style in styles.found.values() for level in style.values()}
        self._plain = listlabels.plain_marks(texts)
        self._walk = Walk(part, self)
        if not self._walk.go():
            self.edits, self.made = [], {}  # whoever reads its text says what is wrong with it

    def start(self, tag: str, attributes: Attributes) -> None:
        """Begin a list, an item, a paragraph, or what stands apart."""
        self._unread += tag in UNREAD
        if tag in APART:
            self._open.append(None)
        elif self._unread:
            return
        elif tag == "text:list":
            self._begin(attributes)
        elif (inner := self._inner()) is None:
            return
        elif tag in ("text:list-item", "text:list-header"):
            item = _Item(self._walk.tag(), tag == "text:list-item")
            item.start = whole(attributes.get("text:start-value", ""), -1)
            inner.items.append(item)
        elif tag in PARAGRAPHS and inner.items and inner.items[-1].words is None:
            inner.items[-1].words = self._walk.tag()
            inner.heads |= tag == "text:h"
            if inner.items[-1].numbered:
                self._count(inner, inner.items[-1])

    def _inner(self) -> _List | None:
        return self._open[-1] if self._open else None

    def _begin(self, attributes: Attributes) -> None:
        around, own = self._inner(), attributes.get("text:style-name", "")
        goes_on = attributes.get("text:continue-numbering") == "true"
        if around is not None:
            self._pass(around)
            style, depth, counts = own or around.style, around.depth + 1, around.counts
            if style != around.style:
                counts = {}
            if not goes_on:
                counts.pop(depth, None)
        else:
            style, depth, counts = own, 0, {}
            if goes_on and self._last[0] == style:
                counts = self._last[1]
            counts = self._known.get(attributes.get("text:continue-list", ""), counts)
            self._last = (style, counts)
        self._known[attributes.get("xml:id", "")] = counts
        self._known.pop("", None)
        self._open.append(_List(self._walk.tag(), style, depth, counts, bool(own)))

    def _pass(self, around: _List) -> None:
        """Take a list in an item that has no words of its own: it counts only as the first."""
        level = self._level(around)
        item = around.items[-1] if around.items else None
        if level and item and item.numbered and item.words is None:
            around.counts.setdefault(around.depth, level.start)

    def _level(self, each: _List) -> Level | None:
        return self._styles.found.get(each.style, {}).get(each.depth)

    def _count(self, each: _List, item: _Item) -> None:
        """Count an item, and work out what is shown before it."""
        level, counts, at = self._level(each), each.counts, each.depth
        if level is None:
            return
        if item.start is not None and item.start >= 0:
            counts[at] = item.start
        else:
            counts[at] = counts[at] + 1 if at in counts else level.start
        for deeper in [deeper for deeper in counts if deeper > at]:
            del counts[deeper]
        if level.form == "bullet":
            item.label = listlabels.mark(level, self._plain)
        else:
            item.label = self._label(each, level)

    def _label(self, each: _List, level: Level) -> Label:
        number = each.counts[each.depth]
        own = re.escape(f"%{each.depth + 1}%")
        if level.form == "decimal" and re.fullmatch(rf"{own}[.)]?", level.text.strip()):
            large = number > LARGEST
            return Label(problem="a number") if large else Label(str(number), number)
        shown = ""
        for at, piece in enumerate(re.split(r"%(\d+)%", level.text)):
            text: str | None = piece
            if at % 2:
                where = whole(piece, 0) - 1
                other = self._styles.found.get(each.style, {}).get(where, Level(form="none"))
                text = counting.formed(each.counts.get(where, other.start), other.form)
            if text is None:
                return Label(problem=f"the form “{level.form[:LONGEST]}”")
            shown += text
        shown = " ".join(shown.split())
        too_long = len(shown) > LONGEST
        return Label(problem="its text is too long") if too_long else Label(shown)

    def end(self, tag: str) -> None:
        """End a list, an item, or what stands apart."""
        inner = self._inner()
        if tag in APART:
            self._open.pop()
        elif not self._unread and inner is not None:
            if tag == "text:list":
                self._open.pop()
                self._change(inner, self._walk.tag())
            elif tag in ("text:list-item", "text:list-header") and inner.items:
                inner.items[-1].closed = self._walk.tag()
        self._unread -= tag in UNREAD

    def data(self, text: str) -> None:
        """Pass over text."""

    def _change(self, each: _List, closed: Span) -> None:
        """Say how a list has to stand: as one, or in parts where its numbers leap."""
        level, marks = self._level(each), [item.label for item in each.items]
        self._problems.update(label.problem for label in marks if label.problem)
        if closed[0] <= each.opened[0]:
            return
        is_plain = level and level.form == "bullet" and not any(label.text for label in marks)
        if level is None or is_plain or each.heads or any(label.problem for label in marks):
            # What it takes from the list around it may be another style now.
            if each.depth and not each.names:
                self.edits.append((*each.opened, _tag(each.style)))
            return
        self.edits.append((*each.opened, b""))
        self.edits.append((*closed, b"</text:list>" if self._parts(each) else b""))

    def _parts(self, each: _List) -> bool:
        """Say where the parts of a list begin and end; return whether one is open at its end."""
        is_open, last = False, -1
        for item in each.items:
            number, closes = item.label.number, b"</text:list>" if is_open else b""
            if not item.numbered:
                self.edits += [(*item.opened, closes), (*item.closed, b"")]
            elif not is_open or last != (-1 if number is None else number - 1):
                style = self._bullets() if number is None else self._numbers(each.depth, number)
                self.edits.append((item.opened[0], item.opened[0], closes + _tag(style)))
            self._say(item)
            is_open, last = item.numbered, -1 if number is None else number
        return is_open

    def _say(self, item: _Item) -> None:
        """Put the label of an item before its words; a number is the list's own."""
        if item.words is None or item.label.number is not None or not item.label.text:
            return
        label, end = (
            f"{escape(item.label.text)} ".encode("ascii", "xmlcharrefreplace"),
            item.words[1],
        )
        if self._part[end - 2 : end] == b"/>":
            self.edits.append((end - 2, end, b">" + label + b"</text:p>"))
        else:
            self.edits.append((end, end, label))

    def _bullets(self) -> str:
        levels = "".join(
            f'<text:list-level-style-bullet text:level="{at}" text:bullet-char="&#8226;"/>'
            for at in range(1, LEVELS + 1)
        )
        return self._make(MADE, levels)

    def _numbers(self, depth: int, number: int) -> str:
        level = f'text:level="{depth + 1}" text:start-value="{number}"'
        told = f'<text:list-level-style-number {level} style:num-suffix="." style:num-format="1"/>'
        return self._make(f"{MADE}-{depth + 1}-{number}", told)

    def _make(self, name: str, levels: str) -> str:
        told = f'<text:list-style style:name="{name}">{levels}</text:list-style>'
        self.made.setdefault(name, told)
        return name

    def told(self) -> Iterator[str]:
        """Yield a line for each mark or number that is shown by LibreOffice and by no page."""
        yield from listlabels.told(self._problems)


def _tag(style: str) -> bytes:
    named = escape(style).encode("ascii", "xmlcharrefreplace")
    return b'<text:list text:style-name="' + named + b'">'
