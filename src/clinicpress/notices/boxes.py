"""What shows a notice: a box around blocks, or a word before a table's row.

Nothing in either is text of the leaflet: both wrap or stand beside what was there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from clinicpress import tree
from clinicpress.model import Kind
from clinicpress.notices.rules import PRIORITY
from clinicpress.tree import Node, Nodes

Piece = tuple[Kind, Node]
NOTICE = "notice"
# From so many neighbours of a kind on, a list is cut for their notice.
FEW = 2


def notice(kind: Kind, blocks: Nodes) -> Node:
    """Return a notice of a kind around blocks."""
    return {"t": "Div", "c": [tree.attr("", (NOTICE,), kind=kind.value), blocks]}


def row_notice(kind: Kind) -> Node:
    """Return what stands first in a table's row that is a notice; it has no text of its own."""
    return {"t": "Span", "c": [tree.attr("", (NOTICE,), kind=kind.value), []]}


def kind_of(node: Node) -> Kind:
    """Return the kind of a notice, and `NONE` for any other node."""
    if node["t"] in ("Div", "Span") and NOTICE in node["c"][0][1]:
        return Kind(tree.value(node, "kind"))
    return Kind.NONE


def has_notice(content: Any) -> bool:
    """Say whether a notice stands anywhere in a piece of tree."""
    return any(kind_of(node) is not Kind.NONE for node in tree.walk(content))


def joined(pieces: Iterable[Piece]) -> Iterator[Node]:
    """Yield blocks, neighbours of one kind in one notice."""
    for kind, run in groupby(pieces, key=lambda piece: piece[0]):
        blocks = [block for _, block in run]
        if kind is Kind.NONE:
            yield from blocks
        else:
            yield notice(kind, paragraphs(blocks))


def worst(labels: Iterable[Kind]) -> Kind:
    """Return the kind among these whose loss would hurt most."""
    found = set(labels)
    return next((kind for kind in PRIORITY if kind in found), Kind.NONE)


def runs(labels: Sequence[Kind]) -> list[tuple[Kind, int, int]]:
    """Return each run of one label with the places of its first and behind its last."""
    out: list[tuple[Kind, int, int]] = []
    for kind, run in groupby(range(len(labels)), key=labels.__getitem__):
        places = list(run)
        out.append((kind, places[0], places[-1] + 1))
    return out


def listed(
    labels: Sequence[Kind],
    items: Sequence[Nodes],
    part: Callable[[int, list[Nodes]], Node],
    led: Kind,
) -> list[Piece]:
    """Return a list, cut so that neighbours of a kind share a notice; `part` makes each part.

    An item that is the only one of its kind among ordinary ones is marked within the list, which
    stays whole there. Items of the kind `led` of the line that leads in stay with that line.
    """
    pieces: list[Piece] = []
    rest: list[Nodes] = []
    if not items:
        return [(Kind.NONE, part(0, []))]

    def close(end: int) -> None:
        if rest:
            pieces.append((Kind.NONE, part(end - len(rest), list(rest))))
            rest.clear()

    for kind, start, end in runs(labels):
        own = list(items[start:end])
        with_lead = start == 0 and kind is led
        if kind is Kind.NONE:
            rest += own
        elif end - start >= FEW or with_lead or Kind.NONE not in labels:
            close(start)
            pieces.append((kind, part(start, own)))
        else:
            rest += [[notice(kind, paragraphs(item))] for item in own]
    close(len(items))
    return pieces


def paragraphs(blocks: Nodes) -> Nodes:
    """Return blocks with the text of items as paragraphs, as it stands in a notice."""
    return [{"t": "Para", "c": b["c"]} if b["t"] == "Plain" else b for b in blocks]


def rows_of(table: Node) -> list[Any]:
    """Return the rows of a table, those of its head left out."""
    _, _, _, _, bodies, (_, foot) = table["c"]
    return [row for body in bodies for row in (*body[2], *body[3])] + list(foot)


def row_kind(row: Any) -> Kind:
    """Return the kind that a table's row is marked as."""
    first = row[1][0][4] if row[1] else []
    inner = (tree.inlines_of(first[0]) or []) if first else []
    return kind_of(inner[0]) if inner else Kind.NONE


def tabled(table: Node, labels: Sequence[Kind | None], whole: bool = True) -> Piece:
    """Return a table with the kinds of its rows: one label for each row, None for an empty one.

    Where more than half of them are of one kind all of it is one notice; of an emergency only where
    all are, or what can wait would look as if it could not. A row of another kind is marked by
    itself, for a table that is cut can't be read; so is each where it may not be `whole`.
    """
    given = [kind for kind in labels if kind is not None]
    most = next((kind for kind in PRIORITY if 2 * given.count(kind) > len(given)), Kind.NONE)
    if not whole or (most is Kind.EMERGENCY and set(given) != {most}):
        most = Kind.NONE
    left = iter(labels)

    def change(row: Any) -> Any:
        kind = next(left)
        return row if kind in (None, Kind.NONE, most) else _signed(row, kind)

    return most, with_rows(table, change)


def with_rows(table: Node, change: Callable[[Any], Any]) -> Node:
    """Return a table with each of its rows, those of its head left out, as `change` makes it."""
    *before, bodies, (foot_attributes, foot) = table["c"]
    made = [[*body[:2], [*map(change, body[2])], [*map(change, body[3])]] for body in bodies]
    return {"t": "Table", "c": [*before, made, [foot_attributes, [*map(change, foot)]]]}


def _signed(row: Any, kind: Kind) -> Any:
    """Return a row with the sign of its kind before its first text."""
    attributes, ((*aligned, blocks), *cells) = row
    first = blocks[0] if blocks and blocks[0]["t"] in ("Para", "Plain") else None
    sign = row_notice(kind)
    if first is None:
        blocks = [{"t": "Plain", "c": [sign]}, *blocks]
    else:
        blocks = [tree.with_inlines(first, [sign, *first["c"]]), *blocks[1:]]
    return [attributes, [[*aligned, blocks], *cells]]
