"""Cut a paragraph where its label changes, with no letter lost or added."""

from __future__ import annotations

from clinicpress import tree
from clinicpress.model import Kind
from clinicpress.notices import boxes
from clinicpress.tree import Nodes


def cut(inlines: Nodes, offsets: list[int]) -> list[Nodes]:
    """Cut inlines at offsets of their text; a wrapper that spans a cut is in both parts."""
    parts: list[Nodes] = []
    rest, passed = inlines, 0
    for offset in offsets:
        part, rest = tree.split_at(rest, offset - passed)
        parts.append(_stripped(part))
        passed = offset
    return [*parts, _stripped(rest)]


def _stripped(inlines: Nodes) -> Nodes:
    """Take off the spaces at both ends."""
    plain = tree.text(inlines)
    lead, tail = len(plain) - len(plain.lstrip()), len(plain.rstrip())
    _, rest = tree.split_at(inlines, lead)
    kept, spaces = tree.split_at(rest, tail - lead)
    return kept + [node for node in spaces if not tree.text([node])]


def bridged(labels: list[Kind], firm: list[bool]) -> list[Kind]:
    """Give one ordinary sentence between two of a kind that kind, so that no box is torn for it.

    Not between two emergencies, where only what is urgent stands, nor where its label is `firm`.
    """
    out = list(labels)
    for at in range(1, len(labels) - 1):
        before, own, after = labels[at - 1 : at + 2]
        between = own is Kind.NONE and before is after and not firm[at]
        if between and before is not Kind.EMERGENCY:
            out[at] = before
    return out


def together(spans: list[tuple[int, int]], labels: list[Kind]) -> list[Kind]:
    """Give sentences with no space between them one label: to part them would add one."""
    out = list(labels)
    for at in range(1, len(spans)):
        if spans[at - 1][1] == spans[at][0]:
            worst = boxes.worst([out[at - 1], out[at]])
            first = at
            while first and spans[first - 1][1] == spans[first][0]:
                first -= 1
            out[first : at + 1] = [worst] * (at + 1 - first)
    return out
