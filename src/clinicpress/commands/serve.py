"""`clinicpress serve`: a preview that follows what changes."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from pathlib import Path

import click

from clinicpress import build, engine, project, telling
from clinicpress.commands import options
from clinicpress.commands.options import ENGINE
from clinicpress.errors import ClinicpressError
from clinicpress.project import Project


@click.command()
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8000,
    show_default=True,
    help="The port of the preview.",
)
@ENGINE
def serve(port: int, with_engine: str) -> None:
    """Preview the site; it follows changes of documents and pages. Stop with Ctrl-C."""
    here = project.find(Path.cwd())
    reports = build.split(here.shelf, here.documents(), prune=True, options=options.given())
    telling.show_with_findings(reports)
    if not engine.port_is_free(port):
        remedy = f"Try another one: clinicpress serve --port {port + 1}"
        raise ClinicpressError(f"port {port}", "something else is using it", remedy)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    preview = engine.serve(here.root, f"127.0.0.1:{port}", with_engine, telling.today())
    click.echo(
        f"Preview at http://127.0.0.1:{port}/ (Ctrl-C stops it); `clinicpress build` adds PDFs."
    )
    try:
        _follow(here, lambda: preview.poll() is None)
    except KeyboardInterrupt:
        click.echo()
    finally:
        preview.terminate()
        preview.wait()
    if preview.returncode > 0:
        problem = "the preview server stopped"
        raise ClinicpressError("mkdocs.yml", problem, "What it said stands above.")


def _follow(here: Project, running: Callable[[], bool]) -> None:
    """Split again whenever documents or settings change; a mistake does not end the preview."""
    seen = _stamps(here)
    while running():
        time.sleep(0.5)
        if (now := _stamps(here)) != seen:
            seen = now
            try:
                telling.show_with_findings(build.split(here.shelf, here.documents(), prune=True))
            except ClinicpressError as error:
                telling.complain(error)


def _stamps(here: Project) -> dict[str, tuple[int, int]]:
    watched = here.documents() | {path.name: path for path in here.settings() if path.is_file()}
    return {name: (s.st_mtime_ns, s.st_size) for name, p in watched.items() if (s := p.stat())}
