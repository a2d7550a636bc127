"""What is too much for one leaflet: told at once, before minutes are spent on it."""

from __future__ import annotations

from itertools import takewhile

from clinicpress import tree
from clinicpress.errors import ClinicpressError
from clinicpress.tree import Nodes

# A hospital's handbook has some hundreds of headings, and a leaflet some 20,000 characters in all;
# beyond these it is a broken file, or one made to keep a machine busy.
MOST_HEADINGS = 2_000
LONGEST_PARAGRAPH = 200_000
SHOWN = 40


def check(place: str, blocks: Nodes) -> None:
    """Raise ClinicpressError where a document has too many headings or too long a paragraph."""
    headings = sum(block["t"] == "Header" for block in blocks)
    if headings > MOST_HEADINGS:
        problem = f"it has {headings:,} headings; one document may have {MOST_HEADINGS:,}"
        raise ClinicpressError(place, problem, "Split it into smaller documents.")
    for node in tree.walk(blocks):
        if node["t"] not in ("Para", "Plain"):
            continue
        if len(text := tree.text(node["c"])) > LONGEST_PARAGRAPH:
            problem = f"a paragraph of it has {len(text):,} characters: “{_start(text)} …”"
            raise ClinicpressError(
                place, problem, "Check that its lines did not run together, and break it up."
            )


def _start(text: str) -> str:
    return "".join(takewhile(str.isprintable, text[:SHOWN])).strip()
