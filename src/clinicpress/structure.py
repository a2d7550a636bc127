"""Headings and lists that a word processor's document has by their looks only.

A line in bold, in capitals or with a number is a heading to a reader, and a paragraph that begins
with a dot is an item, whatever style the author used.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from clinicpress import closings, headings, outline, tree, typedlists
from clinicpress.lines import BULLET, OPEN_WORDS, Line, Shape
from clinicpress.tree import Node, Nodes

STRONG = frozenset({"Strong", "Underline", "SmallCaps"})
PLACES = frozenset({"Span", *tree.SPACES})
LOOKS = STRONG | {"Emph"}
MIN_PARTED = 2
MIN_WORDS_BEFORE_COLON = 3


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known of paragraphs beside their words, by their text.

    `larger` has those in larger letters than most, with how many times as large they are;
    `captions` stand below a picture or above a table and head nothing.
    """

    larger: Mapping[str, float] = field(default_factory=dict)
    captions: frozenset[str] = frozenset()


NOTHING = Seen()


def infer(blocks: Nodes, seen: Seen = NOTHING) -> Nodes:
    """Return the blocks with headings and lists made of the paragraphs that look like them."""
    paragraphs = [{"t": "Para", "c": b["c"]} if b["t"] == "Plain" else b for b in blocks]
    lists = typedlists.numbered(_parted(paragraphs))
    return typedlists.bulleted(_headed(lists, seen))


def _parted(blocks: Nodes) -> Nodes:
    """Return the blocks with a first line in bold parted from the text below it.

    That is so where two or more have one: it is how their author marks headings.
    """
    parted = [_by_first_line(block) for block in blocks]
    if sum(len(parts) > 1 for parts in parted) < MIN_PARTED:
        return blocks
    return [part for parts in parted for part in parts]


def _by_first_line(block: Node) -> Nodes:
    inlines = block["c"] if block["t"] == "Para" else []
    at = next((at for at, node in enumerate(inlines) if node["t"] == "LineBreak"), 0)
    first, rest = inlines[:at], inlines[at + 1 :]
    if not first or not tree.text(rest).strip() or not _all_strong(first) or _all_strong(rest):
        return [block]
    text = " ".join(tree.text(first).split())
    if _leads_in(text, tree.text(rest).strip()) or not headings.heading_like(text):
        return [block]
    return [{"t": "Para", "c": first}, {"t": "Para", "c": rest}]


def _leads_in(text: str, below: str) -> bool:
    """Say whether a line with a colon belongs to what is below it: “Warning:”, “Call us if:”."""
    last = text.rstrip(":").rpartition(" ")[2].casefold()
    goes_on = not below[:1].isupper() or last in OPEN_WORDS
    return text.endswith(":") and (goes_on or len(text.split()) < MIN_WORDS_BEFORE_COLON)


def infer_bold(blocks: Nodes) -> Nodes:
    """Return the blocks with headings made of lines in bold, where an author marked no other.

    One marked heading may stand over all of them, as the title.
    """
    heads = [at for at, block in enumerate(blocks) if block["t"] == "Header"]
    bold = sum(_stands_out_as_one(block, _line(block, NOTHING)) for block in blocks[:-1])
    return _headed(blocks, plainly=False) if heads in ([], [0]) and bold > 1 else blocks


def _headed(blocks: Nodes, seen: Seen = NOTHING, plainly: bool = True) -> Nodes:
    marked = [block["c"][0] for block in blocks if block["t"] == "Header"]
    lines = outline.find([_line(block, seen) for block in blocks])
    # The last block heads nothing.
    pairs = list(zip(blocks, lines, strict=True))[:-1]
    text = _text_of_lines(blocks, seen)
    others = (at for at in range(len(pairs)) if at not in text)
    standing_out = [at for at in others if _stands_above(pairs, lines, at, seen)]
    # Where an author has marked headings in one way or the other, a plain line is not one. A title
    # that is marked says nothing of what stands below it.
    below = marked[1:] if blocks and blocks[0]["t"] == "Header" else marked
    plain = [] if below or not plainly else _plain_headings(pairs)
    if len(standing_out) > 1:
        plain = [at for at in plain if at and headings.look(lines[at].text).capitals]
    places = sorted({*standing_out, *plain})
    levels = _levels([_text(blocks[at]) for at in places], seen.larger)
    out = list(blocks)
    for at, level in zip(places, levels, strict=True):
        why = headings.reason(_text(blocks[at]))
        if _text(blocks[at]) in seen.larger:
            why = why.replace("a short", "in larger letters, a short", 1)
        elif _stands_out(blocks[at]):
            why = why.replace("a short", "a bold or underlined short", 1)
        depth = level + max(marked, default=0)
        out[at] = tree.header(depth, _plain(blocks[at]["c"]), reason=why)
    return out


