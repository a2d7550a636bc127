"""A leaflet in a language without words of ours: the clinic's own stand around it, everywhere."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping
from importlib import resources
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from clinicpress import engine
from clinicpress.clinic import settings, wording
from clinicpress.errors import ClinicpressError
from conftest import ROOT, SMALL, clinicpress, told

POLISH = """---
lang: pl
---

# Ból kolana

Ból kolana jest częsty i zwykle mija.

## Co pomaga

Odpoczynek jest ważny.

## Kiedy szukać pomocy

::: emergency
Proszę natychmiast zadzwonić.
:::
"""
ARABIC = """---
lang: ar
---

# الربو

الربو مرض يصيب الرئتين.

## الدواء

::: safety
لا تتوقف عن تناول الدواء.
:::

## متى تطلب المساعدة

::: emergency
اتصل فورا.
:::
"""
# No translation, for a test: each line says where it is from.
WORDS: Mapping[str, str] = {
    key: f"PL {key} {wording.FILLED.get(key, '')}".strip() for key in wording.FORMS
}
HEAD = "site_name: A\nextra:\n  clinic:\n    name: A\n    words:\n"


def settings_with(words: Mapping[str, object]) -> str:
    """Return the settings of a clinic with these words for Polish."""
    lines = yaml.safe_dump({"pl": dict(words)}, allow_unicode=True, sort_keys=False)
    return HEAD + "".join(f"      {line}\n" for line in lines.splitlines())


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clinic with an English, a Polish and an Arabic leaflet, and words for Polish alone."""
    folder = tmp_path_factory.mktemp("words")
    (folder / "shoulder.md").write_text(SMALL, encoding="utf-8")
    assert clinicpress("new", "clinic", "shoulder.md", cwd=folder).returncode == 0
    root = folder / "clinic"
    (root / "documents" / "kolano.md").write_text(POLISH, encoding="utf-8")
    (root / "documents" / "asthma.md").write_text(ARABIC, encoding="utf-8")
    config = (root / "mkdocs.yml").read_text(encoding="utf-8")
    own = settings_with(WORDS).partition("    name: A\n")[2]
    text = config.replace("    phone:", f"{own}    phone:")
    (root / "mkdocs.yml").write_text(text, encoding="utf-8")
    return root


