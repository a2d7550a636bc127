"""A page as rendered, read as a patient's browser shows it.

The same reading names any tag or attribute that our own writing never makes, so that nothing a
document says can become part of the page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html.parser import HTMLParser

from clinicpress import streams
from clinicpress.calling import CALL
from clinicpress.streams import NOTE_CLOSES, NOTE_OPENS, NOTHING, PARAGRAPH, Marks, Standing, Stream

INLINE_TAGS = frozenset("a b code del em i ins s small span strong sub sup u".split())
ALLOWED_TAGS = INLINE_TAGS | frozenset(
    "blockquote br caption col colgroup dd div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr img li "
    "nav ol p pre section table tbody td tfoot th thead tr ul".split()
)
ALLOWED_ATTRIBUTES = frozenset(
    "alt aria-label class colspan data-search-exclude href id lang role rowspan scope src start "
    "style title type".split()
)
# What the tool adds to a page, and no document can: its class names never come from a document.
ROW_NOTICE = "row-notice"
FURNITURE = frozenset(
    {"admonition-title", "leaflet-sections", "footnote-backref", "headerlink", ROW_NOTICE}
)
VOID_TAGS = frozenset({"br", "col", "hr", "img"})
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# How words stand in an element, and what begins with it.
WITHIN: Mapping[str, str] = {
    "b": streams.STYLES["Strong"],
    "blockquote": streams.QUOTE,
    "dd": streams.MEANING,
    "del": streams.STYLES["Strikeout"],
    "dt": streams.TERM,
    "em": streams.STYLES["Emph"],
    "i": streams.STYLES["Emph"],
    "pre": streams.CODE,
    "s": streams.STYLES["Strikeout"],
    "strong": streams.STYLES["Strong"],
    "sub": streams.STYLES["Subscript"],
    "sup": streams.STYLES["Superscript"],
    "td": streams.CELL,
    "th": streams.CELL,
} | dict.fromkeys(HEADINGS, streams.HEADING)
BEGINS: Mapping[str, Marks] = {
    "br": PARAGRAPH,
    "caption": PARAGRAPH,
    "dd": frozenset({"a meaning"}),
    "dt": frozenset({"a term"}),
    "p": PARAGRAPH,
    "pre": PARAGRAPH,
} | dict.fromkeys(HEADINGS, frozenset({"a heading"}))


@dataclass
class _Element:
    """An element of the page that is open; `items` counts a numbered list's, `cells` a row's."""

    tag: str
    attributes: Mapping[str, str]
    within: Marks = NOTHING
    depth: int = 0
    items: int | None = None
    is_furniture: bool = False
    # Where the text of it goes: to the page, or aside for a footnote.
    note: str = ""
    cells: int = 0

    @property
    def classes(self) -> set[str]:
        """Return its classes."""
        return set(self.attributes.get("class", "").split())


class RenderedPage(HTMLParser):
    """Reads a page: `standing()` in reading order, `strange` for what may not be there."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.strange: list[str] = []
        self._open = [_Element("body", {})]
        # The page itself is "", the others are its footnotes.
        self._streams: dict[str, Stream] = {"": Stream()}
        self._references: dict[int, str] = {}
        self.feed(html)
        self.close()

    def words(self) -> list[str]:
        """Return the words of the page, each footnote where it is referred to."""
        return [standing.word for standing in self.standing()[:-1]]

    def standing(self) -> list[Standing]:
        """Return the page as a stream, each footnote where it is referred to."""
        out: list[Standing] = []
        for at, standing in enumerate(self._streams[""].done()):
            if at not in self._references:
                out.append(standing)
                continue
            note = self._streams.get(self._references[at], Stream()).done()
            out.append(Standing(NOTE_OPENS, begins=standing.begins))
            out += [*note[:-1], Standing(NOTE_CLOSES, begins=note[-1].begins)]
        return out

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element, noting one that our writing never makes."""
        attributes = {key: given or "" for key, given in attrs}
        if tag not in ALLOWED_TAGS:
            self.strange.append(f"<{tag}>")
        self.strange += [f"{tag} {key}=" for key in attributes if key not in ALLOWED_ATTRIBUTES]
        element = self._element(tag, attributes)
        if not element.is_furniture:
            self._begin(element)
        if tag not in VOID_TAGS:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Treat `<br />` as `<br>`."""
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """Close an element."""
        if tag in VOID_TAGS or len(self._open) == 1:
            return
        element = self._open.pop()
        if tag not in INLINE_TAGS:
            self._streams[element.note].begin(NOTHING)

    def handle_data(self, data: str) -> None:
        """Keep text, save that which is the tool's own."""
        element = self._open[-1]
        if not element.is_furniture:
            self._streams[element.note].add(data, element.within)

    def _element(self, tag: str, attributes: Mapping[str, str]) -> _Element:
        """Return an element with what it has of those around it."""
        around = self._open[-1]
        identifier = attributes.get("id", "")
        if tag == "li" and identifier.startswith("fn:"):
            note = identifier.removeprefix("fn:")
            self._streams[note] = Stream()
            return _Element(tag, attributes, note=note)
        element = _Element(
            tag, attributes, around.within, around.depth, None, around.is_furniture, around.note
        )
        if tag == "sup" and identifier.startswith("fnref"):
            self._refer(identifier.split(":")[-1], around)
            element.is_furniture = True
        element.is_furniture |= bool(element.classes & FURNITURE) or "footnote" in element.classes
        if tag in WITHIN:
            element.within |= {WITHIN[tag]}
        if tag == "a" and CALL not in element.classes:
            element.within |= {streams.link(attributes.get("href", ""))}
        if tag == "ol":
            start = attributes.get("start", "")
            element.items = int(start) if start.isdecimal() else 1
        return element

    def _refer(self, note: str, around: _Element) -> None:
        stream = self._streams[around.note]
        stream.add(f" {NOTE_OPENS} ", around.within)
        if not around.note:
            self._references[len(stream.words) - 1] = note

    def _begin(self, element: _Element) -> None:
        """Tell the stream what begins with an element."""
        stream = self._streams[element.note]
        if element.tag == "img":
            stream.picture(element.attributes.get("alt", ""))
        elif element.tag == "li" and not element.attributes.get("id", "").startswith("fn:"):
            stream.begin(self._item(element))
        elif element.tag in ("td", "th"):
            self._open[-1].cells += 1
            stream.begin(streams.cell(self._open[-1].cells))
        elif element.tag == "tr":
            stream.row()
        elif element.tag not in INLINE_TAGS:
            stream.begin(BEGINS.get(element.tag, NOTHING))

    def _item(self, element: _Element) -> Marks:
        """Count an item of a list, and return what begins with it."""
        around = self._open[-1]
        depth, number = element.depth, around.items
        if number is not None:
            around.items = number + 1
        mark, begins = streams.item(depth + 1, number)
        element.within = element.within - {streams.item(depth, None)[0]} | {mark}
        element.depth += 1
        return frozenset({begins})
