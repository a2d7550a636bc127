"""What a person decided about a leaflet, told to whoever signs it, a warning less before the rest.

A line pasted by mistake would take a warning away, and the leaflet as it will appear doesn't show
what is no longer in it.
"""

from __future__ import annotations

from dataclasses import dataclass

from clinicpress.model import Kind, Sentence
from clinicpress.notices.rules import PRIORITY
from clinicpress.report import Report
from clinicpress.review.phrases import ReviewWords

RANKS = {kind: rank for rank, kind in enumerate((*PRIORITY, Kind.NONE))}


@dataclass(frozen=True, slots=True)
class Overruled:
    """What was decided, each in a line: those that take a warning away or lessen it, the others."""

    lessened: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


def of(report: Report, words: ReviewWords) -> Overruled:
    """Return what a person decided about the leaflet of a report, the worst losses first."""
    by_hand = [s for s in report.leaflet.sentences if s.held_for is not None]
    by_hand.sort(key=lambda s: RANKS[s.held_for or Kind.NONE])
    lessened = tuple(_sentence(s, words) for s in by_hand if _is_less(s))
    others = [_sentence(s, words) for s in by_hand if not _is_less(s)]
    review = report.standing.review
    failed = {finding.place.line for finding in report.standing.findings}
    for each in review.headings:
        if each.wording.line in failed:
            continue
        key = "decided_heading" if each.is_heading else "decided_text"
        reason = words.heading(review.reason(each.by, each.wording.line))
        others.append(words.say(key, text=each.wording.text, reason=reason))
    return Overruled(lessened, tuple(others))


def _is_less(sentence: Sentence) -> bool:
    return RANKS[sentence.label] > RANKS[sentence.held_for or Kind.NONE]


def _sentence(sentence: Sentence, words: ReviewWords) -> str:
    kind, held_for = (words.say(str(each)) for each in (sentence.label, sentence.held_for))
    key = "decided_alike" if sentence.label is sentence.held_for else "decided_sentence"
    reason = words.heading("; ".join(sentence.cues))
    return words.say(key, text=sentence.text, kind=kind, held_for=held_for, reason=reason)
