"""The text of a web page joined as a browser shows it, whatever tags stand within its words."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from clinicpress import webtags
from clinicpress.webtags import EMPTY, Edit, Tags

# A quotation mark is text, and pandoc writes it.
KEPT = frozenset({"q"})


def joined(html: str) -> str:
    """Return a page without the tags within its lines that part no words and say nothing.

    What a link may lead to keeps its name.
    """
    page = _Phrases(html)
    page.read()
    return webtags.edited(html, page.edits)


class _Phrases(Tags):
    """Finds the tags that go, and what stands in the place of each."""

    def __init__(self, html: str) -> None:
        super().__init__(html)
        self.edits: list[Edit] = []
        # The elements that are open and lose their tags: the tag, and what its end becomes.
        self._open: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take off a tag that only wraps text."""
        if not webtags.is_phrase(tag) or tag in KEPT:
            return
        begins, ends = _named(dict(attrs))
        self.edits.append((*self.tag(), begins + (ends if tag in EMPTY else "")))
        if tag not in EMPTY:
            self._open.append((tag, ends))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take off a tag with nothing in it."""
        if webtags.is_phrase(tag) and tag not in KEPT:
            self.edits.append((*self.tag(), "".join(_named(dict(attrs)))))

    def handle_endtag(self, tag: str) -> None:
        """Take off the tag's other end."""
        if not webtags.is_phrase(tag) or tag in KEPT:
            return
        at = next((n for n in reversed(range(len(self._open))) if self._open[n][0] == tag), -1)
        ends = self._open.pop(at)[1] if at >= 0 else ""
        self.edits.append((*self.tag(), ends))


def _named(given: Mapping[str, str | None]) -> tuple[str, str]:
    """Return the tags that keep an element's name."""
    name = given.get("id") or given.get("name") or ""
    return (f'<span id="{escape(name)}">', "</span>") if name else ("", "")
