"""Headings in lists of their own are headings; lists with more in them stay lists."""

from __future__ import annotations

from pathlib import Path

import pytest

from clinicpress import build

HEADINGS = {
    "LibreOffice": (
        '<ol start="4"><li><h1>Before</h1></ol><p>Eat.</p><ol><ol><li><h2>The day</h2></ol></ol>'
        '<p>Rest.</p><ol start="5"><li><h1>After</h1></ol><p>Walk.</p>',
        ["4. Before", "1. The day", "5. After"],
    ),
    "in one list": (
        "<div><ol><li><h2>Before</h2><ol><li><h3>The day</h3></ol><li><h2>After</h2></ol></div>"
        "<p>Walk.</p>",
        ["1. Before", "1. The day", "2. After"],
    ),
    "two lines": ("<ul><li><h2>Before</h2><h2>After</h2></ul><p>Rest.</p>", ["Before", "After"]),
    "letters": ("<ol type=a><li><h2>Before</h2></ol><p>Rest.</p>", ["a. Before"]),
    "with text": ("<ol><li><h2>Before</h2><p>Eat.</p></ol><p>Rest.</p>", []),
    "some": ("<ol><li><h2>Before</h2><li>Eat.</ol><p>Rest.</p>", []),
}


@pytest.mark.parametrize(("body", "expected"), HEADINGS.values(), ids=HEADINGS)
def test_a_heading_in_a_list_of_its_own_is_one(
    body: str, expected: list[str], tmp_path: Path
) -> None:
    path = tmp_path / "heart.html"
    path.write_text(f"<p>Your heart clinic tells you here what to do.</p>{body}", encoding="utf-8")
    report = build.press(path, path.name, "leaflet")
    assert report.proved
    assert [heading.text for heading in report.leaflet.headings] == expected
