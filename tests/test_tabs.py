"""Columns made with tabs, in Word and OpenDocument: each place is named in the report."""

from __future__ import annotations

from pathlib import Path

import pytest

from clinicpress import build
from clinicpress.office import tabs
from documents import cell, open_document, p, run, table, word

FIRST = "columns made with tabs stand as text in one line, from “{}” on (make a table of them)"


def line(text: str) -> str:
    pieces = [run(piece) for piece in text.split("\t")]
    return p("<w:r><w:tab/></w:r>".join(pieces))


def word_told(folder: Path, body: str) -> tuple[str, ...]:
    path = word(folder / "knee.docx", p("Knee", "Title") + body)
    return build.press(path, path.name, "leaflet").leaflet.removed


@pytest.mark.parametrize(
    ("lines", "named"),
    [
        (["Drug\tMorning\tNight", "Warfarin\t\t5 mg"], ["Drug Morning Night"]),
        (["Drug\tMorning\tNight"], ["Drug Morning Night"]),
        (["Mon\t9\t5"], ["Mon 9 5"]),
        (["Day 1\t5 mg", "", "Day 2\t10 mg", "Rest.", "Day 3\t1 mg", "Day 4\t2 mg"],
         ["Day 1 5 mg", "Day 3 1 mg"]),
        (["Tel:\t01603 555 123"], []),
        (["\tRest for two days.", "\tThen walk."], []),
        (["1.\tRest for two days.", "2.\tThen walk.", "•\tEat.", "a)\tDrink."], []),
        (["1.\tRest\t5 mg", "2.\tWalk\t9 mg"], ["1. Rest 5 mg"]),
        (["Rest."], []),
    ],
)  # fmt: skip
def test_columns_made_with_tabs_are_named(
    lines: list[str], named: list[str], tmp_path: Path
) -> None:
    assert word_told(tmp_path, "".join(map(line, lines))) == tuple(map(FIRST.format, named))


def test_lines_of_one_paragraph_are_lines(tmp_path: Path) -> None:
    tab, over = "<w:r><w:tab/></w:r>", "<w:r><w:br/></w:r>"
    one = run("Day 1") + tab + run("5 mg") + over + run("Day 2") + tab + run("9 mg")
    assert word_told(tmp_path, p(one)) == (FIRST.format("Day 1 5 mg"),)


def test_cells_of_a_table_do_not_stand_together(tmp_path: Path) -> None:
    one = cell("x").replace("<w:p>", line("Day 1\t5 mg") + "<w:p>", 1).replace("x", "")
    assert word_told(tmp_path, table(one + one) + p("Rest.")) == ()


def test_columns_of_an_open_document_are_named(tmp_path: Path) -> None:
    body = "<text:p>Drug<text:tab/>Night</text:p><text:p>Warfarin<text:tab/>5 mg</text:p>"
    path = open_document(tmp_path / "knee.odt", body)
    told = build.press(path, path.name, "leaflet").leaflet.removed
    assert told == (FIRST.format("Drug Night"),)


def test_what_the_report_says_of_columns_is_short() -> None:
    lines = "".join(line("a\tb\tc") + p("Rest.") for _ in range(30))
    told = list(tabs.told(f"<w:d>{lines}</w:d>".encode()))
    assert len(told) == 21
    assert told[-1].endswith(": 10")


@pytest.mark.parametrize("part", [b"", b"<w:tab/", b"<w:d><w:tab/>"])
def test_what_is_broken_has_none(part: bytes) -> None:
    assert not list(tabs.told(part))
