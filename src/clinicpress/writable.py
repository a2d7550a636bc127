"""Blocks as pandoc can write them in the Markdown that Python-Markdown reads back as the same."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from clinicpress import calling, notices, tree
from clinicpress.model import Kind
from clinicpress.notices.boxes import kind_of
from clinicpress.rendered import ROW_NOTICE
from clinicpress.tree import Node, Nodes

NUMBER = re.compile(r"\d+[.)]")
NOTHING = frozenset({"Space", "SoftBreak", "LineBreak", "Strong", "Emph"})
# Signs that mean something to Python-Markdown, and nothing to pandoc, which leaves them bare.
BARE_SIGNS = re.compile(r"[{}\\]|&(?=#?\w+;)|^///|!(?=\[)|#+$|^#+|^:|^=+$|^-+$|^\+")
AS_HTML: Mapping[str, str] = {
    "Emph": "em", "Strikeout": "s", "Strong": "strong", "Subscript": "sub", "Superscript": "sup",
}  # fmt: skip
OPENS, CLOSES = "///", "///"
# No document can have a link of this scheme. Some tables can only be written as HTML, in which the
# engine changes no address: where a link in a table leads is known when it is written.
PAGE = "clinicpress-page:"
IN_HTML = re.compile(rf'(?<=href="){PAGE}([^"]*)')
RELATIVE = re.compile(r"[^:#]+\.md(?:#|$)")

Change = Callable[[Node], Nodes]
Box = Callable[[Kind, str, str, Nodes], Nodes]  # kind, title, address or "", what it holds


def blocks(given: Nodes, rules: notices.Rules) -> Nodes:
    """Write notices as fences, and signs that pandoc would leave bare as escapes."""

    def change(node: Node) -> Nodes:
        match node:
            case {"t": "Header"}:
                return [_plain_header(node)]
            case {"t": "Table"}:
                return [tree.rewrite(unsized(_with_spaced_cells(node)), _in_table)]
            case {"t": "DefinitionList", "c": entries}:
                return [
                    {"t": "DefinitionList", "c": [[t, [*map(_spaced, ds)]] for t, ds in entries]}
                ]
            case {"t": "BulletList", "c": items}:
                return [{"t": "BulletList", "c": [*map(_spaced_item, items)]}]
            case {"t": "OrderedList", "c": [style, items]}:
                return [{"t": "OrderedList", "c": [style, [*map(_spaced_item, items)]]}]
            case {"t": "Code", "c": [_, str(code)]} if not code.strip() or "`" in code:
                # Python-Markdown has no way to write these as code; the text stays.
                return [inline for plain in tree.string(code) for inline in _written(plain)]
        return _written(node)

    return _noticed(tree.with_lists(given, _apart), rules, _fenced, change)


def _apart(nodes: list[Any]) -> list[Any]:
    """Return blocks with a comment between two of code, which would else be one."""
    out: list[Any] = []
    for node in nodes:
        if out and _is_code(node) and _is_code(out[-1]):
            out.append(tree.raw("<!-- -->"))
        out.append(node)
    return out


def _is_code(node: Any) -> bool:
    return isinstance(node, dict) and node.get("t") == "CodeBlock"


def for_html(given: Nodes, rules: notices.Rules) -> Nodes:
    """Return blocks for pandoc to write as HTML, as the engine would have made it of Markdown."""

    def change(node: Node) -> Nodes:
        match node:
            case {"t": "Link", "c": [attributes, inlines, [address, _]]}:
                return [{"t": "Link", "c": [attributes, inlines, [built(address), ""]]}]
            case {"t": "Table"}:
                return [unsized(node)]
        return [node]

    return _noticed(given, rules, _boxed, change)


def _noticed(given: Nodes, rules: notices.Rules, box: Box, change: Change) -> Nodes:
    """Write each notice as `box` does, each row that is one with its word, the rest by `change`."""

    def written(node: Node) -> Nodes:
        kind = kind_of(node)
        if kind is Kind.NONE:
            return change(node)
        (address, *_), inner = node["c"]
        if node["t"] == "Span":
            return _row_notice(kind, rules.row_titles[kind], address)
        return box(kind, rules.titles[kind], address, inner)

    called = calling.callable_numbers(given)
    out: Nodes = tree.rewrite(tree.rewrite(called, _tight), written)
    return out


def _unbroken(inlines: Nodes) -> Nodes:
    """Return a paragraph without line breaks before it, which would part it from its list."""
    at = next((at for at, node in enumerate(inlines) if node["t"] not in tree.SPACES), 0)
    return inlines[at:]


def _no_list(inlines: Nodes) -> Nodes:
    """Return a paragraph's text that no first number of a line makes a list of.

    Pandoc sees to it, but not where a line break stands before or behind the number, or nothing
    before it.
    """
    out: Nodes = []
    begins = True
    for node in inlines:
        if begins and node["t"] == "Str" and NUMBER.fullmatch(node["c"]):
            digits, sign = node["c"][:-1], node["c"][-1]
            out += [{"t": "Str", "c": digits}, {"t": "RawInline", "c": ["markdown", f"\\{sign}"]}]
        else:
            out.append(node)
        begins = node["t"] == "LineBreak" or (begins and node["t"] in NOTHING and not node.get("c"))
    return out


def finished(text: str) -> str:
    """Return Markdown that pandoc wrote of blocks, its links within the leaflet aimed."""
    return IN_HTML.sub(lambda link: built(link[1]), text).replace(PAGE, "")


def built(address: str) -> str:
    """Return where a link within a leaflet leads on the site as it is built."""
    return address.replace(".md", ".html", 1) if RELATIVE.match(address) else address


def unsized(table: Node) -> Node:
    """Return a table without widths of columns: paper's, and styles that a strict policy blocks."""
    name, caption, columns, *rest = table["c"]
    widths = [[alignment, {"t": "ColWidthDefault"}] for alignment, _ in columns]
    return {"t": "Table", "c": [name, caption, widths, *rest]}


