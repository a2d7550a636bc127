"""Input that can't be used, names that are odd, and documents that mean harm."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser

from conftest import CASES, SMALL, clinicpress, snapshot, stamps, told

Maker = Callable[[Path], object]
LARGE = 20_000_001


def missing(path: Path) -> None:
    """Make nothing."""


def written(data: bytes) -> Maker:
    return lambda path: path.write_bytes(data)


def below_a_file(path: Path) -> None:
    path.parent.write_text("a file, not a folder", encoding="utf-8")


def sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(LARGE)


# name of the file, how it comes about, what the message says
BAD: dict[str, tuple[str, Maker, list[str]]] = {
    "missing": ("gone.md", missing, ["there is no such file"]),
    "folder": ("folder.md", Path.mkdir, ["this is a folder", "clinicpress new"]),
    "empty": ("empty.txt", written(b""), ["the file is empty"]),
    "white space": ("white.txt", written(b" \n\t \r\n  \n"), ["the file is empty"]),
    "only a mark": ("bom.txt", written(b"\xef\xbb\xbf"), ["there is no text in it"]),
    "no words": ("comment.md", written(b"<!-- nothing -->\n"), ["there is no text in it"]),
    "binary": ("binary.txt", written(b"some\0thing"), ["this is not a text file"]),
    "UTF-16 without a mark": (
        "utf16.txt",
        written("Hello there".encode("utf-16-le")),
        ["this is not a text file"],
    ),
    "half a letter": ("half.txt", written("Hello".encode("utf-16")[:-1]), ["cut short or broken"]),
    "nothing in two bytes": (
        "null.txt",
        written("a\0b".encode("utf-16")),
        ["this is not a text file"],
    ),
    "Latin-1": ("latin.txt", written(b"One\nTwo\ncaf\xe9\n"), ["latin.txt:3", "UTF-8"]),
    "Word": ("word.docx", written(b"PK\3\4"), ["the file is broken", ".docx"]),
    "old Word": ("word.doc", written(b"PK\3\4"), ["can't be read", ".docx"]),
    "PDF": ("print.pdf", written(b"%PDF-1.7"), ["can't be read", ".md", ".txt"]),
    "unknown": ("strange.xyz", written(b"text"), ["can't be read", ".md", ".txt"]),
    "no suffix": ("leaflet", written(b"text"), ["can't be read", ".md", ".txt"]),
    "too large": ("large.txt", sparse, ["larger than 20 MB"]),
    "unreadable": ("file/leaflet.md", below_a_file, ["file/leaflet.md"]),
    "name too long": (f"{'n' * 300}.md", missing, ["nnn.md"]),
    "own footnote": ("loop.md", written(b"Text.[^a]\n\n[^a]: x[^a]\n"), ["footnote"]),
    "deep quotes": ("deep.md", written(b"> " * 5000 + b"deep\n"), ["nested", "deep"]),
}


@pytest.fixture(params=BAD)
def bad(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, list[str]]:
    """A document that can't be used, and what has to be said of it."""
    name, make, says = BAD[request.param]
    make(tmp_path / name)
    return name, [name, *says]


@pytest.mark.parametrize(
    "command", [["split", "", "-o", "out"], ["build", "", "-o", "out"], ["new", "out", ""]]
)
def test_bad_input_is_told_and_nothing_is_made(
    command: list[str], bad: tuple[str, list[str]], tmp_path: Path
) -> None:
    name, says = bad
    before = stamps(tmp_path)
    told(clinicpress(*[part or name for part in command], cwd=tmp_path), *says)
    assert stamps(tmp_path) == before


@pytest.mark.parametrize("depth", [20, 500])
def test_deep_quotations_are_kept_or_told(depth: int, tmp_path: Path) -> None:
    (tmp_path / "deep.md").write_text("> " * depth + "deep\n", encoding="utf-8")
    before = stamps(tmp_path)
    done = clinicpress("split", "deep.md", "-o", "out", cwd=tmp_path)
    if depth == 20:
        assert done.returncode == 0, done.stderr
        assert "> deep" in (tmp_path / "out" / "deep" / "index.md").read_text(encoding="utf-8")
    else:
        told(done, "deep.md", "nested")
        assert stamps(tmp_path) == before


