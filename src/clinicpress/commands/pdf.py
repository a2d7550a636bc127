"""`clinicpress pdf`: the leaflets on paper."""

from __future__ import annotations

from pathlib import Path

import click

from clinicpress import build, project, telling
from clinicpress.commands.options import DOCUMENT


@click.command()
@click.option(
    "-o",
    "--output",
    type=DOCUMENT,
    default=Path("pdf"),
    show_default=True,
    help="The folder for the PDFs.",
)
def pdf(output: Path) -> None:
    """Make a tagged PDF (PDF/UA-1) of every leaflet from its pages in docs/."""
    for made in build.make_pdfs(project.find(Path.cwd()), output, telling.today()).values():
        click.echo(str(made))
