"""Broken links and anchors, by LinkChecker: it is GPL, so it is run as a command, here only."""

from __future__ import annotations

import csv
import io
import os
import re
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from functools import partial
from html import escape
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urljoin, urlsplit

from clinicpress.errors import ClinicpressError
from clinicpress.model import Finding, Place

RULE = "links"
# Not a file of the site: where LinkChecker starts.
ALL_PAGES = "all-pages-of-this-site.html"
TIME_LIMIT_S = 900
# Without threads: the work is parsing, and they would only wait for one another.
CONFIGURATION = (
    "[output]\nstatus=0\n[checking]\nthreads=0\nmaxrequestspersecond=10000\n[AnchorCheck]\n"
)
LINKS = frozenset({"href", "src", "poster", "data"})
TARGETS = frozenset({"id", "name"})


class _Addresses(HTMLParser):
    """Keeps what is linked to and what can be linked to, each once."""

    def __init__(self, wanted: frozenset[str]) -> None:
        super().__init__()
        self._wanted = wanted
        self.kept: dict[str, None] = {}
        self.addresses: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a tag with its addresses."""
        given = [(key, value) for key, value in attrs if key in self._wanted and value is not None]
        if given and tag != "meta":
            inside = " ".join(f'{key}="{escape(value)}"' for key, value in given)
            self.kept[f"<{tag} {inside}></{tag}>"] = None
            self.addresses.update(value for _, value in given)


def _addresses_of(page: Path, wanted: frozenset[str] = LINKS | TARGETS) -> bytes:
    reader = _Addresses(wanted)
    reader.feed(page.read_text(encoding="utf-8"))
    return "\n".join(["<!doctype html>", *reader.kept]).encode()


def _links_to_all(site: Path) -> bytes:
    """Return a page with a link to each page, so that one nothing links to is checked as well."""
    names = (page.relative_to(site).as_posix() for page in sorted(site.rglob("*.html")))
    # A host shows 404.html at any address, so its links can't be judged at its own.
    links = (f'<a href="/{quote(name)}"></a>' for name in names if name != "404.html")
    return "\n".join(["<!doctype html>", '<a href="/"></a>', *links]).encode()


class _Site(SimpleHTTPRequestHandler):
    """Serves the built site to LinkChecker, which may ask as fast as it can."""

    protocol_version = "HTTP/1.1"
    # Otherwise the kernel holds each answer back for 40 ms, waiting to fill a packet.
    disable_nagle_algorithm = True

    def __init__(self, *args: Any, pages: dict[Path, bytes], **options: Any) -> None:
        self._pages = pages
        super().__init__(*args, **options)

    def send_head(self) -> io.BytesIO | Any:
        """Send a page's addresses only, which is all that LinkChecker reads, and quick to read."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if self.path == f"/{ALL_PAGES}":
            return self._page(_links_to_all(Path(self.directory)))
        if path.suffix != ".html" or not path.is_file():
            return super().send_head()
        body = self._pages.get(path) or _addresses_of(path)
        # LinkChecker asks for a page again for each of its anchors. Its links it has seen by then.
        self._pages[path] = self._pages.get(path) or _addresses_of(path, TARGETS)
        return self._page(body)

    def _page(self, body: bytes) -> io.BytesIO:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return io.BytesIO(body)

    def end_headers(self) -> None:
        """Send the header by which LinkChecker knows that it need not wait between requests."""
        self.send_header("LinkChecker", "welcome")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Pass over it: LinkChecker hangs up once it knows enough; its records tell the rest."""


def check(site: Path, docs: Path) -> list[Finding]:
    """Return a finding for each broken link or anchor in the site, at the line of its source."""
    if not (site / "index.html").is_file():
        remedy = "Build the site first: `clinicpress build`."
        raise ClinicpressError(site.name, "there is no built site here", remedy)
    server = _Server(("127.0.0.1", 0), partial(_Site, directory=str(site), pages={}))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        rows = _crawl(f"http://127.0.0.1:{server.server_port}/{ALL_PAGES}")
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
    found = {finding for row in rows for finding in _findings(row, site, docs)}
    return sorted(found, key=lambda f: (f.place.path, f.place.line or 0, f.problem))


def _crawl(start: str) -> list[Mapping[str, str]]:
    """Return LinkChecker's records of what is wrong.

    Its exit code is no guide: a broken anchor is a warning whose result is "valid".
    """
    done = _linkchecker(start)
    table = "\n".join(line for line in done.stdout.splitlines() if not line.startswith("# "))
    rows = list(csv.DictReader(io.StringIO(table), delimiter=";"))
    if done.returncode not in (0, 1) or "urlname" not in table:
        problem = "LinkChecker could not run: " + done.stderr.strip()[-200:]
        raise ClinicpressError("links", problem, "Run it again, or report this.")
    return [row for row in rows if _is_broken(row)]


def _linkchecker(start: str) -> subprocess.CompletedProcess[str]:
    with tempfile.TemporaryDirectory(prefix="clinicpress-") as folder:
        # As root LinkChecker becomes `nobody`, who has to be able to read its settings.
        Path(folder).chmod(0o755)
        settings = Path(folder) / "linkcheckerrc"
        settings.write_text(CONFIGURATION, encoding="utf-8")
        options = ["--no-robots", "--config", str(settings), "--output", "csv/utf-8"]
        return subprocess.run(
            [sys.executable, "-m", "linkcheck", *options, start],
            capture_output=True,
            encoding="utf-8",
            timeout=TIME_LIMIT_S,
            cwd=folder,
            env=os.environ | {"HOME": folder},
            check=False,
        )


def _is_broken(row: Mapping[str, str]) -> bool:
    return row["valid"] == "False" or "nchor" in row["warningstring"]


def _findings(row: Mapping[str, str], site: Path, docs: Path) -> Iterator[Finding]:
    """Yield a finding for each page with the link of a record: LinkChecker records it but once."""
    parent = unquote(urlsplit(row["parentname"]).path).lstrip("/")
    pages = [site / (parent or "index.html"), *_pages_with(row["url"], site)]
    places = list(dict.fromkeys(_place(page, row["urlname"], site, docs) for page in pages))
    # Where no page's text has the link, it comes with the template: once is enough.
    places = [place for place in places if place.line] or places[:1]
    what = "this anchor does not exist" if row["valid"] == "True" else "this link is broken"
    for place in places:
        problem = f"{what}: {row['urlname']}"
        yield Finding(RULE, place, problem, "Correct the link, or the heading it points to.")


def _pages_with(url: str, site: Path) -> Iterator[Path]:
    """Yield the pages of the site that link to an address of the server."""
    start = f"{urlsplit(url).scheme}://{urlsplit(url).netloc}/"
    for page in sorted(site.rglob("*.html")):
        reader = _Addresses(LINKS)
        reader.feed(page.read_text(encoding="utf-8"))
        base = start + page.relative_to(site).as_posix()
        if url in {urljoin(base, address) for address in reader.addresses}:
            yield page


def _place(page: Path, address: str, site: Path, docs: Path) -> Place:
    name = page.relative_to(site)
    source = docs / name.with_suffix(".md")
    if not source.is_file():
        return Place(f"{site.name}/{name.as_posix()}")
    path = f"{docs.name}/{source.relative_to(docs).as_posix()}"
    return Place(path, _line(source, address))


def _line(source: Path, address: str) -> int | None:
    """Return the line of the source that has the link, counted from 1."""
    wanted = re.sub(r"\.(?:md|html)(?=#|$)", "", unquote(address))
    for number, line in enumerate(source.read_text(encoding="utf-8").splitlines(), start=1):
        if any(re.sub(r"\.(?:md|html)(?=#|$)", "", target) == wanted for target in _targets(line)):
            return number
    return None


def _targets(line: str) -> Iterator[str]:
    for match in re.finditer(r"\]\(<?([^)>\s]+)|\]:\s*<?([^>\s]+)|(?:href|src)=\"([^\"]+)\"", line):
        yield unquote(next(group for group in match.groups() if group))
