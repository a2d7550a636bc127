"""Fields of a Word file whose result pandoc has not, or which have none: forms, fractions, numbers.

A tick box and a list to choose from say what they show. What stands in the instruction of a field,
as the condition of another does, is no text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape

from clinicpress.errors import quoted
from clinicpress.model import Loss
from clinicpress.office.markup import OFF, Attributes, Edit, Span, Walk, edited

MARK = b"w:fldChar"
TICKED, UNTICKED = "☒", "☐"
FRACTION = re.compile(r"\s*EQ\s+\\f\s*\(\s*([\w.]+)\s*[,;]\s*([\w.]+)\s*\)\s*", re.I)
FORMULA = re.compile(r"\s*EQ\b", re.I)
COUNTED = re.compile(r"\s*(?:LISTNUM|AUTONUM(?:LGL|OUT)?)\b", re.I)
HIDDEN = "what a field does not show (the condition in it, say): “{}”"
UNCOUNTED = "a number that Word counts by itself is on no page (a field; it stands in {})"


@dataclass(frozen=True, slots=True)
class Read:
    """A part with its fields as text, a line for each thing left out, and words that are lost.

    `signs` are letters of it that show as signs which nobody here knows.
    """

    part: bytes
    told: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    signs: tuple[Loss, ...] = ()


def read(part: bytes) -> Read:
    """Return a part of a Word file with what its fields show as text."""
    if MARK not in part:
        return Read(part)
    fields = _Fields(part)
    return Read(edited(part, fields.edits), tuple(fields.told), tuple(fields.lost))


@dataclass
class _Field:
    """A field that is open: what it does, what its form has, and whether its result has begun."""

    start: int
    hidden: bool
    does: str = ""
    ticked: bool | None = None
    choices: list[str] = field(default_factory=list)
    chosen: int | None = None
    in_result: bool = False
    result: str = ""
    # What stands in its instruction, and is text of another field there.
    inner: list[tuple[Span, str]] = field(default_factory=list)

    def shows(self) -> str:
        """Return what the field shows where it has no result; "" for nothing known."""
        if self.ticked is not None:
            return TICKED if self.ticked else UNTICKED
        if self.choices:
            chosen = self.chosen or 0
            return self.choices[chosen if chosen < len(self.choices) else 0]
        fraction = FRACTION.fullmatch(self.does)
        return f"{fraction[1]}/{fraction[2]}" if fraction else ""


class _Fields:
    """The fields of a part, and what makes text of them."""

    def __init__(self, part: bytes) -> None:
        self.edits: list[Edit] = []
        self.told: list[str] = []
        self.lost: list[str] = []
        self._open: list[_Field] = []
        self._above: list[str] = []
        self._run = self._text = 0
        self._said = ""
        self._line = ""
        self._counted = 0
        self._deleted = 0
        self._walk = Walk(part, self)
        if not self._walk.go():
            self.edits, self.told, self.lost = [], [], []

    def start(self, tag: str, attributes: Attributes) -> None:
        """Begin a run, or take what is said of a field."""
        self._above.append(tag)
        self._deleted += tag in ("w:del", "w:moveFrom")
        value = attributes.get("w:val", "")
        if tag == "w:p":
            self._line = ""
        elif tag == "w:r":
            self._run = self._walk.at
        elif tag == "w:t":
            self._text, self._said = self._walk.at, ""
        elif tag == "w:fldChar":
            self._turn(attributes.get("w:fldCharType", ""))
        elif self._open:
            self._form(self._open[-1], tag, value)

    def _form(self, field: _Field, tag: str, value: str) -> None:
        around = self._above[-2]
        if tag == "w:checkBox":
            field.ticked = False
        elif around == "w:checkBox" and tag in ("w:checked", "w:default"):
            # What was ticked stands behind what is ticked at first.
            field.ticked = value.lower() not in OFF
        elif tag == "w:listEntry":
            field.choices.append(value)
        elif around == "w:ddList" and tag in ("w:result", "w:default") and value.isdecimal():
            # What was chosen stands before what is chosen at first.
            field.chosen = int(value) if field.chosen is None else field.chosen

    def _turn(self, kind: str) -> None:
        if kind == "begin":
            hidden = any(not around.in_result for around in self._open)
            self._open.append(_Field(self._run, hidden))
        elif kind == "separate" and self._open:
            self._open[-1].in_result = True
        elif kind == "end" and self._open:
            self._end_field(self._open.pop())

    def _end_field(self, field: _Field) -> None:
        if field.inner and not field.hidden:
            self.edits += [(*span, b"") for span, _ in field.inner]
            said = " ".join(" ".join(text for _, text in field.inner).split())
            self.told += [HIDDEN.format(said)] if said else []
        elif field.inner and self._open:
            self._open[-1].inner += field.inner
        if field.hidden or field.result.strip() or self._deleted:
            return
        if text := field.shows():
            run = f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
            self.edits.append((field.start, field.start, run.encode()))
        elif FORMULA.match(field.does):
            self.lost.append(f"the equation {' '.join(field.does.split())}")
        elif COUNTED.match(field.does):
            self._counted += 1

    def end(self, tag: str) -> None:
        """End a text or a paragraph."""
        self._above.pop()
        self._deleted -= tag in ("w:del", "w:moveFrom")
        if tag == "w:t":
            self._end_text()
        elif tag == "w:p":
            self.told += self._uncounted()

    def _uncounted(self) -> Iterator[str]:
        if self._counted:
            line = " ".join(self._line.split())
            yield UNCOUNTED.format(quoted(line) if line else "a line without words")
        self._counted = 0

    def _end_text(self) -> None:
        """Keep a text of a field in the instruction of another: its end says whether it shows."""
        codes = [around for around in self._open if not around.in_result]
        if codes and self._open[-1].in_result:
            codes[-1].inner.append(((self._text, self._walk.tag()[1]), self._said))

    def data(self, text: str) -> None:
        """Learn what a field does, or shows."""
        if self._above[-1] == "w:instrText" and self._open:
            self._open[-1].does += text
        elif self._above[-1] == "w:t":
            self._said += text
            self._line += text
            if self._open:
                self._open[-1].result += text if self._open[-1].in_result else ""
