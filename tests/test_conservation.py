"""Nothing lost, nothing changed: over generated documents and over every document in the tree."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinicpress import build, conservation, pipetables, privateletters, proof, rendering, writing
from clinicpress.errors import ClinicpressError
from clinicpress.model import Loss
from clinicpress.project import Shelf
from clinicpress.rendered import RenderedPage
from clinicpress.report import Report, lines
from conftest import CASES, ROOT
from documents import PNG

DOCUMENTS = sorted(
    p for p in (*CASES.rglob("*"), *(ROOT / "documents").rglob("*")) if p.suffix in (".md", ".txt")
)
SIGNS = "/// {: #a .b} \\ ` * _ [x](y) <b> &amp; & | ~ ^ $ = + - : ! [^1] 1. # > '\" … — é 漢字 ///"
WORD = st.one_of(
    st.from_regex(r"[A-Za-zé]{1,8}[.,;:!?]?", fullmatch=True),
    st.sampled_from(SIGNS.split(" ")),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=5),
)
UNSEEN = (privateletters.WRITE_SIGN, pipetables.GIVE_COLUMNS)
LINE = st.lists(WORD, min_size=1, max_size=12).map(" ".join)
PREFIX = st.sampled_from(
    [
        "",
        "",
        "",
        "# ",
        "## ",
        "### ",
        "- ",
        "  - ",
        "1. ",
        "> ",
        "    ",
        "\t",
        "| a | b |\n|---|---|\n| ",
        "Term\n: ",
    ]
)
MARKDOWN = st.lists(
    st.tuples(PREFIX, LINE, st.sampled_from(["\n", "\n\n"])).map("".join), min_size=1, max_size=14
).map("".join)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_document_in_the_tree_is_conserved(document: Path) -> None:
    report = build.press(document, document.name, "leaflet")
    assert report.words > 50


@pytest.mark.parametrize("suffix", [".md", ".txt"])
@given(text=MARKDOWN)
@settings(max_examples=60)
def test_generated_documents_are_conserved(
    suffix: str, text: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("generated") / f"leaflet{suffix}"
    path.write_text(text, encoding="utf-8", newline="")
    try:
        report = build.press(path, path.name, "leaflet")
    except ClinicpressError as error:
        # A text of nothing but marks has no words; no page would show what else may stop the run.
        is_empty = error.problem in ("the file is empty", "there is no text in it")
        assert is_empty or error.remedy.startswith(UNSEEN), error
        return
    if suffix == ".txt":
        assert letters(text) == letters(shown(report))


def letters(text: str) -> str:
    return "".join(c for c in text if c.isalpha())


def shown(report: Report) -> str:
    words = [
        word
        for text in report.pages.values()
        for word in RenderedPage(rendering.render(writing.body_of(text))).words()
    ]
    title = report.leaflet.document.title.split()
    return " ".join(words if report.leaflet.document.title_from == "text" else words[len(title) :])


@pytest.mark.parametrize(
    ("source", "pages", "where"),
    [
        ("one two three", "one three", "two three"),
        ("one two", "one two two", ""),
        ("one two three", "one three two", "two three"),
        ("one two", "one Two", "two"),
    ],
)
def test_a_lost_doubled_moved_or_changed_word_is_named(source: str, pages: str, where: str) -> None:
    difference = conservation.compare(source.split(), pages.split())
    assert difference is not None
    assert difference.source == where


def test_a_page_that_loses_a_word_stops_the_run(tmp_path: Path) -> None:
    path = tmp_path / "leaflet.md"
    path.write_text("# Leaflet\n\nDo not drive for a day.\n", encoding="utf-8")
    report = build.press(path, "leaflet.md", "leaflet")
    damaged = {
        name: text.replace("Do not drive", "Do drive") for name, text in report.pages.items()
    }
    with pytest.raises(
        ClinicpressError, match=r"after “… Leaflet Do” the source says “not drive"
    ) as stopped:
        proof.prove(report.leaflet, damaged)
    assert stopped.value.place == "leaflet.md"


EVERYTHING = """# Leaflet

