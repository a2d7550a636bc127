"""Tables that are none: a warning in a box of one cell, a first row that heads nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from clinicpress import build
from clinicpress.model import Kind, Leaflet
from documents import cell, p, word

URGENT = "Call 999 if you have chest pain."
DRIVE = "Do not drive for 24 hours."
TEA = "The tea is in the kitchen."
# What Word writes into every new table: its first row is a head.
LOOK = '<w:tblPr><w:tblLook w:val="04A0" w:firstRow="1"/></w:tblPr>'


def table(*rows: str) -> str:
    columns = '<w:gridCol w:w="2000"/>' * max(row.count("<w:tc>") for row in rows)
    body = "".join(f"<w:tr>{row}</w:tr>" for row in rows)
    return f"<w:tbl>{LOOK}<w:tblGrid>{columns}</w:tblGrid>{body}</w:tbl>"


def pressed(folder: Path, *parts: str) -> Leaflet:
    body = p("After your vasectomy", "Title") + p("Rest", "Heading1") + p(TEA) + "".join(parts)
    return build.press(word(folder / "a.docx", body + p(TEA)), "a.docx", "a").leaflet


def kinds(leaflet: Leaflet) -> dict[str, tuple[str, Kind]]:
    return {s.text: (s.shape, s.label) for s in leaflet.sentences}


def blocks(leaflet: Leaflet) -> list[str]:
    return [block["t"] for page in leaflet.pages for block in page.blocks]


def test_a_frame_is_no_table_and_each_of_its_sentences_is_judged(tmp_path: Path) -> None:
    leaflet = pressed(tmp_path, table(cell(URGENT)), p(TEA), table(cell(f"{DRIVE} {TEA}", TEA)))
    assert kinds(leaflet)[URGENT] == ("para", Kind.EMERGENCY)
    assert kinds(leaflet)[DRIVE] == ("para", Kind.SAFETY)
    assert "Table" not in blocks(leaflet)
    assert any("frame" in told and told.endswith(": 2") for told in leaflet.removed)


@pytest.mark.parametrize(
    ("name", "kind"),
    [("Warning", Kind.SAFETY), ("IMPORTANT SAFETY INFORMATION", Kind.SAFETY), ("Menu", Kind.NONE)],
)
def test_a_frame_whose_first_line_names_it_is_the_author_s_notice(
    name: str, kind: Kind, tmp_path: Path
) -> None:
    leaflet = pressed(tmp_path, table(cell(name, "Soup is served at noon.")))
    assert kinds(leaflet)["Soup is served at noon."] == ("para", kind)
    assert kinds(leaflet)[name][1] is kind
    assert all(heading.text != name for heading in leaflet.headings)


def test_a_frame_of_one_line_names_nothing(tmp_path: Path) -> None:
    leaflet = pressed(tmp_path, table(cell("Warning labels")))
    assert kinds(leaflet)["Warning labels"] == ("para", Kind.NONE)


def test_a_first_row_that_says_something_is_a_row(tmp_path: Path) -> None:
    rows = (cell(DRIVE) + cell("A crash"), cell("Tea") + cell("Free"))
    assert kinds(pressed(tmp_path, table(*rows)))[f"{DRIVE} | A crash"] == ("row", Kind.SAFETY)
    alone = kinds(pressed(tmp_path, table(cell("Call 999 if") + cell("you collapse"))))
    assert alone["Call 999 if | you collapse"] == ("row", Kind.EMERGENCY)


def test_names_of_columns_stay_a_head(tmp_path: Path) -> None:
    heads = cell("Sign") + cell("What should you do about it?")
    leaflet = pressed(tmp_path, table(heads, cell("Collapse") + cell("Call 999")))
    assert kinds(leaflet)["Sign | What should you do about it?"] == ("row-header", Kind.NONE)


def test_a_web_page_says_itself_what_heads_a_column(tmp_path: Path) -> None:
    html = "<h1>A</h1><h2>B</h2><p>{0}</p><table>{1}</table><p>{0}</p>"
    head = f"<thead><tr><th>{DRIVE}</th><th>How long</th></tr></thead>"
    file = tmp_path / "a.html"
    file.write_text(html.format(TEA, f"{head}<tr><td>Tea</td><td>1 h</td></tr>"), encoding="utf-8")
    leaflet = build.press(file, "a.html", "a").leaflet
    assert kinds(leaflet)[f"{DRIVE} | How long"] == ("row-header", Kind.NONE)
    file.write_text(html.format(TEA, head), encoding="utf-8")
    leaflet = build.press(file, "a.html", "a").leaflet
    assert kinds(leaflet)[f"{DRIVE} | How long"] == ("row", Kind.SAFETY)


@pytest.mark.parametrize("head", ["| Drug | Dose |", "|  |  |"])
@pytest.mark.parametrize("note", ["A[^1] | 5 mg", "A | 5 mg[^1]"])
def test_a_footnote_in_a_table_with_and_without_a_head(
    head: str, note: str, tmp_path: Path
) -> None:
    text = f"# A\n\n## B\n\n{head}\n|---|---|\n| {note} |\n| B | |\n|  | 6 mg |\n\n[^1]: A note.\n"
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    report = build.press(tmp_path / "a.md", "a.md", "a")
    assert "|---" in report.pages["index.md"] + report.pages.get("b.md", "")
