"""How the site looks where it is hard: a wide logo on a phone, wide tables, paper, Arabic."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from conftest import clinicpress

NAME = "Harbour Lane Physiotherapy and Sports Injury Clinic"
# A word-mark, as clinics have them: four times as wide as high.
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 900 240" width="900" height="240"/>'
LEAFLET = """# The Epley manoeuvre

It eases dizziness.

## What happens

Who treats you is registered with the HCPC. Check their registration number.

| Day | What to do | How long | How often | Who helps | Remarks |
|---|---|---|---|---|---|
| First day | Rest and sit upright | 4 hours | once a day | A relative | Keep your head upright |
| Week 2 | Physiotherapy exercises | 5 minutes | three times | Physiotherapist | Uncomfortable |

إذا شعرت بألم في الصدر فاتصل بنا.

- First item
- ثانيا

## Numbers

| Effect | How often |
|---|---|
| Feeling sick | 1 in 5 |

The table says how often.
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of a clinic with a long name and a wide logo."""
    folder = tmp_path_factory.mktemp("looks")
    (folder / "epley.md").write_text(LEAFLET, encoding="utf-8")
    assert clinicpress("new", "clinic", "epley.md", cwd=folder).returncode == 0
    project = folder / "clinic"
    for name in ("wide.svg", "night.svg"):
        (project / "docs" / name).write_text(LOGO, encoding="utf-8")
    config = (project / "mkdocs.yml").read_text(encoding="utf-8")
    config = config.replace("Your clinic", NAME)
    config = config.replace("    logo: assets/images/leaflet.svg", "    logo: wide.svg")
    (project / "mkdocs.yml").write_text(config, encoding="utf-8")
    assert clinicpress("build", cwd=project).returncode == 0
    return project / "site"


@pytest.fixture
def page(chrome: Browser) -> Iterator[Page]:
    opened = chrome.new_page()
    yield opened
    opened.close()


@pytest.mark.parametrize("width", [320, 360, 390, 768, 1280])
def test_a_long_name_stands_whole_in_the_header(width: int, site: Path, page: Page) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto((site / "epley" / "numbers.html").as_uri())
    name = page.locator(".md-header__topic .md-ellipsis").first
    inside = name.evaluate(
        "e => { const b = e.getBoundingClientRect(), h = e.closest('header')"
        ".getBoundingClientRect(); return [e.scrollHeight <= e.clientHeight + 1,"
        " e.scrollWidth <= e.clientWidth + 1, b.top >= h.top, b.bottom <= h.bottom] }"
    )
    assert inside == [True] * 4
    logo = page.locator(".md-header .md-logo img")
    if width >= 360:
        box = logo.bounding_box()
        assert box is not None
        assert box["width"] >= 60
        assert box["x"] >= 0


def test_a_logo_keeps_its_ground_on_dark_pages(site: Path, chrome: Browser) -> None:
    for script in (True, False):
        context = chrome.new_context(color_scheme="dark", java_script_enabled=script)
        page = context.new_page()
        page.goto((site / "index.html").as_uri())
        logo = page.locator(".md-header .logo-by-day")
        expect(logo).to_have_css("background-color", "rgb(13, 76, 91)")
        context.close()


def test_dark_pages_can_have_a_logo_of_their_own(
    site: Path, tmp_path: Path, chrome: Browser
) -> None:
    project = shutil.copytree(site.parent, tmp_path / "clinic")
    config = project / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    line = "    logo: wide.svg\n"
    config.write_text(text.replace(line, f"{line}    logo_dark: night.svg\n"), encoding="utf-8")
    assert clinicpress("build", cwd=project).returncode == 0
    for scheme, shown, hidden in (("light", "day", "night"), ("dark", "night", "day")):
        page = chrome.new_page(color_scheme="dark" if scheme == "dark" else "light")
        page.goto((project / "site" / "index.html").as_uri())
        expect(page.locator(f".md-header .logo-by-{shown}")).to_be_visible()
        expect(page.locator(f".md-header .logo-by-{hidden}")).to_be_hidden()
        page.close()


def test_six_columns_are_a_table_on_a_desk_and_rows_on_a_phone(site: Path, page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto((site / "epley" / "what-happens.html").as_uri())
    around = page.locator(".md-typeset__scrollwrap")
    expect(around).to_have_class("md-typeset__scrollwrap tight")
    assert around.evaluate("e => e.scrollWidth <= e.clientWidth + 1")
    assert around.locator("td").first.evaluate("e => getComputedStyle(e).display") == "table-cell"
    page.set_viewport_size({"width": 390, "height": 800})
    expect(around).to_have_class("md-typeset__scrollwrap by-row")


def test_words_from_right_to_left_are_set_so_within_an_english_leaflet(
    site: Path, page: Page
) -> None:
    page.goto((site / "epley" / "what-happens.html").as_uri())
    gaps = page.locator("article :is(p, li)").evaluate_all(
        "all => all.filter(e => /[\\u0600-\\u06ff]|First item/.test(e.textContent)).map(e => {"
        " const r = document.createRange(); r.selectNodeContents(e);"
        " const text = r.getBoundingClientRect(), box = e.getBoundingClientRect();"
        " return text.left - box.left > 2 })"
    )
    assert gaps == [True, False, True]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_paper_is_white_and_names_clinic_and_register(
    scheme: str, site: Path, chrome: Browser
) -> None:
    page = chrome.new_page(color_scheme="dark" if scheme == "dark" else "light")
    page.goto((site / "practitioners.html").as_uri())
    page.emulate_media(media="print")
    for part in ("html", "body"):
        expect(page.locator(part)).to_have_css("background-color", "rgb(255, 255, 255)")
        expect(page.locator(part)).to_have_css("color-scheme", "light")
    expect(page.locator(".md-header__topic").first).to_be_visible()
    expect(page.locator(".md-header__topic").first).to_have_css("color", "rgb(0, 0, 0)")
    expect(page.locator(".md-header .md-search")).to_be_hidden()
    after = "e => getComputedStyle(e, '::after').content"
    link = page.locator(".practitioner a.clinic-button").first
    assert link.evaluate(after) == '"https://www.hcpc-uk.org/check-the-register/"'
    page.goto((site / "epley" / "what-happens.html").as_uri())
    link = page.locator(".credential-links a[href^=https]").first
    assert "hcpc-uk.org" in link.evaluate(after)
    page.close()


def test_a_page_that_begins_with_a_table_is_described_by_its_text(site: Path) -> None:
    html = (site / "epley" / "numbers.html").read_text(encoding="utf-8")
    assert '<meta name="description" content="The table says how often.">' in html
