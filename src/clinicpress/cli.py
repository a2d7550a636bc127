"""The command line. It and `telling` are the only modules that print or exit."""

from __future__ import annotations

import datetime
import os
import signal
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import click

from clinicpress import (
    __version__,
    build,
    bundle,
    dates,
    engine,
    project,
    report,
    starter,
    telling,
)
from clinicpress.checks import languages, numbers, strays
from clinicpress.checks.review import decided, edited, pages, signed
from clinicpress.clinic import face
from clinicpress.errors import ClinicpressError
from clinicpress.model import Finding
from clinicpress.project import Hand, Project, Shelf
from clinicpress.review import phrases, preview, sheet, signoff
from clinicpress.review.decisions import SignOff
from clinicpress.review.signatures import SIGN_OFF
from clinicpress.starter import translation

DOCUMENT = click.Path(path_type=Path)
CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
ERROR = 2
SIGNATURE = ("name", "role", "until")
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


@cli.command()
@click.argument("document", type=DOCUMENT, required=False)
@click.option(
    "-o",
    "--output",
    type=DOCUMENT,
    help="Write the pages to this folder, without redirects from earlier ones; needs no project.",
)
@click.option(
    "--report", "report_file", type=DOCUMENT, help="Write the report to this file, as JSON."
)
@click.option(
    "--force", is_flag=True, help="Overwrite pages that were changed by hand, adopted ones too."
)
@click.option(
    "--adopt", is_flag=True, help="Keep pages changed by hand, and leave them alone from now on."
)
@click.option(
    "--check", is_flag=True, help="Change nothing: say which pages a split would change, and how."
)
@click.option(
    "--allow-loss", is_flag=True, help="Go on where words can't be read, and record them."
)
@click.option("-q", "--quiet", is_flag=True, help="Leave out the single headings and notices.")
def split(
    document: Path | None, output: Path | None, report_file: Path | None, quiet: bool, **flags: bool
) -> None:
    """Split documents into pages, with safety and credential notices.

    In a project: every document in documents/ (or just DOCUMENT), to docs/. Elsewhere name a
    DOCUMENT and a folder for its pages:

    \b
      clinicpress split leaflet.txt -o pages --report report.json

    With --check nothing is written; the exit code is 1 where pages are not up to date.
    """
    if sum(flags[name] for name in ("force", "adopt", "check")) > 1:
        raise click.UsageError("--force, --adopt and --check exclude one another.")
    if report_file is not None:
        telling.check_place(report_file)
    shelf, documents, prune = _chosen(document, output, flags["check"])
    hand = Hand.FORCE if flags["force"] else Hand.ADOPT if flags["adopt"] else Hand.STOP
    options = _options(hand=hand, allow_loss=flags["allow_loss"])
    before = shelf.lock() if prune else {}
    plan = build.planned(shelf, documents, prune, options)
    if not flags["check"]:
        shelf.store(plan)
        telling.show(plan.reports, details=not quiet)
        telling.taken_away(before, documents, plan.reports)
    if report_file is not None:
        telling.write_report(report_file, plan.reports)
    if flags["check"]:
        telling.differences(shelf, plan)
    lost = strays.of(Project(shelf.root), plan.reports).lost if prune else []
    telling.conclude(decided(plan.reports) + lost + telling.broken(plan.reports), "")


@cli.command(name="build")
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
def build_command(
    document: Path | None, output: Path | None, with_engine: str, **flags: bool
) -> None:
    """Build the site: split, pages, PDF, checks.

    \b
      clinicpress build                          the project you are in, to site/
      clinicpress build leaflet.txt -o out       one document, to out/
      clinicpress build --publish                for the web: nothing that is not signed off

    A leaflet that nobody has signed off says so on each of its pages.
    """
    options = _options(allow_loss=flags["allow_loss"])
    force, publish = flags["force"], flags["publish"]
    if document is not None:
        target = output or Path(f"{document.stem}-site")
        options = replace(options, gate=_gate(publish))
        with starter.temporary(document, target, force, options) as (site_project, reports):
            telling.show(reports, details=False)
            build.build(site_project, with_engine=with_engine, today=telling.today())
            findings = [*telling.broken(reports), *build.check(site_project, datetime.date.today())]
            starter.deliver(site_project.site, target)
        telling.note(reports)
        telling.conclude(decided(reports) + findings)
        click.echo(f"Open {target / 'index.html'} in a browser, or copy {target} to any host.")
    else:
        _no_output_without_document(output)
        here = project.find(Path.cwd())
        site = _build(here, replace(options, gate=_gate(publish, here)), force, with_engine)
        click.echo(f"Open {site.name}/index.html in a browser, or copy {site.name}/ to any host.")


