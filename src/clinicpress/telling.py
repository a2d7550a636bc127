"""What is said on the screen and written in a report: the findings, too, that end a run."""

from __future__ import annotations

import contextlib
import datetime
import json
import sys
import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from clinicpress import build, project, report
from clinicpress.checks.review import signed
from clinicpress.errors import ClinicpressError, quoted
from clinicpress.lock import Entry
from clinicpress.model import Finding
from clinicpress.project import Shelf
from clinicpress.review import sheet

FINDINGS = 1
# How a report and a review begin, as this tool writes them.
OURS = (b'{\n "document"', b'{\n "documents"', sheet.BEGINS.encode())
# Fewer documents are done too soon for a bar.
MANY = 5


def show(reports: Iterable[report.Report], details: bool = True) -> None:
    """Print each report; `details` are the single headings and notices."""
    for each in reports:
        for line in report.lines(each, details):
            click.echo(line)


def write_report(path: Path, reports: list[report.Report]) -> None:
    """Write reports to a file, as JSON."""
    rows = [report.as_json(each) for each in reports]
    data: Any = rows[0] if len(rows) == 1 else {"documents": rows}
    write(path, json.dumps(data, indent=1, ensure_ascii=False) + "\n")


def write(path: Path, text: str) -> None:
    """Write a text to a file that the user named: all of it, or nothing."""
    # What is there and no file, as /dev/null, is written to and not replaced.
    part = (
        path.with_name(f"{path.name[:100]}.part") if path.is_file() or not path.exists() else path
    )
    try:
        part.write_text(text, encoding="utf-8")
        if part != path:
            part.replace(path)
    except OSError as error:
        if part != path:
            with contextlib.suppress(OSError):
                part.unlink()
        raise _no_report(path, error) from error


def differences(shelf: Shelf, plan: project.Plan) -> None:
    """Say what a split would change, and exit with 1 where it would."""
    found = shelf.differences(plan)
    for path, difference in found.items():
        edited = " (changed by hand: a split would stop there)" if path in plan.edited else ""
        click.echo(f"{path} is not up to date{edited}\n{difference}\n")
    if found:
        click.echo(f"{len(found)} files are not up to date. Run: clinicpress split", err=True)
        sys.exit(FINDINGS)
    click.echo("Up to date: a split would change nothing.")


def taken_away(
    before: Mapping[str, Entry], documents: Collection[str], reports: Iterable[report.Report]
) -> None:
    """Say which leaflets went with their documents, so that a slip does not pass unseen.

    `before` is the lock as it was; a document that has a new name is not gone.
    """
    renamed = {each.earlier for each in reports}
    for name, entry in before.items():
        if name not in documents and name not in renamed:
            pages = sum(path.endswith(".md") and path not in entry.moved for path in entry.pages)
            click.echo(f"{name} is not there any more: its {pages} pages were taken away.")


def broken(reports: Iterable[report.Report]) -> list[Finding]:
    """Return what the reports themselves found."""
    return [finding for each in reports for finding in each.findings]


def show_with_findings(reports: list[report.Report]) -> None:
    """Print reports and what they found, and go on."""
    show(reports, details=False)
    if found := broken(reports):
        click.echo(build.findings_text(found), err=True)


def note(
    reports: list[report.Report], more: Sequence[Finding] = (), document: Path | None = None
) -> None:
    """Say what is not signed off: in a preview that is no mistake."""
    for finding in (*more, *signed(reports, today(), str(document or ""))):
        click.echo(f"note: {build.findings_text([finding])}")
    named: dict[str, list[str]] = {}
    for each in reports:
        named.setdefault(each.leaflet.document.title, []).append(each.leaflet.document.name)
    for title, names in named.items():
        if len(names) > 1:
            click.echo(f"note: these are all called {quoted(title)}: {', '.join(names)}")
            click.echo("    Patients can't tell them apart in the menu. Give each its own title.")


def today() -> str:
    """Return the date, as an ISO date."""
    return datetime.date.today().isoformat()


def conclude(found: list[Finding], passed: str = "Checks passed: links and anchors.") -> None:
    """Print what the checks found and exit with 1, or say that they passed."""
    if found:
        click.echo(build.findings_text(found), err=True)
        click.echo(f"{len(found)} found by the checks.", err=True)
        sys.exit(FINDINGS)
    if passed:
        click.echo(passed)


def complain(error: ClinicpressError) -> None:
    """Print an error: the place and the problem, then the remedy."""
    click.secho(str(error), fg="red", err=True)
    click.echo(f"    {error.remedy}", err=True)


def check_place(path: Path) -> None:
    """Find out, before any page is written, whether the report can be.

    It takes the place of an earlier one, and of no other file: that may be the leaflet itself.
    """
    try:
        is_there = path.exists()
        if is_there and not _is_ours(path):
            problem = "there is something here already that is no report or review of this tool"
            raise ClinicpressError(path, problem, "Name another file, or move this one away.")
        folder = path.parent.resolve()
        if any(project.is_shelved(each) for each in (folder, *folder.parents)):
            problem = f"in {project.DOCUMENTS}/ it would be taken for a leaflet"
            raise ClinicpressError(path, problem, "Name a file in another folder.")
        if not is_there:
            with tempfile.TemporaryFile(dir=path.parent):
                pass
    except OSError as error:
        raise _no_report(path, error) from error


def _is_ours(path: Path) -> bool:
    with path.open("rb+") as file:
        start = file.read(max(map(len, OURS)))
    return not start or start.startswith(OURS)


def _no_report(path: Path, error: OSError) -> ClinicpressError:
    problem = f"this file can't be written ({error.strerror or error})"
    remedy = "Name another file."
    if isinstance(error, FileNotFoundError) and not path.parent.exists():
        problem, remedy = "the folder for this file is not there", "Make it, or name another file."
    return ClinicpressError(path, problem, remedy)


def progress(results: Iterable[Any], length: int) -> Iterable[Any]:
    """Show a bar while many documents are done, in a terminal only."""
    if length < MANY or not (sys.stderr.isatty() and sys.stdout.isatty()):
        return results
    return _bar(results, length)


def _bar(results: Iterable[Any], length: int) -> Iterator[Any]:
    with click.progressbar(results, length, label="Documents", file=sys.stderr) as bar:
        yield from bar
