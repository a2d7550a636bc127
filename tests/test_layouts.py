"""Tables that only set out a web page are opened; all others stay tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from clinicpress import build
from clinicpress.report import Report
from clinicpress.web import layouts

TEXT = "<h2>Risks</h2><p>Bleeding is rare. Call 999 if you bleed.</p>"
OPENED = {
    "said": f"<table role=presentation><tr><td>{TEXT}</td><td><p>Rest.</p></td></tr></table>",
    "one column": f"<table><tbody><tr><td>{TEXT}</td></tr><tr><td>Rest.</td></tr></tbody></table>",
    "a cell with headings": f"<table><tr><td> </td><td>{TEXT}<p>Rest.</p></td></tr></table>",
    "nearly all": f"<table><tr><td>a</td><td>{TEXT}<p>{'Rest. ' * 40}</p></td></tr></table>",
    "one in another": f"<table><tr><td><table role=none><tr><td>{TEXT}</td></tr></table><p>Rest."
    "</p></td></tr></table>",
}


def press(folder: Path, body: str) -> Report:
    (folder / "ear.html").write_text(f"<title>Ear</title><h1>Ear</h1>{body}", encoding="utf-8")
    return build.press(folder / "ear.html", "ear.html", "leaflet")


@pytest.mark.parametrize("body", OPENED.values(), ids=OPENED)
def test_a_table_that_sets_out_the_page_is_opened(body: str, tmp_path: Path) -> None:
    report = press(tmp_path, body)
    assert report.proved
    assert [heading.text for heading in report.leaflet.headings][-1] == "Risks"
    assert "Rest." in report.pages["risks.md"]
    assert "only sets out the page" in report.leaflet.removed[0]


KEPT = {
    "a box": "<table><tr><td><p>Call 999 if you bleed.</p></td></tr></table>",
    "data": "<table><tr><td>Mon</td><td>9 to 5</td></tr><tr><td>Tue</td><td>9</td></tr></table>",
    "named": f"<table role=presentation><tr><th>Day</th></tr><tr><td>{TEXT}</td></tr></table>",
    "a cell left open": f"<table role=none><tr><td>a<td>{TEXT}</tr></table>",
    "never closed": f"<table role=none><tr><td>{TEXT}</td></tr>",
    "nothing in it": "<table><tr><td> </td></tr></table>",
    "none": "<p>table</p></table>",
}


@pytest.mark.parametrize("html", KEPT.values(), ids=KEPT)
def test_other_tables_stay(html: str) -> None:
    assert layouts.opened(html) == layouts.Opened(html)
