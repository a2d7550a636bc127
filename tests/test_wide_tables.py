"""A table on a phone: no cell is out of sight without a word of it, with and without script."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from conftest import clinicpress
from test_everyone import barriers

PAGE = "table/after-your-injection.html"
LEAFLET = """# Table

This leaflet is made up, for a test.

## After your injection

Get medical help at once if you have any of these:

| What you notice | How soon it may start | What to do about it |
|---|---|---|
| A joint that is extraordinarily hot, red and swollen | Within 48 hours | Go to A&E at once |
| Swelling of the tongue, unresponsiveness | Straightaway, unpredictably | Call 999 |

Then, as a table whose cells span others:

<table>
<thead><tr><th>Medicine</th><th colspan="2">Uninterrupted administration</th></tr></thead>
<tbody><tr><td>Acetylsalicylic</td><td>Anticoagulation</td><td>Rehabilitation</td></tr></tbody>
</table>

## Afterwards

Rest for a day.
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wide")
    (folder / "table.md").write_text(LEAFLET, encoding="utf-8")
    assert clinicpress("new", "clinic", "table.md", cwd=folder).returncode == 0
    done = clinicpress("build", cwd=folder / "clinic")
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "clinic" / "site"


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def phone(chrome: Browser, site: Path, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = chrome.new_context(
        viewport={"width": 320, "height": 640},
        java_script_enabled=request.param,
        reduced_motion="reduce",
        color_scheme="light",
    )
    page = context.new_page()
    page.goto((site / PAGE).as_uri())
    yield page
    context.close()


def wide(page: Page) -> bool:
    """Say whether the page itself scrolls sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))


def test_no_cell_is_out_of_sight_without_a_word_of_it(phone: Page) -> None:
    assert not wide(phone)
    for table in phone.locator("article table").all():
        last = table.locator("tbody td").last.bounding_box()
        assert last
        if last["x"] + last["width"] > 320:
            around = table.locator("xpath=ancestor::*[contains(@class, 'scrollwrap')]")
            said = around if around.count() else table
            content = said.evaluate("node => getComputedStyle(node, '::before').content")
            assert "scroll it sideways" in content


@pytest.mark.parametrize("phone", [True], indirect=True)
def test_a_table_too_wide_stands_row_by_row_and_stays_a_table(phone: Page) -> None:
    first = phone.locator("article table").first
    for cell in first.locator("td").all():
        box = cell.bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 320
    head = first.locator("td").nth(2).evaluate("n => getComputedStyle(n, '::before').content")
    assert head == '"What to do about it"'
    assert first.get_attribute("role") == "table"
    assert first.locator("th").first.get_attribute("role") == "columnheader"
    assert first.locator("td").first.get_attribute("role") == "cell"
    phone.set_viewport_size({"width": 1000, "height": 700})
    expect(phone.locator(".by-row")).to_have_count(0)
    assert first.locator("td").first.evaluate("n => getComputedStyle(n).display") == "table-cell"


@pytest.mark.parametrize("phone", [True], indirect=True)
def test_a_table_that_has_to_scroll_can_be_reached_and_moved_by_keyboard(phone: Page) -> None:
    around = phone.locator(".md-typeset__scrollwrap").last
    expect(around).to_have_attribute("role", "region")
    expect(around).to_have_attribute("aria-label", "Medicine, Uninterrupted administration")
    around.focus()
    phone.keyboard.press("ArrowRight")
    phone.wait_for_timeout(400)
    assert around.evaluate("node => node.scrollLeft") > 0
    assert barriers(phone) == []


@pytest.mark.parametrize("phone", [True], indirect=True)
def test_on_paper_a_table_is_a_table_and_whole(phone: Page) -> None:
    phone.emulate_media(media="print")
    phone.set_viewport_size({"width": 640, "height": 900})
    for cell in phone.locator("article table td").all():
        box = cell.bounding_box()
        assert box
        assert box["x"] + box["width"] <= 640
        assert cell.evaluate("n => getComputedStyle(n).display") == "table-cell"
