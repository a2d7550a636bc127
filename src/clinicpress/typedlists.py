"""Lists whose marks or numbers were typed, as text of paragraphs that stand one below the other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from clinicpress import headings, tree
from clinicpress.lines import BULLET, NUMBERED
from clinicpress.tree import Node, Nodes

LETTERED = re.compile(r"^\s*\(?([a-z])[.)]\s+(?=\S)")
FIRST = ord("a")


def bulleted(blocks: Nodes) -> Nodes:
    """Return the blocks with a list for each run of paragraphs that begin with a dot or dash."""
    out: Nodes = []
    for is_item, run in groupby(blocks, key=_has_bullet):
        members = list(run)
        out += [_bullets(members)] if is_item else members
    return out


def _bullets(run: Nodes) -> Node:
    return {"t": "BulletList", "c": [[{"t": "Plain", "c": _after(each, BULLET)}] for each in run]}


def _has_bullet(block: Node) -> bool:
    return block["t"] == "Para" and bool(BULLET.match(tree.text(block["c"])))


def numbered(blocks: Nodes) -> Nodes:
    """Return the blocks with a list for each run of paragraphs that count up.

    One that goes on from headings with numbers, or that such a heading goes on from, is headings.
    """
    runs = list(_runs(blocks))
    lone = {_number(run[0]) for run in runs if len(run) == 1 and _heads(run[0])}
    out: Nodes = []
    for run in runs:
        out += [_list(run)] if len(run) > 1 and not _goes_on(run, lone) else run
    return out


def numbers(inferred: Nodes, blocks: Nodes) -> Iterator[str]:
    """Yield the numbers that stood as text in blocks, and now are those of lists."""
    there = {id(block) for block in blocks}
    for block in inferred:
        if block["t"] == "OrderedList" and id(block) not in there:
            (first, *_), items = block["c"]
            yield from map(str, range(first, first + len(items)))


def _runs(blocks: Nodes) -> Iterator[Nodes]:
    """Yield the blocks in runs: those of one count together, any other alone."""
    run: Nodes = []
    for block in blocks:
        if run and not _follows(run[-1], block):
            yield run
            run = []
        run.append(block)
    if run:
        yield run


def _follows(block: Node, after: Node) -> bool:
    kinds = (_number, _letter)
    pairs = [(kind(block), kind(after)) for kind in kinds]
    return any(0 < first == second - 1 for first, second in pairs)


def _number(block: Node) -> int:
    """Return the number that a paragraph begins with, 0 for none."""
    found = NUMBERED.match(tree.text(block["c"])) if block["t"] == "Para" else None
    return int(found[1]) if found else 0


def _letter(block: Node) -> int:
    found = LETTERED.match(tree.text(block["c"])) if block["t"] == "Para" else None
    return ord(found[1]) - FIRST + 1 if found else 0


def _heads(block: Node) -> bool:
    return _number(block) > 0 and headings.heading_like(tree.text(block["c"]).strip())


def _goes_on(run: Nodes, lone: set[int]) -> bool:
    """Say whether a run is part of a count of headings, which has none of its numbers besides."""
    count = [_number(block) for block in run]
    return bool({count[0] - 1, count[-1] + 1} & lone - {0}) and not lone.intersection(count)


def _list(run: Nodes) -> Node:
    first = _number(run[0])
    if not first:  # no page counts in letters: they stay as they were typed
        return {"t": "BulletList", "c": [[{"t": "Plain", "c": block["c"]}] for block in run]}
    items = [[{"t": "Plain", "c": _after(block, NUMBERED)}] for block in run]
    return {"t": "OrderedList", "c": [[first, {"t": "Decimal"}, {"t": "Period"}], items]}


def _after(block: Node, mark: re.Pattern[str]) -> Nodes:
    """Return what a paragraph says behind its mark."""
    found = mark.match(tree.text(block["c"]))
    _, rest = tree.split_at(block["c"], found.end() if found else 0)
    return list(rest)
