"""Blocks that Markdown has no way to say, written as HTML instead: the last resort of a page.

Lists in tables in quotations, or a line break in raised text: Word and the web allow them, and
Python-Markdown reads them back as something else. The proof of a run finds that they are there;
this finds which they are.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace

from clinicpress import conservation, notices, pandoc, rendering, streams, tree, writable
from clinicpress.clinic import wording
from clinicpress.clinic.wording import NO_WORDS, Own
from clinicpress.model import Kind, Leaflet
from clinicpress.notices.boxes import kind_of
from clinicpress.rendered import RenderedPage
from clinicpress.tree import Node, Nodes

# A page's headings have to be Markdown's for the engine to find them. What is Markdown already, a
# reference to a footnote say, would stand on the page as it is written.
STAYS = frozenset({"Header", "RawBlock", "RawInline", "Note"})


def plainer(leaflet: Leaflet, own: Own = NO_WORDS) -> Leaflet:
    """Return a leaflet with HTML for each block of its pages that would be another in Markdown."""
    units = [unit for page in leaflet.pages for unit in _units(page.blocks)]
    rules = wording.rules(leaflet.document.lang, own)
    changed = iter(_instead(units, rules, leaflet.document.name))

    def rewritten(blocks: Nodes) -> Nodes:
        return [
            {"t": "Div", "c": [block["c"][0], rewritten(block["c"][1])]}
            if _is_notice(block)
            else next(changed)
            for block in blocks
        ]

    pages = tuple(replace(page, blocks=rewritten(page.blocks)) for page in leaflet.pages)
    return replace(leaflet, pages=pages)


def _units(blocks: Nodes) -> Iterator[Node]:
    """Yield the blocks of a page, those in a notice one by one."""
    for block in blocks:
        if _is_notice(block):
            yield from _units(block["c"][1])
        else:
            yield block


def _is_notice(block: Node) -> bool:
    return block["t"] == "Div" and kind_of(block) is not Kind.NONE


def _instead(units: Nodes, rules: notices.Rules, place: str) -> Iterator[Node]:
    """Yield each unit, or the HTML for it."""
    seam = "seam" + hashlib.sha256(json.dumps(units).encode()).hexdigest()
    free = [at for at, unit in enumerate(units) if _may_change(unit)]
    parts = [writable.blocks([units[at]], rules) for at in free]
    written = pandoc.write(_joined(parts, "markdown", seam), place).split(seam)[1:]
    poor = [at for at, text in zip(free, written, strict=True) if not _says(text, units[at])]
    plain = [writable.for_html([units[at]], rules) for at in poor]
    texts = pandoc.write_html(_joined(plain, "html", seam), place).split(seam)[1:] if poor else []
    html = dict(zip(poor, texts, strict=True))
    for at, unit in enumerate(units):
        yield tree.raw("\n" + html[at].strip("\n") + "\n") if at in html else unit


def _may_change(unit: Node) -> bool:
    return not any(node["t"] in STAYS for node in tree.walk(unit))


def _joined(parts: Sequence[Nodes], kind: str, seam: str) -> Nodes:
    mark: Node = {"t": "RawBlock", "c": [kind, seam]}
    return [block for part in parts for block in (mark, *part)]


def _says(text: str, unit: Node) -> bool:
    """Say whether a unit's Markdown, rendered, says what the unit does, and as it does."""
    there = streams.of_tree([unit])
    here = RenderedPage(rendering.render(writable.finished(text))).standing()
    words = ([standing.word for standing in side] for side in (there, here))
    return conservation.compare(*words) is None and not conservation.restructured(there, here)