# --- Projects


@pytest.mark.parametrize(
    "command", [["split"], ["build"], ["check"], ["serve"], ["pdf"], ["split", "leaflet.md"]]
)
def test_a_folder_that_is_no_project_is_told(command: list[str], tmp_path: Path) -> None:
    (tmp_path / "leaflet.md").write_text(SMALL, encoding="utf-8")
    before = stamps(tmp_path)
    told(clinicpress(*command, cwd=tmp_path), "not a Clinicpress project", "clinicpress new")
    assert stamps(tmp_path) == before


@pytest.mark.parametrize("command", ["split", "build"])
def test_an_output_folder_without_a_document_is_told(command: str, small_project: Path) -> None:
    before = stamps(small_project)
    told(clinicpress(command, "-o", "out", cwd=small_project), "out", "single document")
    assert stamps(small_project) == before


def test_a_document_from_elsewhere_is_told(small_project: Path) -> None:
    other = small_project.parent / "other.md"
    other.write_text(SMALL, encoding="utf-8")
    before = stamps(small_project)
    told(clinicpress("split", "../other.md", cwd=small_project), "other.md", "documents/", "-o")
    assert stamps(small_project) == before


def test_a_site_that_is_not_there_is_told(small_project: Path) -> None:
    told(clinicpress("check", cwd=small_project), "site", "clinicpress build")


# what is wrong with mkdocs.yml, and where
CONFIGS = {
    "broken": ("site_name: Clinic\nnav:\n  - Home: index.md\n - x: [\n", "mkdocs.yml:4"),
    "a tab": ("site_name: Clinic\n\tnav: x\n", "mkdocs.yml:2"),
    "no settings": ("just words\n", "mkdocs.yml"),
    "nav is text": ("site_name: Clinic\nnav: index.md\n", "mkdocs.yml"),
    "twice": ("nav:\n  - index.md\nnav:\n  - index.md\n", "mkdocs.yml:3"),
    "empty": ("", "mkdocs.yml"),
}


@pytest.mark.parametrize("command", ["split", "build", "pdf"])
@pytest.mark.parametrize("wrong", CONFIGS)
def test_broken_settings_are_told(wrong: str, command: str, small_project: Path) -> None:
    text, place = CONFIGS[wrong]
    (small_project / "mkdocs.yml").write_text(text, encoding="utf-8")
    before = stamps(small_project)
    told(clinicpress(command, cwd=small_project), place)
    assert stamps(small_project) == before


@pytest.mark.parametrize(
    "lock", ["{", "[]", '{"leaflets": []}', '{"leaflets": {"documents/shoulder.md": {}}}', "\xff"]
)
def test_a_broken_lock_is_told(lock: str, small_project: Path) -> None:
    (small_project / "clinicpress.lock").write_text(lock, encoding="latin-1")
    before = stamps(small_project)
    told(clinicpress("split", cwd=small_project), "clinicpress.lock", "version control")
    assert stamps(small_project) == before


@pytest.mark.parametrize("path", ["../outside.md", "/outside.md", "docs/../../outside.md"])
def test_a_lock_cannot_reach_outside_the_project(path: str, small_project: Path) -> None:
    outside = (small_project / path).resolve()
    if outside.parent == small_project.parent:
        outside.write_text("mine", encoding="utf-8")
    lock = small_project / "clinicpress.lock"
    data = json.loads(lock.read_text(encoding="utf-8"))
    digest = "52f8de1c6b6a6d4f1b8e2b3b1d3a4f6b"
    data["leaflets"]["documents/gone.md"] = {"slug": "x", "digest": "", "pages": {path: digest}}
    lock.write_text(json.dumps(data), encoding="utf-8")
    before = stamps(small_project.parent)
    told(clinicpress("split", "--force", cwd=small_project), "clinicpress.lock")
    assert stamps(small_project.parent) == before


