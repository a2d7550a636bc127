"""Plain text, as people paste it, to blocks: lines joined, lists and tables seen, headings found.

Pandoc has no reader for it: what looks like Markdown in pasted text is not meant as Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import groupby, pairwise

from clinicpress import headings, tree
from clinicpress.tree import Node, Nodes

BULLET = re.compile(r"^\s*(?:[•▪■◦‣●○\uf0b7]\s*|[·*–—-]\s+)(?=\S)")
NUMBERED = re.compile(r"^\s*(\d{1,3})[.)]\s+(?=\S)")
PIPES = re.compile(r"\s*\|\s*")
COLUMNS = re.compile(r"\t+|\s{3,}")
SENTENCE_END = re.compile(r"[.!?:;…][\"'”’»)\]]*$")
# A text whose longest line is longer than this is not hard-wrapped: each line is a paragraph.
WIDEST_WRAP = 120


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


def blocks(text: str) -> tuple[str | None, Nodes]:
    """Return the title, where the text begins with one, and the blocks below it."""
    lines = _without_lone_rows(_read(text))
    lines = _join(lines, _wrap_width(lines))
    lines = _number_lists(lines)
    title, lines = _title(_find_headings(lines))
    return title, list(_blocks([line for line in lines if line.shape is not Shape.BLANK]))


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
    if len(_cells(body)) > 1:
        return Line(Shape.ROW, body, indent=indent)
    return Line(Shape.PROSE, body, indent=indent)


def _cells(row: str) -> list[str]:
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
    width = max(
        (len(line.text) + line.indent for line in lines if line.shape is not Shape.ROW), default=0
    )
    if width > WIDEST_WRAP:
        return None
    pairs = [
        (a, b) for a, b in pairwise(lines) if a.shape is not Shape.BLANK and b.shape is Shape.PROSE
    ]
    broken = [a for a, b in pairs if _is_wrapped(a, b, width) and not SENTENCE_END.search(a.text)]
    return width if len(broken) > 0.25 * len(pairs) else None


def _is_wrapped(line: Line, after: Line, width: int) -> bool:
    """Say whether the line broke because the next word did not fit, the one reason wrapping has."""
    return line.indent + len(line.text) + 1 + len(after.text.split()[0]) > width


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
    starts_lower = line.text[0].islower()
    in_item = out[-1].shape in (Shape.BULLET, Shape.NUMBERED)
    if in_item and starts_lower and not SENTENCE_END.search(last.text):
        return True
    if width is None:
        return False
    if _is_wrapped(last, line, width):
        ended = SENTENCE_END.search(last.text) and not starts_lower
        return not (ended and headings.heading_like(line.text) and len(line.text) < 0.7 * width)
    return (
        starts_lower
        and not SENTENCE_END.search(last.text)
        and not headings.heading_like(out[-1].text)
    )


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


def _find_headings(lines: list[Line]) -> list[Line]:
    solid = [line for line in lines if line.shape is not Shape.BLANK]
    view = _view(solid, _gaps(lines))
    found = {id(line) for at, line in enumerate(solid) if view.heads(at)}
    return [replace(line, shape=Shape.HEADING) if id(line) in found else line for line in lines]


def _gaps(lines: list[Line]) -> list[bool]:
    """Say for each line that is not blank whether a blank one, or nothing, stands before it."""
    before = [Line(Shape.BLANK, ""), *lines]
    pairs = zip(before, lines, strict=False)
    return [a.shape is Shape.BLANK for a, b in pairs if b.shape is not Shape.BLANK]


def _view(solid: list[Line], gaps: list[bool]) -> _View:
    like = [line.shape is Shape.PROSE and headings.heading_like(line.text) for line in solid]
    numbered = [at for at, line in enumerate(solid) if like[at] and headings.look(line.text).number]
    counts = headings.counted([solid[at].text for at in numbered])
    marked = {at for at, counted in zip(numbered, counts, strict=True) if counted}
    marked |= {at for at, line in enumerate(solid) if headings.look(line.text).capitals}
    # Where blank lines part the paragraphs, lines like headings that stand close to one another are
    # an address, a signature or a bare list.
    if sum(gaps) > 0.3 * len(gaps):
        close = {at for at in range(1, len(solid)) if like[at - 1] and like[at] and not gaps[at]}
        clusters = (close | {at - 1 for at in close}) - marked
        like = [seen and at not in clusters for at, seen in enumerate(like)]
    return _View(solid, gaps, like, marked)


@dataclass(frozen=True, slots=True)
class _View:
    """The lines that are not blank, and what a reader sees of them at a glance.

    `gaps`: a blank line stands before it; `like`: it could be a heading; `marked`: it carries a
    heading's own marks, a number in a count or capitals.
    """

    solid: list[Line]
    gaps: list[bool]
    like: list[bool]
    marked: set[int]

    def heads(self, at: int) -> bool:
        """Say whether a heading-like line heads what follows it."""
        if not self.like[at] or at + 1 == len(self.solid):
            return False
        line, after = self.solid[at], self.solid[at + 1]
        if line.text.endswith(":"):
            return after.shape is Shape.PROSE and not self.like[at + 1] and self.gaps[at]
        if at in self.marked:
            return True
        if at > 0 and self.solid[at - 1].text.endswith(":") and not self.gaps[at]:
            return False
        run = self.run(at)
        if run == 1:
            return after.shape is not Shape.PROSE or not after.text[0].islower()
        return at == 0 or (run <= headings.MAX_RUN and at > 1 and at + run - 1 not in self.marked)

    def run(self, at: int) -> int:
        """Return how many heading-like lines follow one another from here on."""
        end = at
        while end < len(self.like) and self.like[end]:
            end += 1
        return end - at


def _title(lines: list[Line]) -> tuple[str | None, list[Line]]:
    """Take off the first line where it looks like a heading: it is the title of all."""
    first = next((line for line in lines if line.shape is not Shape.BLANK), None)
    if first is None or first.shape is not Shape.HEADING or headings.look(first.text).number:
        return None, lines
    if sum(line.shape is Shape.HEADING for line in lines) == 1:
        return first.text, [line for line in lines if line is not first]
    return first.text, [line for line in lines if line is not first]


def _blocks(lines: list[Line]) -> Iterator[Node]:
    depths = iter(headings.levels([line.text for line in lines if line.shape is Shape.HEADING]))
    for shape, group in groupby(lines, key=lambda line: line.shape):
        members = list(group)
        match shape:
            case Shape.HEADING:
                for line in members:
                    yield tree.header(
                        next(depths), tree.string(line.text), reason=headings.reason(line.text)
                    )
            case Shape.BULLET:
                yield {"t": "BulletList", "c": [_item(line) for line in members]}
            case Shape.NUMBERED:
                style = [members[0].number, {"t": "Decimal"}, {"t": "Period"}]
                yield {"t": "OrderedList", "c": [style, [_item(line) for line in members]]}
            case Shape.ROW:
                yield _table([_cells(line.text) for line in members])
            case _:
                yield from (tree.para(line.text) for line in members)


def _item(line: Line) -> Nodes:
    return [{"t": "Plain", "c": tree.string(line.text)}]


def _table(rows: list[list[str]]) -> Node:
    width = max(map(len, rows))
    rows = [row + [""] * (width - len(row)) for row in rows]
    has_head = len(rows) > 1 and not any(
        re.search(r"\d", cell) or len(cell.split()) > 4 for cell in rows[0]
    )
    head, body = (
        (rows[:1], rows[1:])
        if has_head and any(re.search(r"\d", c) for r in rows[1:] for c in r)
        else ([], rows)
    )
    none = {"t": "AlignDefault"}
    return {
        "t": "Table",
        "c": [
            tree.attr(),
            [None, []],
            [[none, {"t": "ColWidthDefault"}] for _ in range(width)],
            [tree.attr(), [_row(row) for row in head]],
            [[tree.attr(), 0, [], [_row(row) for row in body]]],
            [tree.attr(), []],
        ],
    }  # fmt: skip


def _row(cells: list[str]) -> list[object]:
    return [
        tree.attr(),
        [
            [tree.attr(), {"t": "AlignDefault"}, 1, 1, [{"t": "Plain", "c": tree.string(c)}]]
            for c in cells
        ],
    ]
