"""The words of a text in reading order, each with how it stands there.

A source and its rendered pages are both read as such a stream, and the two have to agree. Words
that are all there, but have become another item, row or power, say something else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from clinicpress import tree

NOTE_OPENS, NOTE_CLOSES = "⟦", "⟧"
Marks = frozenset[str]
NOTHING: Marks = frozenset()
PARAGRAPH = frozenset({"paragraph"})
# How a word may stand, and what may begin with it. A message says “a word (raised)”.
STYLES: Mapping[str, str] = {
    "Emph": "in italics",
    "Strikeout": "struck out",
    "Strong": "bold",
    "Subscript": "lowered",
    "Superscript": "raised",
}
HEADING, QUOTE, CODE = "in a heading", "in a quotation", "in a block of code"
CELL, TERM, MEANING = "in a table", "a term", "in the meaning of a term"
ROWS = ("a row of a table", "cell ")
INSIDE = "a link"  # to another part of the leaflet, or another page
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Standing:
    """A word, what it stands in, and what begins with it; the last of a stream has no letters."""

    word: str
    within: Marks = NOTHING
    begins: Marks = NOTHING


@dataclass
class Stream:
    """Collects text as it comes into words."""

    words: list[Standing] = field(default_factory=list)
    _letters: str = ""
    _within: Marks = NOTHING
    _begins: Marks = NOTHING
    _behind: Marks = NOTHING  # what stands in a word, or right behind it: it begins the next

    def add(self, text: str, within: Marks = NOTHING) -> None:
        """Add text that stands in all of `within`; a word may come in several parts."""
        parts = text.split()
        if text[:1].isspace():
            self._end()
        for at, part in enumerate(parts):
            if at:
                self._end()
            self._letters += part
            self._within |= within
        if text[-1:].isspace():
            self._end()

    def begin(self, what: Marks) -> None:
        """Say what begins here, with the next word."""
        self._end()
        self._begins |= what

    def row(self) -> None:
        """Say that a row of a table begins; one with nothing in it, a bare head, is none."""
        self._end()
        self._begins = frozenset(m for m in self._begins if not m.startswith(ROWS)) | {ROWS[0]}

    def picture(self, description: str) -> None:
        """Say that a picture stands here."""
        here = self._behind if self._letters else self._begins
        shown = sum(mark.startswith("picture") for mark in here) + 1
        here |= {f"picture {shown}: {' '.join(description.split())}"}
        if self._letters:
            self._behind = here
        else:
            self._begins = here

    def done(self) -> list[Standing]:
        """Return the words, and an end that has what stands behind the last of them."""
        self._end()
        return [*self.words, Standing("", NOTHING, self._begins)]

    def _end(self) -> None:
        if self._letters:
            self.words.append(Standing(self._letters, self._within, self._begins))
            self._letters, self._within = "", NOTHING
            self._begins, self._behind = self._behind, NOTHING


def item(depth: int, number: int | None) -> tuple[str, str]:
    """Return how words in a list stand, and what begins with an item of it."""
    begins = "an item of a list" if number is None else f"item {number} of a list"
    return f"in a list, {depth} deep", begins


def cell(column: int) -> Marks:
    """Return what begins with a cell of a row; one that is empty counts too."""
    return frozenset({f"cell {column} of a row"})


def link(address: str) -> str:
    """Return how words stand that are a link; within the site, addresses are the tool's own."""
    return f"a link to {unquote(address)}" if SCHEME.match(address) else INSIDE


def of_tree(content: Any) -> list[Standing]:
    """Return pandoc's blocks or inlines as a stream, footnotes where they are referred to."""
    reader = _Tree()
    reader.read(content, NOTHING)
    return reader.stream.done()


_LEAVES = frozenset({"Str", "Code", "Math", "Space", "SoftBreak"})


