"""An EPUB book to blocks: its chapters in order; the list of contents is left out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from clinicpress import origins, pandoc, shelves, titles, tree
from clinicpress.content import Content, complete
from clinicpress.errors import quoted
from clinicpress.formats import rich
from clinicpress.model import Finding, Place
from clinicpress.office import tableofcontents
from clinicpress.tree import Node, Nodes
from clinicpress.web import epub

TITLE_PAGE = "a title page that repeats the book's properties"
OPENED = "a chapter that the book only shows when asked (its text stands in its place)"
ASIDE = "book-order"
ASIDE_REMEDY = (
    "If patients need it, put it into the order of reading in an editor such as Calibre's; if not, "
    "take it out of the book."
)


def read(data: bytes, place: str, _: Path) -> Content:
    """Read an EPUB book: its chapters in order; the list of contents is left out."""
    inside = epub.look_inside(data, place)
    read = pandoc.read_file(inside.plain, "epub", place)
    meta = read["meta"]
    told = {"title": titles.named(meta).get("title", {}), "lang": meta.get("language", {})}
    # Pandoc numbers a note anew: what stood there is then the note's own.
    content = rich.content({"meta": told, "blocks": _named(read["blocks"])}, shelves.Packed(data))
    numbers = [str(n) for n, _ in enumerate(rich.notes(content.blocks), start=1)]
    # Pandoc takes a title page for the properties that it repeats.
    left_out = {tableofcontents.TOLD: inside.guides, TITLE_PAGE: inside.title_pages}
    left_out[OPENED] = inside.opened
    counts = [f"{what}: {count}" for what, count in left_out.items() if count]
    findings = tuple(_aside(name, text, place) for name, text in inside.asides.items())
    removed = (*content.removed, *inside.told, *counts)
    content = replace(content, removed=removed, findings=findings, origin=origins.of_meta(meta))
    content = rich.unframed(content, plainly=False)
    return complete(
        content,
        inside.paragraphs,
        place,
        [*numbers, tree.text(titles.front(meta)), *titles.said(meta)],
    )


def _aside(name: str, text: str, place: str) -> Finding:
    problem = (
        f"a chapter outside the book's order of reading is on no page: {name} ({quoted(text)})"
    )
    return Finding(ASIDE, Place(place), problem, ASIDE_REMEDY)


def _named(blocks: Nodes) -> Nodes:
    """Return the blocks of a book with the names of its sections on their headings."""

    def change(node: Node) -> Nodes:
        if node["t"] != "Div" or not node["c"][1] or node["c"][1][0]["t"] != "Header":
            return [node]
        (name, *_), (first, *rest) = node["c"]
        level, (own, *more), inlines = first["c"]
        heading = {"t": "Header", "c": [level, [own or name, *more], inlines]}
        return [{"t": "Div", "c": [tree.attr(), [heading, *rest]]}]

    named: Nodes = tree.rewrite(blocks, change)
    return named
