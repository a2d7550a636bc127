"""The site for everyone: barriers that axe-core knows, keyboard, zoom, no script, paper, bytes."""

from __future__ import annotations

import gzip
import re
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib import resources
from pathlib import Path
from typing import Any

import jinja2
import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from conftest import ROOT, clinicpress

LEAFLET = "dry-needling-for-sciatica"
SECTION = f"{LEAFLET}/check-your-practitioner.html"
SIZES: dict[str, ViewportSize] = {
    "phone": {"width": 360, "height": 740},
    "desktop": {"width": 1280, "height": 900},
    # At 400 % zoom, a window of 1280 by 1024 has room for this much.
    "zoomed": {"width": 320, "height": 256},
    "narrow": {"width": 320, "height": 640},
}
# The level that the law asks for in most countries: WCAG 2.2, A and AA; and axe-core's own advice.
RULES = "wcag2a wcag2aa wcag21a wcag21aa wcag22aa best-practice".split()
COLORS = ["color-contrast", "link-in-text-block"]
AXE = (resources.files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
MOST = 80_000
PACKED = (".html", ".css", ".js", ".json", ".svg")

SHORT = """# {name}

This leaflet is made up, for a test.

## Before you come

Tell us if you take a blood thinner.

## When to get help

Call 999 if you cannot breathe.

## Who treats you

Check that your practitioner is registered.
"""
SPANISH = """---
lang: es
---

# Punción seca

Este folleto es inventado, para una prueba.

## Antes de venir

Avise si toma anticoagulantes.

## Cuándo pedir ayuda

Llame al 112 si no puede respirar.

## Quién le atiende

Compruebe que el fisioterapeuta está colegiado.

Compruebe también su formación y su número de colegiado.
"""
ARABIC = """---
lang: ar
---

# العلاج بالإبر

هذه صفحة تجريبية.

## قبل الزيارة

- أخبرنا عن أدويتك.
- اكتب أسئلتك.

## بعد الزيارة

اتصل بنا إذا كان لديك سؤال.
"""
ODD = '"><script>document.title = "taken"</script>'


class Packed(SimpleHTTPRequestHandler):
    """A host that sends text as gzip, as they do."""

    def do_GET(self) -> None:
        file = Path(self.translate_path(self.path))
        if file.suffix not in PACKED or not file.is_file():
            super().do_GET()
            return
        body = gzip.compress(file.read_bytes(), 6)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(file)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def many_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with so many leaflets that it has an A to Z page, none of them signed off.

    One is Spanish, one Arabic; one page is written by hand, with signs of HTML where none belong.
    """
    folder = tmp_path_factory.mktemp("many")
    for n in range(12):
        name = f"{chr(65 + n)}-treatment of a rather long name"
        (folder / f"leaflet-{n}.md").write_text(SHORT.format(name=name), encoding="utf-8")
    (folder / "puncion.md").write_text(SPANISH, encoding="utf-8")
    (folder / "arabic.md").write_text(ARABIC, encoding="utf-8")
    names = sorted(file.name for file in folder.glob("*.md"))
    assert clinicpress("new", "clinic", names[0], cwd=folder).returncode == 0
    project = folder / "clinic"
    for name in names[1:]:
        shutil.copyfile(folder / name, project / "documents" / name)
    odd = f"---\ntitle: 'Odd {ODD}'\ndescription: 'Said {ODD}'\n---\n\n# Odd\n\nText.\n"
    (project / "docs" / "odd.md").write_text(odd, encoding="utf-8")
    done = clinicpress("build", cwd=project)
    assert done.returncode in (0, 1), done.stdout + done.stderr
    return project / "site"


@pytest.fixture(scope="module")
def host(our_site: Path) -> Iterator[str]:
    """The address of our site on a host."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Packed, directory=str(our_site)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def page(chrome: Browser) -> Iterator[Page]:
    opened = chrome.new_page(viewport=SIZES["desktop"], reduced_motion="reduce")
    yield opened
    opened.close()


@pytest.fixture(params=["phone", "desktop"])
def sized(request: pytest.FixtureRequest, chrome: Browser) -> Iterator[Page]:
    """A page as on a phone, and as on a desk."""
    opened = chrome.new_page(
        viewport=SIZES[request.param], reduced_motion="reduce", color_scheme="light"
    )
    yield opened
    opened.close()


def barriers(page: Page) -> list[str]:
    """Return what axe-core finds in a page, in light colors and in dark ones."""
    page.evaluate(AXE)
    found = _axe(page, {"type": "tag", "values": RULES})
    page.emulate_media(color_scheme="dark")
    if page.locator("html.js [data-md-color-scheme]").count():
        page.wait_for_selector("body[data-md-color-scheme=slate]")
    dark = _axe(page, {"type": "rule", "values": COLORS})
    page.emulate_media(color_scheme="light")
    return [*found, *(f"dark: {each}" for each in dark)]


def _axe(page: Page, only: dict[str, Any]) -> list[str]:
    done = page.evaluate(
        "only => axe.run(document, {runOnly: only, resultTypes: ['violations']})", only
    )
    assert done["passes"]
    return [f"{v['id']}: {n['html'][:200]}" for v in done["violations"] for n in v["nodes"]]


# --- Barriers


@pytest.mark.parametrize(
    "path",
    [
        "index.html",
        f"{LEAFLET}/index.html",
        SECTION,
        f"{LEAFLET}/what-the-evidence-says-and-how-safe-it-is.html",
        "practitioners.html",
        "404.html",
    ],
)
def test_no_barrier_is_found(path: str, our_site: Path, sized: Page) -> None:
    sized.goto((our_site / path).as_uri())
    assert barriers(sized) == []


@pytest.mark.parametrize(
    "path", ["index.html", "a-z.html", "puncion/quien-le-atiende.html", "arabic/index.html"]
)
def test_no_barrier_is_found_with_many_leaflets(path: str, many_site: Path, sized: Page) -> None:
    sized.goto((many_site / path).as_uri())
    assert barriers(sized) == []


def test_no_barrier_is_found_in_the_opened_search(our_site: Path, sized: Page) -> None:
    sized.goto((our_site / SECTION).as_uri())
    sized.locator(".md-search__input").focus()
    sized.keyboard.type("needle")
    expect(sized.locator(".md-search-result__link").first).to_be_visible(timeout=15_000)
    assert barriers(sized) == []


def test_no_barrier_is_found_in_the_opened_menu(our_site: Path, page: Page) -> None:
    page.set_viewport_size(SIZES["phone"])
    page.goto((our_site / SECTION).as_uri())
    page.get_by_role("button", name="Menu").click()
    expect(page.locator(".md-nav--primary [aria-current=page]")).to_be_in_viewport()
    assert barriers(page) == []


# --- Keyboard only


def test_the_first_key_press_offers_to_skip_to_the_text(our_site: Path, sized: Page) -> None:
    sized.goto((our_site / SECTION).as_uri())
    sized.keyboard.press("Tab")
    skip = sized.get_by_role("link", name="Skip to content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    sized.keyboard.press("Enter")
    sized.keyboard.press("Tab")
    assert sized.evaluate("document.activeElement.closest('article') !== null")


@pytest.mark.parametrize("size", ["phone", "zoomed"])
def test_the_menu_is_a_button(size: str, our_site: Path, page: Page) -> None:
    page.set_viewport_size(SIZES[size])
    page.goto((our_site / SECTION).as_uri())
    button = page.get_by_role("button", name="Menu")
    tab_to(page, "button.clinic-menu")
    expect(button).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Space")
    expect(button).to_have_attribute("aria-expanded", "true")
    assert page.evaluate("document.activeElement.closest('.md-nav--primary') !== null")
    seen = [page.evaluate("document.activeElement.closest('.md-content, .md-footer') !== null")]
    for _ in range(30):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("!!document.activeElement.closest('.md-content, .md-footer')"))
    assert not any(seen)
    page.keyboard.press("Escape")
    expect(button).to_have_attribute("aria-expanded", "false")
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="What to expect in a session").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/what-to-expect-in-a-session.html")


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until an element has the focus; fail where it can't be reached."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    pytest.fail(f"no key press reaches {selector}")


