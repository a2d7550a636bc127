"""`clinicpress split`: documents to pages."""

from __future__ import annotations

import os
from pathlib import Path

import click

from clinicpress import build, project, telling
from clinicpress.checks import strays
from clinicpress.checks.review import decided
from clinicpress.commands import options
from clinicpress.commands.options import DOCUMENT
from clinicpress.errors import ClinicpressError
from clinicpress.project import Hand, Project, Shelf


@click.command()
@click.argument("document", type=DOCUMENT, required=False)
@click.option(
    "-o",
    "--output",
    type=DOCUMENT,
    help="Write the pages to this folder, without redirects from earlier ones; needs no project.",
)
@click.option(
    "--report", "report_file", type=DOCUMENT, help="Write the report to this file, as JSON."
)
@click.option(
    "--force", is_flag=True, help="Overwrite pages that were changed by hand, adopted ones too."
)
@click.option(
    "--adopt", is_flag=True, help="Keep pages changed by hand, and leave them alone from now on."
)
@click.option(
    "--check", is_flag=True, help="Change nothing: say which pages a split would change, and how."
)
@click.option(
    "--allow-loss", is_flag=True, help="Go on where words can't be read, and record them."
)
@click.option("-q", "--quiet", is_flag=True, help="Leave out the single headings and notices.")
def split(
    document: Path | None, output: Path | None, report_file: Path | None, quiet: bool, **flags: bool
) -> None:
    """Split documents into pages, with safety and credential notices.

    In a project: every document in documents/ (or just DOCUMENT), to docs/. Elsewhere name a
    DOCUMENT and a folder for its pages:

    \b
      clinicpress split leaflet.txt -o pages --report report.json

    With --check nothing is written; the exit code is 1 where pages are not up to date.
    """
    if sum(flags[name] for name in ("force", "adopt", "check")) > 1:
        raise click.UsageError("--force, --adopt and --check exclude one another.")
    if report_file is not None:
        telling.check_place(report_file)
    shelf, documents, prune = _chosen(document, output, flags["check"])
    hand = Hand.FORCE if flags["force"] else Hand.ADOPT if flags["adopt"] else Hand.STOP
    given = options.given(hand=hand, allow_loss=flags["allow_loss"])
    before = shelf.lock() if prune else {}
    plan = build.planned(shelf, documents, prune, given)
    if not flags["check"]:
        shelf.store(plan)
        telling.show(plan.reports, details=not quiet)
        telling.taken_away(before, documents, plan.reports)
    if report_file is not None:
        telling.write_report(report_file, plan.reports)
    if flags["check"]:
        telling.differences(shelf, plan)
    lost = strays.of(Project(shelf.root), plan.reports).lost if prune else []
    telling.conclude(decided(plan.reports) + lost + telling.broken(plan.reports), "")


def _chosen(
    document: Path | None, output: Path | None, check: bool
) -> tuple[Shelf, dict[str, Path], bool]:
    """Return where pages go, the documents to split, and whether those are all there are."""
    if document is not None and output is not None:
        return Shelf(output), {_name(document, output): document}, False
    options.refuse_output(output)
    here = project.find(Path.cwd(), recover=not check)
    documents = here.documents()
    if document is None:
        return here.shelf, documents, True
    chosen = {
        name: path for name, path in documents.items() if path.resolve() == document.resolve()
    }
    if not chosen:
        remedy = "Move it to documents/, or name a folder for its pages: -o FOLDER."
        raise ClinicpressError(document, "it is not one of this project's documents", remedy)
    return here.shelf, chosen, False


def _name(document: Path, output: Path) -> str:
    """Return how to call a lone document: as it was typed, and never by the machine's own paths."""
    path = Path(os.path.relpath(document, output)) if document.is_absolute() else document
    return path.as_posix()
