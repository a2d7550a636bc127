"""Pictures of a leaflet that say nothing to someone who can't see them."""

from __future__ import annotations

from collections.abc import Iterator

from clinicpress import tree
from clinicpress.model import Document, Finding, Place

RULE = "picture-description"
REMEDY = (
    "Say in a few words what it shows. In Word: right-click it, View Alt Text; in Markdown: "
    "![a knee from the side](knee.png)."
)


def findings(document: Document) -> tuple[Finding, ...]:
    """Return a finding for each picture without a description (WCAG 2.2, criterion 1.1.1)."""
    return tuple(
        Finding(RULE, Place(document.name), f"a picture has no description, {where}", REMEDY)
        for where in _undescribed(document)
    )


def _undescribed(document: Document) -> Iterator[str]:
    where = "at the beginning"
    for block in document.blocks:
        if block["t"] == "Header":
            where = f"in the section “{tree.text(block['c'][2])}”"
        for node in tree.walk(block):
            if node["t"] == "Image" and not tree.text(node["c"][1]).strip():
                yield where