@pytest.mark.parametrize("size", ["desktop", "phone", "zoomed"])
def test_search_needs_no_mouse(size: str, our_site: Path, page: Page) -> None:
    page.set_viewport_size(SIZES[size])
    page.goto((our_site / SECTION).as_uri())
    tab_to(page, ".md-search__input")
    page.keyboard.type("cauda equina")
    first = page.locator(".md-search-result__link").first
    expect(first).to_be_visible(timeout=15_000)
    page.keyboard.press("ArrowDown")
    expect(first).to_be_focused()
    expect(first).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.wait_for_url("**/when-to-get-emergency-help.html*")


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_escape_from_the_search_keeps_the_place(size: str, our_site: Path, page: Page) -> None:
    page.set_viewport_size(SIZES[size])
    page.goto((our_site / SECTION).as_uri())
    tab_to(page, ".md-search__input")
    opened = page.locator("#__search")
    expect(opened).to_be_checked()
    page.keyboard.press("Escape")
    expect(page.locator(".md-search__input")).to_be_focused()
    page.wait_for_timeout(300)
    assert not opened.is_checked()
    if size == "phone":
        sign = page.locator("label.md-header__button[for=__search]")
        assert sign.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    page.keyboard.press("Tab")
    assert not page.evaluate("document.activeElement.matches('.md-skip, .md-search *')")
    page.keyboard.press("Shift+Tab")
    expect(opened).to_be_checked()


