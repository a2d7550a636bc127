"""The rules for one language, read from a file that a clinician could read too."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from clinicpress.model import Kind

FALLBACK = "en"
# A sentence is marked when the evidence for a kind, less the evidence against, reaches this.
THRESHOLD = 1.0
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

    def judge(self, sentence: str, headings: tuple[str, ...] = ()) -> tuple[Kind, tuple[str, ...]]:
        """Return the kind of a sentence under its headings, and the cues for and against it."""
        hits = [(cue, cue.pattern.search(sentence)) for cue in self.cues]
        found = [(cue, f"{cue.why} (“{match.group().strip()}”)") for cue, match in hits if match]
        context = [
            (cue, f"under the heading “{heading}”")
            for heading in headings
            for cue in self.headings
            if cue.pattern.search(heading)
        ]
        scores = {
            kind: sum(cue.weight for cue, _ in [*found, *context] if cue.kind is kind)
            for kind in PRIORITY
        }
        outright = scores[Kind.EMERGENCY] >= OUTRIGHT
        best = Kind.EMERGENCY if outright else max(PRIORITY, key=lambda kind: scores[kind])
        if scores[best] < THRESHOLD:
            return Kind.NONE, ()
        return best, tuple(
            f"{cue.weight:+g} {why}" for cue, why in [*found, *context] if cue.kind is best
        )


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
