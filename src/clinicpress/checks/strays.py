"""What a document left behind when it went: its review file, and pages that nothing keeps up."""

from __future__ import annotations

import re
from collections.abc import Iterable

from clinicpress import decisions, review
from clinicpress.model import Finding, Place
from clinicpress.project import DOCUMENTS, Project
from clinicpress.report import Report

RULE = "page-stray"
# So much of a page is looked at for the document that it was made from.
HEAD = 4000
SOURCE = re.compile(rf'\A---\n(?:(?!---\n).*\n)*?source: "({DOCUMENTS}/[^"\n]+)"\n')


def findings(project: Project, reports: Iterable[Report]) -> list[Finding]:
    """Return a finding for each review file and each page whose document is gone."""
    return [*orphans(project), *pages(project, reports)]


def orphans(project: Project) -> list[Finding]:
    """Return a finding for each review file whose document is gone."""
    remedy = "Give it its document's new name, or remove it."
    problem = "no document here has this name, so its decisions and sign-off are lost"
    return [
        Finding(decisions.RULE, Place(file.relative_to(project.root).as_posix()), problem, remedy)
        for file in review.orphans(project.root / DOCUMENTS)
    ]


def pages(project: Project, reports: Iterable[Report]) -> list[Finding]:
    """Return a finding for each page in docs/ made from a document, and none of its pages now.

    Such a page would go out for ever, with the dates of a review that was of another text.
    """
    shelf = project.shelf
    entries = shelf.lock().values()
    known = {path for entry in entries for path in (*entry.pages, *entry.adopted)}
    known |= {shelf.path(r.leaflet.slug, name) for r in reports for name in r.pages}
    found: list[Finding] = []
    for file in sorted((project.root / project.shelf.docs).rglob("*.md")):
        name = file.relative_to(project.root).as_posix()
        if name in known or not file.is_file():
            continue
        with file.open(encoding="utf-8", errors="replace") as page:
            made = SOURCE.match(page.read(HEAD))
        if made:
            problem = f"this page was made from {made[1]}, and no document keeps it up any more"
            remedy = "Put the document back and run `clinicpress split`, or remove the page."
            found.append(Finding(RULE, Place(name), problem, remedy))
    return found
