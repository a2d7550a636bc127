"""The rules for one language, read from a file that a clinician could read too."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from clinicpress.model import Kind

FALLBACK = "en"
# An instruction to get help this plain is an emergency, whatever else the sentence says.
OUTRIGHT = 2.0
# Where two kinds tie, the one whose loss would hurt most wins.
PRIORITY = (Kind.EMERGENCY, Kind.SAFETY, Kind.CREDENTIAL)


@dataclass(frozen=True, slots=True)
class Cue:
    """A pattern that speaks for a kind, or against it where its weight is negative."""

    kind: Kind
    pattern: re.Pattern[str]
    weight: float
    why: str
    example: str


@dataclass(frozen=True, slots=True)
class Rules:
    """The cues of a language: in a sentence, and in the headings above it."""

    language: str
    titles: Mapping[Kind, str]
    words: Mapping[str, str]
    cues: tuple[Cue, ...]
    headings: tuple[Cue, ...]
    function_words: frozenset[str]

    def found(self, sentence: str) -> list[Cue]:
        """Return the cues in a sentence."""
        return [cue for cue in self.cues if cue.pattern.search(sentence)]

    def found_in_headings(self, headings: Iterable[str]) -> list[Cue]:
        """Return the cues in the headings above a sentence."""
        return [cue for text in headings for cue in self.headings if cue.pattern.search(text)]

    def outright(self, sentence: str) -> tuple[str, ...]:
        """Return why a sentence is an emergency whatever else it says; empty where it is not."""
        cues = [cue for cue in self.found(sentence) if cue.kind is Kind.EMERGENCY]
        if sum(cue.weight for cue in cues) < OUTRIGHT:
            return ()
        return tuple(
            f"{cue.weight:+.1f} {cue.why} (“{match.group().strip()}”)"
            for cue in cues
            if (match := cue.pattern.search(sentence))
        )


def weigh(cues: Iterable[Cue]) -> list[tuple[Kind, float]]:
    """Return the evidence for each kind that cues speak of, less the evidence against it."""
    scores: dict[Kind, float] = {}
    for cue in cues:
        scores[cue.kind] = scores.get(cue.kind, 0.0) + cue.weight
    return list(scores.items())


@cache
def load(language: str) -> Rules:
    """Return the rules for a language tag such as `en-GB`; English where there are none for it."""
    short = language.lower().split("-")[0]
    folder = resources.files("clinicpress.notices") / "rules"
    source = folder / f"{short}.toml"
    if not source.is_file():
        return load(FALLBACK)
    data = tomllib.loads(source.read_text(encoding="utf-8"))
    return Rules(
        language=short,
        titles={Kind(kind): title for kind, title in data["titles"].items()},
        words=data["words"],
        cues=tuple(_cue(row) for row in data["cue"]),
        headings=tuple(_cue(row) for row in data["heading"]),
        function_words=frozenset(data["function_words"].split()),
    )


def languages() -> list[str]:
    """Return the languages there are rules for."""
    folder = resources.files("clinicpress.notices") / "rules"
    return sorted(
        entry.name.removesuffix(".toml")
        for entry in folder.iterdir()
        if entry.name.endswith(".toml")
    )


def guess_language(text: str) -> str:
    """Return the language whose small words are commonest in `text`; English where none are."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    counts = {tag: sum(word in load(tag).function_words for word in words) for tag in languages()}
    return max(counts, key=lambda tag: (counts[tag], tag == FALLBACK))


def _cue(row: Mapping[str, str]) -> Cue:
    return Cue(
        kind=Kind(row["kind"]),
        pattern=re.compile(row["pattern"], re.IGNORECASE),
        weight=float(row["weight"]),
        why=row["why"],
        example=row["example"],
    )
