"""Paragraphs that a web page parts by line breaks: an empty line, a bold line above its text."""

from __future__ import annotations

from clinicpress import tree
from clinicpress.tree import Node, Nodes


def parted(blocks: Nodes) -> Nodes:
    """Return the blocks with such paragraphs as paragraphs of their own."""
    out: Nodes = tree.rewrite(blocks, _parted)
    return out


def _parted(node: Node) -> Nodes:
    if node["t"] != "Para" or not any(inline["t"] == "LineBreak" for inline in node["c"]):
        return [node]
    found: list[list[Nodes]] = [[]]
    for line in _lines(node["c"]):
        if not any(inline["t"] not in tree.SPACES for inline in line):
            found.append([])
            continue
        # A bold line begins a paragraph only above text that is not bold.
        if len(found[-1]) == 1 and _is_bold(found[-1][0]) and not _is_bold(line):
            found.append([])
        found[-1].append(line)
    return [{"t": "Para", "c": _joined(lines)} for lines in found if lines] or [node]


def _lines(inlines: Nodes) -> list[Nodes]:
    lines: list[Nodes] = [[]]
    for inline in inlines:
        if inline["t"] == "LineBreak":
            lines.append([])
        else:
            lines[-1].append(inline)
    return lines


def _is_bold(line: Nodes) -> bool:
    return all(inline["t"] == "Strong" or inline["t"] in tree.SPACES for inline in line)


def _joined(lines: list[Nodes]) -> Nodes:
    first, *others = lines
    return [*first, *(one for line in others for one in ({"t": "LineBreak"}, *line))]
