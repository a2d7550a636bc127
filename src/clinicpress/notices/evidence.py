"""What speaks for or against a notice in a statement and what stands around it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from clinicpress.notices.concepts import spoken_of, words
from clinicpress.notices.rules import Rules, weigh

PIECE = 4
# How much a thing counts by where it is found, before anything is learned of it.
PAIRED, IN_PIECES, BEFORE = 0.5, 0.5, 0.4
# A leaflet says what a thing is first, then what to do, and ends with who and where. That counts
# for little, since not all do, and for less in one of fewer statements than WHOLE.
PARTS, PLACED, WHOLE = 6, 0.3, 12

Features = dict[str, float]


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence, list item or table row, with the headings above it.

    `section` counts the headings passed; `lead` is the position, among all statements, of the line
    that leads in its list, `above` that of a sentence which merely stands right above the list.
    """

    text: str
    shape: str
    headings: tuple[str, ...] = ()
    section: int = 0
    lead: int | None = None
    above: int | None = None


def evidence(statements: Sequence[Statement], rules: Rules) -> list[Features]:
    """Return, for each statement, the strength of each thing that can be learned from it.

    The first letters of a name say where it was found: `w` words, `b` neighbouring words, `c`
    pieces of words, `C` concepts, `CC` pairs of them, `r` rules, `at` the part of the leaflet; with
    `h`, `l`, `p` before them in the heading, the line that leads in, the statement before.
    """
    return [_features(at, statements, rules) for at in range(len(statements))]


def _features(at: int, statements: Sequence[Statement], rules: Rules) -> Features:
    statement = statements[at]
    own = ["<", *words(statement.text), ">"]
    found = dict(_said(own)) | dict(_meant(statement.text, rules.language, "C"))
    found |= dict(_ruled(statement.text, statement.headings[-2:], rules, "r"))
    if statement.headings:
        found |= dict(_around(statement.headings[-1], rules, "h", 1.0))
    if statement.lead is not None:
        lead = statements[statement.lead].text
        found |= dict(_around(lead, rules, "l", 1.0)) | dict(_ruled(lead, (), rules, "lr"))
        found |= dict(_meant(lead, rules.language, "lC"))
    if at and statements[at - 1].section == statement.section:
        found |= dict(_around(statements[at - 1].text, rules, "p", BEFORE))
    found |= dict(_placed(at, len(statements)))
    item = statement.shape in ("item", "row")
    shape = "item" if item else "paragraph"
    return found | {"always": 1.0, f"s {shape}": 1.0, f"e {statement.text[-1:]}": 1.0}


def _placed(at: int, count: int) -> Iterator[tuple[str, float]]:
    """Yield the borders of the part of the leaflet that a statement is in, the nearer more."""
    last = max(1, count - 1)
    part, on = divmod(at * PARTS, last)
    strength = PLACED * min(1.0, last / WHOLE)
    yield f"at {part}", strength * (1 - on / last)
    yield f"at {part + 1}", strength * on / last


def _said(own: list[str]) -> Iterator[tuple[str, float]]:
    for word in own:
        yield f"w {word}", 1.0
        for start in range(len(word) - PIECE + 1):
            yield f"c {word[start : start + PIECE]}", IN_PIECES
    for first, second in pairwise(own):
        yield f"b {first} {second}", 1.0


def _meant(text: str, language: str, where: str) -> Iterator[tuple[str, float]]:
    concepts = spoken_of(text, language)
    for concept in concepts:
        yield f"{where} {concept}", 1.0
    for first, second in combinations(concepts, 2):
        yield f"{where}C {first} {second}", PAIRED


def _around(text: str, rules: Rules, where: str, strength: float) -> Iterator[tuple[str, float]]:
    for word in words(text):
        yield f"{where} {word}", strength
    for concept in spoken_of(text, rules.language):
        yield f"{where}C {concept}", strength


def _ruled(
    text: str, headings: tuple[str, ...], rules: Rules, where: str
) -> Iterator[tuple[str, float]]:
    hits = rules.found(text)
    for kind, score in weigh(hits):
        yield f"{where} {kind}", score
    for kind, score in weigh(rules.found_in_headings(headings)):
        yield f"{where}h {kind}", score
    for cue in hits:
        yield f"{where}w {rules.language} {cue.why}", 1.0
