"""What is too much for one leaflet: told at once, before minutes are spent on it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile

from clinicpress import tree
from clinicpress.errors import ClinicpressError
from clinicpress.tree import Node, Nodes

# A hospital's handbook has some hundreds of headings, and a leaflet some 20,000 characters in all;
# beyond these it is a broken file, or one made to keep a machine busy.
MOST_HEADINGS = 2_000
LONGEST_PARAGRAPH = 200_000
# A handbook of two hundred pages; more takes minutes.
MOST_WORDS = 100_000
MOST_ROWS = 5_000
SPLIT = "Split it into smaller documents."
SHOWN = 40


def check(place: str, blocks: Nodes) -> None:
    """Raise ClinicpressError where a document has too many headings or too long a paragraph.

    Or too many words, or rows in a table.
    """
    rows = max((_rows(node) for node in tree.walk(blocks) if node["t"] == "Table"), default=0)
    if rows > MOST_ROWS:
        problem = f"a table of it has {rows:,} rows; one may have {MOST_ROWS:,}"
        raise ClinicpressError(place, problem, SPLIT)
    lines = (node["c"] for node in tree.walk(blocks) if node["t"] in ("Para", "Plain"))
    headings = sum(block["t"] == "Header" for block in blocks)
    check_text(place, headings, map(tree.text, lines))


def check_text(place: str, headings: int, paragraphs: Iterable[str]) -> None:
    """Raise ClinicpressError where a text is too much, by its headings and paragraphs alone."""
    if headings > MOST_HEADINGS:
        problem = f"it has {headings:,} headings; one document may have {MOST_HEADINGS:,}"
        raise ClinicpressError(place, problem, SPLIT)
    words = 0
    for text in paragraphs:
        words += text.count(" ") + 1 if text.strip() else 0
        if len(text) > LONGEST_PARAGRAPH:
            problem = f"a paragraph of it has {len(text):,} characters: “{_start(text)} …”"
            raise ClinicpressError(
                place, problem, "Check that its lines did not run together, and break it up."
            )
    if words > MOST_WORDS:
        problem = f"it has about {words:,} words; one document may have {MOST_WORDS:,}"
        raise ClinicpressError(place, problem, SPLIT)


def _rows(table: Node) -> int:
    *_, head, bodies, foot = table["c"]
    return len(head[1]) + len(foot[1]) + sum(len(body[2]) + len(body[3]) for body in bodies)


def _start(text: str) -> str:
    return "".join(takewhile(str.isprintable, text[:SHOWN])).strip()
