"""How large the letters of a file's paragraphs are, which pandoc doesn't tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

LARGER = 1.12
"""A line is larger where its letters are so many times as large as most of the text's."""

Sized = tuple[str, float]
"""A piece of text, and the size of its (smallest) letters in whatever unit the file has."""


def smallest(pieces: Iterable[Sized]) -> Sized:
    """Return the text of a paragraph's pieces and the size of its smallest letters, 0 for none."""
    given = list(pieces)
    text = " ".join("".join(text for text, _ in given).split())
    return text, min((size for text, size in given if text.strip()), default=0)


def larger(paragraphs: Sequence[Sized]) -> Mapping[str, float]:
    """Return the paragraphs in larger letters than most, with how many times as large."""
    weights: Counter[float] = Counter()
    for text, size in paragraphs:
        weights[size] += len(text)
    usual = max(weights, key=lambda size: weights[size], default=0)
    if usual <= 0:
        return {}
    return {text: size / usual for text, size in paragraphs if size >= LARGER * usual}
