"""`clinicpress new`: a project of one's own."""

from __future__ import annotations

from pathlib import Path

import click

from clinicpress import starter, telling
from clinicpress.commands.options import DOCUMENT
from clinicpress.starter import translation


@click.command()
@click.argument("folder", type=DOCUMENT)
@click.argument("document", type=DOCUMENT, required=False)
@click.option(
    "--language",
    type=click.Choice(translation.names()),
    help="The language of the site's own pages; else that of DOCUMENT, or English.",
)
def new(folder: Path, document: Path | None, language: str | None) -> None:
    """Make a new project in FOLDER, with DOCUMENT as its first leaflet.

    \b
    FOLDER/documents/   your approved leaflets: put them here
    FOLDER/docs/        the pages made from them, to read and to keep in version control
    FOLDER/overrides/   how the site looks
    FOLDER/mkdocs.yml   the site's name and settings
    """
    reports = starter.create(folder, document, language)
    telling.show(reports, details=False)
    click.echo(f"Made {folder}. Next: cd {folder}, then `clinicpress serve` to look at it.")
    for made in reports:
        kept = f"The leaflet's address is {made.leaflet.slug}/, from the name of its file."
        click.echo(f"{kept} If you want another, rename the file before you publish.")
    telling.conclude(telling.broken(reports), "")
