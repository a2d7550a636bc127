"""Pages are found in a patient's own words, spelled as patients spell them."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from clinicpress import vocabulary
from clinicpress.clinic import face
from clinicpress.errors import ClinicpressError
from conftest import ROOT, clinicpress

EMERGENCY = "when-to-get-emergency-help"
TELL = "what-to-tell-the-practitioner-first"
# What is typed, and pages that answer it: one of them has to come first.
ASKED = {
    "bum pain": ("symptoms-and-the-muscles",),
    "siatica": ("dry-needling-for-sciatica/index", "symptoms-and-the-muscles"),
    "numb down there": (EMERGENCY,),
    "is my physio licensed": ("check-your-practitioner",),
    "jab": ("how-trigger-point", "what-to-expect", "sciatica/index"),
    "blood thinners": (TELL,),
    "fisioterapist": ("check-your-practitioner", "practitioners", "what-the-evidence"),
    "buttoks": ("symptoms-and-the-muscles", "sciatica/index", "what-to-expect"),
    "can i have it with a pacemakr": (TELL,),
    "wet myself": (EMERGENCY,),
    "what is dry needling": ("sciatica/index",),
    "estoy embarazada": (TELL,),
    "se me escapa la orina": (EMERGENCY,),
    "letra mas grande": ("accessibility",),
    "je suis enceinte": (TELL,),
    "peur de l'aiguille": (TELL,),
    "who will treat me": ("practitioners",),
    "pins and neddles": ("symptoms-and-the-muscles", EMERGENCY),
}
# Not on the site, and not to be taken for "been", "both", "called", "money", "plane" or "group".
NOT_THERE = ("beer", "bath", "child", "monkey", "planet", "grape")
# What is typed on a site with leaflets on other treatments, and the page that has to come first.
OF_MANY = {
    "cold sore before filler": "m07-botox-fillers/before-your-appointment",
    "price of lip filler": "m07-botox-fillers/prices",
    "dry needling with a pacemaker": TELL,
    "inhaler side effects": "m08-inhaler-technique/side-effects",
    "combien coute le blanchiment": "h04-blanchiment-dentaire/tarifs",
    "whitening while pregnant": "h04-blanchiment-dentaire/qui-ne-doit-pas",
    "j'allaite": "h04-blanchiment-dentaire/qui-ne-doit-pas",
    "privacy": "privacy",
}
MORE = ("m07-botox-fillers.md", "m08-inhaler-technique.md", "h04-blanchiment-dentaire.html")
# Leaflets in two languages on one English site, and what has to come first there.
TONGUES = {
    "hombro": """# Inyección en el hombro

Este folleto explica la inyección que le vamos a poner en el hombro y lo que pasa después.

## Antes de la inyección

Díganos si toma anticoagulantes como la warfarina o si tiene diabetes.

## Al volver a casa

No conduzca durante una semana. No moje los puntos durante cinco días.
""",
    "pelvic": """# Leaking urine: training the pelvic floor

Many people leak urine when they cough or laugh. This leaflet says how to train the muscles.

## Please tell us first

Tell us if you take blood thinners or have diabetes. If you take warfarin, have your INR tested in
the week before you come, and bring the yellow book that has the results in it with you.

## After your visit

You can drive home. You can have a bath or a shower on the same day.

## Get help at once

Go to the emergency department now if you cannot pass urine at all, or if you are numb around your
genitals or back passage, or if you lose control of your bowels.
""",
}
OF_TWO = {
    "warfarin": "pelvic/please-tell-us-first",
    "blod thiners": "pelvic/please-tell-us-first",
    "anticoagulants": "pelvic/please-tell-us-first",
    "anticoagulantes": "hombro/antes-de-la-inyeccion",
    "puedo conducir": "hombro/al-volver-a-casa",
    "cuando puedo ducharme": "hombro/al-volver-a-casa",
    "can i drive": "pelvic/after-your-visit",
    "cant pee": "pelvic/get-help-at-once",
    "cannot pee": "pelvic/get-help-at-once",
    "unable to wee": "pelvic/get-help-at-once",
    "pooed myself": "pelvic/get-help-at-once",
    "kegels": "pelvic/index",
}
FIRST = "a.md-search-result__link"


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def own_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of our project whose clinic has words of its own, built by MkDocs alone."""
    root = tmp_path_factory.mktemp("own") / "project"
    done = clinicpress("new", root, ROOT / "documents" / "dry-needling-for-sciatica.md", cwd=ROOT)
    assert done.returncode == 0, done.stderr
    words = (
        "search words:\n  - patients say: gizmo thingy, the wibble\n    leaflets say: pacemaker\n"
    )
    (root / "search-words.yml").write_text(words, encoding="utf-8")
    return built(root)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with leaflets on other treatments too, one of them in French."""
    root = tmp_path_factory.mktemp("library") / "project"
    done = clinicpress("new", root, ROOT / "documents" / "dry-needling-for-sciatica.md", cwd=ROOT)
    assert done.returncode == 0, done.stderr
    for name in MORE:
        shutil.copy(ROOT / "tests" / "cases" / "notices" / name, root / "documents")
    return built(root)


@pytest.fixture(scope="module")
def bilingual(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with a leaflet in English and one in Spanish."""
    root = tmp_path_factory.mktemp("bilingual") / "project"
    assert clinicpress("new", root, cwd=ROOT).returncode == 0
    for made in (root / "documents").iterdir():
        made.unlink()
    for name, text in TONGUES.items():
        (root / "documents" / f"{name}.md").write_text(text, encoding="utf-8")
    return built(root)


