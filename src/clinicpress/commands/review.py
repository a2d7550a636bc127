"""`clinicpress review`: a leaflet as it will appear, and its sign-off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import click

from clinicpress import build, dates, report, telling
from clinicpress.checks.review import decided
from clinicpress.commands.options import DOCUMENT
from clinicpress.errors import ClinicpressError
from clinicpress.review import phrases, preview, sheet, signoff
from clinicpress.review.decisions import SignOff
from clinicpress.review.signatures import SIGN_OFF

SIGNATURE = ("name", "role", "until")


@click.command()
@click.argument("document", type=DOCUMENT)
@click.option("--html", type=DOCUMENT, help="Write it as one page to send, read and print.")
@click.option("--approve", is_flag=True, help="Sign the leaflet off as it is shown.")
@click.option("--name", help="With --approve: who reviewed it.")
@click.option("--role", help="With --approve: the reviewer's profession.")
@click.option("--until", help="With --approve: when it is due for review again, as 2029-11-30.")
@click.option("--digest", help="With --approve: the end of the digest that was read, as printed.")
def review(document: Path, html: Path | None, approve: bool, **signature: str | None) -> None:
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
