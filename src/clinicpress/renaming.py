"""Which new document is an earlier one under another name: it keeps the addresses of that one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from clinicpress.likeness import SAME, alike, bag, matched

# How many pairs of documents are compared at most, beyond those of one file name: bounds the work.
MOST_PAIRS = 10_000

Pages = Iterable[str]


def renamed(gone: Mapping[str, Pages], new: Mapping[str, Pages]) -> dict[str, str]:
    """Return the earlier name of each new document that has one, each used once.

    `gone` and `new` have the texts of the pages by document. Two are the same where at least half
    of their words are in common; those of one file name, moved to another folder, come first.
    """
    bags = {name: _bag(pages) for name, pages in (*gone.items(), *new.items())}
    pairs = [(old, name) for name in new for old in gone if _file(old) == _file(name)]
    if len(gone) * len(new) <= MOST_PAIRS:
        pairs += [(old, name) for name in new for old in gone if _file(old) != _file(name)]
    scored = [
        (_file(old) != _file(name), -score, name, old)
        for old, name in pairs
        if (score := alike(bags[old], bags[name])) >= SAME
    ]
    return matched(scored)


def _file(name: str) -> str:
    return PurePosixPath(name).stem.casefold()


def _bag(pages: Pages) -> Counter[str]:
    return sum((bag(text) for text in pages), Counter[str]())
