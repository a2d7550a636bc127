"""What the commands share that make a site: the way to it, and what may hold it up."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from clinicpress import build, report, telling
from clinicpress.checks import project as found_in
from clinicpress.checks.review import decided, signed
from clinicpress.model import Finding
from clinicpress.project import Project

BUILT = "The site is built all the same: {}/index.html"


def site_of(
    here: Project, given: build.Options, force: bool, with_engine: str, told: str = BUILT
) -> Path:
    """Split, build and check a project; return its site. `told` is said where a check fails."""
    before, documents = here.shelf.lock(), here.documents()
    reports = build.split(here.shelf, documents, force, prune=True, options=given)
    telling.show(reports, details=False)
    telling.taken_away(before, documents, reports)
    site = build.build(here, with_engine=with_engine, today=telling.today())
    found = found_in.of(here, reports)
    telling.note(reports, [*found.unsigned, *found.advice])
    conclude(here, [*found.wrong, *telling.broken(reports)], told=told.format(site.name))
    return site


def conclude(
    here: Project,
    before: Iterable[Finding],
    passed: str = "Checks passed: links and anchors.",
    told: str = "",
) -> None:
    """Check the built site, and tell what was found `before` with what is found there."""
    findings = [*before, *build.check(here, datetime.date.today())]
    if findings and told:
        click.echo(told)
    if summary := build.register_summary(here):
        click.echo(summary)
    telling.conclude(findings, passed)


def gate(publish: bool, here: Project | None = None) -> build.Gate:
    """Return what stops a build for publication before anything of it is written."""

    def stop(reports: Sequence[report.Report]) -> None:
        if here is None:
            found = decided(reports) + signed(reports, telling.today())
        else:
            found = found_in.hindering(here, reports, datetime.date.today())
        if found:
            click.echo("Not published. Nothing was written.", err=True)
        telling.conclude(found, "")

    return stop if publish else lambda reports: None
