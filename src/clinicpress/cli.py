"""The command line: its commands, and how an error in any of them is told."""

from __future__ import annotations

import os
import sys
from typing import NoReturn

import click

from clinicpress import __version__, telling
from clinicpress.commands.build import build
from clinicpress.commands.bundle import bundle
from clinicpress.commands.check import check
from clinicpress.commands.new import new
from clinicpress.commands.pdf import pdf
from clinicpress.commands.review import review
from clinicpress.commands.serve import serve
from clinicpress.commands.split import split
from clinicpress.errors import ClinicpressError

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
ERROR = 2
COMMANDS = (new, split, build, bundle, serve, check, review, pdf)


@click.group(context_settings=CONTEXT)
@click.version_option(__version__)
def cli() -> None:
    """Turn a patient leaflet into a searchable site with its warnings standing out.

    \b
    One leaflet, one line:   clinicpress build leaflet.txt -o out
    A site that grows:       clinicpress new my-clinic leaflet.md
                             cd my-clinic, then: clinicpress serve

    Every run proves that each word of the document is on the pages once and in order, and stops
    where it is not. Nothing is sent anywhere.

    Exit codes: 0 all well, 1 a check found something, 2 something has to be put right first.
    """


for command in COMMANDS:
    cli.add_command(command)


def main() -> NoReturn:
    """Run the command; what goes wrong is told in plain words, never as a traceback."""
    try:
        cli.main(standalone_mode=False)
        sys.exit(0)
    except click.exceptions.Abort:
        sys.exit(ERROR)
    except click.ClickException as error:
        error.show()
        sys.exit(ERROR)
    except ClinicpressError as error:
        telling.complain(error)
        sys.exit(ERROR)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(ERROR)
    except OSError as error:
        place = error.filename2 or error.filename or "disk"
        problem = f"it can't be read or written ({error.strerror or error})"
        remedy = "Check the name, free space and permissions, or name another place."
        telling.complain(ClinicpressError(place, problem, remedy))
        sys.exit(ERROR)