def _in_table(node: Node) -> Nodes:
    """Write an escape and a link so that they stay what they are where a table becomes HTML."""
    match node:
        case {"t": "RawInline", "c": ["markdown", str(escape)]} if escape.startswith("\\"):
            # One of Markdown is dropped there.
            entities = "".join(f"&#{ord(sign)};" for sign in escape[1::2])
            return [{"t": "RawInline", "c": ["html", entities]}]
        case {"t": "Link", "c": [attributes, inlines, [address, title]]}:
            if RELATIVE.match(address):
                return [{"t": "Link", "c": [attributes, inlines, [PAGE + address, title]]}]
    return [node]


def _tight(node: Node) -> Nodes:
    """Write emphasis as Markdown can: spaces outside, no underlining (it looks like a link)."""
    if node["t"] in ("Underline", "SmallCaps"):
        return list(node["c"])
    return tree.tight(node) if node["t"] in tree.EMPHASIS else [node]


def _spaced(blocks: Nodes) -> Nodes:
    """Put a blank line after text that has more below it: without one that would run on."""
    if len(blocks) == 1:
        return blocks
    return [{"t": "Para", "c": b["c"]} if b["t"] == "Plain" else b for b in blocks]


# What an item of a list may begin with, as Python-Markdown reads it.
_FIRST = frozenset({"Para", "Plain", "BulletList", "OrderedList"})
_SPACE: Node = {"t": "RawInline", "c": ["markdown", "&nbsp;"]}


def _with_spaced_cells(table: Node) -> Node:
    """Return a table in whose cells no text runs on into what is below it."""

    def spaced(rows: list[Any]) -> list[Any]:
        return [[a, [[*cell[:4], _spaced(cell[4])] for cell in cells]] for a, cells in rows]

    name, caption, widths, head, bodies, foot = table["c"]
    inner = [[a, count, spaced(heads), spaced(rows)] for a, count, heads, rows in bodies]
    ends = [[head[0], spaced(head[1])], inner, [foot[0], spaced(foot[1])]]
    return {"t": "Table", "c": [name, caption, widths, *ends]}


