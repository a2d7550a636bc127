"""The end tags that a web page may leave out, written where a browser ends an element.

(HTML standard, 13.1.2.4, “Optional tags”, and 13.2.6, how elements end one another.) Pandoc and all
that goes over a page here then know where a cell, an item or a paragraph ends.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice

from clinicpress.office import markup
from clinicpress.rendered import HEADINGS, INLINE_TAGS
from clinicpress.web import tags
from clinicpress.web.tags import EMPTY, MAX_OPEN, Edit, Tags

# What ends a paragraph that is open where it begins.
BLOCKS = HEADINGS | frozenset(
    "address article aside blockquote center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form header hgroup hr li listing main menu nav ol p plaintext pre "
    "search section summary table ul xmp".split()
)
TERMS, CELLS, PARTS = frozenset({"dd", "dt"}), frozenset({"td", "th"}), frozenset({"tr"})
GROUPS = frozenset({"caption", "colgroup", "tbody", "tfoot", "thead"})
CHOICES = frozenset({"option"})
# The elements that each tag ends, with all in them.
ENDS: Mapping[str, frozenset[str]] = {
    "li": frozenset({"li"}),
    **dict.fromkeys(TERMS, TERMS),
    **dict.fromkeys(CELLS, CELLS | {"caption", "colgroup"}),
    **dict.fromkeys(PARTS, PARTS | CELLS | {"caption", "colgroup"}),
    **dict.fromkeys(GROUPS, GROUPS | PARTS | CELLS),
    "col": frozenset({"caption"}),
    "option": CHOICES,
    "optgroup": CHOICES | {"optgroup"},
}
OMITTED = frozenset({"p", "li", "option", "optgroup", "colgroup"}) | TERMS | CELLS | PARTS | GROUPS
# No tag ends what is around one of these.
WALLS = frozenset(
    "audio button canvas iframe marquee object select svg table template video".split()
)
CELL_WALLS = frozenset({"table", "template"})
# Nor an item, or a term, what is around one of these.
ITEM_WALLS = (BLOCKS | CELLS | GROUPS | WALLS) - TERMS - {"address", "div", "li", "p"}


def written(html: str) -> str:
    """Return a page with the end tags that it leaves out."""
    page = _Page(html)
    page.read()
    page.end_all()
    return markup.edited(html, page.edits)


def _walls(tag: str) -> frozenset[str]:
    """Return the elements beyond which a tag ends nothing."""
    if tag in PARTS | CELLS | GROUPS:
        return CELL_WALLS
    return ITEM_WALLS if tag in TERMS | {"li"} else WALLS | CELLS | {"caption"}


def _is_phrase(tag: str) -> bool:
    return tag in INLINE_TAGS or tags.is_phrase(tag)


class _Page(Tags):
    """Finds where elements end that the page does not end itself."""

    def __init__(self, html: str) -> None:
        super().__init__(html)
        self.edits: list[Edit] = []
        self._open: list[str] = []
        # Paragraphs that another element has ended: the page may still have a tag for the end.
        self._ended = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """End what the tag ends, and open an element."""
        if tag in BLOCKS:
            self._end_through(frozenset({"p"}), _walls("p"))
        if tag in ENDS:
            self._end_through(ENDS[tag], _walls(tag))
        if tag not in EMPTY:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take a tag that has no end anyway; another one's element has nothing in it."""
        if tag in EMPTY:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """End an element, and what was left open in it."""
        at = self._last(frozenset({tag}), self._beyond(tag))
        if at is not None and _is_phrase(tag):
            del self._open[at]
        elif at is not None:
            self._end_from(at + 1)
            self._open.pop()
        elif tag == "p" and self._ended:
            # A browser begins an empty paragraph here: what is behind it begins a line.
            self._ended -= 1
            self.edits.append((*self.tag(), "<p></p>"))

    def end_all(self) -> None:
        """End what is open where the page ends."""
        self._end_from(0)

    @staticmethod
    def _beyond(tag: str) -> frozenset[str]:
        """Return the elements that an end tag does not end."""
        return frozenset() if tag in WALLS else _walls(tag) if tag in OMITTED else CELL_WALLS

    def _last(self, wanted: frozenset[str], walls: frozenset[str]) -> int | None:
        for at in islice(reversed(range(len(self._open))), MAX_OPEN):
            if self._open[at] in wanted:
                return at
            if self._open[at] in walls:
                return None
        return None

    def _end_through(self, ended: frozenset[str], walls: frozenset[str]) -> None:
        """End the outermost of such elements that no wall stands around, and all in it."""
        while (at := self._last(ended, walls)) is not None:
            self._end_from(at)

    def _end_from(self, at: int) -> None:
        """End the open elements from one on; one that needs a tag for its end waits for it."""
        begins = self.here()
        first = next((n for n in range(at, len(self._open)) if self._open[n] in OMITTED), None)
        left = [] if first is None else self._open[first:][::-1]
        self._ended += left.count("p")
        self.edits += [(begins, begins, f"</{tag}>") for tag in left]
        del self._open[at:]
