"""Our site built by each engine: the same pages, titles, menu, notices, words and links."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from clinicpress import engine
from clinicpress.errors import ClinicpressError
from conftest import clinicpress, told

OTHERS = [name for name in engine.NAMES if name != engine.DEFAULT]
Sites = Mapping[str, Path]


@dataclass(frozen=True)
class Shown:
    """What a reader gets of a page."""

    title: str
    menu: list[list[str]]
    here: list[str]
    breadcrumb: list[str]
    notices: list[str]
    links: list[str]
    words: str


SEEN = """() => {
  const all = (selector) => [...document.querySelectorAll(selector)]
  const words = (element) => element.textContent.replace(/\\s+/g, " ").trim()
  const text = document.querySelector(".md-content__inner").cloneNode(true)
  text.querySelectorAll("script, .headerlink, .md-path").forEach((part) => part.remove())
  return {
    title: document.title,
    menu: all(".md-nav--primary .md-nav__list a").map((a) => [words(a), a.href]),
    here: all(".md-nav--primary [aria-current=page]").map(words),
    breadcrumb: all(".leaflet-path li").map(words),
    notices: all(".admonition").map((n) => n.getAttribute("role") + " " + words(n)),
    links: [...text.querySelectorAll("a")].map((a) => a.href),
    words: words(text),
  }
}"""


@pytest.fixture(scope="module")
def sites(our_project: Path, our_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Sites:
    """Our site as each engine builds it."""
    made = {engine.DEFAULT: our_site}
    for name in OTHERS:
        root = tmp_path_factory.mktemp(name) / "project"
        shutil.copytree(our_project, root, ignore=shutil.ignore_patterns("site"))
        done = clinicpress("build", "--engine", name, cwd=root)
        assert done.returncode == 0, done.stdout + done.stderr
        assert not (root / engine.COPY).exists()
        made[name] = root / "site"
    return made


def pages(site: Path) -> list[str]:
    return sorted(p.relative_to(site).as_posix() for p in site.rglob("*.html"))


def test_properdocs_shows_the_same(sites: Sites, chrome: Browser) -> None:
    assert every_page(sites["properdocs"], chrome) == every_page(sites["mkdocs"], chrome)


def test_zensical_shows_the_same_menu_titles_and_notices(sites: Sites, chrome: Browser) -> None:
    """What it shows otherwise is told in guides/engines.md."""
    assert every_page(sites["zensical"], chrome, "title menu here notices".split()) == every_page(
        sites["mkdocs"], chrome, "title menu here notices".split()
    )


def every_page(site: Path, chrome: Browser, parts: Sequence[str] = ()) -> dict[str, list[object]]:
    """What a browser shows of each page, by its path."""
    own = [page for page in pages(site) if page != "404.html"]
    found = {page: vars(shown(chrome.new_page(), site, page)) for page in own}
    return {
        page: [all_parts[part] for part in parts or all_parts] for page, all_parts in found.items()
    }


def shown(tab: Page, site: Path, page: str) -> Shown:
    tab.goto((site / page).as_uri())
    found = tab.evaluate(SEEN)
    tab.close()
    return Shown(**json.loads(json.dumps(found).replace(site.as_uri(), "")))


@pytest.mark.parametrize("name", engine.NAMES)
def test_our_check_finds_a_broken_link_with_every_engine(name: str, small_project: Path) -> None:
    home = small_project / "docs" / "index.md"
    link = '\n<p><a href="gone.html">Gone</a></p>\n'
    home.write_text(home.read_text(encoding="utf-8") + link, encoding="utf-8")
    done = clinicpress("build", "--engine", name, cwd=small_project)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "gone.html" in done.stderr


@pytest.mark.parametrize("name", engine.NAMES)
def test_settings_that_cannot_be_used_keep_the_old_site(name: str, small_project: Path) -> None:
    site = small_project / "site"
    site.mkdir()
    (site / "index.html").write_text("before", encoding="utf-8")
    config = small_project / "mkdocs.yml"
    text = config.read_text(encoding="utf-8").replace("custom_dir: overrides", "custom_dir: gone")
    config.write_text(text, encoding="utf-8")
    done = clinicpress("build", "--engine", name, cwd=small_project)
    told(done, "mkdocs.yml")
    assert (site / "index.html").read_text(encoding="utf-8") == "before"
    assert not (small_project / engine.COPY).exists()


@pytest.mark.parametrize("language", ["klingon", "../en", "[en]"])
def test_a_language_that_the_theme_does_not_speak_is_told(
    language: str, small_project: Path
) -> None:
    config = small_project / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    line = text[: text.index("language: en")].count("\n") + 1
    config.write_text(text.replace("language: en", f"language: {language}"), encoding="utf-8")
    told(clinicpress("build", cwd=small_project), f"mkdocs.yml:{line}", "does not speak")


def test_an_engine_that_is_missing_is_named_with_its_command() -> None:
    with pytest.raises(ClinicpressError) as stopped:
        engine.require("no_such_engine")
    assert "pip install 'clinicpress[no_such_engine]'" in stopped.value.remedy


def test_an_unknown_engine_is_refused(small_project: Path) -> None:
    told(clinicpress("build", "--engine", "hugo", cwd=small_project), "hugo", "zensical")


@pytest.mark.parametrize("name", engine.NAMES)
def test_a_link_to_a_page_that_is_not_there_is_told_plainly(name: str, small_project: Path) -> None:
    """Zensical makes no site of it; the others do, and our check says where the link stands."""
    home = small_project / "docs" / "index.md"
    home.write_text(home.read_text(encoding="utf-8") + "\n[Gone](gone.md)\n", encoding="utf-8")
    done = clinicpress("build", "--engine", name, cwd=small_project)
    if name == "zensical":
        told(done, "mkdocs.yml", "index.md")
    else:
        assert done.returncode == 1, done.stdout + done.stderr
        assert "docs/index.md:" in done.stderr
        assert "gone.md" in done.stderr
    assert "Traceback" not in done.stderr
    assert "File " not in done.stderr


@pytest.mark.parametrize("name", engine.NAMES)
def test_pages_keep_to_their_policy(name: str, sites: Sites, chrome: Browser) -> None:
    page = chrome.new_page(viewport={"width": 1280, "height": 900})
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto((sites[name] / "practitioners.html").as_uri())
    page.keyboard.press("/")
    page.keyboard.type("needle")
    page.get_by_text(re.compile(r"^\s*\d+ (matching documents?|results?)\s*$")).wait_for()
    assert page.locator('meta[http-equiv="Content-Security-Policy"]').count() == 1
    assert said == []
    page.close()


# --- Search, in a patient's own words

ASKED = {
    "bum pain": "symptoms-and-the-muscles",
    "is my physio licensed": "practitioner",
    "blood thinners": "what-to-tell-the-practitioner-first",
}
# Zensical's search is a dialog in a tree of its own, opened by a key.
FOUND = """() => {
  const host = [...document.querySelectorAll("*")].find((element) => element.shadowRoot)
  const own = host ? [...host.shadowRoot.querySelectorAll("a")] : []
  const theirs = [...document.querySelectorAll("a.md-search-result__link")]
  return [...own, ...theirs].map((link) => link.href)
}"""


@pytest.mark.parametrize("name", engine.NAMES)
def test_each_engine_finds_patients_words(name: str, sites: Sites, chrome: Browser) -> None:
    page = chrome.new_page()
    page.goto((sites[name] / "index.html").as_uri())
    for words, wanted in ASKED.items():
        page.keyboard.press("/")
        page.keyboard.press("Control+A")
        page.keyboard.type(words)
        # The list changes while words are typed: it is asked again until it is the last one.
        page.wait_for_function(f"(wanted) => (({FOUND})()[0] || '').includes(wanted)", arg=wanted)
    page.close()
