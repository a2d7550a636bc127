"""`clinicpress build`: documents to pages, site and PDFs, and all of it checked."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import click

from clinicpress import build as way
from clinicpress import project, starter, telling
from clinicpress.checks.review import decided
from clinicpress.commands import building, options
from clinicpress.commands.options import DOCUMENT, ENGINE


@click.command()
@click.argument("document", type=DOCUMENT, required=False)
@click.option(
    "-o", "--output", type=DOCUMENT, help="With DOCUMENT: the folder for the finished site."
)
@click.option(
    "--force",
    is_flag=True,
    help="Overwrite pages changed by hand, or put another folder aside (FOLDER.before).",
)
@click.option(
    "--allow-loss", is_flag=True, help="Go on where words can't be read, and record them."
)
@click.option(
    "--publish", is_flag=True, help="Build only if every leaflet is signed off and in date."
)
@ENGINE
def build(document: Path | None, output: Path | None, with_engine: str, **flags: bool) -> None:
    """Build the site: split, pages, PDF, checks.

    \b
      clinicpress build                          the project you are in, to site/
      clinicpress build leaflet.txt -o out       one document, to out/
      clinicpress build --publish                for the web: nothing that is not signed off

    A leaflet that nobody has signed off says so on each of its pages.
    """
    given = options.given(allow_loss=flags["allow_loss"])
    force, publish = flags["force"], flags["publish"]
    if document is not None:
        target = output or Path(f"{document.stem}-site")
        _alone(document, target, force, replace(given, gate=building.gate(publish)), with_engine)
        click.echo(f"Open {target / 'index.html'} in a browser, or copy {target} to any host.")
    else:
        options.refuse_output(output)
        here = project.find(Path.cwd())
        given = replace(given, gate=building.gate(publish, here))
        site = building.site_of(here, given, force, with_engine)
        click.echo(f"Open {site.name}/index.html in a browser, or copy {site.name}/ to any host.")


def _alone(document: Path, target: Path, force: bool, given: way.Options, with_engine: str) -> None:
    """Build the site of a document that is in no project."""
    with starter.temporary(document, target, force, given) as (made, reports):
        telling.show(reports, details=False)
        way.build(made, with_engine=with_engine, today=telling.today())
        findings = [*telling.broken(reports), *way.check(made, datetime.date.today())]
        starter.deliver(made.site, target)
    telling.note(reports)
    telling.conclude(decided(reports) + findings)
