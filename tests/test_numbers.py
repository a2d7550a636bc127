"""Emergency numbers that reach nobody where the clinic is."""

from __future__ import annotations

from pathlib import Path

import pytest

from clinicpress import build
from clinicpress.checks import numbers
from clinicpress.clinic import settings

HEAD = "site_name: A\nextra:\n  clinic:\n    name: A\n"


def found(text: str, countries: str, folder: Path) -> list[str]:
    (folder / "a.md").write_text(f"# Leaflet\n\n## Help\n\n{text}\n\n## Later\n\nRest.\n", "utf-8")
    report = build.press(folder / "a.md", "a.md", "a")
    own = settings.read(f"{HEAD}    countries: {countries}\n" if countries else HEAD, "mkdocs.yml")
    return [finding.problem for finding in numbers.findings([report], own)]


@pytest.mark.parametrize(
    ("text", "countries", "says"),
    [
        ("Call 999 if you cannot breathe.", "[GB]", ""),
        ("Call 999 if you cannot breathe.", "[ES, FR]", "names 999"),
        ("Call 999 or 112 if you cannot breathe.", "[ES]", ""),
        ("Call 911 now.", "[GB]", "names 911"),
        ("Call NHS 111 or 999 straight away if you cannot breathe.", "[GB]", ""),
        ("Appelez le 15 si vous étouffez.", "[GB]", "names 15"),
        ("Appelez le 15 si vous étouffez.", "[FR]", ""),
        ("Call 999 if you cannot breathe.", "", ""),
        ("Call 020 7946 0999 or 112 at once if you bleed after 15 minutes.", "[ES]", ""),
        ("Call 999 now. Abroad, call 911 now.", "[GB]", ""),
        ("Room 911 is on the left.", "[GB]", ""),
    ],
)
def test_a_number_of_another_country_alone_is_found(
    text: str, countries: str, says: str, tmp_path: Path
) -> None:
    problems = found(text, countries, tmp_path)
    assert len(problems) == bool(says)
    assert all(says in problem for problem in problems)
