"""A leaflet within the page of another website, from another origin, in a browser."""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Frame, Page, expect

from conftest import ROOT

LEAFLET = "dry-needling-for-sciatica"
EMERGENCY = "when-to-get-emergency-help"
CREDENTIAL = "check-your-practitioner"
GUIDE = ROOT / "guides" / "embed.md"
# A host's own policy as strict as it can be; guides/embed.md says the same two additions.
POLICY = "default-src 'none'; style-src 'self'; script-src {0}; frame-src {0}"
HOST = """<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width,initial-scale=1">
    <meta http-equiv="Content-Security-Policy" content="{policy}">
    <title>A clinic's own website</title>
  </head>
  <body>
    <h1>Our clinic</h1>
    <p><a href="#before" id="before">Before</a></p>
    <div class="clinicpress-leaflet"><a href="{link}">Dry needling</a></div>
    <p><a href="#after" id="after">After</a></p>
    <script src="{site}assets/javascripts/embed.js" async></script>
  </body>
</html>
"""


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def serving(folder: Path, name: str) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://{name}:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def site(our_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Our leaflets, below a path of one host."""
    root = tmp_path_factory.mktemp("leaflets")
    shutil.copytree(our_site, root / "leaflets")
    with serving(root, "127.0.0.1") as address:
        yield f"{address}leaflets/"


