"""The same site on every host: at a root, below a path, as files, and as GitHub Pages serves it."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser, Page, expect

from clinicpress import engine, rendering
from conftest import ROOT

LEAFLET = "dry-needling-for-sciatica"
SECTION = f"{LEAFLET}/when-to-get-emergency-help.html"
PAGES = ["index.html", "practitioners.html", "privacy.html", f"{LEAFLET}/index.html", SECTION]
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
NOTE_VIOLATIONS = (
    "addEventListener('securitypolicyviolation',"
    " (e) => console.error(`forbidden: ${e.violatedDirective} ${e.blockedURI} ${e.sample}`))"
)


class Host(SimpleHTTPRequestHandler):
    """A plain web server, which answers an unknown address with the site's 404.html."""

    site = ""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory, self.site.strip("/"), "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


class Pages(Host):
    """As GitHub Pages does it: below the project's name; `page` may stand for `page.html`.

    Without `.nojekyll` what begins with `_` or `.` is left out. Source:
    https://docs.github.com/en/pages/setting-up-a-github-pages-site-with-jekyll
    """

    site = "/clinic/"

    def translate_path(self, path: str) -> str:
        found = Path(super().translate_path(path))
        inside = found.relative_to(self.directory).parts
        jekyll = not Path(self.directory, self.site.strip("/"), ".nojekyll").is_file()
        if jekyll and any(part.startswith(("_", ".")) for part in inside):
            return str(found.with_name("left-out"))
        page = found.with_name(f"{found.name}.html")
        return str(page if not found.exists() and page.is_file() else found)


