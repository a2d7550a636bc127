"""What authors make of a table that is none: a box of one cell, a first row that heads nothing.

A box's text stands as paragraphs, so that each of its sentences is judged. Word says of every new
table that its first row is a head, whatever the author wrote there.
"""

from __future__ import annotations

import re
from typing import Any

from clinicpress import tree
from clinicpress.notices import authors
from clinicpress.tree import Node, Nodes

TOLD = "the frame around a text (a table of one cell; its text is kept)"
# A cell that ends so and has as many words is a sentence, and no head of a column.
SENTENCE = re.compile(r"[.!]\W*$")
WORDS = 4


def opened(blocks: Nodes, plainly: bool = True) -> tuple[Nodes, tuple[str, ...]]:
    """Return blocks with such tables as what they are, and what is told of it.

    Not `plainly`, a first row with sentences in it heads its columns nonetheless: the author of a
    web page says so.
    """
    frames = 0

    def change(node: Node) -> Nodes:
        nonlocal frames
        if node["t"] != "Table":
            return [node]
        table = _without_false_head(node, plainly)
        if (inner := _frame(table)) is None:
            return [table]
        frames += 1
        return authors.framed(
            [{"t": "Para", "c": b["c"]} if b["t"] == "Plain" else b for b in inner]
        )

    # A frame in a list or a quotation stays, for a box of its own can't be taken out of those.
    out = [piece for block in blocks for piece in change(block)]
    return out, ((f"{TOLD}: {frames}",) if frames else ())


def _without_false_head(table: Node, plainly: bool) -> Node:
    """Return a table whose head is a row like the others where it heads nothing."""
    *before, (head_attributes, head), bodies, foot = table["c"]
    rows = [row for body in bodies for row in (*body[2], *body[3])] + foot[1]
    if not head or (rows and not (plainly and any(_says_something(row) for row in head))):
        return table
    first, *others = bodies or [[tree.attr(), 0, [], []]]
    attributes, count, heads, own = first
    bodies = [[attributes, count, heads, [*head, *own]], *others]
    return {"t": "Table", "c": [*before, [head_attributes, []], bodies, foot]}


def _says_something(row: Any) -> bool:
    """Say whether a cell of a row has more than the name of a column."""
    return any(_is_text(cell[4]) for cell in row[1])


def _is_text(blocks: Nodes) -> bool:
    said = tree.text(tree.inlines_of(blocks[0]) or []) if blocks else ""
    return len(blocks) > 1 or (len(said.split()) >= WORDS and bool(SENTENCE.search(said)))


def _frame(table: Node) -> Nodes | None:
    """Return the blocks of a table's only cell; None where it has more, or a caption."""
    _, (_, caption), _, (_, head), bodies, (_, foot) = table["c"]
    rows = [*head, *(row for body in bodies for row in (*body[2], *body[3])), *foot]
    if caption or len(rows) != 1 or len(rows[0][1]) != 1:
        return None
    inner: Nodes = rows[0][1][0][4]
    return inner
