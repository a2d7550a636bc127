"""What stands between a leaflet and its publication: decisions, sign-off, dates, edited pages."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

from clinicpress import dates
from clinicpress.errors import as_typed
from clinicpress.model import Finding, Place
from clinicpress.project import Project
from clinicpress.report import Report
from clinicpress.review import signatures

SIGN = "Read it with `clinicpress review {0}`; with --approve it is signed off."


def decided(reports: Iterable[Report]) -> list[Finding]:
    """Return what is wrong in the review files themselves."""
    return [finding for report in reports for finding in report.standing.findings]


def signed(reports: Iterable[Report], today: str, typed: str = "") -> list[Finding]:
    """Return a finding for each leaflet that is not signed off on `today`, an ISO date.

    What to type names a document as a person just `typed` it, if they did.
    """
    return [finding for report in reports for finding in _signed(report, today, typed)]


def pages(reports: Iterable[Report], project: Project) -> list[Finding]:
    """Return a finding for each page in docs/ that is not as the tool last wrote it, or is old."""
    # By the place of a page: its document may have another name by now.
    lock = project.shelf.lock().values()
    files = {path: digest for entry in lock for path, digest in entry.pages.items()}
    return [finding for report in reports for finding in _pages(report, project, files)]


def _signed(report: Report, today: str, typed: str) -> Iterator[Finding]:
    name, standing = report.leaflet.document.name, report.standing
    given = standing.review.sign_off
    remedy = SIGN.format(as_typed(typed or name))
    if given is None:
        # A sign-off that can't be used is told by the file's own findings.
        if not any(finding.rule == signatures.SIGN_OFF for finding in standing.findings):
            problem = "nobody has signed this leaflet off yet"
            yield Finding("sign-off-missing", Place(name), problem, remedy)
        return
    place = Place(standing.review.place, given.line)
    if given.digest != standing.digest:
        on = dates.written(given.reviewed, "en")
        problem = f"the leaflet is not what {given.name} signed off on {on}: its text, a notice, "
        problem += "a heading, a link or a picture is another, or the digest was changed"
        yield Finding("sign-off-changed", place, problem, remedy)
    if given.due < today:
        problem = f"its next review was due on {dates.written(given.due, 'en')}"
        yield Finding("sign-off-overdue", place, problem, remedy)
    if given.reviewed > today:
        problem = f"it is signed off on a day to come ({dates.written(given.reviewed, 'en')})"
        yield Finding("sign-off-early", place, problem, remedy)


def _pages(report: Report, project: Project, lock: Mapping[str, str]) -> Iterator[Finding]:
    for name, text in report.pages.items():
        path = project.shelf.path(report.leaflet.slug, name)
        file = project.root / path
        found = file.read_bytes() if file.is_file() else b""
        if found == text.encode():
            continue
        if found and hashlib.sha256(found).hexdigest() != lock.get(path):
            problem = "this page was changed by hand, so it is not what was signed off"
            remedy = "Make the change in the document, or give it up: clinicpress split --force"
            yield Finding("page-edited", Place(path), problem, remedy)
        else:
            problem = "this page is not what its document now gives"
            yield Finding("page-old", Place(path), problem, "Run: clinicpress split")


def edited(findings: Sequence[Finding]) -> list[Finding]:
    """Return those of pages changed by hand: a page that is merely old is about to be written."""
    return [finding for finding in findings if finding.rule == "page-edited"]
