"""Take out of a document all that could act: raw HTML, links that run, pictures from afar."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from clinicpress import tree
from clinicpress.notices import authors
from clinicpress.tree import Node, Nodes

SAFE_SCHEMES = frozenset({"http", "https", "mailto", "tel", "sms"})
SCHEME = re.compile(r"^([a-z][a-z0-9+.-]*):", re.IGNORECASE)
# Browsers drop these inside an address, so `java\tscript:` is a scheme too.
INVISIBLE = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\ufeff]")
BREAK = re.compile(r"^<br\s*/?>$", re.IGNORECASE)
COMMENT = re.compile(r"^\s*<!--.*-->\s*$", re.DOTALL)
SILENT = r"<(script|style)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)"
TAG_OR_SILENT = re.compile(SILENT + r"|<[^>]*>", re.I | re.S)
TAG = re.compile(r"^\s*<(/?[a-z][a-z0-9-]*)", re.IGNORECASE)
# C0 and C1 controls draw nothing and break XML, YAML and Typst alike; soft hyphens and zero-width
# spaces draw nothing, break up words for a search, and confuse Markdown.
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b\u2060\ufeff]")


def clean(blocks: Nodes, image: Callable[[str], str | None]) -> tuple[Nodes, tuple[str, ...]]:
    """Return the blocks without anything active, and a line for each kind of thing removed.

    `image` returns the address to use for a picture's, or None where it can't be had; a picture
    without one leaves its description in its place.
    """
    removed: Counter[str] = Counter()
    links = (node["c"][2][0] for node in tree.walk(blocks) if node["t"] == "Link")
    # A place that a link leads to keeps its name until the links are aimed at pages.
    linked = {address[1:] for address in links if address.startswith("#")} - {""}

    def change(node: Node) -> Nodes:
        match node["t"]:
            case "RawBlock" | "RawInline":
                return _raw(node, removed)
            case "Link" if not safe_address(node["c"][2][0]):
                removed["a link that could run a program (its text is kept)"] += 1
                return list(node["c"][1])
            case "Image":
                return _image(node, image, removed)
            case "Str":
                word = CONTROLS.sub("", node["c"])
                return [{"t": "Str", "c": word}] if word else []
            case "Span":
                name = node["c"][0][0]
                named = {"t": "Span", "c": [tree.attr(name), node["c"][1]]}
                return [named] if name in linked else list(node["c"][1])
            case "Link" | "Code" | "CodeBlock":
                return [_without_attributes(node)]
            case "Table":
                return [_plain_table(node)]
        return [node]

    cleaned = _flat_headings(_unwrap_divs(tree.rewrite(blocks, change)))
    return cleaned, tuple(f"{what}: {n}" for what, n in sorted(removed.items()))


def _plain_table(table: Node) -> Node:
    """Return a table without the styles that Word gives each: none may come to a page."""
    _, caption, widths, head, bodies, foot = table["c"]

    def plain(rows: list[Any]) -> list[Any]:
        return [[tree.attr(), [[tree.attr(), *cell[1:]] for cell in cells]] for _, cells in rows]

    inner = [[tree.attr(), count, plain(heads), plain(rows)] for _, count, heads, rows in bodies]
    ends = [[tree.attr(), plain(head[1])], inner, [tree.attr(), plain(foot[1])]]
    return {"t": "Table", "c": [tree.attr(), caption, widths, *ends]}


def captions(blocks: Nodes) -> frozenset[str]:
    """Return the texts that belong to pictures in blocks that are not cleaned yet.

    They are captions, and descriptions, which stand in the place of a picture that can't be had.
    """
    texts = (tree.text(_described(tree.inlines_of(block) or [])) for block in _captions(blocks))
    return frozenset(" ".join(text.split()) for text in texts) - {""}


def _described(inlines: Nodes) -> Nodes:
    """Return inlines with the description of each picture in its place."""
    return [
        one
        for inline in inlines
        for one in (inline["c"][1] if inline["t"] == "Image" else [inline])
    ]


def _captions(blocks: Nodes, within: bool = False) -> Iterator[Node]:
    for block in blocks:
        if block["t"] == "Figure":
            yield from _captions([*block["c"][1][1], *block["c"][2]], within=True)
        elif block["t"] == "Div":
            is_one = "caption" in tree.value(block, "custom-style").lower()
            yield from _captions(block["c"][1], within or is_one)
        elif within or _is_picture(block):
            yield block


def _is_picture(block: Node) -> bool:
    """Say whether a block holds pictures alone."""
    kinds = {inline["t"] for inline in tree.inlines_of(block) or []}
    return kinds - set(tree.SPACES) == {"Image"}


def safe_address(address: str) -> bool:
    """Say whether a link may be followed from a patient's page: a known scheme, or none at all."""
    scheme = SCHEME.match(INVISIBLE.sub("", address))
    return scheme is None or scheme.group(1).lower() in SAFE_SCHEMES


def has_text(html: str) -> bool:
    """Say whether raw HTML has anything to read beside tags, comments, scripts, styles."""
    return bool(TAG_OR_SILENT.sub("", html).strip())


def _raw(node: Node, removed: Counter[str]) -> Nodes:
    text = node["c"][1]
    if BREAK.match(text):
        return [{"t": "LineBreak"}] if node["t"] == "RawInline" else []
    if COMMENT.match(text):
        removed["a comment in the source"] += 1
    else:
        tag = TAG.match(text)
        name = tag.group(1).lower().lstrip("/") if tag else "raw"
        removed[f"raw HTML <{name}>" if tag else "raw markup"] += 1
    return []


def _image(node: Node, image: Callable[[str], str | None], removed: Counter[str]) -> Nodes:
    _, alternative, (address, _) = node["c"]
    found = image(address)
    if found is not None:
        return [{"t": "Image", "c": [tree.attr(), alternative, [found, ""]]}]
    removed["a picture that is not beside the document (its description is kept)"] += 1
    return list(alternative)


def _without_attributes(node: Node) -> Node:
    content = list(node["c"])
    content[0] = tree.attr()
    if node["t"] == "Link":
        content[2] = [content[2][0], ""]
    return {"t": node["t"], "c": content}


def _flat_headings(blocks: Nodes) -> Nodes:
    """Make a heading inside a list, quotation or table a strong line: it heads nothing."""

    def change(node: Node) -> Nodes:
        if node["t"] != "Header":
            return [node]
        return [{"t": "Para", "c": [{"t": "Strong", "c": node["c"][2]}]}]

    out: Nodes = []
    for block in blocks:
        if block["t"] == "Header" and not tree.text(block["c"][2]).strip():
            # Nothing to read in it: what else it holds, a picture say, is not a heading.
            out += [{"t": "Para", "c": block["c"][2]}] if block["c"][2] else []
        elif block["t"] == "Header":
            inlines = tree.rewrite(block["c"][2], change)
            out.append({"t": "Header", "c": [*block["c"][:2], inlines]})
        elif "c" not in block:
            out.append(block)
        else:
            out.append({"t": block["t"], "c": tree.rewrite(block["c"], change)})
    return out


def _unwrap_divs(blocks: Nodes) -> Nodes:
    """Put the blocks of a wrapper in its place, unless its author named a notice by it."""

    def change(node: Node) -> Nodes:
        if node["t"] in ("Div", "BlockQuote"):
            return authors.named(node)
        if node["t"] == "Figure":
            caption = node["c"][1][1]
            return [*node["c"][2], *caption]
        return [node]

    unwrapped: Nodes = tree.rewrite(blocks, change)
    return unwrapped
