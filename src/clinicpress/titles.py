"""A document's title and its other properties, and which of its text pandoc takes for them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from clinicpress import cleaning, headings, tree
from clinicpress.tree import Nodes

MARKED = "marked as a heading in the file"
# Text that pandoc takes for properties, though it stands in the document: in this order.
PLAIN = frozenset({"Str", *tree.SPACES, "Emph", "Strong", "Underline", "Quoted"})
FRONT = ("subtitle", "author", "date", "abstract")
# What programs write where nobody named a document.
PLACEHOLDER = re.compile(
    r"(?:unknown title|untitled|title|no title|new document|(?:microsoft )?word document|unbenannt"
    r"|sin título|título|sans titre|titre|(?:document|documento) ?\d*|microsoft word - .*)"
    r"(?: document| \d+)?(?:\.\w{3,4})?",
    re.IGNORECASE,
)
# More paragraphs than these above a document's highest heading are text that it doesn't head.
MAX_PREFACE = 3


def property_of(meta: Mapping[str, Any], key: str) -> str:
    """Return a property of a document as text, "" where it has none."""
    found = meta.get(key, {})
    inlines = found.get("c", []) if found.get("t") == "MetaInlines" else []
    text = tree.text(inlines) or (str(found["c"]) if found.get("t") == "MetaString" else "")
    return " ".join(cleaning.CONTROLS.sub("", text).split())


def named(meta: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return properties without a title that a program put in because nobody gave one."""
    unnamed = PLACEHOLDER.fullmatch(property_of(meta, "title"))
    return {key: found for key, found in meta.items() if not (unnamed and key == "title")}


def said(meta: Mapping[str, Any]) -> Iterable[str]:
    """Return the properties of a document that are text."""
    return (tree.text([node]) for found in meta.values() for node in tree.walk(found))


def front(meta: Mapping[str, Any]) -> Nodes:
    """Return as paragraphs the text that pandoc took for properties by its style."""
    front: Nodes = []
    for key in FRONT:
        found = meta.get(key, {})
        parts = found.get("c", []) if found.get("t") == "MetaList" else [found]
        for part in parts:
            if part.get("t") == "MetaInlines":
                front.append({"t": "Para", "c": part["c"]})
            elif part.get("t") == "MetaBlocks":
                front += part["c"]
    return front


def taken(blocks: Nodes, meta: Mapping[str, Any], hidden: bool = False) -> tuple[str | None, Nodes]:
    """Take the title off the top: a heading the properties repeat, or one above all others.

    Lines may stand above it; they are then the first below it. A title in the properties goes
    before a heading, save where it is `hidden`: a reader of the file does not see it, and what
    stands there may be that of a template or of a website.
    """
    at = next((at for at, block in enumerate(blocks) if block["t"] == "Header"), None)
    if at and _is_below_a_preface(blocks, at):
        blocks = [blocks[at], *blocks[:at], *blocks[at + 1 :]]
    if not blocks or blocks[0]["t"] != "Header":
        return None, blocks
    first, others = blocks[0], [block for block in blocks[1:] if block["t"] == "Header"]
    text = " ".join(tree.text(first["c"][2]).split())
    given = property_of(meta, "title")
    if any(node["t"] == "Note" for node in tree.walk(first)):
        return None, blocks  # a title is plain text, and the note would be lost
    above = all(other["c"][0] > first["c"][0] for other in others)
    if given:
        return (
            (text, blocks[1:]) if given == text or (hidden and others and above) else (None, blocks)
        )
    inferred = tree.value(first, "reason") != MARKED and not headings.look(text).number
    is_title = above or inferred or _is_lone_lead(blocks)
    return (text, blocks[1:]) if is_title else (None, blocks)


def without_repeated(title: str | None, blocks: Nodes) -> tuple[Nodes, tuple[str, ...]]:
    """Return the blocks without a heading that only says the title again, and what it said.

    It is one when no more than lines stand before it, all other headings stand below it, and no
    link leads to it.
    """
    heads = [at for at, block in enumerate(blocks) if block["t"] == "Header"]
    if title is None or len(heads) < 2 or heads[0] > MAX_PREFACE:
        return blocks, ()
    level, (name, *_), inlines = blocks[heads[0]]["c"]
    links = {node["c"][2][0] for node in tree.walk(blocks) if node["t"] == "Link"}
    plain = f"#{name}" not in links and all(n["t"] in PLAIN for n in tree.walk(inlines))
    lines = all(block["t"] == "Para" for block in blocks[: heads[0]])
    above = all(blocks[at]["c"][0] > level for at in heads[1:])
    if not (plain and lines and above) or " ".join(tree.text(inlines).split()) != title:
        return blocks, ()
    return [*blocks[: heads[0]], *blocks[heads[0] + 1 :]], (title,)


def _is_below_a_preface(blocks: Nodes, at: int) -> bool:
    """Say whether the first heading stands above all others, with no more than lines before it."""
    levels = [block["c"][0] for block in blocks[at:] if block["t"] == "Header"]
    lone = len(levels) > 1 and levels[0] < min(levels[1:])
    return lone and at <= MAX_PREFACE and all(block["t"] == "Para" for block in blocks[:at])


def first_line_as_heading(blocks: Nodes, meta: Mapping[str, Any]) -> Nodes:
    """Make a heading of a first line that looks like one, where nothing else names the document."""
    if len(blocks) < 2 or blocks[0]["t"] != "Para" or property_of(meta, "title"):
        return blocks
    first = blocks[0]
    at = next((at for at, block in enumerate(blocks) if block["t"] == "Header"), 0)
    if at and _is_below_a_preface(blocks, at):
        return blocks
    if not headings.heading_like(tree.text(first["c"])):
        return blocks
    return [tree.header(1, first["c"], reason="the first line, without a full stop"), *blocks[1:]]


def _is_lone_lead(blocks: Nodes) -> bool:
    """Say whether the first of many equal headings holds one paragraph, as a title does."""
    heads = [at for at, block in enumerate(blocks) if block["t"] == "Header"]
    lead = blocks[1 : heads[1]] if len(heads) > 1 else []
    same = sum(blocks[at]["c"][0] == blocks[0]["c"][0] for at in heads)
    return (
        same > 2
        and len(lead) == 1
        and lead[0]["t"] == "Para"
        and not tree.text(blocks[0]["c"][2]).endswith("?")
    )
