"""A clinic whose site speaks Spanish or French: what its patients see is in that language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from conftest import clinicpress

LEAFLETS = {
    "es": "Lavado de oído\n\nQué es\n\nEl lavado de los oídos no duele.\n\n"
    "Quién lo hace\n\nCompruebe que la persona está colegiada en el registro del colegio.\n",
    "fr": "Lavage d’oreille\n\nCe que c’est\n\nLe lavage des oreilles ne fait pas mal.\n\n"
    "Qui le fait\n\nVérifiez que la personne est inscrite au tableau de l’ordre.\n",
}
OURS = {"es": "Nuestro equipo", "fr": "Notre équipe"}
ENGLISH = re.compile(r"\b(the|this|of|your|our|you|link|switch|about|search|not|with|on)\b", re.I)


@pytest.mark.parametrize("language", LEAFLETS)
def test_a_patient_sees_no_english(language: str, tmp_path: Path) -> None:
    (tmp_path / "ear.txt").write_text(LEAFLETS[language], encoding="utf-8")
    made = clinicpress("new", "site", "ear.txt", "--language", language, cwd=tmp_path)
    assert made.returncode == 0, made.stdout + made.stderr
    built = clinicpress("build", cwd=tmp_path / "site")
    assert built.returncode == 0, built.stdout + built.stderr
    pages = sorted((tmp_path / "site" / "site").rglob("*.html"))
    assert len(pages) >= 7
    for page in pages:
        found = [text for text in seen(page.read_text(encoding="utf-8")) if ENGLISH.search(text)]
        assert found == [], page.name
    assert any(OURS[language] in page.read_text(encoding="utf-8") for page in pages)
    home = (tmp_path / "site" / "site" / "index.html").read_text(encoding="utf-8")
    assert f'<html lang="{language}"' in home


def seen(html: str) -> set[str]:
    """Return the texts of a page that are seen or spoken, those in attributes too."""
    plain = re.sub(r"<(script|style)\b.*?</\1>|<!--.*?-->", "", html, flags=re.S)
    spoken = re.findall(r'(?:aria-label|title|placeholder|alt)="([^"]+)"', plain)
    described = re.findall(r'<meta name="description" content="([^"]+)"', plain)
    return {*spoken, *described, *re.findall(r">([^<>]+)<", plain)}
