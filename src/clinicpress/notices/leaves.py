"""The texts in a piece of the tree, each with what its author named the box around it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from clinicpress import tree
from clinicpress.model import Kind
from clinicpress.notices import authors
from clinicpress.notices.authors import Named
from clinicpress.notices.rules import Rules

_INLINE = (
    frozenset(tree.INLINE_AT)
    | frozenset(tree.SPACES)
    | {"Str", "Code", "Math", "Note", "Image", "RawInline"}
)
# What a cell says where its column's head does not hold.
_NOT = frozenset({"no", "non", "never", "nunca", "jamais", "none", "n/a"})


def row_text(row: Any) -> str:
    """Return the text of a row of a table, its cells parted by bars."""
    return " | ".join(filter(None, cells(row)))


def row_name(rules: Rules, row: Any, heads: Sequence[str] = ()) -> Named | None:
    """Return what the author named a row: by a style, a cell that begins so, or a column's head."""
    found = [leaf for cell in row[1] for leaf in leaves(cell[4])]
    names = (named or authors.beginning(rules, text) for text, named in found)
    return next(filter(None, names), None) or _headed(rules, cells(row), heads)


def _headed(rules: Rules, row: Sequence[str], heads: Sequence[str]) -> Named | None:
    """Return the emergency of a row that has something in a column such as “Call 999 if”."""
    if len(row) != len(heads):
        return None
    for head, cell in zip(heads, row, strict=True):
        says = any(sign.isalnum() for sign in cell) and cell.strip(" .").lower() not in _NOT
        if says and "?" not in head and rules.outright(head):
            return Named(Kind.EMERGENCY, True, rules.words["heading"].format(heading=head))
    return None


def cells(row: Any) -> list[str]:
    """Return the text of each cell of a row of a table."""
    return [" ".join(texts(cell[4])) for cell in row[1]]


def texts(content: Any) -> list[str]:
    """Return the text of each paragraph in a piece of tree, footnotes left out."""
    return [text for text, _ in leaves(content)]


def leaves(content: Any, named: Named | None = None) -> list[tuple[str, Named | None]]:
    """Return the text of each paragraph, with what its author named the box it stands in."""
    if isinstance(content, list):
        if content and all(isinstance(node, dict) and node.get("t") in _INLINE for node in content):
            return [(text, named)] if (text := " ".join(tree.text(content).split())) else []
        return [leaf for item in content for leaf in leaves(item, named)]
    match content:
        case {"t": "CodeBlock", "c": [_, str(code)]}:
            return [(" ".join(code.split()), named)] if code.strip() else []
        case {"t": "Header", "c": [_, _, inlines]}:
            return leaves(inlines, named)
        case {"t": "Div", "c": [_, inner]}:
            return leaves(inner, authors.name_of(content) or named)
        case {"t": tag, "c": inner} if tag not in _INLINE:
            return leaves(inner, named)
    return []
