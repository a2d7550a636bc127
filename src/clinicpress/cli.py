"""The command line: the only module that prints or exits."""

from __future__ import annotations

import datetime
import json
import os
import signal
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, NoReturn

import click

from clinicpress import __version__, build, dates, engine, preview, project, report, sheet, starter
from clinicpress import decisions as reviews
from clinicpress.checks.review import decided, edited, orphans, pages, signed
from clinicpress.decisions import SignOff
from clinicpress.errors import ClinicpressError
from clinicpress.model import Finding
from clinicpress.project import Shelf

DOCUMENT = click.Path(path_type=Path)
CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
FINDINGS, ERROR = 1, 2
SIGNATURE = ("name", "role", "until")


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
    _report_findings(decided(reports), "")


@cli.command(name="build")
@click.argument("document", type=DOCUMENT, required=False)
@click.option(
    "-o", "--output", type=DOCUMENT, help="With DOCUMENT: the folder for the finished site."
)
@click.option(
    "--force", is_flag=True, help="Overwrite pages changed by hand, or another folder's content."
)
@click.option(
    "--publish", is_flag=True, help="Build only if every leaflet is signed off and in date."
)
def build_command(document: Path | None, output: Path | None, force: bool, publish: bool) -> None:
    """Build the site: split, pages, PDF, checks.

    \b
      clinicpress build                          the project you are in, to site/
      clinicpress build leaflet.txt -o out       one document, to out/
      clinicpress build --publish                for the web: nothing that is not signed off

    A leaflet that nobody has signed off says so on each of its pages.
    """
    if document is not None:
        target = output or Path(f"{document.stem}-site")
        with starter.temporary(document, target, force) as (site_project, reports):
            _gate(publish)(reports)
            _show(reports, details=False)
            build.build(site_project)
            findings = build.check(site_project)
            starter.deliver(site_project.site, target)
        _note(reports)
        _report_findings(decided(reports) + findings)
        click.echo(f"Open {target / 'index.html'} in a browser, or copy {target} to any host.")
    else:
        _no_output_without_document(output)
        here = project.find(Path.cwd())
        gate = _gate(publish, here)
        reports = build.split(here.shelf, here.documents(), force, prune=True, gate=gate)
        _show(reports, details=False)
        site = build.build(here)
        _note(reports)
        _report_findings(decided(reports) + orphans(here) + build.check(here))
        click.echo(f"Open {site.name}/index.html in a browser, or copy {site.name}/ to any host.")


@cli.command()
@click.option("--port", default=8000, show_default=True, help="The port of the preview.")
def serve(port: int) -> None:
    """Preview the site; it follows changes of documents and pages. Stop with Ctrl-C."""
    here = project.find(Path.cwd())
    _show(build.split(here.shelf, here.documents(), prune=True), details=False)
    if not engine.port_is_free(port):
        remedy = f"Try another one: clinicpress serve --port {port + 1}"
        raise ClinicpressError(f"port {port}", "something else is using it", remedy)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    preview = engine.serve(here.root, f"127.0.0.1:{port}")
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
    """Check the built site's links and anchors, and that every leaflet is signed off and in date.

    Nothing outside the site is asked for.
    """
    here = project.find(Path.cwd())
    broken = build.check(here)
    reports = build.press_all(here.shelf, here.documents())
    unsigned = signed(reports, _today()) + pages(reports, here)
    found = broken + decided(reports) + orphans(here) + unsigned
    _report_findings(found, "Checks passed: links, anchors and sign-off.")


@cli.command(name="review")
@click.argument("document", type=DOCUMENT)
@click.option("--html", type=DOCUMENT, help="Write it as one page to send, read and print.")
@click.option("--approve", is_flag=True, help="Sign the leaflet off as it is shown.")
@click.option("--name", help="With --approve: who reviewed it.")
@click.option("--role", help="With --approve: the reviewer's profession.")
@click.option("--until", help="With --approve: when it is due for review again, as 2029-11-30.")
def review_command(
    document: Path, html: Path | None, approve: bool, **signature: str | None
) -> None:
    """Show a leaflet as it will appear, with every notice, heading and reason; sign it off.

    \b
      clinicpress review documents/leaflet.docx
      clinicpress review documents/leaflet.docx --html to-review.html
      clinicpress review documents/leaflet.docx --approve --name "..." --role "..." \\
          --until 2029-11-30

    The sign-off and any decisions stand in a file beside the document: leaflet.review.yml
    """
    if not approve and any(signature.values()):
        raise click.UsageError("--name, --role and --until go with --approve.")
    made = build.review_of(document)
    if html is not None:
        _write(html, sheet.page(made, _today()))
        click.echo(f"Wrote {html}: send it to the reviewer, or print it.")
    elif not approve:
        for line in preview.lines(made):
            click.echo(line)
    _report_findings([f for f in decided([made]) if f.rule == reviews.RULE], "")
    if approve:
        _approve(document, made, signature)
    else:
        _note([made])


def _approve(document: Path, made: report.Report, signature: Mapping[str, str | None]) -> None:
    name, role, until = (" ".join((signature[key] or "").split()) for key in SIGNATURE)
    if not (name and role and until):
        raise click.UsageError("--approve needs --name, --role and --until.")
    given = SignOff(name, role, _today(), until, made.standing.digest)
    file = build.approve(document, given)
    due = dates.written(until, "en")
    click.echo(f"Signed off by {name} ({role}) in {file}. Next review due: {due}.")
    click.echo("To have the dates on the pages: clinicpress build")


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
    _write(path, json.dumps(data, indent=1, ensure_ascii=False) + "\n")


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise ClinicpressError(
            path, f"the report can't be written ({error.strerror})", "Name another file."
        ) from error


def _gate(publish: bool, here: project.Project | None = None) -> Callable[[list[Any]], None]:
    """Return what stops a build for publication before anything of it is written."""

    def stop(reports: list[report.Report]) -> None:
        found = decided(reports) + signed(reports, _today())
        if here is not None:
            found += orphans(here) + edited(pages(reports, here))
        if found:
            click.echo("Not published. Nothing was written.", err=True)
        _report_findings(found, "")

    return stop if publish else lambda reports: None


def _note(reports: list[report.Report]) -> None:
    """Say what is not signed off: in a preview that is no mistake."""
    for finding in signed(reports, _today()):
        click.echo(f"note: {build.findings_text([finding])}")


def _today() -> str:
    return datetime.date.today().isoformat()


def _report_findings(
    findings: list[Finding], passed: str = "Checks passed: links and anchors."
) -> None:
    if findings:
        click.echo(build.findings_text(findings), err=True)
        click.echo(f"{len(findings)} found by the checks.", err=True)
        sys.exit(FINDINGS)
    if passed:
        click.echo(passed)


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