def _spaced_item(blocks: Nodes) -> Nodes:
    """Space an item out unless only lists follow its text: they may follow closely.

    One with nothing in it gets a space, for its sign alone would become text; so does one that
    begins with a quotation, a table or code, which would be taken for text.
    """
    if all(block["t"] in ("Para", "Plain") and not block["c"] for block in blocks):
        return [{"t": "Plain", "c": [_SPACE]}]
    if blocks[0]["t"] not in _FIRST:
        return [{"t": "Para", "c": [_SPACE]}, *_spaced(blocks)]
    tight = all(block["t"] in ("BulletList", "OrderedList") for block in blocks[1:])
    return blocks if tight else _spaced(blocks)


def _written(node: Node) -> Nodes:
    if node["t"] in ("Para", "Plain"):
        return [{"t": node["t"], "c": _no_list(_unbroken(node["c"]))}]
    if node["t"] == "Code":
        return _code(node)
    if node["t"] in AS_HTML and any(
        inner["t"] in (node["t"], "LineBreak") for inner in tree.walk(node["c"])
    ):
        # Python-Markdown has no marks for one within its own kind, or over a line's end.
        name = AS_HTML[node["t"]]
        return [_mark(f"<{name}>"), *node["c"], _mark(f"</{name}>")]
    return _escaped(node["c"]) if node["t"] == "Str" else [node]


def _mark(tag: str) -> Node:
    return {"t": "RawInline", "c": ["html", tag]}


def _code(node: Node) -> Nodes:
    """Write the spaces at the ends of code outside it: Python-Markdown would drop them."""
    attributes, text = node["c"]
    inner = {"t": "Code", "c": [attributes, text.strip()]}
    before = [{"t": "Space"}] if text[:1].isspace() else []
    return [*before, inner, *([{"t": "Space"}] if text[-1:].isspace() else [])]


def _fenced(kind: Kind, title: str, address: str, inner: Nodes) -> Nodes:
    label = json.dumps(title, ensure_ascii=False)
    more = f", id: {address}" if address else ""
    opens = f"{OPENS} {kind} | {title}\n    attrs: {{role: group, aria-label: {label}{more}}}"
    return [tree.raw(opens), *inner, tree.raw(CLOSES)]


def _boxed(kind: Kind, title: str, address: str, inner: Nodes) -> Nodes:
    name = f' id="{address}"' if address else ""
    opens = f'<div aria-label="{title}" class="admonition {kind}"{name} role="group">'
    heading = f'<p class="admonition-title">{title}</p>'
    return [_html(f"{opens}\n{heading}"), *inner, _html("</div>")]


def _html(text: str) -> Node:
    return {"t": "RawBlock", "c": ["html", text]}


def _row_notice(kind: Kind, title: str, address: str) -> Nodes:
    """Return the word that says what a table's row is: text for every reader, not of the source."""
    attributes = tree.attr(address, (ROW_NOTICE, str(kind)))
    return [{"t": "Span", "c": [attributes, tree.string(title)]}, {"t": "Space"}]


def _plain_header(node: Node) -> Node:
    """Keep a heading's address, which links need, and drop the rest; a page's title needs none."""
    level, (identifier, *_), inlines = node["c"]
    return {"t": "Header", "c": [level, tree.attr(identifier if level > 1 else ""), inlines]}


def _escaped(word: str) -> Nodes:
    out: Nodes = []
    at = 0
    for sign in BARE_SIGNS.finditer(word):
        out += [{"t": "Str", "c": word[at : sign.start()]}] if sign.start() > at else []
        escaped = "".join(f"\\{character}" for character in sign.group())
        out.append({"t": "RawInline", "c": ["markdown", escaped]})
        at = sign.end()
    return out + ([{"t": "Str", "c": word[at:]}] if at < len(word) or not out else [])