def built(root: Path) -> Path:
    """Return the site of a project."""
    assert clinicpress("split", "-q", cwd=root).returncode == 0
    line = [sys.executable, "-m", "mkdocs", "build", "-q"]
    subprocess.run(line, cwd=root, check=True, capture_output=True)
    return root / "site"


@pytest.fixture(params=["files", "server"])
def base(request: pytest.FixtureRequest, own_site: Path) -> Iterator[str]:
    """Where the site is: as files, or on a server."""
    if request.param == "files":
        yield own_site.as_uri()
        return
    handler = partial(Quiet, directory=str(own_site))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def page(chrome: Browser) -> Iterator[Page]:
    opened = chrome.new_page()
    yield opened
    opened.close()


def ask(page: Page, words: str) -> None:
    """Type words into the search in the place of what is there."""
    box = page.locator("input.md-search__input")
    box.focus()
    box.fill(words)
    box.press("End")


def test_patients_words_find_the_right_page_first(base: str, page: Page) -> None:
    wrong: list[str] = []
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(f"{base}/index.html")
    for words, answers in ASKED.items():
        ask(page, words)
        first = page.locator(FIRST).first
        right = re.compile("|".join(answers))
        expect(first, f"for “{words}”").to_have_attribute("href", right, timeout=15_000)
    assert wrong == []


def test_among_many_leaflets_the_one_that_is_named_comes_first(library: Path, page: Page) -> None:
    page.goto(f"{library.as_uri()}/index.html")
    for words, answer in OF_MANY.items():
        ask(page, words)
        first = page.locator(FIRST).first
        right = re.compile(answer)
        expect(first, f"for “{words}”").to_have_attribute("href", right, timeout=15_000)


def test_leaflets_in_the_language_of_the_query_come_first(bilingual: Path, page: Page) -> None:
    page.goto(f"{bilingual.as_uri()}/index.html")
    for words, answer in OF_TWO.items():
        ask(page, words)
        first = page.locator(FIRST).first
        right = re.compile(answer)
        expect(first, f"for “{words}”").to_have_attribute("href", right, timeout=15_000)


def test_nothing_is_said_to_be_missing_before_anything_is_typed(base: str, page: Page) -> None:
    page.goto(f"{base}/index.html")
    line = page.locator(".search-nothing")
    page.locator("input.md-search__input").focus()
    page.wait_for_timeout(2500)
    expect(line).to_have_count(0)
    ask(page, "xylophonzq")
    expect(line).to_be_visible(timeout=15_000)
    expect(line).to_have_attribute("lang", "en")
    ask(page, "")
    expect(line).to_have_count(0)


def test_the_reader_is_told_which_words_were_looked_for(base: str, page: Page) -> None:
    page.goto(f"{base}/index.html")
    ask(page, "siatica")
    told = page.locator(".search-understood")
    expect(told).to_have_text("siatica → sciatica", timeout=15_000)
    expect(told).to_have_attribute("role", "status")
    ask(page, "sciatica")
    expect(told).to_have_text("")
    ask(page, "side efects")
    expect(told).to_have_text("efects → effects", timeout=15_000)


def test_a_clinics_own_words_are_known(base: str, page: Page) -> None:
    page.goto(f"{base}/index.html")
    ask(page, "gizmo thingy")
    first = page.locator(FIRST).first
    expect(first).to_have_attribute("href", re.compile(TELL), timeout=15_000)


@pytest.mark.parametrize("words", ["xylophonzq", *NOT_THERE])
def test_words_that_nobody_knows_find_nothing(base: str, page: Page, words: str) -> None:
    page.goto(f"{base}/index.html")
    ask(page, words)
    expect(page.locator(".md-search-result__meta")).to_contain_text("No matching", timeout=15_000)


# --- The words themselves


@pytest.mark.parametrize("language", vocabulary.LANGUAGES)
def test_the_words_of_a_language_can_be_found(language: str) -> None:
    known = vocabulary.load(language)
    assert len(known.entries) > 50
    assert all(entry.said and entry.meant for entry in known.entries)
    said = [word for entry in known.entries for word in entry.said]
    assert {word for word in said if not word.isascii()} == set()
    assert not {word for word in said if " " not in word} & set(known.stop)