@cli.command(name="bundle")
@click.option("-o", "--output", type=DOCUMENT, help="The zip file; else it is called as the site.")
@click.option(
    "--publish", is_flag=True, help="Pack only if every leaflet is signed off and in date."
)
@ENGINE
def bundle_command(output: Path | None, publish: bool, with_engine: str) -> None:
    """Build the site, and pack it into one zip to use without the web.

    Unpacked on a computer or a memory stick it opens with a double click, search and PDFs included.
    Nothing is packed where a check finds something. The same site always gives the same zip.
    """
    here = project.find(Path.cwd())
    cover = bundle.cover((here.root / project.CONFIG).read_text(encoding="utf-8-sig"))
    target = output or Path(f"{cover.folder}.zip")
    bundle.check_place(target)
    options = replace(_options(), gate=_gate(publish, here))
    site = _build(
        here,
        options,
        False,
        with_engine,
        "Nothing is packed before what the checks found is put right.",
    )
    bundle.pack(site, target, cover)
    click.echo(f"Wrote {target} ({target.stat().st_size / 1e6:.1f} MB).")


def _build(
    here: project.Project, options: build.Options, force: bool, with_engine: str, found_so: str = ""
) -> Path:
    """Split, build and check a project; return its site."""
    before, documents = here.shelf.lock(), here.documents()
    reports = build.split(here.shelf, documents, force, prune=True, options=options)
    telling.show(reports, details=False)
    telling.taken_away(before, documents, reports)
    site = build.build(here, with_engine=with_engine, today=telling.today())
    stray = strays.of(here, reports)
    advice = [*languages.findings(reports, here.shelf.words()), *face.advice(here.root)]
    telling.note(reports, [*stray.unsigned, *advice])
    found = decided(reports) + stray.lost + telling.broken(reports)
    found += numbers.findings(reports, face.clinic_of(here.root))
    _check(here, found, built=found_so or f"The site is built all the same: {site.name}/index.html")
    return site


@cli.command()
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
    reports = build.split(here.shelf, here.documents(), prune=True, options=_options())
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


@cli.command()
def check() -> None:
    """Check the built site's links and anchors, practitioners.yml and every sign-off.

    Nothing outside the site is asked for.
    """
    here = project.find(Path.cwd())
    # Planned, and not carried out: what would stop a split stops this too.
    reports = build.planned(here.shelf, here.documents(), prune=True).reports
    stray = strays.of(here, reports)
    unsigned = signed(reports, telling.today()) + pages(reports, here) + stray.unsigned
    unsigned += numbers.findings(reports, face.clinic_of(here.root))
    for finding in (*languages.findings(reports, here.shelf.words()), *face.advice(here.root)):
        click.echo(f"note: {build.findings_text([finding])}")
    passed = "Checks passed: links, anchors and sign-off."
    _check(here, decided(reports) + stray.lost + unsigned, passed)


@cli.command(name="review")
@click.argument("document", type=DOCUMENT)
@click.option("--html", type=DOCUMENT, help="Write it as one page to send, read and print.")
@click.option("--approve", is_flag=True, help="Sign the leaflet off as it is shown.")
@click.option("--name", help="With --approve: who reviewed it.")
@click.option("--role", help="With --approve: the reviewer's profession.")
@click.option("--until", help="With --approve: when it is due for review again, as 2029-11-30.")
@click.option("--digest", help="With --approve: the end of the digest that was read, as printed.")
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
        raise click.UsageError("--name, --role, --until and --digest go with --approve.")
    if html is not None:
        telling.check_place(html)
    given = _signature(signature) if approve else None
    made = build.review_of(document)
    wrong = decided([made])
    stops = [finding for finding in wrong if finding.rule != SIGN_OFF]
    if given and not stops:
        _approve(document, made, given, signature["digest"])
        made = build.review_of(document)
    _show(document, made, html, approve)
    telling.conclude(stops, "")
    if not approve:
        # What is left of it is about an earlier sign-off, which the next one replaces.
        telling.note([made], wrong, document)


def _show(document: Path, made: report.Report, html: Path | None, approve: bool) -> None:
    """Show a leaflet to whoever reads it, as a page to send or here."""
    language = phrases.suited(made.leaflet.document.lang, build.language_for(document))
    if html is not None:
        telling.write(html, sheet.page(made, telling.today(), language))
        click.echo(f"Wrote {html}: send it to the reviewer, or print it.")
    elif not approve:
        for line in preview.lines(made, language):
            click.echo(line)


