"""Plain text, as people paste it, to blocks.

Pandoc has no reader for it: what looks like Markdown in pasted text is not meant as Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from clinicpress import headings, lines, outline, tree
from clinicpress.lines import Line, Shape
from clinicpress.tree import Node, Nodes

# So many characters further in than the first of a list, an item stands below another.
DEEPER = 2
DEEPEST = 5


def blocks(text: str) -> tuple[str | None, Nodes]:
    """Return the title, where the text begins with one, and the blocks below it."""
    title, found = _title(outline.find(lines.of(text)))
    return title, list(_blocks([line for line in found if line.shape is not Shape.BLANK]))


def _title(found: list[Line]) -> tuple[str | None, list[Line]]:
    """Take off the first line where it looks like a heading: it is the title of all."""
    first = next((line for line in found if line.shape is not Shape.BLANK), None)
    if first is None or first.shape is not Shape.HEADING or headings.look(first.text).number:
        return None, found
    return first.text, [line for line in found if line is not first]


def _blocks(found: list[Line]) -> Iterator[Node]:
    heads = [line for line in found if line.shape is Shape.HEADING]
    given = headings.levels([line.text for line in heads])
    depths = iter([line.level or level for line, level in zip(heads, given, strict=True)])
    for shape, group in groupby(found, key=lambda line: line.shape):
        members = list(group)
        match shape:
            case Shape.HEADING:
                for line in members:
                    yield tree.header(
                        next(depths),
                        tree.string(line.text),
                        reason=line.reason or headings.reason(line.text),
                    )
            case Shape.BULLET:
                yield _bullets(members, DEEPEST)
            case Shape.NUMBERED:
                style = [members[0].number, {"t": "Decimal"}, {"t": "Period"}]
                yield {"t": "OrderedList", "c": [style, [_item(line) for line in members]]}
            case Shape.ROW:
                yield _table([lines.cells(line.text) for line in members])
            case _:
                yield from (tree.para(line.text) for line in members)


def _bullets(members: list[Line], deepest: int) -> Node:
    """Return a list of items, those that stand further in below the one above them."""
    own: list[list[Line]] = []
    for line in members:
        if deepest and own and line.mark >= own[0][0].mark + DEEPER:
            own[-1].append(line)
        else:
            own.append([line])
    return {
        "t": "BulletList",
        "c": [
            [*_item(first), *([_bullets(inner, deepest - 1)] if inner else [])]
            for first, *inner in own
        ],
    }


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
    return tree.table(*[[list(map(_cell, row)) for row in part] for part in (head, body)])


def _cell(text: str) -> Nodes:
    return [{"t": "Plain", "c": tree.string(text)}]
