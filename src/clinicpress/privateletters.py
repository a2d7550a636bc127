"""Letters without a meaning of their own (Unicode's private areas): only their font has a sign.

“✗ smoke” copied out of Word has such a letter in place of its cross: on a phone, nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from clinicpress import tree
from clinicpress.model import Loss
from clinicpress.tree import Node, Nodes

LETTER = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
UNKNOWN = "□"
"""Stands for a sign that only its font has."""
# What Word puts before each item of a list; copied, it begins the item's text.
BULLET = re.compile("^[\uf0b7\uf0a7\uf0d8\uf076](?=\\s|$)")
WORDS = "a sign that only its font has ({})"
WRITE_SIGN = (
    "Where □ stands there, write the sign itself in a font such as Arial, or a word for it; save "
    "and try again."
)
TEXTS = frozenset({"Str", "Code", "CodeBlock", "Math"})


def without_bullets(blocks: Nodes) -> Nodes:
    """Return blocks with a plain dot where a text begins with the dot of a list."""
    marked: Nodes = tree.rewrite(blocks, _with_dot)
    return marked


def _with_dot(node: Node) -> Nodes:
    inlines = tree.inlines_of(node) if node["t"] in tree.TEXT_BLOCKS else None
    if not inlines or inlines[0]["t"] != "Str" or not BULLET.match(inlines[0]["c"]):
        return [node]
    first = {"t": "Str", "c": BULLET.sub("•", inlines[0]["c"])}
    return [tree.with_inlines(node, [first, *inlines[1:]])]


def lost(title: str, blocks: Nodes) -> tuple[Loss, ...]:
    """Return the texts with such letters, each with what stands there."""
    return tuple(_loss(text) for text in (title, *_texts(blocks)) if LETTER.search(text))


def _loss(text: str) -> Loss:
    codes = dict.fromkeys(f"U+{ord(letter):04X}" for letter in LETTER.findall(text))
    return Loss(WORDS.format(", ".join(codes)), " ".join(shown(text).split()))


def _texts(blocks: Nodes) -> Iterable[str]:
    for node in tree.walk(blocks):
        if node["t"] in tree.TEXT_BLOCKS:
            yield tree.text(tree.inlines_of(node) or [])
        elif node["t"] == "CodeBlock":
            yield node["c"][1]


def shown(text: str) -> str:
    """Return a text with a sign for each such letter that every reader sees."""
    return LETTER.sub(UNKNOWN, text)


def all_shown(blocks: Nodes) -> Nodes:
    """Return blocks with that sign in place of such letters."""
    seen: Nodes = tree.rewrite(blocks, _shown)
    return seen


def _shown(node: Node) -> Nodes:
    if node["t"] == "Str":
        return [{"t": "Str", "c": shown(node["c"])}]
    if node["t"] in TEXTS:
        return [{"t": node["t"], "c": [node["c"][0], shown(node["c"][1])]}]
    return [node]
