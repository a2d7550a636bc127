"""`clinicpress check`: what stands between a project and its publication."""

from __future__ import annotations

from pathlib import Path

import click

from clinicpress import build, project, telling
from clinicpress.checks import project as found_in
from clinicpress.checks.review import pages, signed
from clinicpress.commands import building


@click.command()
def check() -> None:
    """Check the built site's links and anchors, practitioners.yml and every sign-off.

    Nothing outside the site is asked for.
    """
    here = project.find(Path.cwd())
    # Planned, and not carried out: what would stop a split stops this too.
    reports = build.planned(here.shelf, here.documents(), prune=True).reports
    found = found_in.of(here, reports)
    for finding in found.advice:
        click.echo(f"note: {build.findings_text([finding])}")
    unsigned = [*signed(reports, telling.today()), *pages(reports, here), *found.unsigned]
    passed = "Checks passed: links, anchors and sign-off."
    building.conclude(here, [*found.wrong, *unsigned], passed)
