"""Formulas of a web page or a book (MathML) as text, where it can be written in one line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

from clinicpress import equations, mathml
from clinicpress.equations import DOWN, UP, Part, UnreadableError
from clinicpress.errors import ClinicpressError, quoted
from clinicpress.office import markup
from clinicpress.web.tags import Edit, Tags

# Books name the tags of formulas by a prefix: `m:math`.
MARK = re.compile(r"<(?:\w+:)?math\b", re.I)
TAGS = {UP: "sup", DOWN: "sub"}
REMEDY = (
    "Write it there as text in one line, or put a picture of it with a description in its place."
)


@dataclass(frozen=True, slots=True)
class Formulas:
    """A page with its formulas as text, and the lines for the report on those that were drawn."""

    html: str
    told: tuple[str, ...] = ()


def written(html: str, place: str) -> Formulas:
    """Return a page with its formulas as text.

    Raises ClinicpressError, naming it, where one can't be written in a line.
    """
    if not MARK.search(html):
        return Formulas(html)
    page = _Formulas(html, place)
    page.read()
    page.end_all()
    return Formulas(markup.edited(html, page.edits), tuple(page.told))


class _Formulas(Tags):
    """Finds the formulas of a page, and what to write for each."""

    def __init__(self, html: str, place: str) -> None:
        super().__init__(html)
        self._place = place
        self._open: list[Part] = []
        self._begins = self._deepest = 0
        self._said: list[str] = []
        self.edits: list[Edit] = []
        self.told: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a formula, or a part of one."""
        name = tag.rpartition(":")[2]
        if not self._open and name != "math":
            return
        part = Part(name, {key: given or "" for key, given in attrs})
        if self._open:
            self._open[-1].parts.append(part)
        else:
            self._begins, self._said, self._deepest = self.tag()[0], [], 0
        self._open.append(part)
        self._deepest = max(self._deepest, len(self._open))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take a part with nothing in it."""
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """End a part, and the formula with its first."""
        name = tag.rpartition(":")[2]
        if name not in (part.tag for part in self._open):
            return
        while (ended := self._open.pop()).tag != name:
            pass
        if not self._open:
            self._write(ended, self.tag()[1])

    def handle_data(self, data: str) -> None:
        """Keep the text of a part."""
        if self._open and self._open[-1].tag not in mathml.SILENT:
            self._said.append(data)
            self._open[-1].parts.append(Part("", text=data))

    def end_all(self) -> None:
        """End a formula that is left open: nobody can say where it ends."""
        if self._open:
            raise self._unreadable()

    def _write(self, whole: Part, ends: int) -> None:
        try:
            if self._deepest > equations.MAX_DEPTH:
                raise UnreadableError
            part = mathml.read(whole)
            # A part here may become several of Word's in one another.
            pieces = equations.line(part, self._deepest)
        except UnreadableError:
            raise self._unreadable() from None
        self.told += equations.told(part, pieces)
        self.edits.append((self._begins, ends, "".join(map(_html, pieces))))

    def _unreadable(self) -> ClinicpressError:
        said = quoted(" ".join("".join(self._said).split()))
        return ClinicpressError(
            self._place, f"the formula {said} can't be written in one line of text", REMEDY
        )


def _html(piece: tuple[str, str]) -> str:
    text, look = piece
    return f"<{TAGS[look]}>{escape(text)}</{TAGS[look]}>" if look else escape(text)
