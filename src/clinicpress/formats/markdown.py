"""Markdown to blocks, and the HTML inside it."""

from __future__ import annotations

import re
from pathlib import Path

from clinicpress import (
    cleaning,
    conservation,
    decoding,
    framing,
    origins,
    pandoc,
    pipetables,
    shelves,
    structure,
    titles,
    tree,
)
from clinicpress.content import Content, WordsLostError
from clinicpress.formats.rich import reasoned
from clinicpress.model import Finding, Place
from clinicpress.notices import authors
from clinicpress.tree import Node, Nodes
from clinicpress.web import endtags, generated, inlinehtml, phrasing, stylesheet, written_out

UNCLOSED = "box-unclosed"
CLOSE_IT = "All that follows stands in it. Write ::: on a line of its own where it ends."
# What HTML shows besides words.
SHOWS = re.compile(r"<(?:img|input)\b", re.I)


def read(data: bytes, place: str, path: Path) -> Content:
    """Read Markdown, and the HTML inside it."""
    given = decoding.text(data, place)
    found = pandoc.read(authors.fenced(given), place)
    shelf = shelves.Beside(path.parent)
    read, told = _html_read(found["blocks"], place)
    blocks, removed = cleaning.clean(inlinehtml.marked(read), shelf.image)
    removed = (*removed, *told)
    blocks = structure.infer_bold([reasoned(block) for block in blocks])
    title, blocks = titles.taken(blocks, found["meta"])
    blocks, _ = framing.opened(blocks, plainly=False)
    origin = origins.of_meta(found["meta"])
    open_boxes = tuple(
        Finding(UNCLOSED, Place(place, line), f"the box “{words}” is never closed", CLOSE_IT)
        for line, words in authors.unclosed(given)
    )
    content = Content(title, blocks, found["meta"], removed, shelf.media, open_boxes, origin=origin)
    if lost := pipetables.lost(given, conservation.tree_words(blocks)):
        raise WordsLostError(place, content, lost, pipetables.GIVE_COLUMNS)
    return content


def _html_read(blocks: Nodes, place: str) -> tuple[Nodes, list[str]]:
    """Read the HTML that stands in Markdown as HTML, so that no word in it is lost.

    Return the blocks, and the lines for the report on what stands otherwise now.
    """
    told: list[str] = []

    def change(node: Node) -> Nodes:
        if node["t"] != "RawBlock" or not (
            SHOWS.search(node["c"][1]) or cleaning.has_text(node["c"][1])
        ):
            return [node]
        html = endtags.written(node["c"][1])
        drawn = generated.spelled(html, stylesheet.of_page(html))
        spelled = written_out.spelled(drawn.html, place)
        told.extend((*drawn.told, *spelled.told))
        inner: Nodes = pandoc.read_html(phrasing.joined(spelled.html, place), place)["blocks"]
        return inner

    read_as_html: Nodes = tree.rewrite(blocks, change)
    return read_as_html, told
