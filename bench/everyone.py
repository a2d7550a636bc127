"""Measure a built site for everyone: bytes of a first view, markup, and Lighthouse.

    npm install --prefix FOLDER vnu-jar lighthouse
    python bench/everyone.py --tools FOLDER [SITE]

Needs Node, Java and a Chromium (see tests/browser.py). SITE is this repository's own, `site`, if
none is given. It is served on this machine with gzip, as hosts do.

- First view: every file that a browser asks for on its first visit of a page, in bytes as sent.
- Markup: the Nu HTML checker over every page; errors and warnings.
- Lighthouse: the four categories as on a phone, for the home page, a leaflet's and a section's,
  and what failed. Performance is the median of three runs: it depends on the machine's load.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import statistics
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))
import browser  # noqa: E402 - the tests' own

LEAFLET = "dry-needling-for-sciatica"
PAGES = ("index.html", f"{LEAFLET}/index.html", f"{LEAFLET}/check-your-practitioner.html")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
PACKED = (".html", ".css", ".js", ".json", ".svg", ".xml", ".txt")


class Packed(SimpleHTTPRequestHandler):
    """Serves text as gzip, as hosts do."""

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if path.suffix not in PACKED or not path.is_file():
            return super().do_GET()
        body = gzip.compress(path.read_bytes(), 6)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=3600")
        self.end_headers()
        return self.wfile.write(body) and None

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def served(site: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Packed, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("site", nargs="?", type=Path, default=ROOT / "site")
    parser.add_argument("--tools", type=Path, required=True, help="where npm put node_modules/")
    parser.add_argument("--runs", type=int, default=3, help="runs of Lighthouse; 0 for none")
    wanted = parser.parse_args()
    modules = wanted.tools / "node_modules"
    first_views(wanted.site)
    markup(wanted.site, modules / "vnu-jar" / "build" / "dist" / "vnu.jar")
    with served(wanted.site) as address:
        for page in PAGES if wanted.runs else ():
            lighthouse(f"{address}/{page}", modules, wanted.runs)


def first_views(site: Path) -> None:
    """Print what each page's first view asks for, in bytes as sent."""
    with served(site) as address, sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=browser.find(), args=browser.FLAGS)
        for page in PAGES:
            sizes: dict[str, int] = {}
            tab = opened.new_page()
            tab.on("request", lambda request, sizes=sizes: sizes.setdefault(request.url, 0))
            tab.goto(f"{address}/{page}", wait_until="networkidle")
            for url in sizes:
                name = url.removeprefix(f"{address}/").partition("?")[0]
                file = site / name
                body = file.read_bytes() if file.is_file() else b""
                sizes[url] = len(gzip.compress(body, 6) if file.suffix in PACKED else body)
            tab.close()
            print(f"first view of {page}: {sum(sizes.values()) / 1000:.1f} kB, {len(sizes)} files")
            for url, size in sorted(sizes.items(), key=lambda item: -item[1]):
                print(f"    {size:7,} {url.removeprefix(address)[:70]}")
        opened.close()


def markup(site: Path, jar: Path) -> None:
    """Print what the Nu HTML checker finds."""
    command = ["java", "-jar", str(jar), "--format", "json", "--skip-non-html", str(site)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    found = json.loads(done.stderr)["messages"]
    kinds = [str(each.get("subType", each["type"])) for each in found]
    counts = {kind: kinds.count(kind) for kind in ("error", "warning", "fatal")}
    print("Nu HTML checker:", ", ".join(f"{n} {kind}s" for kind, n in counts.items()))
    for line in sorted({f"{k}: {each['message']}" for k, each in zip(kinds, found, strict=True)}):
        print(f"    {line}")


def lighthouse(address: str, modules: Path, runs: int) -> None:
    """Print a page's scores, and which audits failed."""
    command = ["node", str(modules / "lighthouse" / "cli" / "index.js"), address, "--quiet"]
    command += [f"--only-categories={','.join(CATEGORIES)}", "--output=json"]
    command += ["--chrome-flags=--headless=new " + " ".join(browser.FLAGS)]
    environment = os.environ | {"CHROME_PATH": browser.find() or ""}
    reports = []
    for _ in range(runs):
        done = subprocess.run(
            command, capture_output=True, encoding="utf-8", env=environment, check=True
        )
        reports.append(json.loads(done.stdout))
    scores = [
        round(100 * statistics.median(r["categories"][name]["score"] for r in reports))
        for name in CATEGORIES
    ]
    print(address.partition("/")[2][1:].partition("/")[2], dict(zip(CATEGORIES, scores)))  # noqa: B905
    for name in CATEGORIES:
        for ref in reports[-1]["categories"][name]["auditRefs"]:
            audit = reports[-1]["audits"][ref["id"]]
            if ref["weight"] and audit["score"] is not None and audit["score"] < 1:
                shown = audit.get("displayValue", "")
                print(f"    {name}: {ref['id']} {audit['score']:.2f} {shown}")


if __name__ == "__main__":
    main()
