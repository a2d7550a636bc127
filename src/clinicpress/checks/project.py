"""What is found in a project, by what it hinders: every run, its publication, or nothing yet."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from clinicpress.checks import languages, numbers, strays
from clinicpress.checks.review import decided, edited, pages, signed
from clinicpress.clinic import face
from clinicpress.model import Finding
from clinicpress.project import Project
from clinicpress.report import Report


@dataclass(frozen=True, slots=True)
class Found:
    """Findings on a project's leaflets and settings.

    `wrong` has to be put right in any case, `unsigned` are the pages that no sign-off can be of,
    and `advice` is what patients would be better off with.
    """

    wrong: list[Finding]
    unsigned: list[Finding]
    advice: list[Finding]


def of(project: Project, reports: Sequence[Report]) -> Found:
    """Return what is found in a project, whatever day it is."""
    stray = strays.of(project, reports)
    abroad = numbers.findings(reports, face.clinic_of(project.root))
    spoken = languages.findings(reports, project.shelf.words())
    return Found(
        [*decided(reports), *stray.lost, *abroad],
        stray.unsigned,
        [*spoken, *face.nowhere(project.root), *face.advice(project.root)],
    )


def hindering(project: Project, reports: Sequence[Report], today: datetime.date) -> list[Finding]:
    """Return what stands between a project and its publication, before a page of it is written."""
    found = of(project, reports)
    return [
        *found.wrong,
        *signed(reports, today.isoformat()),
        *found.unsigned,
        *edited(pages(reports, project)),
        *face.examples(project.root),
        *face.nowhere(project.root),
        *face.ended(project.root, today),
    ]
