"""Pandoc's tree as plain data: build it, walk it, read its text.

A node is what pandoc's JSON has: `{"t": tag, "c": content}`. Keeping that form means that nothing
has to be translated on the way in or out, so nothing can be lost in translation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

Node = dict[str, Any]
Nodes = list[Node]
Attr = list[Any]

SPACES = {"Space": " ", "SoftBreak": " ", "LineBreak": "\n"}
QUOTES = {"SingleQuote": "‘’", "DoubleQuote": "“”"}
# Where the inlines of a node stand in its content; None: the content is the inlines.
INLINE_AT = {
    "Emph": None, "Strong": None, "Underline": None, "Strikeout": None, "SmallCaps": None,
    "Superscript": None, "Subscript": None,
    "Quoted": 1, "Cite": 1, "Link": 1, "Span": 1,
}  # fmt: skip
EMPHASIS = frozenset({"Emph", "Strong", "Strikeout", "Superscript", "Subscript"})
TEXT_BLOCKS = {"Para": None, "Plain": None, "Header": 2}


def attr(identifier: str = "", classes: tuple[str, ...] = (), **values: str) -> Attr:
    """Return pandoc's attribute triple."""
    return [identifier, list(classes), [[key, value] for key, value in values.items()]]


def string(text: str) -> Nodes:
    """Return inlines for plain text, one `Str` a word."""
    inlines: Nodes = []
    for word in text.split(" "):
        inlines += [{"t": "Space"}] if inlines else []
        inlines += [{"t": "Str", "c": word}] if word else []
    return inlines


def para(text: str) -> Node:
    """Return a paragraph of plain text."""
    return {"t": "Para", "c": string(text)}


def header(level: int, inlines: Nodes, identifier: str = "", reason: str = "") -> Node:
    """Return a heading; `reason` travels with it to the report."""
    attributes = attr(identifier, reason=reason) if reason else attr(identifier)
    return {"t": "Header", "c": [level, attributes, inlines]}


def raw(text: str) -> Node:
    """Return Markdown of our own making that the writer passes through as it is."""
    return {"t": "RawBlock", "c": ["markdown", text]}


def value(node: Node, key: str) -> str:
    """Return an attribute of a Header, Div or Span, or "" where it has none."""
    place = 1 if node["t"] == "Header" else 0
    return next((v for k, v in node["c"][place][2] if k == key), "")


def inlines_of(node: Node) -> Nodes | None:
    """Return the inlines directly inside an inline or a block of text; None where it has none."""
    places = INLINE_AT if node["t"] in INLINE_AT else TEXT_BLOCKS
    if node["t"] not in places:
        return None
    place = places[node["t"]]
    content: Nodes = node["c"] if place is None else node["c"][place]
    return content


def with_inlines(node: Node, inlines: Nodes) -> Node:
    """Return the node with other inlines inside."""
    place = (INLINE_AT | TEXT_BLOCKS)[node["t"]]
    if place is None:
        return {"t": node["t"], "c": inlines}
    content = list(node["c"])
    content[place] = inlines
    return {"t": node["t"], "c": content}


def text(inlines: Nodes) -> str:
    """Return the text of inlines as a reader sees it, footnotes left out."""
    return "".join(_inline_text(node) for node in inlines)


def _inline_text(node: Node) -> str:
    match node:
        case {"t": "Str", "c": str(word)}:
            return word
        case {"t": "Code" | "Math", "c": [_, str(code)]}:
            return code
        case {"t": "Quoted", "c": [{"t": kind}, inner]}:
            return text(inner).join(QUOTES[kind])
        case {"t": tag} if tag in SPACES:
            return SPACES[tag]
    return text(inlines_of(node) or [])


def with_lists(content: Any, change: Callable[[list[Any]], list[Any]]) -> Any:
    """Return a piece of tree with each list in it as `change` makes it, the inner ones first."""
    match content:
        case {"t": tag, "c": inner}:
            return {"t": tag, "c": with_lists(inner, change)}
        case [*nodes]:
            return change([with_lists(node, change) for node in nodes])
    return content


def table(head: Sequence[Sequence[Nodes]], body: Sequence[Sequence[Nodes]]) -> Node:
    """Return a plain table of rows of cells, all of one width; a cell is its blocks."""
    none = {"t": "AlignDefault"}
    width = len([*head, *body][0])

    def rows(given: Sequence[Sequence[Nodes]]) -> list[Any]:
        return [[attr(), [[attr(), none, 1, 1, cell] for cell in row]] for row in given]

    widths = [[none, {"t": "ColWidthDefault"}] for _ in range(width)]
    inner = [[attr(), 0, [], rows(body)]]
    return {
        "t": "Table",
        "c": [attr(), [None, []], widths, [attr(), rows(head)], inner, [attr(), []]],
    }


def tight(node: Node) -> Nodes:
    """Return a wrapper of inlines with the spaces at its ends outside, where Markdown has them."""
    inner = inlines_of(node) or []
    plain = text(inner)
    if not plain.strip():
        return inner
    lead, tail = len(plain) - len(plain.lstrip()), len(plain.rstrip())
    before, rest = split_at(inner, lead)
    middle, after = split_at(rest, tail - lead)
    return [*before, with_inlines(node, middle), *after]


def split_at(inlines: Nodes, offset: int) -> tuple[Nodes, Nodes]:
    """Cut inlines at an offset of their text; what has no text stays with what is before it."""
    at = 0
    for position, node in enumerate(inlines):
        length = len(text([node]))
        if at + length > offset:
            before, after = _split_node(node, offset - at)
            return inlines[:position] + before, after + inlines[position + 1 :]
        at += length
    return inlines, []


def _split_node(node: Node, offset: int) -> tuple[Nodes, Nodes]:
    if offset <= 0:
        return [], [node]
    if node["t"] == "Str":
        return [{"t": "Str", "c": node["c"][:offset]}], [{"t": "Str", "c": node["c"][offset:]}]
    inner = inlines_of(node)
    if inner is None or node["t"] == "Quoted":
        return [node], []
    before, after = split_at(inner, offset)
    return [with_inlines(node, before)], [with_inlines(node, after)]


def rewrite(nodes: Any, change: Callable[[Node], Nodes]) -> Any:
    """Return the tree with every node replaced by what `change` makes of it, innermost first."""
    if isinstance(nodes, list):
        out: list[Any] = []
        for item in nodes:
            mapped = rewrite(item, change)
            out += change(mapped) if _is_node(mapped) else [mapped]
        return out
    if _is_node(nodes) and "c" in nodes:
        return {"t": nodes["t"], "c": rewrite(nodes["c"], change)}
    return nodes


def walk(nodes: Any) -> Iterator[Node]:
    """Yield every node of the tree in reading order, parents first."""
    if isinstance(nodes, list):
        for item in nodes:
            yield from walk(item)
    elif _is_node(nodes):
        yield nodes
        yield from walk(nodes.get("c"))


def _is_node(value: Any) -> bool:
    return isinstance(value, dict) and "t" in value
