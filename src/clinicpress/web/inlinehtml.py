"""HTML within a line of Markdown, as code hosts show it: tags that mark words become marks.

What this doesn't know stays raw HTML, which whoever cleans the text takes out and names.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from clinicpress import tree
from clinicpress.tree import Node, Nodes
from clinicpress.web import phrasing

MARKS: Mapping[str, str] = {
    "b": "Strong", "strong": "Strong", "i": "Emph", "em": "Emph", "s": "Strikeout",
    "strike": "Strikeout", "del": "Strikeout", "sup": "Superscript", "sub": "Subscript",
}  # fmt: skip
PAIRED = frozenset(MARKS) | {"a"}


def marked(content: Any) -> Any:
    """Return blocks or inlines with the HTML within their lines as what it says."""
    return tree.with_lists(
        content, lambda nodes: _paired(nodes) if any(map(_is_raw, nodes)) else nodes
    )


def _is_raw(node: Any) -> bool:
    return isinstance(node, dict) and node.get("t") == "RawInline" and node["c"][0] == "html"


@dataclass
class _Tag(HTMLParser):
    """A tag on its own: its name, that of the one it closes, and what it says."""

    name: str = ""
    closes: str = ""
    says: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.name = tag
        self.says = {name: value or "" for name, value in attrs}

    def handle_endtag(self, tag: str) -> None:
        self.closes = "" if self.name else tag


def _tag(node: Node) -> _Tag:
    tag = _Tag()
    if _is_raw(node):
        tag.feed(node["c"][1])
    return tag


def _paired(nodes: Nodes) -> Nodes:
    """Return inlines with what stands between two tags of a kind in a node of its own."""
    # What is open: the tag as it stood, and what came behind it so far. The first is the line.
    open_: list[tuple[Node, _Tag, Nodes]] = [({}, _Tag(), [])]
    for node in nodes:
        tag = _tag(node)
        if tag.name in PAIRED:
            open_.append((node, tag, []))
            continue
        names = [one.name for _, one, _ in open_]
        if tag.closes and tag.closes in names:
            while open_[-1][1].name != tag.closes:
                _leave(open_)
            _, one, inner = open_.pop()
            open_[-1][2].extend(_node(one, inner))
        else:
            open_[-1][2].extend(_empty(tag) or [node])
    while len(open_) > 1:
        _leave(open_)
    return open_[0][2]


def _leave(open_: list[tuple[Node, _Tag, Nodes]]) -> None:
    """Put back a tag that never closes, and what stands behind it."""
    node, _, inner = open_.pop()
    open_[-1][2].extend([node, *inner])


def _node(tag: _Tag, inner: Nodes) -> Nodes:
    if tag.name in MARKS:
        return [{"t": MARKS[tag.name], "c": inner}] if inner else []
    name = tag.says.get("id") or tag.says.get("name") or ""
    named: Nodes = [{"t": "Span", "c": [tree.attr(name), inner]}] if name else inner
    address = tag.says.get("href", "")
    return [{"t": "Link", "c": [tree.attr(), named, [address, ""]]}] if address else named


def _empty(tag: _Tag) -> Nodes:
    """Return what a tag shows that has no end: a picture, a box to tick."""
    if tag.name == "img":
        description = tree.string(" ".join(tag.says.get("alt", "").split()))
        return [{"t": "Image", "c": [tree.attr(), description, [tag.says.get("src", ""), ""]]}]
    sign = phrasing.box(tag.says) if tag.name == "input" else ""
    return [{"t": "Space"}, {"t": "Str", "c": sign}, {"t": "Space"}] if sign else []
