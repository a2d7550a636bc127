"""Emergency numbers in leaflets that reach nobody in the countries of the clinic."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from clinicpress.clinic import countries
from clinicpress.clinic.settings import Clinic
from clinicpress.errors import quoted
from clinicpress.model import Finding, Kind, Place, Sentence
from clinicpress.report import Report

RULE = "emergency-number"
# As a whole, and no part of a longer number. Two digits are one only as French puts it: "le 15".
NUMBER = re.compile(r"(?<![\d.,-])(?<!\d )(?:\d{3}|(?<=\ble )\d{2})(?![.,-]?\d)(?! \d)")


def findings(reports: Iterable[Report], clinic: Clinic | None) -> Iterator[Finding]:
    """Yield a finding for each leaflet that names emergency numbers of other countries alone."""
    if clinic is None or not clinic.countries:
        return
    here = clinic.countries
    names = ", ".join(country.code for country in here)
    first = here[0].emergency[0]
    own = {n for country in here for n in country.emergency}
    own |= {line.number for country in here for line in country.advice}
    known = countries.emergency_numbers() | own
    for report in reports:
        named = [(s, found) for s in report.leaflet.sentences if (found := _named(s) & known)]
        # One that names the clinic's own number may name those of other countries beside it.
        if named and not any(found & own for _, found in named):
            sentence, found = named[0]
            said = " and ".join(sorted(found))
            problem = f"{quoted(sentence.text)} names {said}, which no country of the clinic has"
            remedy = f"Its number is {first} ({names}, in mkdocs.yml)."
            yield Finding(RULE, Place(report.leaflet.document.name), problem, remedy)


def _named(sentence: Sentence) -> set[str]:
    return set(NUMBER.findall(sentence.text)) if sentence.label is Kind.EMERGENCY else set()