@pytest.fixture(scope="module", params=engine.NAMES)
def site(
    project: Path, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Its site, as each engine builds it."""
    root = tmp_path_factory.mktemp("built") / "clinic"
    shutil.copytree(project, root)
    done = clinicpress("build", "--engine", request.param, cwd=root)
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"note: documents/asthma\.md: it is in the language “ar”", done.stdout)
    assert "documents/kolano.md: it is in the language" not in done.stdout
    return root / "site"


@pytest.fixture
def page(chrome: Browser) -> Iterator[Page]:
    opened = chrome.new_page()
    yield opened
    opened.close()


def test_the_clinics_words_stand_around_its_leaflet(site: Path, page: Page) -> None:
    page.goto((site / "kolano" / "co-pomaga.html").as_uri())
    strip = page.locator(".emergency-strip")
    assert strip.locator(".emergency-read").inner_text() == "PL read"
    assert strip.locator(".emergency-call").inner_text() == "PL call 999"
    assert page.locator(".leaflet-unreviewed").inner_text() == "PL unreviewed. PL unreviewed_more"
    assert page.locator(".leaflet-path a").first.inner_text() == "PL home"
    assert page.get_by_role("navigation", name="PL path").is_visible()
    assert page.get_by_role("link", name="PL next: Kiedy szukać pomocy").is_visible()
    assert page.locator(".leaflet-pdf").inner_text() == "PL pdf"
    assert page.locator("html").get_attribute("lang") == "pl"
    spoken = strip.locator("a").evaluate_all("all => all.map(e => e.closest('[lang]').lang)")
    assert set(spoken) == {"pl"}
    page.goto((site / "kolano" / "kiedy-szukac-pomocy.html").as_uri())
    assert page.locator(".admonition-title").inner_text() == "PL emergency"
    page.goto((site / "kolano" / "index.html").as_uri())
    assert page.get_by_role("navigation", name="PL sections").is_visible()


def test_without_words_they_are_english_and_say_so(site: Path, page: Page) -> None:
    emergency = site / "asthma" / "متى-تطلب-المساعدة.html"
    page.goto(emergency.as_uri())
    assert page.locator(".admonition-title").inner_text() == "Emergency: get help now"
    assert page.locator(".admonition-title").get_attribute("lang") == "en"
    assert page.locator(".emergency-strip").get_attribute("lang") == "en"
    assert page.locator(".emergency-read").count() == 0, "it would lead to where one is"
    assert page.locator("html").get_attribute("lang") == "ar"
    assert page.locator("body").get_attribute("dir") == "rtl"
    page.goto((site / "asthma" / "الدواء.html").as_uri())
    assert page.get_by_role("link", name="التالية").count() == 1
    assert page.locator(".emergency-read").count() == 1


def test_other_pages_keep_the_language_of_the_site(site: Path, page: Page) -> None:
    page.goto((site / "index.html").as_uri())
    card = page.locator(".leaflets li").filter(has_text="الربو")
    assert card.evaluate("e => getComputedStyle(e).direction") == "rtl"
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator("body").get_attribute("dir") == "ltr"


def test_the_paper_has_them_too(site: Path) -> None:
    text = "\n".join(
        part.extract_text() for part in PdfReader(site / "kolano" / "kolano.pdf").pages
    )
    for key in ("emergency", "unreviewed", "page"):
        assert f"PL {key}" in text
    assert "PL call 999" in text
    assert "Emergency" not in text


# --- What is not right is told with its form


def refused(words: Mapping[str, object]) -> ClinicpressError:
    with pytest.raises(ClinicpressError) as caught:
        settings.read(settings_with(words), "mkdocs.yml")
    return caught.value


def test_a_line_that_is_missing_is_told_with_what_it_says() -> None:
    error = refused({key: said for key, said in WORDS.items() if key != "safety"})
    assert str(error) == "mkdocs.yml:7: the words for `pl` are not all there: safety"
    assert "safety: 'Safety information'" in error.remedy


@pytest.mark.parametrize(
    ("change", "line", "says", "form"),
    [
        ({"call": "Zadzwoń"}, 11, "does not say where {number} goes", "call: 'Call {number}'"),
        ({"home": ""}, 22, "`home` is missing", "home: 'Home'"),
        ({"cal": "x"}, 29, "no such field: “cal”", "call"),
    ],
)
def test_a_mistake_is_told_with_the_right_form(
    change: Mapping[str, str], line: int, says: str, form: str
) -> None:
    error = refused({**WORDS, **change})
    assert str(error).startswith(f"mkdocs.yml:{line}: ")
    assert says in str(error)
    assert form in error.remedy


@pytest.mark.parametrize("lines", ["    words: Polish\n", "    words: {Polish language: {a: b}}\n"])
def test_languages_have_tags(lines: str, tmp_path: Path) -> None:
    with pytest.raises(ClinicpressError, match=r"mkdocs\.yml:5: `words` has") as caught:
        settings.read(HEAD.replace("    words:\n", lines), "mkdocs.yml")
    assert "words: pl:" in caught.value.remedy


def test_a_mistake_stops_the_run_before_any_page(project: Path, tmp_path: Path) -> None:
    root = shutil.copytree(project, tmp_path / "clinic")
    config = root / "mkdocs.yml"
    text = config.read_text(encoding="utf-8").replace("        next: PL next\n", "")
    config.write_text(text, encoding="utf-8")
    told(clinicpress("build", cwd=root), "mkdocs.yml", "next: 'Next'")
    assert not (root / "docs" / "kolano").exists()


def test_the_whole_tag_goes_before_its_language() -> None:
    own = {"pt": {"page": "a"}, "pt-br": {"page": "b"}}
    found = [wording.of(tag, own).get("page") for tag in ("pt", "pt-BR", "pt-PT", "pl")]
    assert found == ["a", "b", "a", None]


# --- One source


def test_the_guide_has_every_line() -> None:
    text = (ROOT / "guides" / "languages.md").read_text(encoding="utf-8")
    found = yaml.safe_load(text.split("```yaml\n")[1].split("```")[0])
    assert list(found["extra"]["clinic"]["words"]["pl"]) == list(wording.FORMS)
    read = settings.read(
        yaml.safe_dump({"extra": {"clinic": {"name": "A", **found["extra"]["clinic"]}}}), "m"
    )
    assert read is not None
    assert read.words["pl"]["call"] == "Call {number}"


@pytest.mark.parametrize("theme", ["material", "zensical"])
def test_the_themes_have_the_languages_that_are_listed(theme: str) -> None:
    folder = ROOT / "overrides" / "partials" / "clinicpress"
    text = (folder / "words.html").read_text(encoding="utf-8")
    listed = re.findall(r'"(\w\w)"', re.findall(r"listed = \[(.+?)\]", text)[0])
    there = resources.files(theme) / "templates" / "partials" / "languages"
    assert len(listed) > 50
    assert [tag for tag in listed if not (there / f"{tag}.html").is_file()] == []
