"""What several commands are given, and what a run of each keeps to."""

from __future__ import annotations

from pathlib import Path

import click

from clinicpress import build, engine, telling
from clinicpress.errors import ClinicpressError
from clinicpress.project import Hand

DOCUMENT = click.Path(path_type=Path)
ENGINE = click.option(
    "--engine",
    "with_engine",
    type=click.Choice(engine.NAMES),
    default=engine.DEFAULT,
    envvar="CLINICPRESS_ENGINE",
    show_default=True,
    help="What turns the pages into a site. MkDocs is always there.",
)


def given(hand: Hand = Hand.STOP, allow_loss: bool = False) -> build.Options:
    """Return the options of a run that shows how far it is."""
    return build.Options(hand, allow_loss, progress=telling.progress)


def refuse_output(output: Path | None) -> None:
    """Refuse an output folder where no single document is named."""
    if output is not None:
        remedy = "Name the document too, or leave out -o to work on the whole project."
        raise ClinicpressError(output, "an output folder goes with a single document", remedy)
