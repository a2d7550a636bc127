"""The rules for one language, read from a file that a clinician could read too."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from clinicpress.model import Kind
from clinicpress.notices import scripts

# So many common words, and so many times as many as of any other language, tell it plainly.
PLAIN, CLEARLY = 12, 3
SEVERAL = 2  # different words: one alone ("Drug A") may be a name or a letter
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
class Mark:
    """What authors name a notice themselves, in styles and boxes or at the head of a paragraph.

    One that is not `firm` leaves a sentence that tells the reader to get help at once as it is.
    """

    kind: Kind
    names: tuple[str, ...]
    begins: re.Pattern[str]
    firm: bool
    example: str


@dataclass(frozen=True, slots=True)
class Rules:
    """The cues of a language: in a sentence, and in the headings above it."""

    language: str
    titles: Mapping[Kind, str]
    row_titles: Mapping[Kind, str]
    words: Mapping[str, str]
    cues: tuple[Cue, ...]
    headings: tuple[Cue, ...]
    marks: tuple[Mark, ...]
    dates: Mapping[str, str]
    function_words: frozenset[str]
    common_words: frozenset[str]
    leads: re.Pattern[str]
    opens: re.Pattern[str]
    calm: re.Pattern[str]

    def beginning(self, text: str) -> tuple[Mark, str] | None:
        """Return what a paragraph names itself with its first words, and those words."""
        hits = ((mark, mark.begins.match(text)) for mark in self.marks)
        return next(((mark, hit.group(1)) for mark, hit in hits if hit), None)

    def found(self, sentence: str) -> list[Cue]:
        """Return the cues in a sentence."""
        return [cue for cue in self.cues if cue.pattern.search(sentence)]

    def found_in_headings(self, headings: Iterable[str]) -> list[Cue]:
        """Return the cues in the headings above a sentence."""
        return [cue for text in headings for cue in self.headings if cue.pattern.search(text)]

    def leads_in(self, sentence: str) -> bool:
        """Say whether a sentence announces the list that follows it."""
        leads = self.leads.search(sentence) or self.opens.search(sentence)
        return sentence.rstrip().endswith(":") or bool(leads)

    def outright(self, sentence: str) -> tuple[str, ...]:
        """Return why a sentence is an emergency whatever else it says; empty where it is not.

        What it says that nobody need do is left out.
        """
        sentence = self.calm.sub("", sentence)
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
        row_titles={Kind(kind): title for kind, title in data["row_titles"].items()},
        words=data["words"],
        cues=tuple(_cue(row) for row in data["cue"]),
        headings=tuple(_cue(row) for row in data["heading"]),
        marks=tuple(_mark(row) for row in data["mark"]),
        dates=data["dates"],
        function_words=frozenset(data["function_words"].split()),
        common_words=frozenset(data["common_words"].split()),
        leads=re.compile(data["leads"], re.IGNORECASE),
        opens=re.compile(data["opens"], re.IGNORECASE),
        calm=re.compile(
            rf"(?:{data['calm']})[^.;:,]*|[^.;:,]*(?:{data['mild']})[^.;:,]*", re.IGNORECASE
        ),
    )


def is_known(language: str) -> bool:
    """Say whether there are rules for a language, by its tag."""
    return language.partition("-")[0].lower() in languages()


def languages() -> list[str]:
    """Return the languages there are rules for."""
    folder = resources.files("clinicpress.notices") / "rules"
    return sorted(
        entry.name.removesuffix(".toml")
        for entry in folder.iterdir()
        if entry.name.endswith(".toml")
    )


@cache
def names() -> Mapping[str, Mark]:
    """Return the marks of all languages by their names: a style may be in another than the text."""
    marks = [mark for tag in (FALLBACK, *languages()) for mark in load(tag).marks]
    return {name: mark for mark in reversed(marks) for name in mark.names}


def guess_language(text: str, said: str = "") -> str:
    """Return the language of a text, as a tag; `said` is what its file says it is.

    Files are often wrong (a template's language, a website's), and notices are sought by it: where
    the words plainly are of another language, they win. English where nothing tells.
    """
    if written := scripts.language(text, said):
        return written
    words = re.findall(r"[^\W\d_]+", text.lower())
    own = _own_words()
    counts = {tag: sum(word in these for word in words) for tag, these in own.items()}
    best = max(counts, key=lambda tag: (counts[tag], tag == FALLBACK))
    alone = all(count < counts[best] for tag, count in counts.items() if tag != best)
    if not said:
        several = len({word for word in words if word in own[best]}) >= SEVERAL
        return best if alone and several else FALLBACK
    claimed = own.get(said.partition("-")[0].lower(), own[best])
    # Sister languages share many words: those speak for neither.
    ours = sum(word in own[best] - claimed for word in words)
    theirs = sum(word in claimed - own[best] for word in words)
    return best if alone and ours >= PLAIN and ours > CLEARLY * theirs else said


@cache
def _own_words() -> Mapping[str, frozenset[str]]:
    """Return the words that tell a language: those that English and another share tell neither.

    Of a language without rules they are those that none with rules has.
    """
    ruled = {tag: load(tag).common_words for tag in languages()}
    elsewhere = frozenset().union(*(words for tag, words in ruled.items() if tag != FALLBACK))
    own = {tag: words - ruled[FALLBACK] for tag, words in ruled.items()}
    source = resources.files("clinicpress.notices") / "common.toml"
    others = tomllib.loads(source.read_text(encoding="utf-8"))
    known = elsewhere | ruled[FALLBACK]
    own |= {tag: frozenset(words.split()) - known for tag, words in others.items()}
    return own | {FALLBACK: ruled[FALLBACK] - elsewhere}


def _cue(row: Mapping[str, str]) -> Cue:
    return Cue(
        kind=Kind(row["kind"]),
        pattern=re.compile(row["pattern"], re.IGNORECASE),
        weight=float(row["weight"]),
        why=row["why"],
        example=row["example"],
    )


def _mark(row: Mapping[str, Any]) -> Mark:
    words = "|".join(re.escape(words) for words in _listed(row["begins"]))
    return Mark(
        kind=Kind(row["kind"]),
        names=_listed(row["names"]),
        begins=re.compile(rf"\W*({words})(?:\s*[:：!]|\s+[–—-]\s)", re.IGNORECASE),
        firm=bool(row["firm"]),
        example=row["example"],
    )


def _listed(names: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in names.split(","))