def test_no_phrase_of_patients_stands_twice() -> None:
    files = [vocabulary.load(language).entries for language in vocabulary.LANGUAGES]
    for entries in (*files, *map(vocabulary.bridge, vocabulary.BRIDGED)):
        said = [word for entry in entries for word in entry.said]
        assert sorted(word for word in set(said) if said.count(word) > 1) == []


def test_a_clinics_words_come_before_ours() -> None:
    own = vocabulary.read("search words:\n- patients say: Jab\n  leaflets say: Élan\n", "w.yml")
    script = vocabulary.script(own)
    assert script.index("jab=elan") < script.index("bum|butt")


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("words: 1\n", 1, "no such field"),
        ("search words:\n- patients say: jab\n", 2, "`leaflets say` is missing"),
        ("search words:\n- leaflets say: jab\n", 2, "`patients say` is missing"),
        ("search words:\n- patients say: '!!'\n  leaflets say: needle\n", 2, "no word"),
        ("search words:\n- patients says: jab\n", 2, "no such field"),
        ("search words:\n- patients say: jab\n  leaflets say: [a, b]\n", 3, "one line of text"),
        ("search words:\n- jab\n", 2, "no fields"),
        ("search words: [\n", 2, ""),
    ],
)
def test_a_mistake_in_a_clinics_words_is_told_by_line(text: str, line: int, problem: str) -> None:
    with pytest.raises(ClinicpressError) as raised:
        vocabulary.read(text, "search-words.yml")
    assert str(raised.value.place) == f"search-words.yml:{line}"
    assert problem in raised.value.problem
    assert raised.value.remedy


def test_an_empty_file_of_words_is_none_at_all() -> None:
    assert vocabulary.read("# nothing yet\n", "search-words.yml") == ()


def test_a_mistake_stops_the_split_and_changes_nothing(our_project: Path, tmp_path: Path) -> None:
    root = tmp_path / "project"
    shutil.copytree(our_project, root, ignore=shutil.ignore_patterns("site"))
    (root / "search-words.yml").write_text("search words:\n- patients say: jab\n")
    before = (root / "docs" / face.WORDS).read_bytes()
    done = clinicpress("split", cwd=root)
    assert done.returncode == 2
    assert "search-words.yml:2" in done.stderr
    assert (root / "docs" / face.WORDS).read_bytes() == before


def test_a_file_of_somebody_elses_is_not_written_over(our_project: Path, tmp_path: Path) -> None:
    root = tmp_path / "project"
    shutil.copytree(our_project, root, ignore=shutil.ignore_patterns("site"))
    (root / "docs" / face.WORDS).write_text("// mine\n")
    done = clinicpress("split", cwd=root)
    assert done.returncode == 2
    assert "not one that Clinicpress made" in done.stderr
    assert (root / "docs" / face.WORDS).read_text() == "// mine\n"


def test_a_word_in_brackets_or_pasted_is_found_and_its_leaflet_named(
    small_project: Path, chrome: Browser
) -> None:
    document = small_project / "documents" / "shoulder.md"
    text = document.read_text(encoding="utf-8")
    more = "Do not take naproxen (Naprosyn) or ibuprofen/Nurofen or “Zapain”."
    document.write_text(text.replace("## Your", f"{more}\n\n## Your"), encoding="utf-8")
    assert clinicpress("build", cwd=small_project).returncode == 0
    page = chrome.new_page()
    page.goto((small_project / "site" / "index.html").as_uri())
    box = page.locator("input.md-search__input")
    for word in ("naprosyn", "nurofen", "zapain"):
        box.focus()
        box.fill("")
        page.keyboard.insert_text(word)  # as pasting and dictation do, with no key
        first = page.locator(FIRST).first
        expect(first).to_have_attribute("href", re.compile("before-you-come"), timeout=9000)
    expect(page.locator(".search-leaflet").first).to_have_text("Shoulder injection")
    box.fill("")
    page.keyboard.insert_text("zzyzx")
    nothing = page.locator(".search-nothing")
    expect(nothing).to_be_visible(timeout=9000)
    help_now = nothing.get_by_role("link", name="Get help now")
    assert str(help_now.get_attribute("href")).endswith("index.html#help")
    page.close()


def test_a_misspelled_word_is_understood_in_a_sentence(own_site: Path, chrome: Browser) -> None:
    page = chrome.new_page()
    page.goto((own_site / "index.html").as_uri())
    box = page.locator("input.md-search__input")
    box.focus()
    box.fill("what even is siatica")
    box.press("End")
    expect(page.locator(FIRST).first).to_be_visible(timeout=9000)
    expect(page.locator(".search-understood")).to_have_text("siatica → sciatica")
    page.close()
