"""What a reader has whose browser runs no script: dark colors, and notices as headings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from clinicpress.clinic import contrast, palette
from conftest import ROOT

STYLES = ROOT / "overrides/assets/stylesheets/clinicpress.css"
SECTION = "dry-needling-for-sciatica/check-your-practitioner.html"
VARIABLE = r"(--[\w-]+): ([^;]+);"


@pytest.fixture
def bare(chrome: Browser) -> Iterator[Page]:
    context = chrome.new_context(java_script_enabled=False, color_scheme="dark")
    yield context.new_page()
    context.close()


def twins(styles: str) -> tuple[dict[str, str], dict[str, str]]:
    """Return the dark colors with script, and those without."""
    chosen, bare = (
        re.search(re.escape(f"{selector} {{") + r"\n(.*?)\n *\}", styles, re.S)
        for selector in ("[data-md-color-scheme=slate]", ".no-js [data-md-color-scheme=default]")
    )
    assert chosen
    assert bare
    return dict(re.findall(VARIABLE, chosen[1])), dict(re.findall(VARIABLE, bare[1]))


def test_the_dark_colors_are_the_same_with_and_without_script() -> None:
    clinics = palette.css(palette.Palette("#0d4c5b", "#ffffff", "#0b5f73"))
    for styles in (STYLES.read_text(encoding="utf-8"), clinics):
        chosen, bare = twins(styles)
        assert chosen == bare
        assert len(chosen) > 10


@pytest.mark.parametrize("selector", ["article p", "article h1", "article p > a", ".md-header"])
def test_dark_pages_can_be_read_without_script(selector: str, our_site: Path, bare: Page) -> None:
    bare.goto((our_site / "practitioners.html").as_uri())
    ink, ground = bare.locator(selector).first.evaluate(
        """(seen) => {
            const clear = (node) => getComputedStyle(node).backgroundColor === "rgba(0, 0, 0, 0)"
            let under = seen
            while (clear(under)) under = under.parentElement
            return [getComputedStyle(seen).color, getComputedStyle(under).backgroundColor]
        }"""
    )
    ink, ground = (contrast.normal(_hex(color)) for color in (ink, ground))
    assert contrast.luminance(ground) < 0.1
    assert contrast.ratio(ink, ground) >= contrast.TEXT


def _hex(color: str) -> str:
    return "#" + "".join(f"{int(part):02x}" for part in re.findall(r"\d+", color)[:3])


def test_paper_and_light_devices_stay_light(our_site: Path, bare: Page) -> None:
    bare.goto((our_site / "practitioners.html").as_uri())
    for media, scheme in (("print", "dark"), ("screen", "light")):
        bare.emulate_media(media=media, color_scheme=scheme)  # type: ignore[arg-type]
        ink = bare.locator("article p").first.evaluate("seen => getComputedStyle(seen).color")
        assert contrast.luminance(_hex(ink)) < 0.1


def test_a_notices_title_is_a_heading_below_the_one_above_it(our_site: Path, bare: Page) -> None:
    bare.goto((our_site / SECTION).as_uri())
    headings = bare.locator("article").get_by_role("heading").all()
    levels = [
        int(heading.get_attribute("aria-level") or heading.evaluate("h => h.tagName")[1:])
        for heading in headings
    ]
    titles = [n for n, h in enumerate(headings) if h.get_attribute("role") == "heading"]
    assert len(titles) > 3
    for place in titles:
        above = next(n for n in range(place - 1, -1, -1) if n not in titles)
        assert levels[place] == levels[above] + 1
    bare.goto((our_site / "index.html").as_uri())
    notice = bare.get_by_role("heading", name="Emergency: get help now")
    assert notice.get_attribute("aria-level") == "3"
