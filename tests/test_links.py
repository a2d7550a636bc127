"""Broken links are found, at the line of their source; nothing outside the site is asked for."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from clinicpress.checks import links
from clinicpress.errors import ClinicpressError
from conftest import clinicpress

# Each line of a page's source, with the HTML that the engine makes of it.
CLEAN = {
    "index": [
        ("# Home", '<h1 id="home">Home</h1>'),
        ("[One](one.md)", '<a href="one.html">One</a>'),
        ("[Its part](one.md#part)", '<a href="one.html#part">Its part</a>'),
        ("[Call](tel:999)", '<a href="tel:999">Call</a>'),
        ("[Outside](OUTSIDE/gone)", '<a href="OUTSIDE/gone">Outside</a>'),
        ("![Dot](images/dot.svg)", '<img src="images/dot.svg" alt="Dot">'),
    ],
    "one": [
        ("## Part {#part}", '<h2 id="part">Part</h2>'),
        (
            "[Here](#part), [home](index.md)",
            '<a href="#part">Here</a><a href="index.html">home</a>',
        ),
    ],
}
BROKEN = {
    "index": [
        *CLEAN["index"],
        ("[Gone](gone.md)", '<a href="gone.html">Gone</a>'),
        ("[Good](one.md), [no](one.md#no)", '<a href="one.html">G</a><a href="one.html#no">no</a>'),
    ],
    "one": [
        *CLEAN["one"],
        ("", ""),
        ("![Lost](images/lost.svg)", '<img src="images/lost.svg" alt="Lost">'),
        ("[Nowhere](#nowhere)", '<a href="#nowhere">Nowhere</a>'),
    ],
}
PLACES = ["docs/index.md:7", "docs/index.md:8", "docs/one.md:4", "docs/one.md:5"]
DOT = '<svg xmlns="http://www.w3.org/2000/svg"/>'


class Outside(BaseHTTPRequestHandler):
    """Somebody else's server, which should hear nothing."""

    heard: list[str]

    def do_GET(self) -> None:
        self.heard.append(self.path)
        self.send_error(404)

    def do_HEAD(self) -> None:
        self.do_GET()


@pytest.fixture
def outside() -> Iterator[tuple[str, list[str]]]:
    """The address of a server outside the site, and the list of what it was asked for."""
    heard: list[str] = []
    server = HTTPServer(("127.0.0.1", 0), type("Heard", (Outside,), {"heard": heard}))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", heard
    server.shutdown()
    server.server_close()
    thread.join()


def make(root: Path, pages: dict[str, list[tuple[str, str]]], outside: str) -> tuple[Path, Path]:
    """Write a site by hand, sources and pages, and return the folders of both."""
    site, docs = root / "site", root / "docs"
    for folder in (site, docs):
        (folder / "images").mkdir(parents=True, exist_ok=True)
        (folder / "images" / "dot.svg").write_text(DOT, encoding="utf-8")
    for name, lines in pages.items():
        source = "\n".join(line for line, _ in lines).replace("OUTSIDE", outside)
        html = "\n".join(html for _, html in lines).replace("OUTSIDE", outside)
        (docs / f"{name}.md").write_text(source + "\n", encoding="utf-8")
        page = f"<!doctype html><html><head><title>{name}</title></head><body>{html}</body></html>"
        (site / f"{name}.html").write_text(page, encoding="utf-8")
    return site, docs


def test_a_clean_site_has_none_and_nobody_is_asked(
    tmp_path: Path, outside: tuple[str, list[str]]
) -> None:
    address, heard = outside
    site, docs = make(tmp_path, CLEAN, address)
    assert links.check(site, docs) == []
    assert heard == []


def test_each_broken_one_is_named_at_its_line(
    tmp_path: Path, outside: tuple[str, list[str]]
) -> None:
    address, heard = outside
    findings = links.check(*make(tmp_path, BROKEN, address))
    assert [str(finding.place) for finding in findings] == PLACES
    link, anchor, image, own = (finding.problem for finding in findings)
    assert "this link is broken" in link
    assert "gone.html" in link
    assert "this anchor does not exist" in anchor
    assert "one.html#no" in anchor
    assert "this link is broken" in image
    assert "images/lost.svg" in image
    assert "this anchor does not exist" in own
    assert all(finding.remedy for finding in findings)
    assert heard == []


def test_a_site_that_is_not_built_is_said(tmp_path: Path) -> None:
    with pytest.raises(ClinicpressError, match="no built site") as stopped:
        links.check(tmp_path / "site", tmp_path / "docs")
    assert "clinicpress build" in stopped.value.remedy


def test_the_command_prints_places_and_exits_with_1(small_project: Path) -> None:
    made = small_project / "broken"
    make(made, BROKEN, "http://127.0.0.1:9")
    shutil.copytree(made / "docs", small_project / "docs", dirs_exist_ok=True)
    shutil.copytree(made / "site", small_project / "site")
    done = clinicpress("check", cwd=small_project)
    assert done.returncode == 1, done.stderr
    assert all(f"{place}: " in done.stderr for place in PLACES)
    # A leaflet that nobody has signed, four links, and a page that nobody can sign.
    assert "6 found by the checks." in done.stderr
    assert "Traceback" not in done.stderr


def test_the_command_is_content_with_our_own_site(our_site: Path) -> None:
    done = clinicpress("check", cwd=our_site.parent)
    assert done.returncode == 0, done.stderr
    assert "Checks passed" in done.stdout


def test_a_broken_link_is_named_on_every_page_that_has_it(tmp_path: Path) -> None:
    gone = ("[Gone](gone.md)", '<a href="gone.html">Gone</a>')
    pages = {"index": [*CLEAN["index"], gone], "one": [*CLEAN["one"], gone, gone]}
    findings = links.check(*make(tmp_path, pages, "http://127.0.0.1:9"))
    assert {"docs/index.md:7", "docs/one.md:3"} <= {str(finding.place) for finding in findings}
