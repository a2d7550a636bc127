"""Nothing lost, nothing changed: the words of a source against the words a patient's browser shows.

Both sides are read as one stream of words in reading order, with each footnote written out where
it is referred to. The page's side comes from its rendered HTML, so that an error anywhere on the
way (splitting, writing, rendering) shows. The same reading names any tag or attribute that our
own writing never makes, so that nothing a document says can become part of the page.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from clinicpress import tree
from clinicpress.tree import Nodes

NOTE_OPENS, NOTE_CLOSES = "⟦", "⟧"
CONTEXT_WORDS = 6
INLINE_TAGS = frozenset("a b code del em i ins s small span strong sub sup u".split())
ALLOWED_TAGS = INLINE_TAGS | frozenset(
    "blockquote br col colgroup dd div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr img li nav ol "
    "p pre section table tbody td tfoot th thead tr ul".split()
)
ALLOWED_ATTRIBUTES = frozenset(
    "alt aria-label class colspan data-search-exclude href id lang role rowspan scope src start style title".split()
)
# What the tool adds to a page, and no document can: its class names never come from a document.
ROW_NOTICE = "row-notice"
FURNITURE = frozenset(
    {"admonition-title", "leaflet-sections", "footnote-backref", "headerlink", ROW_NOTICE}
)
UNSEEN_TAGS = frozenset("script style template noscript title textarea select".split())
INVISIBLE = {0xAD: None, 0x200B: None, 0x200C: None, 0x200D: None, 0xFEFF: None, 0x2060: None}
VOID_TAGS = frozenset({"br", "col", "hr", "img"})


@dataclass(frozen=True, slots=True)
class Difference:
    """The first place where source and pages part, with the words before it on both sides."""

    before: str
    source: str
    pages: str


def compare(source: Sequence[str], pages: Sequence[str]) -> Difference | None:
    """Return the first difference between two streams of words, or None where they are the same."""
    if list(source) == list(pages):
        return None
    at = next(
        (n for n, (a, b) in enumerate(zip(source, pages, strict=False)) if a != b),
        min(len(source), len(pages)),
    )
    return Difference(
        before=" ".join(source[max(0, at - CONTEXT_WORDS) : at]),
        source=" ".join(source[at : at + CONTEXT_WORDS]),
        pages=" ".join(pages[at : at + CONTEXT_WORDS]),
    )


def letters(text: str) -> str:
    """Return the letters of a text, to compare what has marks and numbering with what has not."""
    return "".join(filter(str.isalpha, text))


def missing(paragraphs: Iterable[str], words: Iterable[str]) -> list[tuple[str, str]]:
    """Return each paragraph of a file with those of its words that are not among the words read.

    Order is not compared: a file has its text boxes and notes elsewhere than a reader does.
    """
    have = Counter(token for word in words for token in _tokens(word))
    lost: list[tuple[str, str]] = []
    for paragraph in paragraphs:
        gone = []
        for token in _tokens(paragraph):
            have[token] -= 1
            if have[token] < 0:
                gone.append(token)
        if gone:
            lost.append((paragraph, " ".join(gone)))
    return lost


def _tokens(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", text.translate(INVISIBLE)).casefold()
    return re.findall(r"[^\W_]+", plain)


def html_paragraphs(html: str) -> list[str]:
    """Return the text of a web page, each run between tags of its own line as a paragraph."""
    reader = _VisibleText()
    reader.feed(html)
    reader.close()
    return "".join(reader.pieces).split("\n")


class _VisibleText(HTMLParser):
    """Collects what a browser would show; scripts, styles and the head are not text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._hidden = 0
        self.pieces: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line where a tag does."""
        self._hidden += tag in UNSEEN_TAGS
        self.pieces.append("" if tag in INLINE_TAGS else "\n")

    def handle_endtag(self, tag: str) -> None:
        """End it where the tag ends."""
        self._hidden -= tag in UNSEEN_TAGS and self._hidden > 0
        self.pieces.append("" if tag in INLINE_TAGS else "\n")

    def handle_data(self, data: str) -> None:
        """Keep text that shows."""
        if not self._hidden:
            self.pieces.append(data.replace("\n", " "))


def tree_words(blocks: Nodes) -> list[str]:
    """Return the words of pandoc's blocks in order, footnotes where they are referred to."""
    return "".join(_pieces(blocks)).split()


