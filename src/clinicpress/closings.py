"""Lines at the end of a letter, or below a name: who signed, in what role, at which clinic."""

from __future__ import annotations

import re
from collections.abc import Sequence

from clinicpress import headings

MOST_WORDS = 5
CLOSING = re.compile(
    r"(?:(?:with )?(?:kind(?:est)?|best|warm) (?:regards|wishes)|sincerely"
    r"|yours (?:sincerely|faithfully|truly)|(?:muy )?atentamente|(?:un )?(?:cordial )?saludos?"
    r"|(?:bien )?cordialement|bien à vous)\W*",
    re.IGNORECASE,
)
ROLE = re.compile(rf"{headings.ROLE}(?:[ ,/-]+[\w-]+){{0,2}}", re.IGNORECASE)
PERSON = headings.NOT_A_HEADING["a person"]
# Below it a person signs: what stands above says what to.
TO_SIGN = re.compile(r"(?:signed|signature|firma(?:do)?|signé)\b", re.IGNORECASE)


def of(lines: Sequence[str]) -> set[int]:
    """Return where such lines stand among the paragraphs of a text, and those above a signature."""
    out: set[int] = set()
    for at in range(len(lines) - 1):
        if _signs(lines, at, out) or TO_SIGN.match(lines[at + 1]):
            out.add(at)
    return out


def _signs(lines: Sequence[str], at: int, found: set[int]) -> bool:
    line, above = lines[at], lines[at - 1] if at else ""
    if CLOSING.fullmatch(above):
        return len(line.split()) <= MOST_WORDS
    if at - 1 in found and headings.heading_like(lines[at + 1]):
        return True  # a town: it would head nothing
    below_name = at - 1 in found or PERSON.search(above)
    return bool(below_name and (ROLE.fullmatch(line) or headings.CLINIC.match(line)))
