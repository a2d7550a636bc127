"""The command line: the only module that prints or exits."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NoReturn

import click

from clinicpress import __version__, build, engine, project, report, starter
from clinicpress.errors import ClinicpressError
from clinicpress.model import Finding
from clinicpress.project import Shelf

DOCUMENT = click.Path(path_type=Path)
CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
FINDINGS, ERROR = 1, 2
ENGINE = click.option(
    "--engine",
    "with_engine",
    type=click.Choice(engine.NAMES),
    default=engine.DEFAULT,
    envvar="CLINICPRESS_ENGINE",
    show_default=True,
    help="What turns the pages into a site. MkDocs is always there.",
)


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


@cli.command()
@click.argument("folder", type=DOCUMENT)
@click.argument("document", type=DOCUMENT, required=False)
def new(folder: Path, document: Path | None) -> None:
    """Make a new project in FOLDER, with DOCUMENT as its first leaflet.

    \b
    FOLDER/documents/   your approved leaflets: put them here
    FOLDER/docs/        the pages made from them, to read and to keep in version control
    FOLDER/overrides/   how the site looks
    FOLDER/mkdocs.yml   the site's name and settings
    """
    _show(starter.create(folder, document), details=False)
    click.echo(f"Made {folder}. Next: cd {folder}, then `clinicpress serve` to look at it.")


@cli.command()
@click.argument("document", type=DOCUMENT, required=False)
@click.option(
    "-o", "--output", type=DOCUMENT, help="Write the pages to this folder; needs no project."
)
@click.option(
    "--report", "report_file", type=DOCUMENT, help="Write the report to this file, as JSON."
)
@click.option("--force", is_flag=True, help="Overwrite pages that were changed by hand.")
@click.option("-q", "--quiet", is_flag=True, help="Leave out the single headings and notices.")
def split(
    document: Path | None, output: Path | None, report_file: Path | None, force: bool, quiet: bool
) -> None:
    """Split documents into pages, with safety and credential notices.

    In a project: every document in documents/ (or just DOCUMENT), to docs/. Elsewhere name a
    DOCUMENT and a folder for its pages:

    \b
      clinicpress split leaflet.txt -o pages --report report.json
    """
    if document is not None and output is not None:
        reports = build.split(Shelf(output), {_name(document, output): document}, force)
    else:
        reports = _split_project(document, output, force)
    _show(reports, details=not quiet)
    if report_file is not None:
        _write_report(report_file, reports)


@cli.command(name="build")
@click.argument("document", type=DOCUMENT, required=False)
@click.option(
    "-o", "--output", type=DOCUMENT, help="With DOCUMENT: the folder for the finished site."
)
@click.option(
    "--force", is_flag=True, help="Overwrite pages changed by hand, or another folder's content."
)
@ENGINE
def build_command(
    document: Path | None, output: Path | None, force: bool, with_engine: str
) -> None:
    """Build the site: split, pages, PDF, checks.

    \b
      clinicpress build                          the project you are in, to site/
      clinicpress build leaflet.txt -o out       one document, to out/
    """
    if document is not None:
        target = output or Path(f"{document.stem}-site")
        with starter.temporary(document, target, force) as (site_project, reports):
            _show(reports, details=False)
            build.build(site_project, with_engine=with_engine)
            findings = build.check(site_project)
            starter.deliver(site_project.site, target)
        _report_findings(findings)
        click.echo(f"Open {target / 'index.html'} in a browser, or copy {target} to any host.")
    else:
        _no_output_without_document(output)
        here = project.find(Path.cwd())
        _show(build.split(here.shelf, here.documents(), force, prune=True), details=False)
        site = build.build(here, with_engine=with_engine)
        _report_findings(build.check(here))
        click.echo(f"Open {site.name}/index.html in a browser, or copy {site.name}/ to any host.")


@cli.command()
@click.option("--port", default=8000, show_default=True, help="The port of the preview.")
@ENGINE
def serve(port: int, with_engine: str) -> None:
    """Preview the site; it follows changes of documents and pages. Stop with Ctrl-C."""
    here = project.find(Path.cwd())
    _show(build.split(here.shelf, here.documents(), prune=True), details=False)
    if not engine.port_is_free(port):
        remedy = f"Try another one: clinicpress serve --port {port + 1}"
        raise ClinicpressError(f"port {port}", "something else is using it", remedy)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    preview = engine.serve(here.root, f"127.0.0.1:{port}", with_engine)
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


@cli.command()
def check() -> None:
    """Check every link and anchor within the built site. Nothing outside it is asked for."""
    _report_findings(build.check(project.find(Path.cwd())))


@cli.command()
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
    for made in build.make_pdfs(project.find(Path.cwd()), output).values():
        click.echo(str(made))


def _split_project(document: Path | None, output: Path | None, force: bool) -> list[report.Report]:
    _no_output_without_document(output)
    here = project.find(Path.cwd())
    documents = here.documents()
    if document is None:
        return build.split(here.shelf, documents, force, prune=True)
    chosen = {
        name: path for name, path in documents.items() if path.resolve() == document.resolve()
    }
    if not chosen:
        remedy = "Move it to documents/, or name a folder for its pages: -o FOLDER."
        raise ClinicpressError(document, "it is not one of this project's documents", remedy)
    return build.split(here.shelf, chosen, force)


def _name(document: Path, output: Path) -> str:
    """Return how to call a lone document: as it was typed, and never by the machine's own paths."""
    path = Path(os.path.relpath(document, output)) if document.is_absolute() else document
    return path.as_posix()


def _no_output_without_document(output: Path | None) -> None:
    if output is not None:
        remedy = "Name the document too, or leave out -o to work on the whole project."
        raise ClinicpressError(output, "an output folder goes with a single document", remedy)


def _follow(here: project.Project, running: Callable[[], bool]) -> None:
    """Split again whenever a document changes; a mistake in one does not end the preview."""
    seen = _stamps(here)
    while running():
        time.sleep(0.5)
        if (now := _stamps(here)) != seen:
            seen = now
            try:
                _show(build.split(here.shelf, here.documents(), prune=True), details=False)
            except ClinicpressError as error:
                _complain(error)


def _stamps(here: project.Project) -> dict[str, tuple[int, int]]:
    return {
        name: (s.st_mtime_ns, s.st_size) for name, p in here.documents().items() if (s := p.stat())
    }


def _show(reports: Iterable[report.Report], details: bool = True) -> None:
    for each in reports:
        for line in report.lines(each, details):
            click.echo(line)


def _write_report(path: Path, reports: list[report.Report]) -> None:
    rows = [report.as_json(each) for each in reports]
    data: Any = rows[0] if len(rows) == 1 else {"documents": rows}
    try:
        path.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    except OSError as error:
        raise ClinicpressError(
            path, f"the report can't be written ({error.strerror})", "Name another file."
        ) from error


def _report_findings(findings: list[Finding]) -> None:
    if findings:
        click.echo(build.findings_text(findings), err=True)
        click.echo(f"{len(findings)} found by the checks.", err=True)
        sys.exit(FINDINGS)
    click.echo("Checks passed: links and anchors.")


def _complain(error: ClinicpressError) -> None:
    click.secho(str(error), fg="red", err=True)
    click.echo(f"    {error.remedy}", err=True)


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
        _complain(error)
        sys.exit(ERROR)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(ERROR)