def _pieces(content: Any) -> Iterator[str]:
    if isinstance(content, list):
        for item in content:
            # Only what stands on lines of its own is a list within a list.
            yield " " if isinstance(item, list) else ""
            yield from _pieces(item)
        return
    match content:
        case {"t": "Note", "c": inner}:
            yield f" {NOTE_OPENS} "
            yield from _pieces(inner)
            yield f" {NOTE_CLOSES} "
        case {"t": "CodeBlock", "c": [_, str(code)]}:
            yield f" {code} "
        case {"t": "Image" | "RawBlock" | "RawInline"}:
            return
        case {"t": "Quoted", "c": [{"t": kind}, inner]}:
            quotes = tree.QUOTES[kind]
            yield quotes[0]
            yield from _pieces(inner)
            yield quotes[1]
        case {"t": "Str" | "Code" | "Math" | "Space" | "SoftBreak" | "LineBreak"}:
            yield tree.text([content])
        case {"t": tag, "c": inner} if tag in tree.INLINE_AT:
            yield from _pieces(tree.inlines_of(content))
        case {"t": tag, "c": inner}:
            yield " "
            yield from _pieces(inner)
            yield " "


@dataclass
class _Element:
    """An element of the rendered page: its text so far, or its notes where it holds footnotes."""

    tag: str
    attributes: Mapping[str, str]
    pieces: list[str] = field(default_factory=list)

    @property
    def classes(self) -> set[str]:
        return set(self.attributes.get("class", "").split())


class RenderedPage(HTMLParser):
    """Reads a page as rendered: `words()` in reading order, `strange` for what may not be there."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.strange: list[str] = []
        self._root = _Element("body", {})
        self._open = [self._root]
        self._notes: dict[str, list[str]] = {}
        self.feed(html)
        self.close()

    def words(self) -> list[str]:
        """Return the words of the page, each footnote where it is referred to."""
        return self._expand("".join(self._root.pieces).split())

    def _expand(self, words: list[str]) -> list[str]:
        out: list[str] = []
        for word in words:
            if word.startswith(NOTE_OPENS) and len(word) > 1:
                note = "".join(self._notes.get(word[1:], [])).split()
                out += [NOTE_OPENS, *note, NOTE_CLOSES]
            else:
                out.append(word)
        return out

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element, noting one that our writing never makes."""
        attributes = {key: given or "" for key, given in attrs}
        if tag not in ALLOWED_TAGS:
            self.strange.append(f"<{tag}>")
        self.strange += [f"{tag} {key}=" for key in attributes if key not in ALLOWED_ATTRIBUTES]
        element = _Element(tag, attributes)
        if tag not in INLINE_TAGS:
            self.handle_data(" ")
        if tag not in VOID_TAGS:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Treat `<br />` as `<br>`."""
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """Close an element, handing its text to its parent unless it is the tool's own."""
        if tag in VOID_TAGS or len(self._open) == 1:
            return
        element = self._open.pop()
        self._open[-1].pieces += self._kept(element)
        if tag not in INLINE_TAGS:
            self.handle_data(" ")

    def _kept(self, element: _Element) -> list[str]:
        identifier = element.attributes.get("id", "")
        if element.classes & FURNITURE or "footnote" in element.classes:
            return []
        if element.tag == "sup" and identifier.startswith("fnref"):
            return [f" {NOTE_OPENS}{identifier.split(':')[-1]} "]
        if element.tag == "li" and identifier.startswith("fn:"):
            self._notes[identifier.removeprefix("fn:")] = element.pieces
            return []
        return element.pieces

    def handle_data(self, data: str) -> None:
        """Keep text."""
        self._open[-1].pieces.append(data)
