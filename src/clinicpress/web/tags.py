"""A web page gone through tag by tag, with where in its text each tag stands, and its edits made.

All that no edit names stays as it was, letter for letter.
"""

from __future__ import annotations

from html.parser import HTMLParser

Edit = tuple[int, int, str]
"""From where to where in a page's text, and what stands there instead."""
# Elements that have no end.
EMPTY = frozenset(
    "area base br col embed hr img input link meta param source track wbr".split()
)  # fmt: skip
# No page has so many elements open in one another; looking further back takes too long.
MAX_OPEN = 400
# Tags within a line besides those that our own pages have: what they hold joins the text around.
PHRASES = frozenset(
    "abbr acronym bdi bdo big blink cite data dfn font kbd label mark nobr output q samp time tt "
    "var wbr".split()
)


def is_phrase(tag: str) -> bool:
    """Say whether what a tag holds joins the text around it, though our pages have no such tag."""
    # `<st1:place>`, `<o:p>`: Word's own, of which browsers know nothing.
    return tag in PHRASES or ":" in tag


class Tags(HTMLParser):
    """A parser of a page's text that knows where in it the present tag stands."""

    def __init__(self, html: str, convert_charrefs: bool = True) -> None:
        super().__init__(convert_charrefs=convert_charrefs)
        self._html = html
        self._lines = [0]
        for line in html.split("\n"):
            self._lines.append(self._lines[-1] + len(line) + 1)

    def read(self) -> None:
        """Go through the page."""
        self.feed(self._html)
        self.close()

    def here(self) -> int:
        """Return where the present tag or text begins."""
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def tag(self) -> tuple[int, int]:
        """Return where the present tag begins, and where it ends."""
        begins = self.here()
        text = self.get_starttag_text() or ""
        if self._html.startswith(text, begins) and text:
            return begins, begins + len(text)
        ends = self._html.find(">", begins) + 1
        return begins, ends or len(self._html)
