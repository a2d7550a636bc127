"""Plain text to lines that each have a shape: hard-wrapped ones joined, lists and rows seen."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import pairwise

from clinicpress import headings

BULLET = re.compile(r"^\s*(?:[•▪■◦‣●○\uf0b7]\s*|[·*–—-]\s+)(?=\S)")
NUMBERED = re.compile(r"^\s*(\d{1,3})[.)]\s+(?=\S)")
PIPES = re.compile(r"\s*\|\s*")
COLUMNS = re.compile(r"\t+|\s{3,}")
SENTENCE_END = re.compile(r"[.!?:;…][\"'”’»)\]]*$")
# A text whose longest line is longer than this is not hard-wrapped: each line is a paragraph.
WIDEST_WRAP = 120
NARROWEST_WRAP = 45
# A line this much longer than all but a few others was not wrapped with them, in characters.
FAR_OUT = 10


class Shape(Enum):
    """What a line is."""

    BLANK = auto()
    BULLET = auto()
    NUMBERED = auto()
    ROW = auto()
    HEADING = auto()
    PROSE = auto()


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the file, or several joined, without the mark that made it an item."""

    shape: Shape
    text: str
    number: int = 0
    indent: int = 0


WRAPPING = frozenset({Shape.BULLET, Shape.NUMBERED, Shape.PROSE})


def of(text: str) -> list[Line]:
    """Return the lines of a text; a paragraph or an item that was wrapped is one line."""
    lines = _without_lone_rows(_read(text))
    return _number_lists(_join(lines, _wrap_width(lines)))


def _read(text: str) -> list[Line]:
    return [_shape(line.rstrip()) for line in text.expandtabs(8).splitlines()]


def _shape(line: str) -> Line:
    body = line.strip()
    indent = len(line) - len(line.lstrip())
    if not body:
        return Line(Shape.BLANK, "")
    if mark := BULLET.match(line):
        return Line(Shape.BULLET, line[mark.end() :], indent=indent)
    if mark := NUMBERED.match(line):
        return Line(Shape.NUMBERED, body, number=int(mark.group(1)), indent=indent)
    if len(cells(body)) > 1:
        return Line(Shape.ROW, body, indent=indent)
    return Line(Shape.PROSE, body, indent=indent)


def cells(row: str) -> list[str]:
    """Return the cells of a row, parted by bars or by wide gaps."""
    by_pipes = PIPES.split(row.strip("| ")) if row.count("|") else [row]
    return by_pipes if len(by_pipes) > 1 else COLUMNS.split(row)


def _without_lone_rows(lines: list[Line]) -> list[Line]:
    """Make a lone line with a gap in it prose: a table has two rows or more."""
    shapes = [Shape.BLANK, *(line.shape for line in lines), Shape.BLANK]
    return [
        replace(line, shape=Shape.PROSE)
        if line.shape is Shape.ROW and Shape.ROW not in (before, after)
        else line
        for line, before, after in zip(lines, shapes, shapes[2:], strict=False)
    ]


def _wrap_width(lines: list[Line]) -> int | None:
    """Return the width at which the text was hard-wrapped, or None where each line is whole."""
    width = _widest(sorted(_length(line) for line in lines if line.shape in WRAPPING))
    if width > WIDEST_WRAP:
        return None
    pairs = [
        (a, b) for a, b in pairwise(lines) if a.shape is not Shape.BLANK and b.shape is Shape.PROSE
    ]
    broken = [
        a
        for a, b in pairs
        if _length(a) > 0.5 * width
        and not SENTENCE_END.search(a.text)
        and (_is_wrapped(a, b, width) or _goes_on(a, b, width))
    ]
    return width if len(broken) > max(1, 0.08 * len(pairs)) else None


def _widest(lengths: list[int]) -> int:
    """Return the longest length, but for a few that stand far out: lines left as they were."""
    few = lengths[len(lengths) * 9 // 10 - 1 :]
    gaps = (a for a, b in pairwise(few) if b - a > FAR_OUT and a >= NARROWEST_WRAP)
    return next(gaps, max(lengths, default=0))


def _length(line: Line) -> int:
    return line.indent + len(line.text)


def _is_wrapped(line: Line, after: Line, width: int) -> bool:
    """Say whether the line broke because the next word did not fit, the one reason wrapping has."""
    return _length(line) <= width < _length(line) + 1 + len(after.text.split()[0])


def _join(lines: list[Line], width: int | None) -> list[Line]:
    out: list[Line] = []
    last: Line | None = None
    for line in lines:
        if last and line.shape is Shape.PROSE and _continues(out, last, line, width):
            out[-1] = replace(out[-1], text=f"{out[-1].text} {line.text}")
        else:
            out.append(line)
        last = line
    return out


def _continues(out: list[Line], last: Line, line: Line, width: int | None) -> bool:
    if last.shape in (Shape.BLANK, Shape.ROW):
        return False
    in_item = out[-1].shape in (Shape.BULLET, Shape.NUMBERED)
    if in_item and line.text[0].islower() and not SENTENCE_END.search(last.text):
        return True
    if width is None:
        return False
    if _is_wrapped(last, line, width):
        ended = SENTENCE_END.search(last.text) and not line.text[0].islower()
        return not (ended and headings.heading_like(line.text) and len(line.text) < 0.7 * width)
    return _goes_on(last, line, width)


def _goes_on(last: Line, line: Line, width: int) -> bool:
    """Say whether a line breaks off in mid-sentence, as where it was wrapped by inches."""
    if SENTENCE_END.search(last.text) or not (line.text[0].islower() or line.text[0].isdigit()):
        return False
    return _length(last) > 0.5 * width or not headings.heading_like(last.text)


def _number_lists(lines: list[Line]) -> list[Line]:
    """Make numbered lines a list where they stand together and count up, else prose."""
    solid = [line for line in lines if line.shape is not Shape.BLANK]
    listed: set[int] = set()
    for a, b in pairwise(solid):
        if a.shape is b.shape is Shape.NUMBERED and b.number == a.number + 1:
            listed |= {id(a), id(b)}
    return [_numbered(line, id(line) in listed) for line in lines]


def _numbered(line: Line, listed: bool) -> Line:
    if line.shape is not Shape.NUMBERED:
        return line
    if listed:
        return replace(line, text=NUMBERED.sub("", line.text))
    return replace(line, shape=Shape.PROSE)