# --- Odd names and odd headings


def test_headings_of_signs_only_get_pages(tmp_path: Path) -> None:
    text = "Words first.\n\n# ...\n\nOne.\n\n# !!!\n\nTwo.\n\n# 漢字\n\nThree.\n"
    (tmp_path / "signs.md").write_text(text, encoding="utf-8")
    done = clinicpress("split", "signs.md", "-o", "out", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    pages = {name for name in snapshot(tmp_path / "out") if name.endswith(".md")}
    assert pages == {f"signs/{name}.md" for name in ("index", "section", "section-2", "漢字")}


def test_a_site_with_headings_of_signs_only_builds(tmp_path: Path) -> None:
    (tmp_path / "!.md").write_text("# !\n\n## ...\n\nOne.\n\n## ...\n\nTwo.\n", encoding="utf-8")
    done = clinicpress("build", "!.md", "-o", "site", cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    built = snapshot(tmp_path / "site")
    assert {f"leaflet/{name}" for name in ("section.html", "section-2.html", "leaflet.pdf")} <= (
        built.keys()
    )


NAMES = {
    "Ünïcode leaflet (v2).txt": "unicode-leaflet-v2",
    "a b.md": "a-b",
    "..strange..md": "strange",
    "index.md": "index",
    "README.md": "readme",
    "漢字.md": "漢字",
    "404.md": "404",
    "-o.md": "o",
    "!.md": "leaflet",
    "a'b\"c & <d>.md": "ab-c-d",
    "UPPER.MD": "upper",
}


SMALL_PAGES = ["index.md", "before-you-come.md", "your-practitioner.md"]
SMALL_TXT = "\n\n".join(
    "Shoulder injection|It can ease pain.|Before you come|Tell us.|Your practitioner|Ask us.".split(
        "|"
    )
)


@pytest.mark.parametrize("name", NAMES)
def test_odd_names_give_sensible_pages(name: str, tmp_path: Path) -> None:
    text = SMALL_TXT if name.endswith(".txt") else SMALL
    (tmp_path / name).write_text(text, encoding="utf-8")
    done = clinicpress("split", "-o", "out", "--", name, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert set(snapshot(tmp_path)) - {name} == {
        "out/clinicpress.lock",
        *(f"out/{NAMES[name]}/{page}" for page in SMALL_PAGES),
    }


def test_a_project_of_odd_names_builds(tmp_path: Path) -> None:
    documents = tmp_path / "clinic" / "documents"
    assert clinicpress("new", "clinic", cwd=tmp_path).returncode == 0
    names = [name for name in NAMES if not name.startswith(".")]
    for name in names:
        text = SMALL_TXT if name.endswith(".txt") else SMALL
        (documents / name).write_text(text, encoding="utf-8")
    done = clinicpress("build", cwd=tmp_path / "clinic")
    assert done.returncode == 0, done.stdout + done.stderr
    built = snapshot(tmp_path / "clinic" / "site")
    assert {f"{NAMES[name]}/{NAMES[name]}.pdf" for name in names} <= built.keys()
    assert {f"{NAMES[name]}/your-practitioner.html" for name in names} <= built.keys()


def test_a_document_above_stays_above(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "here").mkdir()
    (tmp_path / "x" / "leaflet.md").write_text(SMALL, encoding="utf-8")
    done = clinicpress("split", "../x/leaflet.md", "-o", "out", cwd=tmp_path / "here")
    assert done.returncode == 0, done.stderr
    assert set(snapshot(tmp_path)) == {
        "x/leaflet.md",
        "here/out/clinicpress.lock",
        *(f"here/out/leaflet/{page}" for page in SMALL_PAGES),
    }


# --- Documents that mean harm

HOSTILE = CASES / "hostile"
SHOWN = {
    "hostile.md": (
        "Opening words|Before|after|Paragraph words|Anchor words|Send words|plain|mixed|reference|"
        "picture|window.pwned=32|Inside words|Fenced words|{{ config.site_name }}|"
        "<script>window.pwned=40</script>|<img src=x onerror=window.pwned=41>|Noted|Defined|cell|"
        "Last words."
    ).split("|"),
    "hostile.txt": (
        "<script>window.pwned=1</script>|<img src=x onerror=window.pwned=2> words.|"
        "[a](javascript:window.pwned=4)|&lt;script&gt;window.pwned=8&lt;/script&gt;|"
        '{: onclick="window.pwned=9" } words.|{{ config.site_name }}|'
        "Last <script>window.pwned=10</script> words."
    ).split("|"),
}
ACTIVE = r"""() => {
  const all = [...document.querySelectorAll("*")]
  const handlers = all.flatMap(e => [...e.attributes]
    .filter(a => /^on|^srcdoc$/i.test(a.name) || /^(style|action)$/i.test(a.name) &&
      /pwned|evil/.test(a.value))
    .map(a => `${e.tagName} ${a.name}=${a.value}`))
  const addresses = all.flatMap(e => ["href", "src", "action", "data", "xlink:href"]
    .map(name => (e.getAttribute(name) ?? "").replace(/[\s\u0000-\u0020]/g, ""))
    .filter(value => /^(javascript|vbscript|data|file):|evil\.example/i.test(value))
    .map(value => `${e.tagName} ${value}`))
  // What is told to search engines is data: a browser runs none of it.
  const runs = [...document.scripts].filter(s => s.type !== "application/ld+json")
  const scripts = runs.map(s => s.textContent).filter(t => /pwned/.test(t))
  const strange = [...document.querySelectorAll("article *")].map(e => e.tagName)
    .filter(t => /^(script|style|iframe|object|embed|form|input|base|meta|link)$/i.test(t))
  return {pwned: window.pwned ?? null, handlers, scripts, strange,
    addresses: addresses.filter(a => a !== "A https://evil.example/ok"),
    text: document.querySelector("article").innerText}
}"""


@pytest.mark.parametrize("name", SHOWN)
def test_a_hostile_document_stays_text(name: str, tmp_path: Path, chrome: Browser) -> None:
    shutil.copyfile(HOSTILE / name, tmp_path / name)
    done = clinicpress("build", name, "-o", "out", cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    site = tmp_path / "out"
    # Only what is of this folder may be asked for.
    asked: list[str] = []
    said: list[str] = []
    shown: list[str] = []
    page = chrome.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    for file in sorted(site.rglob("*.html")):
        if file.name == "404.html":
            continue
        page.goto(file.as_uri())
        for link in page.locator("article a, article p, article h1, article li").all():
            link.dispatch_event("mouseover")
        found: dict[str, Any] = page.evaluate(ACTIVE)
        shown.append(found.pop("text"))
        # A page with a table loads this script of the site itself.
        own = f"SCRIPT {(site / 'assets/javascripts/tables.js').as_uri()}"
        found["addresses"] = [address for address in found["addresses"] if address != own]
        assert found == {
            "pwned": None, "handlers": [], "scripts": [], "strange": [], "addresses": [],
        }, file  # fmt: skip
        assert "<script>window.pwned" not in file.read_text(encoding="utf-8")
    # What is found is shown too.
    page.goto((site / "index.html").as_uri())
    page.locator(".md-search__input").click()
    page.keyboard.type("words")
    page.locator(".md-search-result__link").first.wait_for()
    found = page.evaluate(ACTIVE)
    assert (found["pwned"], found["handlers"], found["scripts"]) == (None, [], [])
    page.close()
    assert len(shown) > 2
    assert said == []
    assert [url for url in asked if not url.startswith(f"file://{quote(str(site))}/")] == []
    for words in SHOWN[name]:
        assert any(words in text for text in shown), words
