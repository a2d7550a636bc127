"""The example leaflet says every fact it was asked for, and cites only sources that were read."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from html.parser import HTMLParser
from pathlib import Path

import pytest

from clinicpress import build, rendering, sentences, tree, writing
from conftest import CASES, ROOT

DOCUMENT = ROOT / "documents" / "dry-needling-for-sciatica.md"
PAGES = sorted((ROOT / "docs" / "dry-needling-for-sciatica").glob("*.md"))
TABLES = tomllib.loads((CASES / "leaflet" / "facts.toml").read_text(encoding="utf-8"))
CARRIERS = {name: text for table in TABLES.values() for name, text in table.items()}
SOURCES = set((CASES / "leaflet" / "sources.txt").read_text(encoding="utf-8").split())
BLOCKS = frozenset("p li h1 h2 h3 h4 h5 h6 td th div section nav ul ol".split())


class Blocks(HTMLParser):
    """The text of each paragraph and list item of a rendered page, footnote marks left out."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts = [""]
        self._in_mark = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS:
            self.texts.append("")
        self._in_mark |= tag == "sup" and (dict(attrs).get("id") or "").startswith("fnref")

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self.texts.append("")
        self._in_mark &= tag != "sup"

    def handle_data(self, data: str) -> None:
        if not self._in_mark:
            self.texts[-1] += data


def missing(carriers: Mapping[str, str], stand: Iterable[str]) -> list[str]:
    """Name each fact whose sentence does not stand whole among the sentences."""
    there = set(stand)
    return [name for name, sentence in carriers.items() if sentence not in there]


def in_document(path: Path) -> list[str]:
    return [s.text for s in build.press(path, path.name, "leaflet").leaflet.sentences]


def on_pages(texts: Iterable[str]) -> list[str]:
    rendered = (rendering.render(writing.body_of(text)) for text in texts)
    blocks = [" ".join(text.split()) for html in rendered for text in Blocks(html).texts]
    return [text[start:end] for text in blocks for start, end in sentences.split(text)]


def test_every_fact_is_mapped() -> None:
    assert list(TABLES) == ["facts", "part3", "part4"]
    assert list(TABLES["facts"]) == [f"F{number}" for number in range(1, 83)]
    assert all(text == " ".join(text.split()) != "" for text in CARRIERS.values())


def test_every_fact_stands_in_the_document() -> None:
    assert missing(CARRIERS, in_document(DOCUMENT)) == []


def test_every_fact_stands_on_the_pages() -> None:
    assert len(PAGES) > 5
    assert missing(CARRIERS, on_pages(page.read_text(encoding="utf-8") for page in PAGES)) == []


@pytest.mark.parametrize(
    "damaged", ["", "Serious harm is common.", "Serious harm is rare, we think.", "Harm is rare."]
)
def test_a_damaged_sentence_is_missed(damaged: str, tmp_path: Path) -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    whole = "Serious harm is rare."
    assert text.count(whole) == 1
    copy = tmp_path / "damaged.md"
    copy.write_text(text.replace(whole, damaged), encoding="utf-8")
    assert missing(CARRIERS, in_document(copy)) == ["F75"]
    pages = [page.read_text(encoding="utf-8").replace(whole, damaged) for page in PAGES]
    assert missing(CARRIERS, on_pages(pages)) == ["F75"]


def test_each_sentence_is_missed_when_it_is_gone() -> None:
    there = in_document(DOCUMENT)
    for sentence in set(CARRIERS.values()):
        names = missing(CARRIERS, [text for text in there if text != sentence])
        assert names == [name for name, text in CARRIERS.items() if text == sentence]


def test_every_footnote_cites_a_source_that_was_read() -> None:
    document = build.press(DOCUMENT, DOCUMENT.name, "leaflet").leaflet.document
    notes = [node for node in tree.walk(document.blocks) if node["t"] == "Note"]
    assert len(notes) > 50
    for note in notes:
        addresses = {n["c"][2][0] for n in tree.walk(note["c"]) if n["t"] == "Link"}
        assert addresses, tree.text([note])
        assert addresses <= SOURCES


def test_every_address_in_the_leaflet_is_one_of_the_sources() -> None:
    document = build.press(DOCUMENT, DOCUMENT.name, "leaflet").leaflet.document
    links = (node["c"][2][0] for node in tree.walk(document.blocks) if node["t"] == "Link")
    assert {link for link in links if link.startswith("http")} <= SOURCES


@pytest.mark.parametrize("path", [DOCUMENT, *PAGES], ids=lambda path: path.name)
@pytest.mark.parametrize("word", ["proven", "toxin", "flush"])
def test_words_that_promise_too_much_are_never_used(word: str, path: Path) -> None:
    assert word not in path.read_text(encoding="utf-8").lower()
