"""How often a patient's own words find the right page, against the stock search.

    python bench/search.py [--misses] [ENGINE]

Types the queries of bench/queries.toml and bench/queries/ into the search of three sites, in a real
browser: our own leaflet's, and two with eight and with twelve more leaflets in three languages.
"stock" is the same site with Material's own settings and without our script and words. `--misses`
lists those that were not found first, save every third query of bench/queries.toml, which nothing
is tuned on. What the other files have been used for is in their first lines.
"""

from __future__ import annotations

import itertools
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parents[1]
QUERIES = Path(__file__).with_name("queries.toml")
FILES = (QUERIES, *sorted(QUERIES.with_suffix("").glob("*.toml")))
OWN = ROOT / "documents" / "dry-needling-for-sciatica.md"
# The further leaflets of each site.
SITES = {"leaflet": "", "library": "t18* t17* m08* t07* d04* m09* t14* d05*", "shelf": "*"}
HELD = 3  # every third query of the first file is not tuned on
RESULTS = ".md-search-result__item > a"


def main(misses: bool, engine: str) -> None:
    """Print success at 1 and at 3 for each file of queries and site, ours and stock."""
    sys.path.insert(0, str(ROOT / "tests"))
    browser = import_module("browser")
    sets = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in FILES}
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser.find(), args=browser.FLAGS)
        for site, kind in itertools.product(SITES, ("stock", "ours")):
            root = project(Path(scratch) / f"{site}-{kind}", SITES[site], kind == "stock")
            build(root, engine)
            page = chromium.new_page()
            page.goto((root / "site" / "index.html").as_uri())
            page.wait_for_timeout(1000)
            answers(page, "first")  # the index is read, and the words
            page.wait_for_timeout(1500)
            for name, asked in sets.items():
                if queries := asked.get(site):
                    found = {query: answers(page, query) for query in queries}
                    held = name == QUERIES.stem
                    report(
                        f"{name:8} {site:8} {kind:6}",
                        found,
                        queries,
                        held,
                        misses and kind == "ours",
                    )
            page.close()


def project(root: Path, more: str, stock: bool) -> Path:
    """Make the site's project, with `more` leaflets; without our search for stock."""
    command("new", str(root), str(OWN))
    for pattern in more.split():
        for path in (ROOT / "tests/cases/notices").glob(pattern):
            if path.suffix != ".json":
                (root / "documents" / path.name).write_bytes(path.read_bytes())
    command("-C", str(root), "split", "-q")
    if stock:
        config = root / "mkdocs.yml"
        text = config.read_text(encoding="utf-8")
        fields = re.compile(r"  - search:\n(?:      .*\n)+")
        config.write_text(fields.sub("  - search\n", text), encoding="utf-8")
        (root / "overrides/assets/javascripts/understand.js").write_text("")
    return root


def build(root: Path, engine: str) -> None:
    """Build the site; no PDF and no check of links is needed here."""
    subprocess.run(
        [sys.executable, "-m", engine, "build"], cwd=root, check=True, capture_output=True
    )


def command(*given: str) -> None:
    """Run clinicpress; 1 stands for findings, which do not matter here."""
    where = Path(given[1]) if given[0] == "-C" else ROOT
    line = [sys.executable, "-m", "clinicpress", *(given[2:] if given[0] == "-C" else given)]
    subprocess.run(line, cwd=where, check=False, capture_output=True)


def answers(page: Page, query: str) -> list[str]:
    """Return the pages found for a query, the first ones first."""
    box = page.locator("input.md-search__input")
    box.focus()
    for text, settle in (("", 60), (query, 250)):
        box.fill(text)
        box.press("End")  # the search looks at what was typed when a key goes up
        page.wait_for_timeout(settle)
    return list(dict.fromkeys(re.split("[#?]", link)[0] for link in links(page)))


def links(page: Page) -> Iterator[str]:
    """Yield the address of each page among the results."""
    for handle in page.locator(RESULTS).all():
        yield handle.get_attribute("href") or ""


def report(
    name: str, found: dict[str, list[str]], wanted: dict[str, str], held: bool, misses: bool
) -> None:
    """Print the share of queries whose page came first, and among the first three."""
    ranks = {query: rank(found[query], wanted[query].split()) for query in wanted}
    apart = [query for at, query in enumerate(wanted) if held and at % HELD == HELD - 1]
    for part, queries in {"all": list(wanted), "not tuned on": apart}.items():
        if queries:
            first, third = (sum(ranks[q] <= n for q in queries) / len(queries) for n in (1, 3))
            print(f"{name} {part:12} {len(queries):3} queries  at 1 {first:.3f}  at 3 {third:.3f}")
    for query in wanted if misses else ():
        if query not in apart and ranks[query] > 1:
            pages = [Path(link).stem for link in found[query][:3]]
            print(f"    {query}: {ranks[query]:g}, found {pages}")


def rank(links: list[str], wanted: list[str]) -> float:
    """Return the place of the first right page, counted from 1.

    A right page is told by the start of its file's name, or of its folder and that name.
    """
    for at, link in enumerate(links, 1):
        *_, folder, name = f"/{link}".split("/")
        if any(f"{folder}/{name}".startswith(part) or name.startswith(part) for part in wanted):
            return at
    return float("inf")


if __name__ == "__main__":
    names = [name for name in sys.argv[1:] if not name.startswith("-")]
    main("--misses" in sys.argv, names[0] if names else "mkdocs")
