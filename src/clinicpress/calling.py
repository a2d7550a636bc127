"""Emergency numbers in notices as links to call: who needs one need not copy it by hand.

Such a link is the tool's own, told by its class, which no document can give: the proof sees through
it, and the text stays as it is.
"""

from __future__ import annotations

import re
from typing import Any

from clinicpress import tree
from clinicpress.clinic import countries
from clinicpress.model import Kind
from clinicpress.notices.boxes import kind_of
from clinicpress.tree import Node, Nodes

CALL = "call"
# A number with what is written close to it; of two digits one is not told from other figures.
CLOSE = re.compile(r"(\D*)(\d{3})(\D*)")


def callable_numbers(blocks: Nodes) -> Nodes:
    """Return blocks in which each emergency number within an emergency is a link."""

    def change(node: Node) -> Nodes:
        if node["t"] != "Div" or kind_of(node) is not Kind.EMERGENCY:
            return [node]
        attributes, inner = node["c"]
        return [{"t": "Div", "c": [attributes, _linked(inner)]}]

    called: Nodes = tree.rewrite(blocks, change)
    return called


def _linked(content: Any) -> Any:
    match content:
        case {"t": "Link" | "Note" | "Image" | "Code" | "CodeBlock" | "Math"}:
            return content
        case {"t": tag, "c": inner}:
            return {"t": tag, "c": _linked(inner)}
        case [*nodes]:
            return [piece for at in range(len(nodes)) for piece in _pieces(nodes, at)]
    return content


def _pieces(nodes: list[Any], at: int) -> list[Any]:
    """Return a node with its number as a link, where it has one that is no part of a longer one."""
    node = nodes[at]
    found = CLOSE.fullmatch(node["c"]) if _is_word(node) else None
    if not found or found[2] not in countries.emergency_numbers() or _beside(nodes, at):
        return [_linked(node)]
    before, number, after = found.groups()
    link: Node = {"t": "Link", "c": [tree.attr("", (CALL,)), _text(number), [f"tel:{number}", ""]]}
    return [*_text(before), link, *_text(after)]


def _beside(nodes: list[Any], at: int) -> bool:
    """Say whether figures stand right before or behind, with no more than a space between."""
    near = [
        (nodes[other], other < at)
        for other in range(max(0, at - 2), min(len(nodes), at + 3))
        if other != at and _is_word(nodes[other])
    ]
    return any(node["c"][-1 if before else 0].isdigit() for node, before in near if node["c"])


def _is_word(node: Any) -> bool:
    return isinstance(node, dict) and node.get("t") == "Str"


def _text(text: str) -> Nodes:
    return [{"t": "Str", "c": text}] if text else []
