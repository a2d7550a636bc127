"""Our own site in a browser: as files and served, light and dark, with and without script."""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from clinicpress import rendering, writing
from clinicpress.rendered import RenderedPage
from conftest import ROOT

NAME = "dry-needling-for-sciatica"
EMERGENCY = "when-to-get-emergency-help"
SECTIONS = [
    "symptoms-and-the-muscles-that-can-add-to-them",
    "how-trigger-point-dry-needling-works",
    "what-to-expect-in-a-session",
    "what-the-evidence-says-and-how-safe-it-is",
    EMERGENCY,
    "what-to-tell-the-practitioner-first",
    "afterwards-when-to-call-and-what-to-watch-for",
    "check-your-practitioner",
]
LEAFLET = [f"{NAME}/{page}.html" for page in ("index", *SECTIONS)]
CLINIC = ["practitioners.html", "accessibility.html", "privacy.html"]
PAGES = ["index.html", *CLINIC, *LEAFLET]
WHO = (
    r"Check who treats you here Our practitioners, their training and registration"
    r"(?: Check on the \w+ register)+"
)
NOTICES = {"emergency": "Emergency", "safety": "Safety", "credential": "Check"}


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def served(our_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of our site below a path of a server."""
    root = tmp_path_factory.mktemp("host")
    shutil.copytree(our_site, root / "clinic" / "leaflets")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(root)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/clinic/leaflets"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(params=["files", "server"])
def base(request: pytest.FixtureRequest, our_site: Path, served: str) -> str:
    """Where the site is, without a slash at the end."""
    return our_site.as_uri() if request.param == "files" else served


@pytest.fixture
def page(chrome: Browser) -> Iterator[Page]:
    opened = chrome.new_page(viewport={"width": 1280, "height": 900})
    yield opened
    opened.close()


def test_the_pages_are_the_ones_listed_here(our_site: Path) -> None:
    built = {path.relative_to(our_site).as_posix() for path in our_site.rglob("*.html")}
    assert built == {*PAGES, "404.html"}


@pytest.mark.parametrize("path", LEAFLET)
def test_each_page_of_the_site_has_every_word_of_its_source(path: str, our_site: Path) -> None:
    source = (ROOT / "docs" / path).with_suffix(".md").read_text(encoding="utf-8")
    expected = RenderedPage(rendering.render(writing.body_of(source))).words()
    html = (our_site / path).read_text(encoding="utf-8")
    article = html[html.index("<h1") : html.index("</article>")]
    found = RenderedPage(article).words()
    assert found[: len(expected)] == expected
    rest = " ".join(found[len(expected) :])
    date = r"\d+ [A-Z][a-z]+ \d{4}"
    who = f"{WHO} " if "/// credential" in source else ""
    example = r"Example of a sign-off: no clinician has read this leaflet\."
    dates = rf"{example} Last reviewed: {date} Next review due: {date}"
    assert re.fullmatch(rf"{who}{dates} Download this leaflet \(PDF\)", rest)


# --- Ways through the site


def test_home_leads_to_the_leaflet_and_on_through_it(base: str, page: Page) -> None:
    page.goto(f"{base}/index.html")
    page.locator("article").get_by_role("link", name="Dry needling for sciatica").click()
    for section in SECTIONS:
        page.locator("a.md-footer__link--next").click()
        page.wait_for_url(f"**/{section}.html")
    page.locator("a.md-footer__link--prev").click()
    page.wait_for_url(f"**/{SECTIONS[-2]}.html")
    page.get_by_label("Breadcrumb").get_by_role("link", name="Dry needling").click()
    page.wait_for_url(f"**/{NAME}/index.html")
    listed = page.get_by_label("In this leaflet").get_by_role("link")
    assert listed.count() == len(SECTIONS)


def search(page: Page, words: str) -> None:
    """Type words into the search, and wait for the first result."""
    page.locator(".md-search__input").click()
    page.keyboard.type(words)
    expect(page.locator(".md-search-result__link").first).to_be_visible(timeout=15_000)


@pytest.mark.parametrize(
    ("words", "leads_to"),
    [("cauda equina", EMERGENCY), ("blood thinner", "what-to-tell-the-practitioner-first")],
)
def test_search_finds_and_leads_there(words: str, leads_to: str, base: str, page: Page) -> None:
    page.goto(f"{base}/{NAME}/index.html")
    search(page, words)
    results = page.locator(".md-search-result__link")
    # The list changes while the words are typed, so it is asked in one go, and again.
    wanted = page.locator(f".md-search-result__link[href*='{leads_to}']")
    expect(wanted.first).to_be_attached(timeout=15_000)
    results.first.click()
    page.wait_for_url(f"**/{NAME}/*.html*")
    expect(page.locator("article")).to_contain_text(words.split()[-1], ignore_case=True)


def test_the_pdf_is_there(served: str, page: Page) -> None:
    for path in LEAFLET:
        page.goto(f"{served}/{path}")
        link = page.get_by_role("link", name="Download this leaflet (PDF)")
        address = str(link.evaluate("a => a.href"))
        assert address == f"{served}/{NAME}/{NAME}.pdf"
    answer = page.request.get(address)
    assert answer.ok
    assert answer.body().startswith(b"%PDF-")
    assert answer.headers["content-type"] == "application/pdf"


# --- Nobody else is asked


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_request_leaves_the_site(scheme: str, base: str, chrome: Browser) -> None:
    context = chrome.new_context(color_scheme="dark" if scheme == "dark" else "light")
    page = context.new_page()
    asked: list[str] = []
    wrong: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda socket: asked.append(socket.url))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text))
    for path in PAGES:
        page.goto(f"{base}/{path}", wait_until="networkidle")
        shown = page.locator("body").get_attribute("data-md-color-scheme")
        assert shown == ("slate" if scheme == "dark" else "default")
    search(page, "needle")
    # Search without a server runs in a worker whose script is in the page's own memory.
    own = (base, "blob:", "about:")
    assert len(asked) > len(PAGES)
    assert [url for url in asked if not url.startswith(own)] == []
    assert wrong == []
    assert context.cookies() == []
    context.close()


# --- Notices


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_notices_are_told_apart_by_color_word_and_role(
    scheme: str, our_site: Path, chrome: Browser
) -> None:
    context = chrome.new_context(color_scheme="dark" if scheme == "dark" else "light")
    page = context.new_page()
    looks: dict[str, set[str]] = {kind: set() for kind in NOTICES}
    bars: dict[str, set[str]] = {kind: set() for kind in NOTICES}
    for path in LEAFLET:
        page.goto((our_site / path).as_uri())
        for kind, word in NOTICES.items():
            for notice in page.locator(f"article .admonition.{kind}").all():
                assert notice.get_attribute("role") == "group"
                title = notice.locator("> .admonition-title")
                assert word in title.inner_text()
                label = notice.get_attribute("aria-label")
                assert title.inner_text().split("\n")[0].removesuffix(" Our team") == label
                assert title.is_visible()
                bar, *box = title.evaluate(
                    "t => [getComputedStyle(t).backgroundColor, getComputedStyle(t.parentNode)"
                    ".backgroundColor, getComputedStyle(t.parentNode).borderLeftColor]"
                )
                # Only credentials speak more softly from the second notice on.
                if kind != "credential" or not bars[kind]:
                    bars[kind].add(bar)
                looks[kind].add("".join(box))
    for seen in (looks, bars):
        assert [len(colors) for colors in seen.values()] == [1, 1, 1], seen
        assert len(set.union(*seen.values())) == 3
    context.close()


def test_the_emergency_page_opens_with_its_notice(our_site: Path, page: Page) -> None:
    page.goto(next(our_site / path for path in LEAFLET if EMERGENCY in path).as_uri())
    after_title = page.locator("article h1 + *")
    assert "emergency" in (after_title.get_attribute("class") or "")


@pytest.mark.parametrize("path", [path for path in LEAFLET if EMERGENCY not in path])
def test_the_emergency_strip_comes_first(path: str, our_site: Path, page: Page) -> None:
    page.goto((our_site / path).as_uri())
    strip = page.locator(".emergency-strip")
    order = page.evaluate(
        "() => [...document.querySelectorAll("
        "'article :is(.emergency-strip, h1, p, li, .admonition)')]"
        ".filter(e => !e.closest('.leaflet-path')).map(e => e.className || e.tagName)"
    )
    assert order[0] == "emergency-strip"
    box = strip.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < 900
    assert strip.get_by_role("link", name="Call 999").get_attribute("href") == "tel:999"
    strip.get_by_role("link", name="In an emergency").click()
    page.wait_for_url(f"**/{EMERGENCY}.html")
    target = page.locator("article .admonition.emergency").first
    assert target.evaluate("t => t.getBoundingClientRect().top < window.innerHeight")


# --- For everyone


@pytest.mark.parametrize("width", [320, 768])
def test_nothing_scrolls_sideways(width: int, our_site: Path, chrome: Browser) -> None:
    page = chrome.new_page(viewport={"width": width, "height": 640})
    for path in PAGES:
        page.goto((our_site / path).as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    page.close()


def test_it_works_without_script(our_site: Path, chrome: Browser) -> None:
    context = chrome.new_context(java_script_enabled=False)
    page = context.new_page()
    for path in LEAFLET:
        page.goto((our_site / path).as_uri())
        assert page.locator("h1").is_visible()
        assert len(page.locator("article").inner_text()) > 500
        assert page.get_by_label("Breadcrumb").get_by_role("link").first.is_visible()
        assert page.locator("a.md-footer__link:visible").first.is_visible()
        for notice in page.locator(".admonition").all():
            assert notice.is_visible()
    page.goto((our_site / "index.html").as_uri())
    page.locator("article").get_by_role("link", name="Dry needling for sciatica").click()
    page.locator("a.md-footer__link--next").click()
    assert SECTIONS[0] in page.url
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_language_and_headings(path: str, our_site: Path, page: Page) -> None:
    page.goto((our_site / path).as_uri())
    spoken = page.locator("h1").evaluate("h => h.closest('[lang]').lang")
    assert spoken == ("en-GB" if path in LEAFLET else "en")
    assert page.title() != ""
    assert page.locator("h1").count() == 1
    levels = page.evaluate(
        "() => [...document.querySelectorAll('article :is(h1, h2, h3, h4, h5, h6)')]"
        ".map(h => +h.tagName[1])"
    )
    assert all(after <= before + 1 for before, after in pairwise(levels))
