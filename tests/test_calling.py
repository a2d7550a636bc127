"""Emergency numbers in an emergency are links to call, and nothing else is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from clinicpress import build, rendering, writing


def calls(text: str, folder: Path) -> list[str]:
    page = f"# Leaflet\n\n## Help\n\n{text}\n\n## Later\n\nRest in bed.\n"
    (folder / "a.md").write_text(page, encoding="utf-8")
    report = build.press(folder / "a.md", "a.md", "a")
    html = "".join(rendering.render(writing.body_of(page)) for page in report.pages.values())
    return re.findall(r'<a href="tel:(\d+)" class="call">\1</a>', html)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Call 999 or 112 now if you cannot breathe.", ["999", "112"]),
        ("**Call 999**, at once, if you cannot breathe.", ["999"]),
        ("Call 999 now if:\n\n- you cannot breathe (or 112)\n- you faint", ["999", "112"]),
        ("Call 020 7946 999 or 999 1234 at once if you cannot breathe.", []),
        ("[Call 999](tel:999) now if you cannot breathe.", []),
        ("Call us at once on 0131 496 0112 if you cannot breathe, go to A&E.", []),
        ("Drink 112 ml of water.", []),
    ],
)
def test_emergency_numbers_are_links_in_an_emergency_alone(
    text: str, numbers: list[str], tmp_path: Path
) -> None:
    assert calls(text, tmp_path) == numbers