def _text_of_lines(blocks: Nodes, seen: Seen) -> set[int]:
    """Return where lines are text, whatever their looks: they say all they have to, or sign."""
    lines = [_line(block, seen) for block in blocks]
    said = {at for at in range(1, len(lines)) if lines[at].text and outline.says(lines, at)}
    return said | closings.of([line.text for line in lines])


def _stands_above(pairs: list[tuple[Node, Line]], lines: list[Line], at: int, seen: Seen) -> bool:
    """Say whether a line heads what is below it by its looks."""
    block, line = pairs[at]
    looks_so = _stands_out_as_one(block, line) or _is_larger(block, line, seen)
    return looks_so and not headings.names_a_clinic(line.text, lines[at + 1].text)


def _stands_out_as_one(block: Node, line: Line) -> bool:
    return _could_head(block, line) and _stands_out(block)


def _is_larger(block: Node, line: Line, seen: Seen) -> bool:
    return line.text in seen.larger and _could_head(block, line)


def _could_head(block: Node, line: Line) -> bool:
    is_line = block["t"] == "Para" and line.shape is not Shape.BULLET
    return is_line and headings.heading_like(line.text)


def _levels(texts: list[str], larger: Mapping[str, float]) -> list[int]:
    """Return levels by number where most have one, else by size where sizes differ."""
    by_look = headings.levels(texts)
    sizes = sorted({larger.get(text, 1) for text in texts[1:]}, reverse=True)
    if sizes and larger.get(texts[0], 1) > sizes[0] and set(by_look) == {1}:
        return [1, *(2 + sizes.index(larger.get(text, 1)) for text in texts[1:])]
    if len(sizes) < 2 or sum(headings.look(text).depth > 0 for text in texts) > len(texts) / 2:
        return by_look
    # The first may be the title, in a size of its own.
    ranks = sorted({larger.get(text, 1) for text in texts}, reverse=True)
    return [ranks.index(larger.get(text, 1)) + 1 for text in texts]


def _plain_headings(pairs: list[tuple[Node, Line]]) -> list[int]:
    shapes = enumerate((block["t"], line.shape) for block, line in pairs)
    return [at for at, shape in shapes if shape == ("Para", Shape.HEADING)]


def _line(block: Node, seen: Seen) -> Line:
    match block["t"]:
        case "Para" | "Plain":
            text = _text(block)
            apart = BULLET.match(text) or text in seen.captions
            return Line(Shape.BULLET if apart else Shape.PROSE, text)
        case "Table":
            return Line(Shape.ROW, "")
        case "Header":
            return Line(Shape.HEADING, _text(block))
        case _:
            return Line(Shape.BULLET, "")


def _text(block: Node) -> str:
    return " ".join(tree.text(tree.inlines_of(block) or []).split())


def _stands_out(block: Node) -> bool:
    return _all_strong(block["c"])


def _all_strong(inlines: Nodes) -> bool:
    solid = [node for node in inlines if tree.text([node]).strip() or node["t"] not in PLACES]
    return bool(solid) and all(
        node["t"] in STRONG or (node["t"] == "Emph" and _all_strong(node["c"])) for node in solid
    )


def _plain(inlines: Nodes) -> Nodes:
    """Return inlines without the looks that made them a heading."""

    def change(node: Node) -> Nodes:
        return list(node["c"]) if node["t"] in LOOKS else [node]

    plain: Nodes = tree.rewrite(inlines, change)
    return plain
