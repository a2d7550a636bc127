"""`clinicpress bundle`: the site as one zip."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from clinicpress import bundle as zipped
from clinicpress import project
from clinicpress.commands import building, options
from clinicpress.commands.options import DOCUMENT, ENGINE

NOT_PACKED = "Nothing is packed before what the checks found is put right."


@click.command()
@click.option("-o", "--output", type=DOCUMENT, help="The zip file; else it is called as the site.")
@click.option(
    "--publish", is_flag=True, help="Pack only if every leaflet is signed off and in date."
)
@ENGINE
def bundle(output: Path | None, publish: bool, with_engine: str) -> None:
    """Build the site, and pack it into one zip to use without the web.

    Unpacked on a computer or a memory stick it opens with a double click, search and PDFs included.
    Nothing is packed where a check finds something. The same site always gives the same zip.
    """
    here = project.find(Path.cwd())
    cover = zipped.cover((here.root / project.CONFIG).read_text(encoding="utf-8-sig"))
    target = output or Path(f"{cover.folder}.zip")
    zipped.check_place(target)
    given = replace(options.given(), gate=building.gate(publish, here))
    site = building.site_of(here, given, False, with_engine, NOT_PACKED)
    zipped.pack(site, target, cover)
    click.echo(f"Wrote {target} ({target.stat().st_size / 1e6:.1f} MB).")
