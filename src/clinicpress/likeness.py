"""How much alike texts of pages are, and which of them belong together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

SAME = 0.5
"""The share of words in common, from 0 to 1, from which on two texts are taken for one."""
HEADING = re.compile(r"^(#+ .*?)(?:\s*\{#([^}\s]+)\})?\s*$", re.M)


def bag(text: str) -> Counter[str]:
    """Return how often each word is in the text of a page, its title left out."""
    body = text.split("\n---\n", 1)[-1]
    return Counter(re.findall(r"\w+", HEADING.sub("", body, count=1).casefold()))


def alike(one: Counter[str], other: Counter[str]) -> float:
    """Return Dice's coefficient of two texts' words."""
    both = one.total() + other.total()
    return 2 * (one & other).total() / both if both else 0.0


def matched(pairs: Iterable[tuple[Any, ...]]) -> dict[str, str]:
    """Return which name goes with which other, each once.

    A pair ends with its two names; the pairs that sort first are the likeliest.
    """
    found: dict[str, str] = {}
    taken: set[str] = set()
    for *_, name, other in sorted(pairs):
        if name not in found and other not in taken:
            found[name] = other
            taken.add(other)
    return found
