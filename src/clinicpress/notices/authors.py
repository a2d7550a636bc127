"""What authors mark as a notice themselves: a Word style, a box, an alert, a first word.

Its wording stays; only the mark itself (`::: warning`, `[!WARNING]`) is no text and goes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby

from clinicpress import tree
from clinicpress.model import Kind
from clinicpress.notices import rules
from clinicpress.notices.rules import Mark, Rules
from clinicpress.tree import Node, Nodes

# No document can have it: whatever wrapper a document brings is replaced.
BOX = "named-by-author"
ALERT = re.compile(r"\[!([^\W\d_]+)\]")
# Alerts that are no notice: their text is judged like any other.
PLAIN_ALERTS = frozenset({"note", "tip"})
NAMING = 4  # words: a line of no more than so many can be the name of a box
CODE = re.compile(r" {0,3}(`{3,}|~{3,})")
FENCE = re.compile(r"/// *([^\W\d_]+) *(?:\| *(.*))?")
OPENS = re.compile(r" {0,3}:{3,} *(?:\{[^{}]+\}|[\w-]+) *:*")
CLOSES = re.compile(r" {0,3}(?::{3,}|///) *")
OPTION = re.compile(r"    \w+:")


@dataclass(frozen=True, slots=True)
class Named:
    """The kind an author gave, and how: not `firm`, it leaves emergencies as they are."""

    kind: Kind
    firm: bool
    reason: str


def beginning(loaded: Rules, text: str) -> Named | None:
    """Return what a paragraph names itself with its first words."""
    found = loaded.beginning(text)
    if found is None:
        return None
    mark, words = found
    return Named(mark.kind, mark.firm, f"the author begins it with “{words}”")


def named(block: Node) -> Nodes:
    """Return a wrapper or a quotation as the box that its author named it, else its blocks."""
    if block["t"] == "BlockQuote":
        return _alert(block)
    attributes, inner = block["c"]
    style = next((value for key, value in attributes[2] if key == "custom-style"), "")
    if style and (mark := _by_style(style)):
        return _box(mark, f"the author’s style “{style}”", inner)
    name = next((name for name in attributes[1] if name.lower() in rules.names()), "")
    if name:
        return _box(rules.names()[name.lower()], f"the author’s box “{name}”", inner)
    return list(inner)


def framed(blocks: Nodes) -> Nodes:
    """Return the blocks of a frame, as the box that its first line names it, if it does."""
    first = tree.text(tree.inlines_of(blocks[0]) or []) if len(blocks) > 1 else ""
    mark = _by_style(first) if 0 < len(first.split()) <= NAMING and first[-1:] != "." else None
    return _box(mark, f"the author’s box “{first}”", blocks) if mark else blocks


def name_of(block: Node) -> Named | None:
    """Return what the author named a box; None for what is none."""
    if block["t"] != "Div" or BOX not in block["c"][0][1]:
        return None
    kind, reason = tree.value(block, "kind"), tree.value(block, "reason")
    return Named(Kind(kind), tree.value(block, "firm") == "yes", reason)


def without_marks(blocks: Nodes) -> Nodes:
    """Return the blocks with what is in boxes in their place: notices stand there now."""

    def change(node: Node) -> Nodes:
        is_box = node["t"] == "Div" and BOX in node["c"][0][1]
        return list(node["c"][1]) if is_box else [node]

    if not any(node["t"] == "Div" and BOX in node["c"][0][1] for node in tree.walk(blocks)):
        return blocks
    unwrapped: Nodes = tree.rewrite(blocks, change)
    return unwrapped


def fenced(markdown: str) -> str:
    """Return Markdown with notices in the tool's own form (`/// safety`) as fenced divs.

    Its title is wording unless it is the one that the tool gives.
    """
    out: list[str] = []
    code, open_boxes, options = "", 0, False
    for line in markdown.splitlines(keepends=True):
        text = line.rstrip()
        if fence := CODE.match(text):
            code = "" if code and fence.group(1).startswith(code) else code or fence.group(1)
        opens = FENCE.fullmatch(text)
        if options and OPTION.match(text):
            continue
        options = False
        if not code and opens and opens.group(1).lower() in rules.names():
            out.append(f"\n::: {opens.group(1).lower()}\n\n{_own_title(opens.group(2) or '')}")
            open_boxes, options = open_boxes + 1, True
        elif not code and text == "///" and open_boxes:
            out.append("\n:::\n\n")
            open_boxes -= 1
        else:
            out.append(line)
    return "".join(out)


def unclosed(markdown: str) -> list[tuple[int, str]]:
    """Return the line and the first words of each box in Markdown that is never closed."""
    opened: list[tuple[int, str]] = []
    code = ""
    for number, line in enumerate(markdown.splitlines(), 1):
        text = line.rstrip()
        if fence := CODE.match(text):
            code = "" if code and fence.group(1).startswith(code) else code or fence.group(1)
        elif code:
            continue
        elif OPENS.fullmatch(text) or (
            (named := FENCE.fullmatch(text)) and named.group(1).lower() in rules.names()
        ):
            opened.append((number, text.strip()))
        elif CLOSES.fullmatch(text) and opened:
            opened.pop()
    return opened


def _own_title(title: str) -> str:
    given = {title for tag in rules.languages() for title in rules.load(tag).titles.values()}
    return f"**{title}**\n\n" if title and title not in given else ""


def _by_style(style: str) -> Mark | None:
    words = re.findall(r"[^\W\d_]+", style.lower())
    found = [rules.names()[word] for word in words if word in rules.names()]
    return min(found, key=lambda mark: rules.PRIORITY.index(mark.kind), default=None)


def _box(mark: Mark, reason: str, blocks: Nodes) -> Nodes:
    """Return boxes around the blocks; a heading among them stays outside, as one."""
    firm = "yes" if mark.firm else ""
    values = {"kind": mark.kind.value, "firm": firm, "reason": reason}
    out: Nodes = []
    for is_heading, grouped in groupby(blocks, key=lambda block: block["t"] == "Header"):
        run = list(grouped)
        out += run if is_heading else [{"t": "Div", "c": [tree.attr("", (BOX,), **values), run]}]
    return out


def _alert(quote: Node) -> Nodes:
    """Return a quotation as a box where its first line is the mark of an alert."""
    first = quote["c"][0] if quote["c"] else None
    if first is None or first["t"] != "Para" or not first["c"] or first["c"][0]["t"] != "Str":
        return [quote]
    mark, rest = ALERT.fullmatch(first["c"][0]["c"]), first["c"][1:]
    if mark is None or (rest and rest[0]["t"] not in ("Space", "SoftBreak", "LineBreak")):
        return [quote]
    name = mark.group(1).lower()
    body = [*([{"t": "Para", "c": rest[1:]}] if rest[1:] else []), *quote["c"][1:]]
    if name in PLAIN_ALERTS:
        return [{"t": "BlockQuote", "c": body}]
    if name not in rules.names():
        return [quote]
    return _box(rules.names()[name], f"the author’s alert “[!{mark.group(1)}]”", body)