def in_guide(site: str) -> str:
    """The lines that the guide tells to put into a page, for our leaflet."""
    (lines,) = re.findall(r"```html\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.S)
    lines = lines.replace("https://leaflets.example/", site).replace("knee-injections", LEAFLET)
    return f"<!doctype html><title>Website</title>{lines}"


@pytest.fixture(scope="module")
def website(site: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A website at another name: to a browser not even of the same site."""
    root = tmp_path_factory.mktemp("website")
    origin = site.removesuffix("leaflets/").rstrip("/")
    policy = POLICY.format(origin)
    own = "http://127.0.0.1:9/leaflets/"
    pages = {
        "index.html": HOST.format(policy=policy, link=f"{site}{LEAFLET}/index.html", site=site),
        "place.html": HOST.format(
            policy=policy, link=f"{site}{LEAFLET}/{CREDENTIAL}.html#{CREDENTIAL}", site=site
        ),
        "other.html": HOST.format(policy=policy, link=f"{own}{LEAFLET}/index.html", site=site),
        "above.html": HOST.format(policy=policy, link=f"{site}../index.html", site=site),
        "script.html": HOST.format(policy=policy, link="javascript:alert(1)", site=site),
        "gone.html": HOST.format(policy=policy, link=f"{site}gone.html", site=site),
        "guide.html": in_guide(site),
        "dark.html": in_guide(site).replace("<div ", '<div data-scheme="dark" '),
        "plain.html": f'<iframe src="{site}{LEAFLET}/index.html"></iframe>',
    }
    for name, html in pages.items():
        (root / name).write_text(html, encoding="utf-8")
    with serving(root, "localhost") as address:
        yield address


@pytest.fixture
def page(chrome: Browser) -> Iterator[Page]:
    context = chrome.new_context(viewport={"width": 900, "height": 700})
    opened = context.new_page()
    opened.add_init_script(
        "addEventListener('securitypolicyviolation', (e) => console.error(e.violatedDirective))"
    )
    yield opened
    context.close()


def shown(page: Page, address: str) -> Frame:
    """Open a page of the website; return the frame once its leaflet is there."""
    page.goto(address)
    expect(page.locator(".clinicpress-leaflet > a")).to_be_hidden(timeout=15_000)
    return leaflet(page)


def leaflet(page: Page) -> Frame:
    (frame,) = page.frames[1:]
    return frame


def assert_as_high_as_its_page(page: Page) -> None:
    """The frame shows all of its page, with no bar to scroll it, and little room below."""
    inner = leaflet(page)
    for _ in range(50):
        given = page.locator("iframe").evaluate("f => f.clientHeight")
        needed = inner.evaluate("document.documentElement.scrollHeight")
        body = inner.evaluate("document.body.getBoundingClientRect().height")
        if given >= needed and given - body < 2:
            return
        page.wait_for_timeout(100)
    pytest.fail(f"the frame is {given} high, its page {needed}, the text {body}")


def test_the_leaflet_stands_alone_in_the_page(website: str, page: Page) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    frame = shown(page, website)
    expect(frame.locator("h1")).to_be_visible()
    for part in (".md-header", ".md-sidebar--primary", ".md-sidebar--secondary", ".md-footer"):
        expect(frame.locator(part)).to_be_hidden()
    expect(frame.locator(".emergency-strip")).to_be_visible()
    expect(frame.locator(".md-banner")).to_be_visible()  # the clinic is an example
    assert frame.locator("body").get_attribute("data-md-color-scheme") == "default"
    assert_as_high_as_its_page(page)
    assert said == []


@pytest.mark.parametrize(("name", "scheme"), [("guide", "default"), ("dark", "slate")])
def test_what_the_guide_says_to_write_works(
    name: str, scheme: str, website: str, page: Page
) -> None:
    frame = shown(page, f"{website}{name}.html")
    expect(frame.locator("h1")).to_be_visible()
    expect(frame.locator("body")).to_have_attribute("data-md-color-scheme", scheme)


def test_its_height_follows(website: str, page: Page) -> None:
    shown(page, website)
    heights = []
    for width in (900, 340, 1200):
        page.set_viewport_size({"width": width, "height": 700})
        page.wait_for_timeout(100)
        assert_as_high_as_its_page(page)
        heights.append(page.locator("iframe").evaluate("f => f.clientHeight"))
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert heights[1] > heights[0]
    assert heights[1] > heights[2]


def test_one_gets_about_in_the_leaflet(website: str, site: str, page: Page) -> None:
    frame = shown(page, website)
    link = frame.get_by_label("In this leaflet").get_by_role("link").last
    link.scroll_into_view_if_needed()
    link.click()
    expect(page.locator("iframe")).to_have_attribute(
        "title", "Check your practitioner", timeout=15_000
    )
    assert leaflet(page).url == f"{site}{LEAFLET}/{CREDENTIAL}.html"
    expect(leaflet(page).locator(".md-header")).to_be_hidden()
    assert_as_high_as_its_page(page)
    # The start of the new page is in view: at the top, or where the page around it is short.
    assert -1 <= page.locator("iframe").evaluate("f => f.getBoundingClientRect().top") < 700
    leaflet(page).get_by_label("Breadcrumb").get_by_role("link", name="Dry needling").click()
    leaflet(page).wait_for_url(f"{site}{LEAFLET}/index.html")
    expect(leaflet(page).get_by_label("Breadcrumb")).to_be_hidden()
    assert page.url == website


def test_a_place_in_the_page_is_brought_into_view(website: str, page: Page) -> None:
    frame = shown(page, f"{website}place.html")
    page.wait_for_timeout(300)
    assert page.evaluate("scrollY") == 0  # it was not asked for
    for heading, room in ((frame.locator("h2[id]").last, 0), (frame.locator("h2[id]").first, 90)):
        before = page.evaluate("scrollY")
        page.locator("iframe").evaluate("(f, r) => { f.style.scrollMarginTop = `${r}px` }", room)
        frame.evaluate("id => { location.hash = id }", heading.get_attribute("id"))
        page.wait_for_function("before => Math.abs(scrollY - before) > 300", arg=before)
        box = heading.bounding_box()
        assert box is not None
        assert room - 2 <= box["y"] < (room + 2 if room else 700)


def test_other_places_take_the_whole_window(website: str, site: str, page: Page) -> None:
    page.route(
        "https://**", lambda route: route.fulfill(body="the register", content_type="text/html")
    )
    frame = shown(page, f"{website}place.html")
    call = frame.locator("a[href^='tel:']").first
    call.evaluate("a => a.addEventListener('click', e => e.preventDefault())")
    call.click()
    assert call.get_attribute("target") is None
    pdf = frame.get_by_role("link", name="Download this leaflet (PDF)")
    pdf.evaluate("a => a.addEventListener('click', e => e.preventDefault())")
    pdf.click()
    assert pdf.get_attribute("target") == "_top"
    frame.get_by_role("link", name="Check on the HCPC register").click()
    page.wait_for_url("https://www.hcpc-uk.org/**")


def test_keyboard_and_screen_reader_go_in_and_out(website: str, page: Page) -> None:
    frame = shown(page, website)
    expect(page.locator("iframe")).to_have_attribute("title", "Dry needling for sciatica")
    # A frame of no height, as it is for a moment, can't be reached.
    page.wait_for_function("document.querySelector('iframe').clientHeight > 100")
    page.locator("#before").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "IFRAME"
    assert frame.evaluate("document.activeElement.matches('.emergency-read')")
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "after":
            break
        at = frame.evaluate("document.activeElement.closest('.md-header, .md-footer, .md-sidebar')")
        assert at is None
    assert page.evaluate("document.activeElement.id") == "after"
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    frames = [n["name"]["value"] for n in tree if n.get("role", {}).get("value") == "Iframe"]
    assert frames == ["Dry needling for sciatica"]


def test_nothing_is_kept_on_the_device(website: str, site: str, page: Page) -> None:
    # Of another site a browser may keep nothing anyway. So here only the port is another.
    frame = shown(page, website.replace("localhost", "127.0.0.1"))
    frame.locator(".emergency-read").click()
    leaflet(page).wait_for_url(f"{site}{LEAFLET}/{EMERGENCY}.html")
    page.wait_for_load_state("networkidle")
    for place in page.frames:
        kept = place.evaluate("[...Object.keys(localStorage), ...Object.keys(sessionStorage)]")
        assert kept == []
    assert page.context.cookies() == []


def test_without_script_the_link_leads_to_the_leaflet(
    website: str, site: str, chrome: Browser
) -> None:
    context = chrome.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(website)
    page.get_by_role("link", name="Dry needling").click()
    page.wait_for_url(f"{site}{LEAFLET}/index.html")
    expect(page.locator(".md-header")).to_be_visible()
    context.close()


@pytest.mark.parametrize("name", ["other", "above", "script"])
def test_only_pages_of_the_site_are_shown(name: str, website: str, page: Page) -> None:
    with page.expect_console_message(lambda message: "Clinicpress:" in message.text):
        page.goto(f"{website}{name}.html")
    assert page.locator("iframe").count() == 0
    expect(page.get_by_role("link", name="Dry needling")).to_be_visible()


def test_where_there_is_no_leaflet_the_link_stays(website: str, page: Page) -> None:
    page.goto(f"{website}gone.html", wait_until="networkidle")
    expect(page.get_by_role("link", name="Dry needling")).to_be_visible()
    assert page.locator("iframe").evaluate("f => f.clientHeight") == 0


def test_only_the_frame_itself_is_listened_to(website: str, page: Page) -> None:
    shown(page, website)
    assert_as_high_as_its_page(page)
    before = page.locator("iframe").get_attribute("style")
    page.evaluate("window.postMessage({ clinicpress: { height: 5, title: 'Forged' } }, '*')")
    page.evaluate(
        """() => {
          const source = document.querySelector("iframe").contentWindow
          const data = { clinicpress: { height: 5, title: "Forged" } }
          dispatchEvent(new MessageEvent("message", { data, source, origin: "http://a.example" }))
        }"""
    )
    page.wait_for_timeout(200)
    assert page.locator("iframe").get_attribute("style") == before
    assert page.locator("iframe").get_attribute("title") != "Forged"


def test_a_frame_that_is_no_embed_is_a_whole_page_and_says_nothing(
    website: str, page: Page
) -> None:
    page.goto(f"{website}plain.html", wait_until="networkidle")
    expect(leaflet(page).locator(".md-header")).to_be_visible()
    heard = page.evaluate(
        """() => new Promise((done) => {
          addEventListener("message", (event) => done(event.data))
          document.querySelector("iframe").contentWindow.postMessage({ clinicpress: "hello" }, "*")
          setTimeout(() => done("nothing"), 300)
        })"""
    )
    assert heard == "nothing"