def test_a_ring_in_the_menu_is_whole(our_site: Path, page: Page) -> None:
    page.set_viewport_size(SIZES["phone"])
    page.goto((our_site / SECTION).as_uri())
    tab_to(page, "button.clinic-menu")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    link = page.locator(":focus")
    assert link.evaluate("e => parseFloat(getComputedStyle(e).outlineOffset)") < 0
    assert link.evaluate("e => e.closest('.md-nav--primary') !== null")


def test_a_heading_says_its_words_alone(our_site: Path, page: Page) -> None:
    page.goto((our_site / SECTION).as_uri())
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    names = [n["name"]["value"] for n in tree if n["role"]["value"] == "heading"]
    assert len(names) > 2
    assert not [name for name in names if "#" in name]


def test_keys_reach_all_links_and_show_where_they_are(our_site: Path, page: Page) -> None:
    page.goto((our_site / f"{LEAFLET}/when-to-get-emergency-help.html").as_uri())
    total = page.locator("article a:not(.headerlink):visible").count()
    reached = set()
    for _ in range(150):
        page.keyboard.press("Tab")
        here = page.evaluate(
            "() => { const e = document.activeElement, s = getComputedStyle(e);"
            " const box = e.getBoundingClientRect(); const header = document"
            ".querySelector('.md-header').getBoundingClientRect();"
            " return {in: !!e.closest('article'), tag: e.tagName, href: e.outerHTML + box.x,"
            " shown: s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2,"
            " covered: !e.closest('.md-header') && box.bottom > 0 && box.bottom <= header.bottom} }"
        )
        if here["in"]:
            reached.add(here["href"])
            assert here["shown"], here
            assert not here["covered"], here
        if here["tag"] == "BODY":
            break
    assert len(reached) == total


def test_back_to_the_top_is_a_button(our_site: Path, page: Page) -> None:
    page.set_viewport_size(SIZES["phone"])
    page.goto((our_site / f"{LEAFLET}/what-to-expect-in-a-session.html").as_uri())
    page.evaluate("scrollTo({ top: 2000, behavior: 'instant' })")
    page.wait_for_function("scrollY > 1000")
    page.wait_for_timeout(200)  # the theme looks where a reader is heading, from time to time
    page.evaluate("scrollBy({ top: -300, behavior: 'instant' })")
    top = page.get_by_role("button", name="Back to top")
    expect(top).to_be_visible()
    top.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("scrollY < 10")


# --- Notices


def test_a_notices_title_is_a_heading_of_the_right_level(our_site: Path, page: Page) -> None:
    page.goto((our_site / f"{LEAFLET}/when-to-get-emergency-help.html").as_uri())
    levels = page.evaluate(
        "() => [...document.querySelectorAll('article :is(h1, h2, h3, h4, .admonition-title)')]"
        ".map(h => [h.matches('.admonition-title'), +(h.ariaLevel || h.tagName[1])])"
    )
    assert levels[:4] == [[False, 1], [True, 2], [False, 2], [True, 3]]
    for notice in page.locator(".admonition").all():
        name = notice.get_attribute("aria-label") or ""
        assert notice.get_attribute("role") == "group"
        assert notice.get_by_role("heading", name=name).count() == 1


