"""Tables of Word with uneven rows: every word is in its cell, every row as wide as the others."""

from __future__ import annotations

from pathlib import Path

import pytest

from clinicpress import build, conservation, reading
from clinicpress.office import tables
from documents import cell, item, p, run, word

Row = list[tuple[str, int, int]]
A, B, C, D, E, F = (cell(text) for text in "alpha beta gamma delta epsilon zeta".split())
TOP = cell("top", properties='<w:vMerge w:val="restart"/>')
UNDER = cell("under", properties="<w:vMerge/>")
BELOW = cell("", properties='<w:vMerge w:val="continue"/>')
WIDE = cell("wide", properties='<w:gridSpan w:val="3"/>')


def row(*cells: str, free: str = "") -> str:
    properties = f"<w:trPr>{free}</w:trPr>" if free else ""
    return f"<w:tr>{properties}{''.join(cells)}</w:tr>"


def table(*rows: str, grid: int | None = None) -> str:
    column = '<w:gridCol w:w="900"/>'
    columns = "" if grid is None else f"<w:tblGrid>{column * grid}</w:tblGrid>"
    return f"<w:tbl><w:tblPr/>{columns}{''.join(rows)}</w:tbl>"


def plain(*texts: str) -> Row:
    return [(text, 1, 1) for text in texts]


def free(side: str, count: str = "1") -> str:
    return f'<w:grid{side} w:val="{count}"/>'


def rows(path: Path) -> list[Row]:
    """The rows of the one table of a document: the text, rows and columns of each cell."""
    found = [block["c"] for block in reading.read(path).blocks if block["t"] == "Table"]
    assert len(found) == 1
    _, _, _, head, bodies, _ = found[0]
    listed = [*head[1], *(each for body in bodies for each in [*body[2], *body[3]])]
    return [
        [(" ".join(conservation.tree_words(c[4])), c[2], c[3]) for c in each[1]] for each in listed
    ]


UNEVEN = {
    "no grid": (table(row(A, B), row(C)), [plain("alpha", "beta"), plain("gamma", "")]),
    "grid too short": (
        table(row(A, B, C), row(D, E), grid=2),
        [plain("alpha", "beta", "gamma"), plain("delta", "epsilon", "")],
    ),
    "first row short": (
        table(row(A), row(D, E, F), row(B), grid=1),
        [plain("alpha", "", ""), plain("delta", "epsilon", "zeta"), plain("beta", "", "")],
    ),
    "free before": (
        table(row(A, B), row(C, free=free("Before")), grid=2),
        [plain("alpha", "beta"), plain("", "gamma")],
    ),
    "free after": (
        table(row(A, free=free("After")), row(B, C), grid=2),
        [plain("alpha", ""), plain("beta", "gamma")],
    ),
    "head short": (
        table(row(A, free="<w:tblHeader/>"), row(B, C), grid=2),
        [plain("alpha", ""), plain("beta", "gamma")],
    ),
    "row over all": (
        table(row(WIDE), row(A, B, C), grid=3),
        [[("wide", 1, 3)], plain("alpha", "beta", "gamma")],
    ),
    "merged down": (
        table(row(TOP, B, C), row(BELOW, D), row(E, F), grid=3),
        [
            [("top", 2, 1), ("beta", 1, 1), ("gamma", 1, 1)],
            plain("delta", ""),
            plain("epsilon", "zeta", ""),
        ],
    ),
    "words in a merged cell": (
        table(row(TOP, B), row(UNDER, D), grid=2),
        [plain("top", "beta"), plain("under", "delta")],
    ),
    "merged with nothing": (
        table(row(UNDER, B), row(C, D), grid=2),
        [plain("under", "beta"), plain("gamma", "delta")],
    ),
    "merged further in": (
        table(row(TOP, B, C), row(UNDER, D, free=free("Before")), grid=3),
        [plain("top", "beta", "gamma"), plain("", "under", "delta")],
    ),
    "no figures": (
        table(
            row(cell("top", properties='<w:gridSpan w:val="99999999"/>'), B),
            row(C, free=free("Before", "99999999")),
            row(D, free=free("Before", "x") + free("After", "-1")),
        ),
        [plain("top", "beta"), plain("gamma", ""), plain("delta", "")],
    ),
    "empty row": (
        table(row(A, B), "<w:tr/>", row(C)),
        [plain("alpha", "beta"), plain("", ""), plain("gamma", "")],
    ),
}


@pytest.mark.parametrize(("given", "expected"), UNEVEN.values(), ids=UNEVEN)
def test_an_uneven_table_is_read_whole(given: str, expected: list[Row], tmp_path: Path) -> None:
    path = word(tmp_path / "uneven.docx", p("Start.") + given + p("End."))
    assert rows(path) == expected


def test_an_uneven_table_in_a_cell_is_read_whole(tmp_path: Path) -> None:
    inner = table(row(B), row(C, D))
    outer = table(row(A, cell("x").replace("</w:tc>", f"{inner}{p('')}</w:tc>")), row(E, F, A))
    path = word(tmp_path / "nested.docx", p("Start.") + outer + p("End."))
    words = conservation.tree_words(reading.read(path).blocks)
    assert words == "Start. alpha x beta gamma delta epsilon zeta alpha End.".split()


def test_uneven_tables_come_to_the_pages_whole(tmp_path: Path) -> None:
    body = "".join(p(f"About {name}.") + given for name, (given, _) in UNEVEN.items())
    path = word(tmp_path / "all.docx", p("Start.") + body + p("End."))
    pages = " ".join(build.press(path, path.name, "all").pages.values())
    assert pages.count("epsilon") == 3


def test_an_even_table_is_left_as_it_is() -> None:
    part = table(row(TOP, B), row(BELOW, D), row(E, F), grid=2).encode()
    assert tables.even(part) == part


@pytest.mark.parametrize(
    "part",
    [b"", b"<w:tbl>", b"<w:tbl><w:tr></w:tbl>", b"<w:tbl></w:tbl>", "<w:tbl>".encode("utf-16")],
)
def test_what_is_broken_is_left_as_it_is(part: bytes) -> None:
    assert tables.even(part) == part


def test_a_table_too_wide_to_be_one_is_left_as_it_is() -> None:
    part = table(row(A), row(*[B] * 300)).encode()
    assert tables.even(part) == part
    long = table(*[row(A)] * 2000, row(*[B] * 100)).encode()
    assert tables.even(long) == long


@pytest.mark.parametrize(
    "held",
    [
        p(run("One") + "<w:r><w:br/></w:r>" + run("two")),
        p("One") + p("two *x* _y_"),
        item("One", 1) + item("two", 1),
    ],
)
def test_a_table_with_a_style_may_hold_more_than_a_line(held: str, tmp_path: Path) -> None:
    """Word gives each table a style, which once came to the page with such cells."""
    style = '<w:tblPr><w:tblStyle w:val="TableGrid"/></w:tblPr>'
    rows = (p("Drug") + "|" + p("Dose"), held + "|" + p("5 mg"))
    made = "".join(
        "<w:tr>" + "".join(f"<w:tc><w:tcPr/>{c}</w:tc>" for c in row.split("|")) + "</w:tr>"
        for row in rows
    )
    grid = "<w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>"
    body = p("Knee", "Title") + p("Care", "Heading1") + f"<w:tbl>{style}{grid}{made}</w:tbl>"
    report = build.press(word(tmp_path / "knee.docx", body + p("End.")), "knee.docx", "knee")
    shown = "\n".join(report.pages.values())
    assert "<td" in shown
    assert "custom-style" not in shown