def _signature(signature: Mapping[str, str | None]) -> SignOff:
    """Return who signs, what they are and until when; the digest is that of what is signed."""
    name, role, until = (signoff.written(signature[key] or "") for key in SIGNATURE)
    given = dict(zip(SIGNATURE, (name, role, until), strict=True))
    if missing := ", ".join(f"--{key}" for key, text in given.items() if not text):
        raise click.UsageError(f"--approve needs --name, --role and --until; not given: {missing}.")
    for key, text in given.items():
        if problem := signoff.wrong_name(text):
            raise ClinicpressError(f"--{key}", problem, "Type it as it is to stand in the file.")
    problem, remedy = signoff.wrong_until(until, telling.today())
    if problem:
        raise ClinicpressError("--until", problem, remedy)
    return SignOff(name, role, telling.today(), until, "")


def _approve(document: Path, made: report.Report, given: SignOff, read: str | None) -> None:
    standing = made.standing
    if problem := signoff.another(standing.digest, read):
        remedy = "Have it read once more as it is now, and signed with the digest shown there."
        raise ClinicpressError(document, problem, remedy)
    given = replace(given, digest=standing.digest)
    file = build.approve(document, given)
    due, short = dates.written(given.due, "en"), signoff.short(standing.digest)
    click.echo(f"Signed off by {given.name} ({given.role}) in {file}. Next review due: {due}.")
    click.echo(f"What is signed has the digest that ends in {short}.")
    if any(finding.rule == SIGN_OFF for finding in standing.findings):
        click.echo("It takes the place of a sign-off that could not be used.")
    before = standing.review.sign_off
    if before and replace(before, line=given.line) != given:
        on = dates.written(before.reviewed, "en")
        who = f"{before.name} ({before.role}) of {on}"
        click.echo(f"It takes the place of the sign-off by {who}, which is kept under `earlier`.")
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
    for made in build.make_pdfs(project.find(Path.cwd()), output, telling.today()).values():
        click.echo(str(made))


def _chosen(
    document: Path | None, output: Path | None, check: bool
) -> tuple[Shelf, dict[str, Path], bool]:
    """Return where pages go, the documents to split, and whether those are all there are."""
    if document is not None and output is not None:
        return Shelf(output), {_name(document, output): document}, False
    _no_output_without_document(output)
    here = project.find(Path.cwd(), recover=not check)
    documents = here.documents()
    if document is None:
        return here.shelf, documents, True
    chosen = {
        name: path for name, path in documents.items() if path.resolve() == document.resolve()
    }
    if not chosen:
        remedy = "Move it to documents/, or name a folder for its pages: -o FOLDER."
        raise ClinicpressError(document, "it is not one of this project's documents", remedy)
    return here.shelf, chosen, False


def _name(document: Path, output: Path) -> str:
    """Return how to call a lone document: as it was typed, and never by the machine's own paths."""
    path = Path(os.path.relpath(document, output)) if document.is_absolute() else document
    return path.as_posix()


def _no_output_without_document(output: Path | None) -> None:
    if output is not None:
        remedy = "Name the document too, or leave out -o to work on the whole project."
        raise ClinicpressError(output, "an output folder goes with a single document", remedy)


def _check(
    here: project.Project,
    before: Iterable[Finding] = (),
    passed: str = "Checks passed: links and anchors.",
    built: str = "",
) -> None:
    findings = [*before, *build.check(here, datetime.date.today())]
    if findings and built:
        click.echo(built)
    if summary := build.register_summary(here):
        click.echo(summary)
    telling.conclude(findings, passed)


def _follow(here: project.Project, running: Callable[[], bool]) -> None:
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


def _stamps(here: project.Project) -> dict[str, tuple[int, int]]:
    watched = here.documents() | {path.name: path for path in here.settings() if path.is_file()}
    return {name: (s.st_mtime_ns, s.st_size) for name, p in watched.items() if (s := p.stat())}


def _options(hand: Hand = Hand.STOP, allow_loss: bool = False) -> build.Options:
    return build.Options(hand, allow_loss, progress=telling.progress)


def _gate(publish: bool, here: project.Project | None = None) -> build.Gate:
    """Return what stops a build for publication before anything of it is written."""

    def stop(reports: list[report.Report]) -> None:
        found = decided(reports) + signed(reports, telling.today())
        if here is not None:
            stray = strays.of(here, reports)
            found += stray.lost + edited(pages(reports, here)) + stray.unsigned
            found += face.examples(here.root) + face.ended(here.root, datetime.date.today())
            found += numbers.findings(reports, face.clinic_of(here.root))
        if found:
            click.echo("Not published. Nothing was written.", err=True)
        telling.conclude(found, "")

    return stop if publish else lambda reports: None


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
