"""Headings of a Word file by an outline level, whatever their style is called: styled as headings.

Pandoc knows headings by the names of their styles alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.sax.saxutils import quoteattr

from clinicpress.headings import MAX_CHARACTERS
from clinicpress.office import archive
from clinicpress.office.markup import Attributes, Edit, Span, Walk, edited
from clinicpress.office.styles import SHEET, Styles
from clinicpress.office.styling import is_front

TEXT, CLOSES = "word/document.xml", b"</w:styles>"
LEVEL = "w:outlineLvl"
# The tenth level is that of text.
LEVELS = frozenset("012345678")
NAME = "clinicpress-heading-{}-{}"
STYLE = (
    '<w:style w:type="paragraph" w:styleId={}><w:name w:val="heading {}"/>'
    "<w:basedOn w:val={}/></w:style>"
)
BASED = re.compile(
    rb'(<w:style w:type="paragraph" w:styleId="clinicpress-heading-[^<>]*><w:name [^<>]*>)'
    rb"<w:basedOn [^<>]*/>"
)
# What in a paragraph can be no part of a heading, or stands on lines of its own.
OTHER = re.compile(rb"<w:(?:drawing|pict|object|txbxContent)\b")


def headed(data: bytes) -> bytes:
    """Return a file in which each paragraph with an outline level has the style of a heading."""
    held = archive.parts(data, (TEXT, SHEET))
    is_outlined = any(LEVEL.encode() in part for part in held.values())
    if not is_outlined or TEXT not in held or CLOSES not in held.get(SHEET, b""):
        return data
    found = _Outlined(held[TEXT], Styles(held[SHEET]))
    if not found.edits:
        return data
    added = "".join(
        STYLE.format(quoteattr(NAME.format(level, base)), level, quoteattr(base))
        for level, base in sorted(found.made)
    )
    sheet = held[SHEET].replace(CLOSES, added.encode() + CLOSES)
    return archive.with_parts(data, {TEXT: edited(held[TEXT], found.edits), SHEET: sheet})


def alone(data: bytes) -> bytes:
    """Return a file whose styles made for headings are based on no other.

    Pandoc knows no style that is based on one which is not there.
    """
    sheet = archive.parts(data, [SHEET]).get(SHEET, b"")
    freed = BASED.sub(rb"\1", sheet)
    return archive.with_parts(data, {SHEET: freed}) if freed != sheet else data


@dataclass
class _Line:
    """A paragraph: where it and its properties begin, its style and that tag's place, its words."""

    begins: Span
    properties: Span | None = None
    style: str = ""
    named: Span | None = None
    own: dict[str, str] = field(default_factory=dict)
    said: str = ""


class _Outlined:
    """The paragraphs of a text that an outline level makes headings, and what makes them so."""

    def __init__(self, part: bytes, styles: Styles) -> None:
        self.edits: list[Edit] = []
        # The styles that are wanted: the level of each, and what it is based on.
        self.made: set[tuple[int, str]] = set()
        self._part = part
        self._styles = styles
        self._above: list[str] = []
        self._lines: list[_Line] = []
        self._walk = Walk(part, self)
        if not self._walk.go():
            self.edits = []

    def start(self, tag: str, attributes: Attributes) -> None:
        """Begin a paragraph, or learn of it."""
        self._above.append(tag)
        value = attributes.get("w:val", "")
        if tag == "w:p":
            self._lines.append(_Line(self._walk.tag()))
        elif tag == "w:pPr" and self._above[-2] == "w:p":
            self._lines[-1].properties = self._walk.tag()
        elif self._above[-3:-1] == ["w:p", "w:pPr"]:
            if tag == "w:pStyle":
                self._lines[-1].style, self._lines[-1].named = value, self._walk.tag()
            elif tag == LEVEL:
                self._lines[-1].own[tag] = value

    def end(self, tag: str) -> None:
        """End a paragraph."""
        self._above.pop()
        if tag == "w:p":
            line = self._lines.pop()
            # A line within a table, a box or another line heads no section.
            is_alone = not self._lines and "w:tbl" not in self._above
            level = self._level(line)
            if is_alone and level and not OTHER.search(self._part, line.begins[0], self._walk.at):
                self.made.add((level, line.style))
                self.edits.append(self._edit(line, NAME.format(level, line.style)))

    def data(self, text: str) -> None:
        """Keep what a paragraph says."""
        if self._lines and self._above[-1] == "w:t":
            self._lines[-1].said += text

    def _level(self, line: _Line) -> int:
        """Return which heading a paragraph is by its outline level, 0 for none."""
        look = {**self._styles.look(line.style), **line.own}
        short = 0 < len(line.said.strip()) <= MAX_CHARACTERS
        known = is_front(self._styles, line.style)
        found = look.get(LEVEL, "")
        return int(found) + 1 if found in LEVELS and short and not known else 0

    def _edit(self, line: _Line, name: str) -> Edit:
        tag = f"<w:pStyle w:val={quoteattr(name)}/>".encode()
        if line.named:
            return (*line.named, tag)
        start, stop = line.properties or line.begins
        if line.properties is None:
            return (stop, stop, b"<w:pPr>" + tag + b"</w:pPr>")
        if self._part[start:stop].endswith(b"/>"):
            return (start, stop, b"<w:pPr>" + tag + b"</w:pPr>")
        return (stop, stop, tag)