@contextmanager
def serving(site: Path, root: Path, kind: type[Host] = Host, below: str = "/") -> Iterator[str]:
    """Serve a site below a path; give its address, with a slash at the end."""
    shutil.copytree(site, root / below.strip("/"), dirs_exist_ok=True)
    host = type("Here", (kind,), {"site": below})
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(host, directory=str(root)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}{below}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module", params=["root", "below", "files", "pages"])
def host(
    request: pytest.FixtureRequest, our_site: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The address of our site on each kind of host."""
    root = tmp_path_factory.mktemp("host")
    if request.param == "files":
        yield f"{our_site.as_uri()}/"
        return
    kind, below = {"root": (Host, "/"), "below": (Host, "/a/b/"), "pages": (Pages, "/clinic/")}[
        request.param
    ]
    with serving(our_site, root, kind, below) as address:
        yield address


@pytest.fixture
def page(chrome: Browser) -> Iterator[Page]:
    opened = chrome.new_page(viewport={"width": 1280, "height": 900})
    opened.add_init_script(NOTE_VIOLATIONS)
    yield opened
    opened.close()


def complaints(page: Page) -> list[str]:
    """Return a list that fills with whatever the browser complains of."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


def search(page: Page, words: str) -> None:
    page.locator(".md-search__input").click()
    page.keyboard.type(words)
    expect(page.locator(".md-search-result__link").first).to_be_visible(timeout=15_000)


def test_the_site_is_whole_on_this_host(host: str, page: Page) -> None:
    said = complaints(page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in PAGES:
        page.goto(f"{host}{path}")
        assert page.locator("h1").is_visible()
        menu = page.locator("label.md-header__button[for=__drawer]")
        assert menu.get_attribute("aria-label") == "Menu"
        assert page.evaluate("getComputedStyle(document.body).getPropertyValue('--cp-icon-safety')")
    search(page, "cauda equina")
    page.locator(f".md-search-result__link[href*='{Path(SECTION).name}']").first.click()
    page.wait_for_url(f"{host}{SECTION}*")
    link = page.get_by_role("link", name="Download this leaflet (PDF)")
    assert link.evaluate("a => a.href") == f"{host}{LEAFLET}/{LEAFLET}.pdf"
    assert said == []
    # Search in files runs in a frame, whose empty page has an address of no server.
    assert [url for url in asked if not url.startswith((host, "about:"))] == []


@pytest.mark.parametrize("host", ["below", "files"], indirect=True)
def test_what_a_reader_chose_holds_on_the_next_page(host: str, chrome: Browser) -> None:
    context = chrome.new_context(color_scheme="light")
    page = context.new_page()
    page.goto(f"{host}index.html")
    for _ in range(2):  # from the device's to light, then to dark
        page.locator("label.md-header__button[for^=__palette]:visible").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.goto(f"{host}{SECTION}", wait_until="commit")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.locator("label.md-header__button[for^=__palette]:visible").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "default")
    context.close()


# --- The content security policy


@pytest.mark.parametrize("host", ["below", "files"], indirect=True)
def test_what_slips_into_a_page_does_not_run(host: str, page: Page) -> None:
    said = complaints(page)
    page.goto(f"{host}{SECTION}")
    page.evaluate(
        """() => {
          const script = document.createElement("script")
          script.textContent = "window.ran = true"
          document.body.append(script)
          document.body.insertAdjacentHTML("beforeend",
            "<img src=data:, onerror='window.ran = true'><a href='javascript:window.ran=true'>x</a>"
            + "<p style='position: fixed'>y</p>")
          document.body.lastElementChild.previousElementSibling.click()
          const other = document.createElement("script")
          other.src = "https://other.example/script.js"
          document.body.append(other)
        }"""
    )
    page.wait_for_timeout(200)
    assert page.evaluate("window.ran") is None
    told = {line.split()[1] for line in said if line.startswith("forbidden:")}
    assert told == {"script-src-elem", "script-src-attr", "style-src-attr"}
    assert page.locator("text=y").last.evaluate("e => getComputedStyle(e).position") == "static"


def digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def assert_keeps_to_its_policy(file: Path) -> None:
    """Hold a page to its policy: each script, style and style attribute in it is one it names."""
    html = file.read_text(encoding="utf-8")
    (policy,) = POLICY.findall(html)
    assert policy.startswith("default-src 'none'; script-src '")
    assert "unsafe-inline" not in policy
    assert "http" not in policy
    assert html.index(POLICY.search(html)[0]) < html.index("<body")  # type: ignore[index]
    scripts = re.findall(r"<script(?![^>]*(?:src=|/(?:ld\+)?json))[^>]*>(.*?)</script>", html, re.S)
    inside = [*scripts, *re.findall(r"<style[^>]*>(.*?)</style>", html, re.S)]
    inside += re.findall(r'<[^>]* style="([^"]*)"', html)
    assert [text for text in inside if digest(text) not in policy] == []
    assert not re.search(r"<[a-z][^>]*\son[a-z]+=", html)


def test_every_page_keeps_to_its_policy(our_site: Path) -> None:
    for file in our_site.rglob("*.html"):
        assert_keeps_to_its_policy(file)


def test_tables_may_align_their_columns() -> None:
    policy = (ROOT / "overrides/partials/clinicpress/policy.html").read_text(encoding="utf-8")
    html = rendering.render("a|b|c\n:-|:-:|-:\n1|2|3\n")
    styles = set(re.findall(r'style="([^"]*)"', html))
    assert len(styles) == 3
    assert all(digest(style) in policy for style in styles)


# --- GitHub Pages


@pytest.fixture(scope="module")
def deployed(small_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `mkdocs gh-deploy` put on the branch gh-pages of a repository, checked out."""
    folder = tmp_path_factory.mktemp("deploy")
    project, bare, out = folder / "clinic", folder / "host.git", folder / "out"
    shutil.copytree(small_made, project)
    table = "# Table\n\na|b|c\n:-|:-:|-:\n1|2|3\n"
    (project / "docs" / "table.md").write_text(table, encoding="utf-8")
    moved = (
        "---\ntitle: Moved\ntemplate: redirect.html\nredirect: shoulder/index.html\n---\n\nMoved.\n"
    )
    (project / "docs" / "moved.md").write_text(moved, encoding="utf-8")
    who = {
        f"GIT_{who}_{what}": "a@b.example"
        for who in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")
    }
    env = os.environ | who | engine.QUIET | {"GIT_CONFIG_GLOBAL": os.devnull}

    def run(*command: object) -> None:
        done = subprocess.run(
            [*map(str, command)], cwd=project, env=env, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr

    run("git", "init", "-q", "-b", "main")
    run("git", "init", "-q", "--bare", bare)
    run("git", "remote", "add", "origin", bare)
    run("git", "add", "-A")
    run("git", "commit", "-q", "-m", "site")
    run(sys.executable, "-m", "mkdocs", "gh-deploy", "--quiet")
    run("git", "clone", "-q", "-b", "gh-pages", bare, out)
    shutil.rmtree(out / ".git")
    return out


def test_gh_deploy_gives_the_whole_site(deployed: Path, tmp_path: Path, page: Page) -> None:
    assert (deployed / ".nojekyll").is_file()
    said = complaints(page)
    with serving(deployed, tmp_path, Pages, "/clinic/") as address:
        page.goto(f"{address}shoulder/before-you-come.html")
        search(page, "practitioner")
        page.goto(f"{address}table.html")
        looks = page.locator("td").evaluate_all(
            "all => all.map(c => getComputedStyle(c).textAlign)"
        )
        assert looks == ["left", "center", "right"]
        page.goto(f"{address}moved.html")
        page.wait_for_url(f"{address}shoulder/index.html")
        page.goto(f"{address}moved.html#before-you-come", wait_until="commit")
        page.wait_for_url(f"{address}shoulder/index.html#before-you-come")
    assert said == []


def test_an_unknown_address_leads_home(deployed: Path, tmp_path: Path, page: Page) -> None:
    said = complaints(page)
    with serving(deployed, tmp_path, Pages, "/clinic/") as address:
        answer = page.goto(f"{address}no/such/page.html")
        assert answer is not None
        assert answer.status == 404
        page.get_by_role("link", name="Go to the first page").click()
        page.wait_for_url(f"{address}index.html")
    # It looks for the first page from the deepest folder up, so some answers are 404 too.
    assert [line for line in said if "404" not in line] == []


def test_what_was_deployed_keeps_to_its_policy(deployed: Path) -> None:
    for file in deployed.rglob("*.html"):
        assert_keeps_to_its_policy(file)


def test_no_name_needs_more_than_a_plain_host(our_site: Path) -> None:
    """Small letters, digits and `-._` only, none hidden: no host or memory stick minds those."""
    for file in our_site.rglob("*"):
        name = file.relative_to(our_site).as_posix()
        if name != ".nojekyll":
            assert re.fullmatch(r"[a-z0-9][a-z0-9._-]*", file.name), name
            assert len(name) < 200


# --- The workflows


@pytest.mark.parametrize("name", ["pages.yml", "test.yml"])
def test_a_workflow_runs_only_what_is_pinned_with_the_least_rights(name: str) -> None:
    text = (ROOT / ".github" / "workflows" / name).read_text(encoding="utf-8")
    used = re.findall(r"uses:(.*)", text)
    pinned = r" actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+"
    assert [action for action in used if not re.fullmatch(pinned, action)] == []
    workflow = yaml.safe_load(text)
    assert workflow["permissions"] == {}
    granted = {job: given["permissions"] for job, given in workflow["jobs"].items()}
    read = {"contents": "read"}
    assert granted == (
        {"build": read, "publish": {"pages": "write", "id-token": "write"}}
        if name == "pages.yml"
        else {"test": read}
    )
    assert "secrets." not in text
    for checkout in re.findall(r"actions/checkout@.*\n(.*\n.*)", text):
        assert "persist-credentials: false" in checkout
