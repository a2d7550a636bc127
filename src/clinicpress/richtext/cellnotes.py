"""Notes in the cells of a table, of which pandoc would take the rows before for the note's own.

So each goes to it behind all else, and a mark stands in its cell; here they come back together.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from clinicpress import tree
from clinicpress.tree import Node, Nodes


def joined(blocks: Nodes, marks: Collection[str]) -> Nodes:
    """Return blocks with each note where its mark stands, and without what brought it."""
    if not marks:
        return blocks
    notes = dict(found for block in blocks if (found := _brought(block, marks)))
    kept = [block for block in blocks if not _brought(block, marks)]
    out: Nodes = tree.rewrite(kept, lambda node: _placed(node, notes))
    return out


def _brought(block: Node, marks: Collection[str]) -> tuple[str, Node] | None:
    """Return the mark and the note of a paragraph that only brings one, None for any other."""
    match block:
        case {"t": "Para", "c": [{"t": "Str", "c": str(mark)}, {"t": "Note"} as note]}:
            return (mark, note) if mark in marks else None
    return None


def _placed(node: Node, notes: dict[str, Any]) -> Nodes:
    if node["t"] != "Str":
        return [node]
    out: Nodes = []
    for letter in node["c"]:
        if letter in notes:
            out.append(notes[letter])
        elif out and out[-1]["t"] == "Str":
            out[-1] = {"t": "Str", "c": out[-1]["c"] + letter}
        else:
            out.append({"t": "Str", "c": letter})
    return out
