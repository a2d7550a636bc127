"""Notes of a Word file that no text refers to: Word shows none of them, and pandoc drops them.

The reference of such a note went with a tracked change, or with text that is hidden or deleted.
"""

from __future__ import annotations

from collections.abc import Mapping

from clinicpress.errors import quoted
from clinicpress.office import archive
from clinicpress.office.markup import Attributes, Span, Walk, cut

NOTES: Mapping[str, str] = {
    "word/footnotes.xml": "w:footnote",
    "word/endnotes.xml": "w:endnote",
}
AWAY = frozenset({"w:del", "w:moveFrom"})
TEXT = "normal"
TOLD = "a note that nothing refers to: {}"


def without(data: bytes) -> tuple[bytes, tuple[str, ...]]:
    """Return a Word file without the notes that nothing refers to, and a line for each of them.

    A note whose reference was deleted with a tracked change has none: it is deleted too.
    """
    notes = archive.parts(data, NOTES)
    if not notes:
        return data, ()
    texts = [_References(part) for part in archive.parts(data, archive.WORD.parts).values()]
    shown = frozenset(name for text in texts for name in text.shown)
    deleted = frozenset(name for text in texts for name in text.deleted)
    found = {name: _Notes(part, NOTES[name], shown) for name, part in notes.items()}
    if not any(each.spans for each in found.values()):
        return data, ()
    told = [
        TOLD.format(quoted(text))
        for each in found.values()
        for name, text in zip(each.names, each.texts, strict=True)
        if name not in deleted and text
    ]
    changed = {name: cut(part, found[name].spans) for name, part in notes.items()}
    return archive.with_parts(data, changed), tuple(told)


class _References:
    """The notes that a part refers to, by tag and number; those in deleted text apart."""

    def __init__(self, part: bytes) -> None:
        self.shown: list[tuple[str, str]] = []
        self.deleted: list[tuple[str, str]] = []
        self._away = 0
        Walk(part, self).go()

    def start(self, tag: str, attributes: Attributes) -> None:
        """Take a reference."""
        self._away += tag in AWAY
        if tag in ("w:footnoteReference", "w:endnoteReference"):
            found = (tag.removesuffix("Reference"), attributes.get("w:id", ""))
            (self.deleted if self._away else self.shown).append(found)

    def end(self, tag: str) -> None:
        """End what may be deleted."""
        self._away -= tag in AWAY

    def data(self, text: str) -> None:
        """Pass over text."""


class _Notes:
    """The notes of a part that none of the references shown leads to."""

    def __init__(self, part: bytes, kind: str, shown: frozenset[tuple[str, str]]) -> None:
        self.spans: list[Span] = []
        self.names: list[tuple[str, str]] = []
        self.texts: list[str] = []
        self._kind = kind
        self._shown = shown
        self._start = -1
        self._in_text = False
        self._said = ""
        self._walk = Walk(part, self)
        if not self._walk.go():
            self.spans, self.names, self.texts = [], [], []

    def start(self, tag: str, attributes: Attributes) -> None:
        """Begin a note."""
        name = (self._kind, attributes.get("w:id", ""))
        # The lines that part notes from the text are notes with a kind of their own.
        if tag == self._kind and attributes.get("w:type", TEXT) == TEXT and name not in self._shown:
            self._start, self._said = self._walk.at, ""
            self.names.append(name)
        self._said += " " if tag in ("w:p", "w:br", "w:tab") else ""
        self._in_text = tag == "w:t"

    def end(self, tag: str) -> None:
        """End a note."""
        self._in_text = False
        if tag == self._kind and self._start >= 0:
            self.spans.append((self._start, self._walk.tag()[1]))
            self.texts.append(" ".join(self._said.split()))
            self._start = -1

    def data(self, text: str) -> None:
        """Keep what a note says."""
        self._said += text if self._in_text else ""