Take **two** tablets, *not three*, of 10^3^ units, ~~one~~ H~2~O.
See [the register](https://example.org/a) and [below](#after).

Next line of its own.

![A knee, bent](knee.png)

3. third
4. fourth

   - inner

- bullet

> Quoted words.

    code words

| Drug | Dose |
|------|------|
| One  | 5 mg |
| Two  | 7 mg |

Term
: Its meaning.

## After

Rest.[^1]

[^1]: A note.
"""
# What our own writing might do to it one day, and what is then said.
DAMAGES = {
    "bold": ("**two**", "two", "is bold in the document"),
    "italics": ("*not three*", "not three", "is in italics in the document"),
    "power": ("10^3^", "103", "is raised in the document"),
    "index": ("H~2~O", "H2O", "is lowered in the document"),
    "struck out": ("~~one~~", "one", "is struck out in the document"),
    "now bold": ("tablets", "**tablets**", "is bold on the pages, and not in the document"),
    "address": ("org/a", "org/b", "is a link to https://example.org/a in the document"),
    "link": ("[the register](https://example.org/a)", "the register", "is a link to"),
    "line": ("below](after.md).\n\n", "below](after.md).\n", "begins a line in the document"),
    "picture": ("![A knee, bent]", "![A knee]", "begins picture 1: A knee, bent"),
    "number": ("3.  third\n\n4.", "4.  third\n\n5.", "begins item 3 of a list"),
    "depth": ("    -   inner", "5.  inner", "is in a list, 2 deep in the document"),
    "bullet": ("-   bullet", "bullet", "is in a list, 1 deep in the document"),
    "quotation": ("> Quoted", "Quoted", "is in a quotation in the document"),
    "code": ("    code words", "code words", "is in a block of code in the document"),
    "cell": ("| Two  | 7 mg |", "| Two 7 mg |  |", "begins cell 2 of a row in the document"),
    "term": ("Term\n:   Its", "Term\n\nIts", "is a term in the document"),
    "note": ("[^1]: A note.", "[^1]: A *note*.", "is in italics on the pages"),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_words_that_stand_otherwise_stop_the_run(name: str, tmp_path: Path) -> None:
    path = tmp_path / "leaflet.md"
    path.write_text(EVERYTHING, encoding="utf-8")
    (tmp_path / "knee.png").write_bytes(PNG)
    report = build.press(path, "leaflet.md", "leaflet")
    before, after, says = DAMAGES[name]
    assert sum(before in text for text in report.pages.values()) == 1
    damaged = {name: text.replace(before, after) for name, text in report.pages.items()}
    with pytest.raises(ClinicpressError) as stopped:
        proof.prove(report.leaflet, damaged)
    assert says in stopped.value.problem
    assert "--allow-loss" in stopped.value.remedy
    words, unlike = proof.prove(report.leaflet, damaged, None)
    assert words == report.words
    assert [loss.where for loss in unlike] == [stopped.value.problem]
    assert proof.prove(report.leaflet, damaged, unlike) == (words, unlike)
    with pytest.raises(ClinicpressError):
        proof.prove(report.leaflet, damaged, [Loss("other", "words")])


def test_a_difference_that_a_person_allows_is_told_and_locked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "leaflet.md").write_text("# Leaflet\n\nTake **two** tablets.\n", encoding="utf-8")
    write = writing.write

    def plainly(*given: Any) -> dict[str, str]:
        return {name: text.replace("*", "") for name, text in write(*given).items()}

    monkeypatch.setattr(writing, "write", plainly)
    shelf, documents = Shelf(tmp_path / "pages"), {"leaflet.md": tmp_path / "leaflet.md"}
    with pytest.raises(ClinicpressError, match="is bold in the document"):
        build.split(shelf, documents)
    assert not (tmp_path / "pages").exists()
    (report,) = build.split(shelf, documents, options=build.Options(allow_loss=True))
    told = "\n".join(lines(report))
    assert "is bold in the document" in told
    assert "once each, in order" not in told
    assert build.split(shelf, documents)[0].proved is False  # it stands in the lock
    monkeypatch.setattr(writing, "write", write)
    assert build.split(shelf, documents)[0].proved is True


def test_a_page_with_active_html_stops_the_run(tmp_path: Path) -> None:
    path = tmp_path / "leaflet.md"
    path.write_text("# Leaflet\n\nSome text.\n", encoding="utf-8")
    report = build.press(path, "leaflet.md", "leaflet")
    damaged = {name: text + "\n<script>alert(1)</script>\n" for name, text in report.pages.items()}
    with pytest.raises(ClinicpressError, match="active HTML"):
        proof.prove(report.leaflet, damaged)
