"""What all formats with looks have: headings by them, titles, boxes that are tables, notes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from clinicpress import cleaning, framing, shelves, structure, titles, tree, typedlists
from clinicpress.content import REPEATED, Content
from clinicpress.tree import Node, Nodes


def unfronted(read: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what was read without properties that are no text here as they are in Word."""
    meta = titles.named(read["meta"])
    return {**read, "meta": {key: found for key, found in meta.items() if key not in titles.FRONT}}


def content(
    read: Mapping[str, Any],
    shelf: shelves.Shelf,
    larger: Mapping[str, float] | None = None,
    hidden: bool = False,
) -> Content:
    """Return what a word processor or a web page has, headings by their looks included.

    `hidden` says that a title in the properties is not text that readers of the file see.
    """
    meta = read["meta"]
    blocks = [*titles.front(meta), *read["blocks"]]
    seen = structure.Seen(larger or {}, cleaning.captions(blocks))
    blocks, removed = cleaning.clean(blocks, shelf.image)
    given = [reasoned(block) for block in blocks if not _is_empty(block)]
    blocks = structure.infer(given, seen)
    numbers = typedlists.numbers(blocks, given)
    title, blocks = titles.taken(titles.first_line_as_heading(blocks, meta), meta, hidden)
    blocks, again = titles.without_repeated(title, blocks)
    removed = (*removed, *[REPEATED for _ in again])
    return Content(title, blocks, meta, removed, shelf.media, again=(*again, *numbers))


def unframed(content: Content, plainly: bool = True) -> Content:
    """Return what was read with tables that are none as what they are."""
    blocks, told = framing.opened(content.blocks, plainly)
    return replace(content, blocks=blocks, removed=(*content.removed, *told))


def _is_empty(block: Node) -> bool:
    """Say whether a block is a paragraph with nothing in it, as authors use to make room."""
    return block["t"] in ("Para", "Plain") and all(n["t"] in tree.SPACES for n in block["c"])


def notes(blocks: Nodes) -> Nodes:
    """Return all notes in the blocks."""
    return [node for node in tree.walk(blocks) if node["t"] == "Note"]


def reasoned(block: Node) -> Node:
    """Return a block with its reason where its author marked it as a heading."""
    if block["t"] != "Header":
        return block
    level, (identifier, *_), inlines = block["c"]
    return tree.header(level, inlines, identifier, reason=titles.MARKED)
