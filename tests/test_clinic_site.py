"""The clinic's pages in a browser, and what search engines read."""

from __future__ import annotations

import datetime
import json
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect

from clinicpress import engine, writing
from conftest import ROOT, SMALL, clinicpress, told

LEAFLET = "dry-needling-for-sciatica"
SAFETY = f"{LEAFLET}/what-to-tell-the-practitioner-first.html"
CREDENTIAL = f"{LEAFLET}/check-your-practitioner.html"
HOME = "https://clinic.example/a/b/"
TITLE = 'Needles </script><script>alert(1)</script> & "more" <b>'


class Host(SimpleHTTPRequestHandler):
    """A host as they are: an address that it does not know is answered with 404.html."""

    def send_error(self, code: int, *args: Any, **options: Any) -> None:
        page = (Path(self.directory) / "a" / "b" / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(page)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def host(our_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of our site below a path of a host."""
    root = tmp_path_factory.mktemp("host")
    shutil.copytree(our_site, root / "a" / "b")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Host, directory=str(root)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def public_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of a real clinic at a known address, with one page signed off and one odd title."""
    folder = tmp_path_factory.mktemp("public")
    (folder / "shoulder.md").write_text(SMALL, encoding="utf-8")
    assert clinicpress("new", "clinic", "shoulder.md", cwd=folder).returncode == 0
    project = folder / "clinic"
    config = project / "mkdocs.yml"
    text = config.read_text(encoding="utf-8").replace("site_url: ''", f"site_url: {HOME}")
    text = text.replace("    example: true\n", "").replace("#0d4c5b", "#5b0d4c")
    config.write_text(text, encoding="utf-8")
    page = project / "docs" / "shoulder" / "before-you-come.md"
    signed = page.read_text(encoding="utf-8").replace("---\n", "---\nreviewed: 2026-02-03\n", 1)
    page.write_text(signed, encoding="utf-8")
    title = json.dumps(writing.inert(TITLE).replace('"', "&quot;"))
    odd = f"---\ntitle: {title}\ndescription: {title}\nleaflet: {json.dumps(TITLE)}\n"
    odd += f"landing: shoulder/index.html\nreviewed: {json.dumps(TITLE)}\n---\n\n# Odd\n\nText.\n"
    (project / "docs" / "shoulder" / "odd.md").write_text(odd, encoding="utf-8")
    assert clinicpress("split", "--force", "-q", cwd=project).returncode == 0
    page.write_text(signed, encoding="utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    done = subprocess.run(
        command, cwd=project, env=engine.environment(pdf=False), capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return project / "site"


@pytest.fixture
def page(chrome: Browser) -> Iterator[Page]:
    opened = chrome.new_page(viewport={"width": 1280, "height": 900})
    yield opened
    opened.close()


def claims(file: Path) -> dict[str, Any]:
    """Return what a page says in JSON-LD, by its type."""
    html = file.read_text(encoding="utf-8")
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
    return {claim["@type"]: claim for claim in map(json.loads, found)}


# --- A page that is not there


@pytest.mark.parametrize("path", ["nothing.html", "x/y/z.html", "x/", f"{LEAFLET}/gone.html"])
def test_an_unknown_address_leads_home_below_any_path(path: str, host: str, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{host}/a/b/{path}")
    assert page.locator("h1").inner_text() == "Page not found"
    home = page.get_by_role("link", name="Go to the first page")
    expect(home).to_be_visible()
    expect(page.locator("header")).to_have_css("background-color", "rgb(13, 76, 91)")
    expect(page.locator("header img")).not_to_have_js_property("naturalWidth", 0)
    assert (
        page.get_by_role("link", name="Our practitioners")
        .evaluate("a => a.href")
        .endswith("/a/b/practitioners.html")
    )
    home.click()
    page.wait_for_url(f"{host}/a/b/index.html")
    assert page.locator("h1").inner_text().startswith("Patient information")
    assert [url for url in asked if not url.startswith(host)] == []


def test_an_unknown_address_helps_without_script_too(host: str, chrome: Browser) -> None:
    context = chrome.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{host}/a/b/x/y.html")
    assert page.get_by_role("link", name="Go to the first page").count() == 0
    assert page.get_by_role("link", name="999").get_attribute("href") == "tel:999"
    assert page.get_by_role("link", name="+44 1632 960000").is_visible()
    context.close()


def test_where_the_address_is_known_the_page_says_it(public_site: Path) -> None:
    html = (public_site / "404.html").read_text(encoding="utf-8")
    assert f'href="{HOME}index.html"' in html
    assert "<script" not in html
    addresses = re.findall(r'(?:src|href)="(?!tel:)([^"]+)"', html)
    assert f"{HOME}assets/clinic.css" in addresses
    assert f"{HOME}practitioners.html" in addresses
    assert all(address.startswith(HOME) for address in addresses)
    assert all((public_site / address.removeprefix(HOME)).is_file() for address in addresses), (
        addresses
    )


# --- What search engines read


def test_without_an_address_no_page_claims_one(our_site: Path) -> None:
    assert not (our_site / "sitemap.xml").exists()
    assert not (our_site / "sitemap.xml.gz").exists()
    for file in our_site.rglob("*.html"):
        html = file.read_text(encoding="utf-8")
        assert 'rel="canonical"' not in html
        assert "og:url" not in html
        found = claims(file)
        assert "BreadcrumbList" not in found
        assert all("url" not in claim for claim in found.values())


def test_an_example_clinic_is_not_claimed_to_be_one(our_site: Path) -> None:
    assert claims(our_site / "index.html") == {}
    for file in our_site.rglob("*.html"):
        html = file.read_text(encoding="utf-8")
        assert "MedicalClinic" not in html
        assert ("This is not a real clinic" in html) == (file.name != "404.html")


def test_pages_say_where_they_are(public_site: Path) -> None:
    tree = ElementTree.parse(public_site / "sitemap.xml")  # noqa: S314 - made by ourselves
    listed = {str(found.text) for found in tree.iter() if found.tag.endswith("}loc")}
    built = {
        HOME + file.relative_to(public_site).as_posix() for file in public_site.rglob("*.html")
    }
    assert listed == built - {f"{HOME}404.html"}
    assert "lastmod" not in (public_site / "sitemap.xml").read_text(encoding="utf-8")
    for address in listed:
        html = (public_site / address.removeprefix(HOME)).read_text(encoding="utf-8")
        assert f'<link rel="canonical" href="{address}">' in html
        assert f'<meta property="og:url" content="{address}">' in html
        assert '<meta name="description" content=' in html


def test_a_page_claims_a_review_only_where_it_has_one(public_site: Path) -> None:
    signed = claims(public_site / "shoulder" / "before-you-come.html")["MedicalWebPage"]
    assert signed == {
        "@context": "https://schema.org",
        "@type": "MedicalWebPage",
        "name": "Before you come",
        "description": "Tell us if you take a blood thinner.",
        "inLanguage": "en",
        "url": f"{HOME}shoulder/before-you-come.html",
        "lastReviewed": "2026-02-03",
        "publisher": {"@type": "MedicalClinic", "name": "Your clinic"},
    }
    other = claims(public_site / "shoulder" / "your-practitioner.html")["MedicalWebPage"]
    assert "lastReviewed" not in other


def test_the_way_to_a_page_is_told(public_site: Path) -> None:
    found = claims(public_site / "shoulder" / "before-you-come.html")["BreadcrumbList"]
    assert [
        (step["position"], step["name"], step["item"]) for step in found["itemListElement"]
    ] == [
        (1, "Home", HOME),
        (2, "Shoulder injection", f"{HOME}shoulder/index.html"),
        (3, "Before you come", f"{HOME}shoulder/before-you-come.html"),
    ]
    landing = claims(public_site / "shoulder" / "index.html")["BreadcrumbList"]
    assert len(landing["itemListElement"]) == 2


def test_the_clinic_is_told_on_the_first_page(public_site: Path) -> None:
    assert claims(public_site / "index.html") == {
        "MedicalClinic": {
            "@context": "https://schema.org",
            "@type": "MedicalClinic",
            "name": "Your clinic",
            "telephone": "+44 1632 960000",
            "email": "hello@example.org",
            "address": "1 Example Street, Example Town",
            "url": HOME,
            "logo": f"{HOME}assets/images/leaflet.svg",
        }
    }
    assert "og:image" not in (public_site / "index.html").read_text(encoding="utf-8")


def test_a_title_can_not_act(public_site: Path, page: Page) -> None:
    opened: list[str] = []

    def note(dialog: Dialog) -> None:
        opened.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", note)
    file = public_site / "shoulder" / "odd.html"
    html = file.read_text(encoding="utf-8")
    head = html[html.index('<meta property="og:type"') : html.index("</head>")]
    assert "<script>alert" not in head
    assert "</script><script>" not in head.replace('</script>\n<script type="application', "")
    found = claims(file)
    for claim in ("name", "description", "lastReviewed"):
        assert found["MedicalWebPage"][claim] == TITLE
    assert found["BreadcrumbList"]["itemListElement"][1]["name"] == TITLE
    page.goto(file.as_uri())
    shown = page.locator('meta[property="og:description"]').get_attribute("content")
    assert shown == TITLE
    assert opened == []


# --- Looks


def color(page: Page, selector: str, name: str) -> str:
    return str(page.locator(selector).evaluate(f"e => getComputedStyle(e).{name}"))


def test_the_clinics_colors_are_those_of_the_site(public_site: Path, page: Page) -> None:
    page.goto((public_site / "practitioners.html").as_uri())
    assert color(page, ".md-header", "backgroundColor") == "rgb(91, 13, 76)"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_card_says_who_and_leads_to_the_register(
    scheme: str, our_site: Path, chrome: Browser
) -> None:
    context = chrome.new_context(color_scheme="dark" if scheme == "dark" else "light")
    page = context.new_page()
    page.goto((our_site / "practitioners.html").as_uri())
    card = page.get_by_role("article").filter(has_text="Alex Example").last
    assert card.get_by_role("heading").inner_text().split() == ["Alex", "Example", "Example"]
    check = card.get_by_role("link", name="Check Alex Example on the register (HCPC)")
    assert check.get_attribute("href") == "https://www.hcpc-uk.org/check-the-register/"
    assert "PH000000" in card.inner_text()
    context.close()


def test_a_page_on_credentials_leads_to_the_practitioners(our_site: Path, page: Page) -> None:
    page.goto((our_site / CREDENTIAL).as_uri())
    link = page.locator(".admonition.credential").first.get_by_role("link", name="Our team")
    assert str(link.evaluate("a => a.href")).endswith("/practitioners.html")
    block = page.get_by_role("region", name="Check who treats you here")
    register = block.get_by_role("link", name="HCPC")
    assert register.get_attribute("href") == "https://www.hcpc-uk.org/check-the-register/"
    block.get_by_role("link", name="Our practitioners").click()
    page.wait_for_url("**/practitioners.html")


def spoken(nodes: dict[str, Any], node: dict[str, Any]) -> Iterator[str]:
    """Yield what a screen reader says of a node and of those within, in order."""
    if node["role"]["value"] == "StaticText":
        yield str(node["name"]["value"]).strip()
    for inner in node.get("childIds", []):
        if inner in nodes:
            yield from spoken(nodes, nodes[inner])


def test_a_safety_notice_is_called_important_before_its_heading(our_site: Path, page: Page) -> None:
    page.goto((our_site / SAFETY).as_uri())
    notice = page.locator(".admonition.safety").first
    assert notice.locator(".admonition-title").inner_text() == "Safety information"
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    said = list(spoken({node["nodeId"]: node for node in tree}, tree[0]))
    assert said[said.index("Safety information") - 1] == "Important:"
    before = "getComputedStyle(t, '::before')"
    title = notice.locator(".admonition-title")
    assert title.evaluate(f"t => {before}.width") == "1px"


@pytest.mark.parametrize("media", ["print", "forced"])
def test_notices_are_told_apart_on_paper_and_in_forced_colors(
    media: str, our_site: Path, chrome: Browser
) -> None:
    page = chrome.new_page(forced_colors="active" if media == "forced" else "none")
    page.emulate_media(media="print" if media == "print" else "screen")
    signs = set()
    for path in (SAFETY, CREDENTIAL, f"{LEAFLET}/index.html"):
        page.goto((our_site / path).as_uri())
        for title in page.locator(".admonition-title").all():
            after = title.evaluate(
                "t => { const s = getComputedStyle(t, '::after');"
                " return [s.maskImage, s.backgroundColor] }"
            )
            assert after[0] != "none"
            assert after[1] not in ("rgba(0, 0, 0, 0)", "transparent")
            signs.add((after[0], title.inner_text().partition("Our team")[0].strip()))
            assert title.evaluate("t => parseFloat(getComputedStyle(t).borderBottomWidth)") > 0
    assert len(signs) == 3
    page.close()


# --- What the privacy page says


@pytest.mark.parametrize("where", ["files", "host"])
def test_the_device_keeps_only_what_the_privacy_page_names(
    where: str, host: str, our_site: Path, chrome: Browser
) -> None:
    context = chrome.new_context()
    page = context.new_page()
    base = our_site.as_uri() if where == "files" else f"{host}/a/b"
    page.goto(f"{base}/privacy.html")
    stated = page.locator("article").inner_text()
    page.locator("label.md-header__button[for=__palette_1]").click()
    page.locator(".md-search__input").click()
    page.keyboard.type("needle")
    expect(page.locator(".md-search-result__link").first).to_be_visible(timeout=15_000)
    page.goto(f"{base}/{CREDENTIAL}")
    kept = page.evaluate("Object.keys(localStorage)")
    assert kept
    assert {key.rpartition(".")[2] for key in kept} == {"__palette"}
    assert "__palette" in stated
    assert page.evaluate("Object.keys(sessionStorage)") == []
    assert context.cookies() == []
    if where == "host":
        assert page.evaluate("indexedDB.databases()") == []
        assert page.evaluate("caches.keys()") == []
        assert page.evaluate("navigator.serviceWorker.getRegistrations().then(r => r.length)") == 0
    context.close()


# --- One source


def test_a_new_project_has_these_pages_filled() -> None:
    starter = ROOT / "src" / "clinicpress" / "starter"
    for name in ("docs/practitioners.md", "docs/accessibility.md", "docs/privacy.md"):
        assert (starter / name).read_bytes() == (ROOT / name).read_bytes()
    for name in ("practitioners.yml", "docs/assets/clinic.css"):
        assert (starter / name).read_bytes() == (ROOT / name).read_bytes()


def test_a_site_of_one_document_has_nothing_of_an_example_clinic(tmp_path: Path) -> None:
    (tmp_path / "shoulder.md").write_text(SMALL, encoding="utf-8")
    done = clinicpress("build", "shoulder.md", "-o", "out", cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    pages = sorted(file.name for file in (tmp_path / "out").rglob("*.html"))
    assert (
        pages
        == "404.html before-you-come.html index.html index.html your-practitioner.html".split()
    )
    for file in (tmp_path / "out").rglob("*.html"):
        html = file.read_text(encoding="utf-8")
        assert "Example" not in re.sub(r"example\.org", "", html), file
        assert "01632" not in html
    home = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert all(f'href="tel:{number}"' in home for number in ("999", "112", "911", "000", "111"))


def test_what_is_made_up_is_found_once_the_clinic_is_not(tmp_path: Path) -> None:
    assert clinicpress("new", "clinic", cwd=tmp_path).returncode == 0
    config = tmp_path / "clinic" / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    assert clinicpress("build", cwd=config.parent).returncode == 0
    config.write_text(re.sub(r"(?m)^    example: true\n", "", text), encoding="utf-8")
    for command in (["build"], ["build", "--publish"], ["check"]):
        done = clinicpress(*command, cwd=config.parent)
        assert done.returncode == 1, command
        for what in ("Alex Example", "Robin Sample", "+44 1632 960000", "hello@example.org"):
            assert f"{what} is made up" in done.stderr
        assert re.search(r"mkdocs\.yml:\d+: https://www\.example\.org/book is made up", done.stderr)
        assert "Your clinic is made up" in done.stderr
        for page in ("accessibility", "privacy"):
            assert re.search(rf"docs/{page}\.md:\d+: this text is an example", done.stderr)


def test_a_registration_that_has_ended_is_not_published(tmp_path: Path) -> None:
    assert clinicpress("new", "clinic", cwd=tmp_path).returncode == 0
    people = tmp_path / "clinic" / "practitioners.yml"
    text = people.read_text(encoding="utf-8")
    people.write_text(text.replace("2099-04-30", "2020-04-30"), encoding="utf-8")
    done = clinicpress("build", "--publish", cwd=people.parent)
    assert done.returncode == 1
    assert "the registration of Alex Example ended on 2020-04-30" in done.stderr
    assert "Nothing was written" in done.stderr
    assert not (people.parent / "site").exists()
    soon = (datetime.date.today() + datetime.timedelta(days=20)).isoformat()
    people.write_text(text.replace("2099-04-30", soon), encoding="utf-8")
    done = clinicpress("build", "--publish", cwd=people.parent)
    assert "ends soon" in done.stderr
    assert (people.parent / "site" / "index.html").is_file()
    done = clinicpress("bundle", cwd=people.parent)
    assert "Nothing is packed before what the checks found is put right" in done.stdout
    assert not list(people.parent.glob("*.zip"))


@pytest.mark.parametrize("taken", [r"(?m)^    countries: .*\n", r"(?m)^  clinic:\n(    .*\n)+"])
def test_a_site_without_a_country_is_told_and_not_published(taken: str, tmp_path: Path) -> None:
    assert clinicpress("new", "clinic", cwd=tmp_path).returncode == 0
    config = tmp_path / "clinic" / "mkdocs.yml"
    text, count = re.subn(taken, "", config.read_text(encoding="utf-8"))
    assert count == 1
    config.write_text(text, encoding="utf-8")
    told = "mkdocs.yml: no country is named, so leaflets have no emergency number to call"
    assert f"note: {told}" in clinicpress("check", cwd=config.parent).stdout
    done = clinicpress("build", "--publish", cwd=config.parent)
    assert done.returncode == 1
    assert told in done.stderr
    assert not (config.parent / "site").exists()


def test_whose_registration_has_no_end_and_nobody_at_all_are_told(tmp_path: Path) -> None:
    assert clinicpress("new", "clinic", cwd=tmp_path).returncode == 0
    people = tmp_path / "clinic" / "practitioners.yml"
    text = re.sub(r"(?m)^ +example: true.*\n", "", people.read_text(encoding="utf-8"))
    people.write_text(re.sub(r"(?m)^ +expires: .*\n", "", text, count=1), encoding="utf-8")
    for command in ("build", "check"):
        done = clinicpress(command, cwd=people.parent)
        assert done.returncode == 0, done.stderr
        note = (
            r"note: practitioners\.yml:\d+: Alex Example has no date at which the registration ends"
        )
        assert re.search(note, done.stdout)
        assert "Robin Sample has no date" not in done.stdout
    people.write_text("practitioners: []\n", encoding="utf-8")
    assert "nobody is listed" not in clinicpress("build", cwd=people.parent).stderr, "an example"
    config = people.with_name("mkdocs.yml")
    real = re.sub(r"(?m)^    example: true\n", "", config.read_text(encoding="utf-8"))
    config.write_text(real, encoding="utf-8")
    done = clinicpress("build", "--publish", cwd=people.parent)
    assert done.returncode == 1
    assert "practitioners.yml: nobody is listed" in done.stderr


@pytest.mark.parametrize("damage", ["", "\0\1", "extra:\n  clinic:\n"])
def test_settings_that_cannot_be_used_are_no_passed_check(damage: str, tmp_path: Path) -> None:
    assert clinicpress("new", "clinic", cwd=tmp_path).returncode == 0
    config = tmp_path / "clinic" / "mkdocs.yml"
    assert clinicpress("build", cwd=config.parent).returncode == 0
    config.write_text(damage, encoding="utf-8")
    told(clinicpress("check", cwd=config.parent), "mkdocs.yml")
