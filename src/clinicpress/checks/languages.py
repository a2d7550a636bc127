"""Leaflets in a language that has no words for what stands around their text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from clinicpress.clinic import wording
from clinicpress.clinic.wording import Own
from clinicpress.model import Finding, Place
from clinicpress.report import Report

RULE = "language"


def findings(reports: Iterable[Report], own: Own) -> Iterator[Finding]:
    """Yield a finding for each leaflet whose strip, notices and banner are in English only."""
    for report in reports:
        document = report.leaflet.document
        if not wording.is_there(document.lang, own):
            problem = (
                f"it is in the language “{document.lang}”, but its emergency strip, the heads of "
                "its notices and “Not yet reviewed” are in English"
            )
            remedy = (
                "Whoever needs this leaflet may not read them. Give your own words in mkdocs.yml, "
                f"below `clinic`: words, then {document.lang.lower()}. "
                "guides/languages.md has the lines to translate."
            )
            yield Finding(RULE, Place(document.name), problem, remedy)
