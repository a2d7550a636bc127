"""Nothing lost, nothing changed: over generated documents and over every document in the tree."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinicpress import build, conservation, proof
from clinicpress.errors import ClinicpressError
from clinicpress.report import Report
from conftest import CASES, ROOT

DOCUMENTS = sorted(
    p for p in (*CASES.rglob("*"), *(ROOT / "documents").rglob("*")) if p.suffix in (".md", ".txt")
)
SIGNS = "/// {: #a .b} \\ ` * _ [x](y) <b> &amp; & | ~ ^ $ = + - : ! [^1] 1. # > '\" … — é 漢字 ///"
WORD = st.one_of(
    st.from_regex(r"[A-Za-zé]{1,8}[.,;:!?]?", fullmatch=True),
    st.sampled_from(SIGNS.split(" ")),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=5),
)
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
        # A text of nothing but marks has no words; there is no other good reason to stop.
        assert error.problem in ("the file is empty", "there is no text in it"), error
        return
    if suffix == ".txt":
        assert letters(text) == letters(shown(report))


def letters(text: str) -> str:
    return "".join(c for c in text if c.isalpha())


def shown(report: Report) -> str:
    words = list(proof.shown(report.leaflet, report.pages))
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


def test_a_page_with_active_html_stops_the_run(tmp_path: Path) -> None:
    path = tmp_path / "leaflet.md"
    path.write_text("# Leaflet\n\nSome text.\n", encoding="utf-8")
    report = build.press(path, "leaflet.md", "leaflet")
    damaged = {name: text + "\n<script>alert(1)</script>\n" for name, text in report.pages.items()}
    with pytest.raises(ClinicpressError, match="active HTML"):
        proof.prove(report.leaflet, damaged)
