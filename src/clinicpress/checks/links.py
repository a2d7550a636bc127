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
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

from clinicpress.errors import ClinicpressError
from clinicpress.model import Finding, Place

RULE = "links"
TIME_LIMIT_S = 900
# Every page is asked for by the crawl itself; nothing outside the site is.
CONFIGURATION = (
    "[output]\nstatus=0\n[checking]\nthreads=4\nmaxrequestspersecond=10000\n[AnchorCheck]\n"
)


class _Site(SimpleHTTPRequestHandler):
    """Serves the built site to LinkChecker, which may ask as fast as it can."""

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
    server = _Server(("127.0.0.1", 0), partial(_Site, directory=str(site)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        rows = _crawl(f"http://127.0.0.1:{server.server_port}/")
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
    return sorted(
        {_finding(row, site, docs) for row in rows}, key=lambda f: (f.place.path, f.place.line or 0)
    )


def _crawl(start: str) -> list[Mapping[str, str]]:
    """Return LinkChecker's records of what is wrong.

    Its exit code is no guide: a broken anchor is a warning whose result is "valid".
    """
    with tempfile.TemporaryDirectory(prefix="clinicpress-") as folder:
        # As root LinkChecker becomes `nobody`, who has to be able to read its settings.
        Path(folder).chmod(0o755)
        settings = Path(folder) / "linkcheckerrc"
        settings.write_text(CONFIGURATION, encoding="utf-8")
        command = [
            sys.executable,
            "-m",
            "linkcheck",
            "--no-robots",
            "--config",
            str(settings),
            "--output",
            "csv/utf-8",
            start,
        ]
        done = subprocess.run(
            command,
            capture_output=True,
            encoding="utf-8",
            timeout=TIME_LIMIT_S,
            cwd=folder,
            env=os.environ | {"HOME": folder},
        )
    table = "\n".join(line for line in done.stdout.splitlines() if not line.startswith("#"))
    rows = list(csv.DictReader(io.StringIO(table), delimiter=";"))
    if done.returncode not in (0, 1) or "urlname" not in table:
        raise ClinicpressError(
            "links",
            "LinkChecker could not run: " + done.stderr.strip()[-200:],
            "Run it again, or report this.",
        )
    return [row for row in rows if _is_broken(row)]


def _is_broken(row: Mapping[str, str]) -> bool:
    return row["valid"] == "False" or "nchor" in row["warningstring"]


def _finding(row: Mapping[str, str], site: Path, docs: Path) -> Finding:
    page = unquote(urlsplit(row["parentname"]).path).lstrip("/") or "index.html"
    page = page + "index.html" if page.endswith("/") else page
    source = docs / Path(page).with_suffix(".md")
    if not source.is_file():
        place = Place(f"{site.name}/{page}", int(row["line"] or 0) or None)
    else:
        place = Place(
            f"{docs.name}/{source.relative_to(docs).as_posix()}", _line(source, row["urlname"])
        )
    what = (
        "this anchor does not exist"
        if row["valid"] == "True"
        else f"this link is broken ({row['result']})"
    )
    return Finding(
        RULE, place, f"{what}: {row['urlname']}", "Correct the link, or the heading it points to."
    )


def _line(source: Path, address: str) -> int | None:
    """Return the line of the source that has the link, counted from 1."""
    wanted = re.sub(r"\.html(?=#|$)", "", unquote(address))
    for number, line in enumerate(source.read_text(encoding="utf-8").splitlines(), start=1):
        if any(re.sub(r"\.(?:md|html)(?=#|$)", "", target) == wanted for target in _targets(line)):
            return number
    return None


def _targets(line: str) -> Iterator[str]:
    for match in re.finditer(r"\]\(<?([^)>\s]+)|\]:\s*<?([^>\s]+)|(?:href|src)=\"([^\"]+)\"", line):
        yield unquote(next(group for group in match.groups() if group))
