"""Headings that a web page has in lists: LibreOffice saves its numbered headings so."""

from __future__ import annotations

from typing import Any

from clinicpress.tree import Node, Nodes

LISTS = frozenset({"BulletList", "OrderedList"})


def opened(blocks: Nodes) -> Nodes:
    """Return blocks with lists that hold nothing but headings as these, each with its number."""
    return [
        piece
        for block in blocks
        for piece in (_headings(block) if _is_of_headings(block) else _within(block))
    ]


def _within(block: Node) -> Nodes:
    if block["t"] != "Div":
        return [block]
    attributes, inner = block["c"]
    return [{"t": "Div", "c": [attributes, opened(inner)]}]


def _items(block: Node) -> list[Nodes]:
    content: Any = block["c"]
    items: list[Nodes] = content if block["t"] == "BulletList" else content[1]
    return items


def _is_of_headings(block: Node) -> bool:
    inner = [one for item in _items(block) for one in item] if block["t"] in LISTS else []
    return bool(inner) and all(one["t"] == "Header" or _is_of_headings(one) for one in inner)


def _headings(block: Node) -> Nodes:
    found: Nodes = []
    first: int | None = block["c"][0][0] if block["t"] == "OrderedList" else None
    for at, item in enumerate(_items(block)):
        for one in item:
            if one["t"] in LISTS:
                found += _headings(one)
                continue
            # A browser shows the number of an item before its first line alone.
            number = first + at if first is not None and one is item[0] else None
            found.append(one if number is None else _numbered(one, number))
    return found


def _numbered(heading: Node, number: int) -> Node:
    level, attributes, inlines = heading["c"]
    label: Nodes = [{"t": "Str", "c": f"{number}."}, {"t": "Space"}]
    return {"t": "Header", "c": [level, attributes, [*label, *inlines]]}
