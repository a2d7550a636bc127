"""Who signed a leaflet off, told to a reviewer: the present sign-off, and those before it."""

from __future__ import annotations

from clinicpress import dates
from clinicpress.report import Report
from clinicpress.review import signoff
from clinicpress.review.phrases import ReviewWords


def earlier(report: Report, words: ReviewWords) -> list[str]:
    """Return the sign-offs that the present one took the place of, each in a line."""
    return [
        words.say(
            "earlier_one",
            name=each.name,
            role=each.role,
            day=dates.written(each.reviewed, words.language),
            due=dates.written(each.due, words.language),
            digest=signoff.short(each.digest),
        )
        for each in report.standing.review.earlier
    ]


def state(report: Report, words: ReviewWords) -> str:
    """Return how a leaflet stands: signed off, changed since, or neither."""
    given = report.standing.review.sign_off
    if given is None:
        return words.say("unsigned")
    key = "signed" if report.standing.signed else "changed" if report.standing.changed else "doubt"
    return words.say(
        key,
        name=given.name,
        role=given.role,
        day=dates.written(given.reviewed, words.language),
        due=dates.written(given.due, words.language),
    )
