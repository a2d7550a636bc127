"""The pages of a leaflet as one text for paper: notes in place, links aimed within it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

from clinicpress import conservation, pandoc, rendering, tree, writing
from clinicpress.errors import ClinicpressError
from clinicpress.model import Kind
from clinicpress.notices import boxes
from clinicpress.rendered import ROW_NOTICE, RenderedPage
from clinicpress.tree import Node, Nodes


def blocks(pages: Sequence[str], texts: Sequence[str]) -> Nodes:
    """Return the blocks of all pages as one document, no word of them missing."""
    rendered = [rendering.render(writing.body_of(text)) for text in texts]
    names = [PurePosixPath(page).name for page in pages]
    # Pandoc keeps what a <nav> holds and not that it is one.
    marked = (html.replace("<nav ", "<div ").replace("</nav>", "</div>") for html in rendered)
    wrapped = (f"<div>{html}</div>" for html in marked)
    read = pandoc.read_html("\n".join(wrapped), pages[0])
    divs = [node for node in read["blocks"] if node["t"] == "Div"]
    expected = [word for html in rendered for word in RenderedPage(html).words()]
    blocks = [
        block
        for name, div in zip(names, divs, strict=True)
        for block in _page_blocks(name, div["c"][1])
    ]
    difference = conservation.compare(expected, conservation.tree_words(blocks))
    if difference is not None:
        problem = f"the PDF would lose words after “… {difference.before}”: “{difference.source}”"
        raise ClinicpressError(pages[0], problem, "Please report this with the page.")
    return _resolved(blocks)


def _page_blocks(name: str, blocks: Nodes) -> Nodes:
    """Return a page's blocks with footnotes in place, notices marked, addresses its own."""
    notes = {
        div["c"][0][0]: div["c"][1]
        for div in tree.walk(blocks)
        if div["t"] == "Div" and div["c"][0][0].startswith("fn:")
    }

    def change(node: Node) -> Nodes:
        match node:
            case {"t": "Link", "c": [[_, ["footnote-ref"], _], _, [target, _]]}:
                return [
                    {"t": "Note", "c": tree.rewrite(notes.get(target[1:], []), _without_backlinks)}
                ]
            case {"t": "Superscript", "c": [{"t": "Note"} as note]}:
                return [note]
            case {"t": "Link", "c": [[_, classes, _], inner, [target, _]]}:
                return [] if "headerlink" in classes else [_link(name, inner, target)]
            case {"t": "Header", "c": [level, [identifier, *_], inlines]}:
                return [tree.header(level, inlines, _label(name, identifier if level > 1 else ""))]
            case {"t": "Div", "c": [[_, classes, _], inner]}:
                return _div(classes, inner)
            case {"t": "Span", "c": [[_, classes, _], inner]}:
                return _span(classes, inner)
        return [node]

    blocks = [block for block in blocks if not _is_furniture(block)]
    changed: Nodes = tree.rewrite(blocks, change)
    return changed


def _is_furniture(block: Node) -> bool:
    return block["t"] == "Div" and bool({"footnote", "leaflet-sections"} & set(block["c"][0][1]))


def _without_backlinks(node: Node) -> Nodes:
    if node["t"] == "Link" and "footnote-backref" in node["c"][0][1]:
        return []
    if node["t"] == "Str":
        return [{"t": "Str", "c": node["c"].rstrip("\xa0")}]
    return [node]


def _div(classes: list[str], inner: Nodes) -> Nodes:
    kind = next((kind for kind in Kind if kind in classes), None)
    if kind is None or "admonition" not in classes:
        return list(inner)
    return [boxes.notice(kind, inner[1:])]


def _span(classes: list[str], inner: Nodes) -> Nodes:
    """Return a row's notice as one, and of any other span what is in it."""
    if ROW_NOTICE not in classes:
        return list(inner)
    return [boxes.row_notice(kind) for kind in Kind if kind in classes]


def _link(page: str, inner: Nodes, target: str) -> Node:
    """Aim a link between pages at its place in the one document."""
    address, _, anchor = target.partition("#")
    if "://" not in target:
        address = address.replace(".html", ".md")  # as a link in a table's HTML has it
    if "://" not in target and (address.endswith(".md") or not address):
        target = "#" + _label(address or page, anchor)
    return {"t": "Link", "c": [tree.attr(), inner, [target, ""]]}


def _label(page: str, anchor: str) -> str:
    return f"{page.removesuffix('.md')}--{anchor}" if anchor else page.removesuffix(".md")


def _resolved(blocks: Nodes) -> Nodes:
    """Take the title off, raise the landing page's headings, drop links that lead nowhere."""
    labels = {node["c"][1][0] for node in tree.walk(blocks) if node["t"] == "Header"}
    title = tree.header(1, [], "index")

    def change(node: Node) -> Nodes:
        if (
            node["t"] == "Link"
            and node["c"][2][0].startswith("#")
            and node["c"][2][0][1:] not in labels - {"index"}
        ):
            return list(node["c"][1])
        if node["t"] == "DefinitionList":  # a term of Typst is one line
            node = {"t": "DefinitionList", "c": [[_one_line(t), m] for t, m in node["c"]]}
        if node["t"] == "Header" and node["c"][1][0].startswith("index--"):
            return [{"t": "Header", "c": [node["c"][0] - 1, *node["c"][1:]]}]
        return [node]

    rest = [
        block for block in blocks if block["t"] != "Header" or block["c"][1][0] != title["c"][1][0]
    ]
    resolved: Nodes = tree.rewrite(rest, change)
    return resolved


def _one_line(inlines: Nodes) -> Nodes:
    return [{"t": "Space"} if node["t"] == "LineBreak" else node for node in inlines]
