"""Notes as word processors save them in web pages and books, marked up as pandoc knows notes.

Word, LibreOffice and Google Docs all write two links: the number in the text leads to the number
before the note, and that one back.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from clinicpress.office import markup
from clinicpress.web.tags import EMPTY, MAX_OPEN, Edit, Tags

# What the place of a note is called: by LibreOffice, Word, Google Docs, and LibreOffice in books.
NOTE = re.compile(r"sd(?:foot|end)note\d+sym|_(?:ftn|edn)\d+|ftnt\d+|data[A-Z]?\d+")
TAG = re.compile(r"<[^<>]*>")
HOLDERS = frozenset({"aside", "div"})
OPENS, CLOSES = '<section role="doc-endnotes"><ol><li id="{}">', "</li></ol></section>"
REFERS = '<a href="#{}" role="doc-noteref"></a>'

Span = tuple[int, int]


def marked(html: str) -> str:
    """Return a page with such notes as notes; one that two places refer to stays as it is."""
    if not NOTE.search(html):
        return html
    page = _Notes(html)
    page.read()
    return markup.edited(html, _edits(page.links, html))


@dataclass
class _Element:
    """An element: where its tags stand (0 for an end that was not found), and its name."""

    tag: str
    begins: int
    opens: int
    name: str = ""
    closes: int = 0
    ends: int = 0


@dataclass(frozen=True, slots=True)
class _Link:
    """A link within the page, with the element right around it and what it stands in."""

    leads_to: str
    names: frozenset[str]
    element: _Element
    around: _Element
    holder: _Element | None


def _edits(links: list[_Link], html: str) -> Iterator[Edit]:
    """Yield what makes notes of links that lead to each other, each note once."""
    to = {link.leads_to: link for link in links}
    counts = Counter(link.leads_to for link in links)
    held = Counter(link.holder.begins for link in links if link.holder)
    for link in links:
        back = next((to[name] for name in sorted(link.names) if name in to), None)
        holder = back.holder if back else None
        if not (back and holder and holder.ends and holder is not link.holder):
            continue
        is_its = link.leads_to in back.names or link.leads_to == holder.name
        is_once = counts[link.leads_to] == held[holder.begins] == 1
        begins = not TAG.sub("", html[holder.opens : back.element.begins]).strip()
        is_whole = begins and link.element.ends and back.element.ends
        if NOTE.fullmatch(link.leads_to) and is_its and is_once and is_whole:
            yield *_span(link), REFERS.format(link.leads_to)
            yield holder.begins, holder.opens, OPENS.format(link.leads_to)
            yield *_span(back), ""
            yield holder.closes, holder.ends, CLOSES


def _span(link: _Link) -> Span:
    """Return where a link stands, with the raised text that it alone is in."""
    inner, outer = link.element, link.around
    is_alone = outer.tag == "sup" and outer.opens == inner.begins and outer.closes == inner.ends
    return (outer.begins, outer.ends) if is_alone else (inner.begins, inner.ends)


class _Notes(Tags):
    """Finds the links within a page, and what each stands in."""

    def __init__(self, html: str) -> None:
        super().__init__(html)
        self.links: list[_Link] = []
        self._open = [_Element("", 0, 0)]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element, a link perhaps."""
        given = {name: value or "" for name, value in attrs}
        if tag in EMPTY:
            return
        element = _Element(tag, *self.tag(), given.get("id", ""))
        if tag == "a" and given.get("href", "").startswith("#"):
            around = self._open[-1]
            named = {given.get("id", ""), given.get("name", "")}
            named |= {around.name} if around.tag == "sup" else set()
            near = reversed(self._open[-MAX_OPEN:])
            holder = next((one for one in near if one.tag in HOLDERS), None)
            leads_to, names = given["href"][1:], frozenset(named - {""})
            self.links.append(_Link(leads_to, names, element, around, holder))
        self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Pass over an element with nothing in it."""

    def handle_endtag(self, tag: str) -> None:
        """Close an element, and those in it that were left open."""
        near = range(1, len(self._open))[-MAX_OPEN:]
        if at := next((n for n in reversed(near) if self._open[n].tag == tag), 0):
            self._open[at].closes, self._open[at].ends = self.tag()
            del self._open[at:]
