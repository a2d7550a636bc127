"""Blocks to a tree of sections by their headings, and back."""

from __future__ import annotations

from itertools import pairwise

from clinicpress.model import Section
from clinicpress.tree import Node, Nodes


def split(blocks: Nodes) -> Section:
    """Return the root section: what precedes the first heading, and the sections below it.

    A level that is skipped (2, then 4) gives a direct child; nothing is made up between them.
    """
    heads = [at for at, block in enumerate(blocks) if block["t"] == "Header"]
    first = heads[0] if heads else len(blocks)
    return Section(None, blocks[:first], _children(blocks[first:]))


def flatten(section: Section) -> Nodes:
    """Return the blocks of a section in order: the inverse of `split`."""
    own = [section.heading] if section.heading else []
    return [
        *own,
        *section.blocks,
        *(block for child in section.children for block in flatten(child)),
    ]


def level(heading: Node) -> int:
    """Return the level of a heading, 1 the highest."""
    return int(heading["c"][0])


def _children(blocks: Nodes) -> tuple[Section, ...]:
    """Cut blocks that begin with a heading at each heading as high as the highest before it."""
    starts: list[int] = []
    for at, block in enumerate(blocks):
        if block["t"] == "Header" and (not starts or level(block) <= level(blocks[starts[-1]])):
            starts.append(at)
    return tuple(_section(blocks[a:b]) for a, b in pairwise([*starts, len(blocks)]))


def _section(blocks: Nodes) -> Section:
    rest = blocks[1:]
    cut = next((at for at, block in enumerate(rest) if block["t"] == "Header"), len(rest))
    return Section(blocks[0], rest[:cut], _children(rest[cut:]))
