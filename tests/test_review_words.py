"""The review speaks the site's language: its words, its dates, and why a line is a heading."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from clinicpress import headings, lines
from clinicpress.review import phrases
from clinicpress.review.decisions import Review
from clinicpress.titles import MARKED
from conftest import ROOT, clinicpress

SAID = {
    "es": ("Para revisar", "Por qué es un aviso", "Se ha tomado por un título", "Aprobación"),
    "fr": ("À relire", "Pourquoi c’est un encadré", "Pris pour un titre", "Validation"),
}
# Every reason for a heading that the code gives.
REASONS = [
    headings.reason("3.2 Risks"),
    headings.reason("RISKS"),
    headings.reason("What is it?"),
    headings.reason("Risks"),
    headings.reason("RISKS").replace("a short", "in larger letters, a short", 1),
    headings.reason("Risks").replace("a short", "a bold or underlined short", 1),
    lines.RULED,
    lines.FRAMED_BY_SIGNS,
    "the first line",
    "the first line, without a full stop",
    Review("ear.review.yml").reason("Dr Ex", 4),
    Review("ear.review.yml").reason("", 4),
]


def braces(text: str) -> set[str | None]:
    return {name for _, name, *_ in Formatter().parse(text)} - {None}


@pytest.mark.parametrize("language", ["es", "fr"])
def test_each_language_has_every_word_and_fills_in_the_same(language: str) -> None:
    english, other = phrases.load("en"), phrases.load(f"{language}-XX")
    assert other.language == language
    for ours, theirs in ((english.words, other.words), (english.reasons, other.reasons)):
        assert ours.keys() == theirs.keys()
        assert all(theirs.values())
        assert {k: braces(v) for k, v in ours.items()} == {k: braces(v) for k, v in theirs.items()}
    assert phrases.load("de") == english


@pytest.mark.parametrize("reason", REASONS)
def test_each_reason_for_a_heading_is_said_in_each_language(reason: str) -> None:
    assert phrases.load("en").heading(reason) == reason
    said = {phrases.load(language).heading(reason) for language in ("es", "fr")}
    assert len(said) == 2
    for other in said:
        assert not re.search(r"\b(an|short|line|letters|decided|person|the)\b", other)
        for kept in re.findall(r"3\.2|Dr Ex|ear\.review\.yml:4", reason):
            assert kept in other


def test_a_reason_that_is_not_known_stays_as_it_is() -> None:
    assert phrases.load("es").heading(MARKED) == MARKED


LEAFLETS = {
    "es": "Lavado de oído\n\nQué es\n\nEl <b>agua</b> entra.\n\n"
    "Riesgos\n\nPuede haber una hemorragia.\n",
    "fr": "Lavage d’oreille\n\nCe que c’est\n\nL’eau <b>entre</b>.\n\n"
    "Risques\n\nIl y a un risque de saignement.\n",
    "de": "Ohrspülung\n\nWas ist das\n\nWasser <b>fließt</b> ein.\n\n"
    "Gefahren\n\nEs ist nicht für alle gut.\n",
}


def of_site(folder: Path, language: str) -> None:
    config = folder / "mkdocs.yml"
    text = config.read_text(encoding="utf-8").replace("language: en", f"language: {language}")
    config.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("leaflet", "site", "language"),
    [("es", "en", "es"), ("fr", "en", "fr"), ("de", "es", "es"), ("de", "fr", "fr")],
)
def test_the_review_speaks_one_language_of_the_leaflet_or_else_of_the_site(
    small_project: Path, leaflet: str, site: str, language: str
) -> None:
    of_site(small_project, site)
    (small_project / "documents" / "ear.txt").write_text(LEAFLETS[leaflet], encoding="utf-8")
    run = clinicpress("review", "documents/ear.txt", "--html", "sheet.html", cwd=small_project)
    assert run.returncode == 0, run.stdout + run.stderr
    sheet = (small_project / "sheet.html").read_text(encoding="utf-8")
    assert f'<html lang="{language}">' in sheet
    for said in SAID[language]:
        assert said in sheet or (leaflet == "de" and said == SAID[language][1])
    for english in ("To review", "Why this", "Taken for", "Change it", "Sign off", "a short line"):
        assert english not in sheet
    if leaflet != "de":
        assert not re.search(r"Mainly|stands under|says “|Remarks|emergency 0", sheet)
    assert f"<b>{'agua' if leaflet == 'es' else 'entre'}</b>" not in sheet
    shown = clinicpress("review", "documents/ear.txt", cwd=small_project).stdout
    reason = phrases.load(language).heading(headings.reason("Risks"))
    words = phrases.load(language)
    assert words.say("labeled", label=words.say("heading"), what=reason) in shown


def test_a_leaflet_alone_is_reviewed_in_its_language(tmp_path: Path) -> None:
    (tmp_path / "oido.txt").write_text(LEAFLETS["es"], encoding="utf-8")
    run = clinicpress("review", "oido.txt", "--html", "sheet.html", cwd=tmp_path)
    assert run.returncode == 0
    assert "Para revisar: Lavado de oído" in (tmp_path / "sheet.html").read_text(encoding="utf-8")


def test_french_words_stand_by_their_signs() -> None:
    """A colon, a question mark and quotation marks never begin or end a line alone."""
    french = phrases.load("fr")
    for text in (*french.words.values(), *french.reasons.values()):
        assert not re.search(r" [:;?!»]|« ", text), text


def test_the_words_of_what_is_overdue_are_those_of_the_template() -> None:
    page = (ROOT / "overrides/partials/clinicpress/words.html").read_text(encoding="utf-8")
    for language in ("en", "es", "fr"):
        words = phrases.load(language).words
        assert f'"overdue": "{words["overdue"]}", "was_due": "{words["was_due"]}"' in page