class _Tree:
    """Reads pandoc's tree, a method for each kind of node that is more than what it holds."""

    def __init__(self) -> None:
        self.stream = Stream()
        self._readers: Mapping[str, Callable[[Any, Marks, int], None]] = {
            "BlockQuote": lambda c, *at: self._part(PARAGRAPH, c, *_in(QUOTE, *at)),
            "BulletList": self._bullets,
            "CodeBlock": self._code,
            "DefinitionList": self._definitions,
            "Header": lambda c, *at: self._part({"a heading"}, c[2], *_in(HEADING, *at)),
            "Image": lambda c, *_: self.stream.picture(tree.text(c[1])),
            # A heading is one line on its page, in menus and in the search.
            "LineBreak": lambda _, within, __: self._line(within),
            "Link": lambda c, *at: self.read(c[1], *_in(link(c[2][0]), *at)),
            "Note": self._note,
            "OrderedList": self._numbers,
            "Para": lambda c, *at: self._part(PARAGRAPH, c, *at),
            "Plain": lambda c, *at: self._part(PARAGRAPH, c, *at),
            "Quoted": self._quoted,
            "RawBlock": lambda *_: None,
            "RawInline": lambda *_: None,
            "Table": self._table,
        }

    def read(self, content: Any, within: Marks, depth: int = 0) -> None:
        """Read a node, or a list of them; `depth` is that of the list around it."""
        match content:
            case [*nodes]:
                for node in nodes:
                    if isinstance(node, list):  # only what stands on lines of its own
                        self.stream.begin(NOTHING)
                    self.read(node, within, depth)
            case {"t": tag} if tag in _LEAVES:
                self.stream.add(tree.text([content]), within)
            case {"t": tag} if tag in self._readers:
                self._readers[tag](content.get("c"), within, depth)
            case {"t": tag} if tag in tree.INLINE_AT:
                more = {STYLES[tag]} if tag in STYLES else NOTHING
                self.read(tree.inlines_of(content), within | more, depth)
            case {"c": inner}:
                self._part(NOTHING, inner, within, depth)

    def _part(self, begins: Iterable[str], inner: Any, within: Marks, depth: int) -> None:
        self.stream.begin(frozenset(begins))
        self.read(inner, within, depth)
        self.stream.begin(NOTHING)

    def _line(self, within: Marks) -> None:
        self.stream.begin(NOTHING if HEADING in within else PARAGRAPH)

    def _note(self, inner: Any, *_: Any) -> None:
        self.stream.add(f" {NOTE_OPENS} ")
        self.read(inner, NOTHING)
        self.stream.add(f" {NOTE_CLOSES} ")

    def _quoted(self, content: Any, within: Marks, depth: int) -> None:
        opens, closes = tuple(tree.QUOTES[content[0]["t"]])
        self.stream.add(opens, within)
        self.read(content[1], within, depth)
        self.stream.add(closes, within)

    def _code(self, content: Any, within: Marks, _: int) -> None:
        self.stream.begin(PARAGRAPH)
        self.stream.add(f" {content[1]} ", within | {CODE})

    def _bullets(self, items: Any, within: Marks, depth: int) -> None:
        for inner in items:
            self._item(inner, None, within, depth)

    def _numbers(self, content: Any, within: Marks, depth: int) -> None:
        (start, *_), items = content
        for number, inner in enumerate(items, start):
            self._item(inner, number, within, depth)

    def _item(self, inner: Any, number: int | None, within: Marks, depth: int) -> None:
        mark, begins = item(depth + 1, number)
        within = within - {item(depth, None)[0]} | {mark}
        self._part({begins}, inner, within, depth + 1)

    def _definitions(self, entries: Any, within: Marks, depth: int) -> None:
        for term, meanings in entries:
            self._part({"a term"}, term, *_in(TERM, within, depth))
            for meaning in meanings:
                self._part({"a meaning"}, meaning, *_in(MEANING, within, depth))

    def _table(self, content: Any, within: Marks, depth: int) -> None:
        _, caption, _, head, bodies, foot = content
        self._part(PARAGRAPH, caption, within, depth)
        rows = [*head[1], *(row for body in bodies for row in (*body[2], *body[3])), *foot[1]]
        for _, cells in rows:
            self.stream.row()
            for column, (*_, inner) in enumerate(cells, 1):
                self._part(cell(column), inner, *_in(CELL, within, depth))


def _in(mark: str, within: Marks, depth: int) -> tuple[Marks, int]:
    return within | {mark}, depth
