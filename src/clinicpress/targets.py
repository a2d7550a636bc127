"""Links of a document that lead nowhere, each at its line where the document is a text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from html import unescape
from urllib.parse import unquote

from clinicpress.model import Finding, Place

RULE = "document-links"
ADDRESS = re.compile(
    r"\]\(\s*<?([^)>\s]*)|^\s*\[[^\]]+\]:\s*<?([^>\s]+)|href\s*=\s*[\"']?([^\"'\s>]+)", re.M
)
NO_TARGET = "Correct the link, or give the place it means a heading."
NO_FILE = "Put that document among this one's, correct the link, or take it out."


def findings(
    document: str, broken: Sequence[tuple[str, str]], text: str = ""
) -> tuple[Finding, ...]:
    """Return a finding for each broken link: its address, and the title of the page it is on.

    `text` is the document's own where it can be read as lines; lines are counted from 1.
    """
    lines = _lines(text) if broken else {}
    found = []
    for address, page in broken:
        places = lines.get(_plain(address), [])
        line = places.pop(0) if len(places) > 1 else next(iter(places), None)
        where = "" if line else f", on the page “{page}”"
        problem = f"this link leads nowhere: {address or 'it has no address'}{where}"
        remedy = NO_TARGET if address.startswith("#") or not address else NO_FILE
        found.append(Finding(RULE, Place(document, line), f"{problem} (its text is kept)", remedy))
    return tuple(found)


def _lines(text: str) -> dict[str, list[int]]:
    """Return the lines on which each address stands, in order."""
    lines: dict[str, list[int]] = defaultdict(list)
    for number, line in enumerate(text.splitlines(), start=1):
        for address in _addresses(line):
            lines[_plain(address)].append(number)
    return lines


def _addresses(line: str) -> Iterator[str]:
    for match in ADDRESS.finditer(line):
        yield next((group for group in match.groups() if group), "")


def _plain(address: str) -> str:
    return unquote(unescape(address)).casefold()