def test_a_page_leads_to_the_team_once(our_site: Path, page: Page) -> None:
    page.goto((our_site / SECTION).as_uri())
    assert page.locator(".admonition.credential").count() > 3
    assert page.get_by_role("link", name="Our team").count() == 1


# --- Room, script, colors, paper


@pytest.mark.parametrize("viewport", ["narrow", "zoomed"])
def test_nothing_scrolls_sideways(viewport: str, many_site: Path, chrome: Browser) -> None:
    page = chrome.new_page(viewport=SIZES[viewport])
    for path in ("index.html", "a-z.html", "puncion/index.html", "arabic/index.html", "404.html"):
        page.goto((many_site / path).as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
        header = page.locator(".md-header").bounding_box() if path != "404.html" else None
        assert header is None or header["height"] <= 64
    page.close()


def test_without_script_the_menu_opens_and_the_banner_shows(
    many_site: Path, chrome: Browser
) -> None:
    context = chrome.new_context(
        java_script_enabled=False, viewport=SIZES["phone"], reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto((many_site / "puncion" / "antes-de-venir.html").as_uri())
    expect(page.locator(".leaflet-unreviewed")).to_be_in_viewport()
    expect(page.locator(".admonition.safety")).to_be_visible()
    link = page.locator(".md-nav--primary").get_by_role("link", name="Quién le atiende")
    expect(link).not_to_be_visible()
    page.locator("label.md-header__button[for=__drawer]").click()
    link.scroll_into_view_if_needed()
    expect(link).to_be_in_viewport()
    link.click()
    expect(page.locator("h1")).to_have_text(re.compile("Quién le atiende"))
    page.goto((many_site / "index.html").as_uri())
    page.locator("article").get_by_role("link", name="A to Z").click()
    assert page.locator("article .leaflets a[href*='/index.html']").count() == 14
    context.close()


EDGED = ".admonition, .emergency-strip, .leaflet-unreviewed, .credential-links"


@pytest.mark.parametrize("media", ["forced", "print"])
def test_boxes_keep_their_edges(media: str, many_site: Path, chrome: Browser) -> None:
    page = chrome.new_page(forced_colors="active" if media == "forced" else "none")
    page.emulate_media(media="print" if media == "print" else "screen", color_scheme="dark")
    seen = set()
    for path in ("puncion/antes-de-venir.html", "puncion/quien-le-atiende.html"):
        page.goto((many_site / path).as_uri())
        for box in page.locator(EDGED).all():
            style, width, color, ground, ink = box.evaluate(
                "e => { const s = getComputedStyle(e); return"
                " [s.borderTopStyle, parseFloat(s.borderTopWidth), s.borderTopColor,"
                " s.backgroundColor, s.color] }"
            )
            assert style != "none"
            assert width >= 1
            assert color != ground
            if media == "print":
                assert ink in ("rgb(0, 0, 0)", "rgb(22, 38, 44)"), box.inner_text()
            seen.add(str(box.get_attribute("class")).split()[-1])
    assert seen == {
        "safety",
        "credential",
        "emergency-strip",
        "leaflet-unreviewed",
        "credential-links",
    }
    page.close()


# --- Languages


def test_each_leaflet_has_its_own_language_and_direction(many_site: Path, page: Page) -> None:
    page.goto((many_site / "puncion" / "quien-le-atiende.html").as_uri())
    spanish = page.locator(".leaflet-path, .emergency-strip, .leaflet-menu, .credential-links, h1")
    tags = spanish.evaluate_all("all => all.map(e => e.closest('[lang]').lang)")
    assert tags == ["es"] * 5, tags
    block = page.get_by_role("region", name="Compruebe quién le atiende aquí")
    register = block.get_by_role("link", name="Compruebe en el registro HCPC")
    assert register.get_attribute("href") == "https://www.hcpc-uk.org/check-the-register/"
    assert page.get_by_role("link", name="Inicio").count() == 1
    assert page.get_by_role("region", name="Emergencia").count() == 1

    page.goto((many_site / "arabic" / "index.html").as_uri())
    assert page.locator("h1").evaluate("h => getComputedStyle(h).direction") == "rtl"
    for part in (".leaflet-path li[aria-current]", ".leaflet-sections", ".leaflet-menu"):
        where = page.locator(part)
        assert where.evaluate("e => getComputedStyle(e).direction") == "rtl", part
    # The frame's own words are in the leaflet's language too, and so is its direction.
    assert page.locator(".md-header").evaluate("e => getComputedStyle(e).direction") == "rtl"
    assert page.locator("html").get_attribute("lang") == "ar"
    assert page.locator(".md-copyright").get_attribute("lang") == "en"


@pytest.mark.parametrize(
    ("language", "title", "call"),
    [
        ("en", "Page not found", "United Kingdom"),
        ("es-MX", "Página no encontrada", "Reino Unido"),
        ("fr", "Page introuvable", "Royaume-Uni"),
        ("pl", "Page not found", "United Kingdom"),
    ],
)
def test_an_unknown_address_is_told_in_the_sites_language(
    language: str, title: str, call: str
) -> None:
    loader = jinja2.FileSystemLoader(ROOT / "overrides")
    template = jinja2.Environment(loader=loader, autoescape=False).get_template("404.html")  # noqa: S701 - as MkDocs does
    html = template.render(
        config={"theme": {"language": language}, "extra": {}, "site_name": "A & B"}
    )
    assert f'<html lang="{"en" if language == "pl" else language}"' in html
    assert f"<h1>{title}</h1>" in html
    assert f'{call}: <a href="tel:999">999</a>' in html
    assert "<title>" + title + " - A &amp; B</title>" in html


# --- Bytes, requests, and what is kept


def test_the_first_view_is_light(host: str, our_site: Path, page: Page) -> None:
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(request.url.partition("?")[0]))
    page.goto(f"{host}/{SECTION}", wait_until="networkidle")
    sizes: dict[str, int] = {}
    for url in asked:
        assert url.startswith(host)
        body = (our_site / url.removeprefix(f"{host}/")).read_bytes()
        sizes[url] = len(gzip.compress(body, 6) if url.endswith(PACKED) else body)
    assert any("bundle" in url for url in sizes)
    assert not any(
        re.search("search_index|workers/search|iframe-worker|palette", url) for url in sizes
    )
    assert sum(sizes.values()) <= MOST
    with page.expect_request("**/search_index.json"):
        page.locator(".md-search__input").focus()
    page.keyboard.type("need")
    expect(page.locator(".md-search-result__link").first).to_be_visible(timeout=15_000)


def test_a_question_in_the_address_is_searched(host: str, page: Page) -> None:
    page.goto(f"{host}/index.html?q=cauda")
    expect(page.locator(".md-search-result__link").first).to_be_visible(timeout=15_000)


def test_no_request_leaves_the_site(many_site: Path, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for file in sorted(many_site.rglob("*.html"))[::4]:
        page.goto(file.as_uri())
    assert len(asked) > 20
    assert [url for url in asked if not url.startswith((many_site.as_uri(), "about:"))] == []


def test_nothing_is_kept_until_the_reader_chooses(host: str, chrome: Browser) -> None:
    context = chrome.new_context(color_scheme="dark")
    page = context.new_page()
    for path in ("index.html", SECTION):
        page.goto(f"{host}/{path}")
        page.wait_for_selector("body[data-md-color-scheme=slate]")
        assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    for _ in range(2):
        page.locator("[data-md-component=palette] label:visible").click()
    page.emulate_media(color_scheme="light")
    page.goto(f"{host}/index.html")
    page.wait_for_selector("body[data-md-color-scheme=slate]")
    assert page.evaluate("localStorage.length") == 1
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colors_are_right_before_the_themes_own_script(
    scheme: str, host: str, chrome: Browser
) -> None:
    context = chrome.new_context(color_scheme="dark" if scheme == "dark" else "light")
    page = context.new_page()
    page.route("**/bundle*", lambda route: route.abort())
    page.goto(f"{host}/index.html")
    shown = page.locator("body").get_attribute("data-md-color-scheme")
    assert shown == ("slate" if scheme == "dark" else "default")
    context.close()


# --- Pages written by hand


def test_signs_in_front_matter_stay_signs(many_site: Path, page: Page) -> None:
    page.goto((many_site / "odd.html").as_uri())
    assert page.locator('meta[name="description"]').get_attribute("content") == f"Said {ODD}"
    assert page.title().startswith(f"Odd {ODD} - ")
