"""What of a web page is not its text: its website's menus, header and footer, and what is hidden.

Menus, headers and footers are landmarks of HTML and ARIA. A menu is left out wherever it stands; a
header and a footer where the page says which part of it is the main one. A header with a heading in
it is the text's.
"""

from __future__ import annotations

import bisect
from collections.abc import Mapping
from dataclasses import dataclass

from clinicpress.office import markup
from clinicpress.rendered import HEADINGS, INLINE_TAGS, VOID_TAGS
from clinicpress.web import stylesheet, tags
from clinicpress.web.stylesheet import Sheet
from clinicpress.web.tags import MAX_OPEN, Edit, Tags

MENU, HEADER, FOOTER, MAIN = "website's menu", "website's header", "website's footer", "main part"
DIALOG, FIELD, HIDDEN = "website's message", "field of a form", "hidden text"
PLAYER = "text for browsers that can't show a film or a frame"
SKIP = "website's link to its main part"
WITHOUT_SCRIPTS = "text for browsers without scripts"
FURNITURE = "page header or footer"
ALWAYS = frozenset({MENU, DIALOG, FIELD, HIDDEN, PLAYER, WITHOUT_SCRIPTS, FURNITURE})
FIELDS = ("select", "textarea", "datalist")
PLAYERS = ("audio", "canvas", "iframe", "object", "video")
TAGS: Mapping[str, str] = {
    "nav": MENU,
    "header": HEADER,
    "footer": FOOTER,
    "main": MAIN,
    "dialog": DIALOG,
    "noscript": WITHOUT_SCRIPTS,
    **dict.fromkeys(FIELDS, FIELD),
    **dict.fromkeys(PLAYERS, PLAYER),
}
ROLES: Mapping[str, str] = {
    "navigation": MENU,
    "banner": HEADER,
    "contentinfo": FOOTER,
    "main": MAIN,
    "dialog": DIALOG,
    "alertdialog": DIALOG,
}
# How LibreOffice names what stands on every sheet of paper.
TITLED = frozenset({("div", "header"), ("div", "footer")})
# A header or footer in one of these is that part's own.
PARTS = frozenset({"article", "aside", "section", "blockquote", "td", "li"})


@dataclass(frozen=True, slots=True)
class Unframed:
    """A page without what stands around its text, and what that says, each with what it is."""

    html: str
    around: tuple[tuple[str, str], ...]


def unframed(html: str, sheet: Sheet | None = None) -> Unframed:
    """Return a web page without menus, hidden text, and header and footer where they can be told.

    Its main part stays, and all else that stands beside it.
    """
    page = _Page(html, sheet or stylesheet.of_page(html))
    outer = _outer([mark for mark in page.found if _goes(mark, page)])
    edits = _edits(outer)
    # Pandoc would read the main part alone, whatever stands beside it.
    edits += [tag for tag in page.mains if not _is_in(tag[0], outer)]
    return Unframed(markup.edited(html, edits), _said(outer, page))


def without_hidden(html: str, sheet: Sheet) -> Unframed:
    """Return a page, or a chapter of a book, without what no reader of it sees."""
    page = _Page(html, sheet)
    outer = _outer([mark for mark in page.found if mark.kind == HIDDEN])
    return Unframed(markup.edited(html, _edits(outer)), _said(outer, page))


def _edits(outer: list[_Landmark]) -> list[Edit]:
    return [(mark.begins, mark.ends, mark.leaves) for mark in outer]


def _said(outer: list[_Landmark], page: _Page) -> tuple[tuple[str, str], ...]:
    said = ((mark.kind, page.text(mark)) for mark in outer)
    return tuple((kind, text) for kind, text in said if text)


@dataclass
class _Landmark:
    """A landmark: from where to where in the page's text, and what it says."""

    kind: str
    begins: int
    ends: int = 0
    is_pages_own: bool = True
    has_heading: bool = False
    leads_to: str = ""
    leaves: str = " "  # what parts the text before it from that behind it
    # How many texts and headings of the page stand before it, and texts before its end.
    texts: tuple[int, int] = (0, 0)
    headings: int = 0


def _outer(marks: list[_Landmark]) -> list[_Landmark]:
    """Return the landmarks that are in no other, as they stand."""
    outer: list[_Landmark] = []
    for mark in sorted(marks, key=lambda mark: mark.begins):
        if not outer or mark.begins > outer[-1].ends - 1:
            outer.append(mark)
    return outer


def _is_in(at: int, outer: list[_Landmark]) -> bool:
    before = bisect.bisect_left(outer, at, key=lambda mark: mark.begins)
    return before > 0 and at < outer[before - 1].ends


def _goes(mark: _Landmark, page: _Page) -> bool:
    if mark.kind == SKIP:
        return mark.is_pages_own and mark.leads_to in page.names
    return mark.kind in ALWAYS or (bool(page.mains) and mark.is_pages_own and not mark.has_heading)


class _Page(Tags):
    """Finds a page's landmarks, and the tags of its main part with what to put for each.

    A landmark that never closes is none.
    """

    def __init__(self, html: str, sheet: Sheet) -> None:
        super().__init__(html)
        self._sheet = sheet
        self.found: list[_Landmark] = []
        self.mains: list[tuple[int, int, str]] = []
        self.names: set[str] = set()
        self._texts: list[str] = []
        self._headings = 0
        # The elements around the present place: the tag, the landmark that it is, and how many of
        # it and those around have headers of their own.
        self._open: list[tuple[str, _Landmark | None, int]] = []
        self.read()

    def text(self, mark: _Landmark) -> str:
        """Return what a landmark says."""
        return " ".join(" ".join(self._texts[slice(*mark.texts)]).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element, a landmark perhaps."""
        if tag in VOID_TAGS:
            return
        given = {key: value or "" for key, value in attrs}
        role = given.get("role", "").lower()
        kind = ROLES.get(role, "") if role else TAGS.get(tag, "")
        if "hidden" in given or stylesheet.is_hidden(self._sheet.of(tag, given)):
            kind = HIDDEN
        elif (tag, given.get("title", "")) in TITLED:
            kind = FURNITURE
        leads_to = given.get("href", "")[1:] if given.get("href", "").startswith("#") else ""
        if tag == "a" and leads_to and not kind:
            kind = SKIP
        begins, ends = self.tag()
        parts = self._open[-1][2] if self._open else 0
        mark = _Landmark(kind, begins, 0, not parts, False, leads_to) if kind else None
        if mark:
            mark.texts, mark.headings = (len(self._texts), 0), self._headings
            mark.leaves = "" if tag in INLINE_TAGS or tags.is_phrase(tag) else " "
        if kind == MAIN:
            self.mains.append((begins, ends, "<div>"))
            self.names |= {given["id"]} if given.get("id") else set()
        self._headings += tag in HEADINGS
        self._open.append((tag, mark, parts + (tag in PARTS or kind == MAIN)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Pass over an element with nothing in it."""

    def handle_endtag(self, tag: str) -> None:
        """Close an element, and those in it that were left open."""
        near = range(len(self._open))[-MAX_OPEN:]
        at = next((n for n in reversed(near) if self._open[n][0] == tag), None)
        if at is None:
            return
        mark = self._open[at][1]
        del self._open[at:]
        begins, ends = self.tag()
        if mark and mark.kind == MAIN:
            self.mains.append((begins, ends, "</div>"))
        elif mark:
            mark.ends, mark.texts = ends, (mark.texts[0], len(self._texts))
            mark.has_heading = self._headings > mark.headings
            self.found.append(mark)

    def handle_data(self, data: str) -> None:
        """Keep what the page says."""
        self._texts.append(data)
