"""Letters of Word that a style or their place raises, strikes or makes bold: so on the page too."""

from __future__ import annotations

from pathlib import Path

import pytest

from clinicpress import build
from clinicpress.office import styling
from documents import p, run, word

HEAD = p("Knee", "Title") + p("Care", "Heading1") + p("This is what we do after it, each time.")
END = p("Rest", "Heading1") + p("Rest for two days, then walk.")
STYLE = (
    '<w:style w:type="{kind}" w:styleId="{name}"><w:name w:val="{called}"/>'
    '<w:basedOn w:val="{base}"/><w:rPr>{look}</w:rPr></w:style>'
)


def style(
    name: str, look: str = "", kind: str = "character", base: str = "", called: str = ""
) -> str:
    return STYLE.format(kind=kind, name=name, called=called or name, base=base, look=look)


UP, STRIKE, TWICE = '<w:vertAlign w:val="superscript"/>', "<w:strike/>", "<w:dstrike/>"
SHEET = (
    style("Up", UP) + style("Upper", base="Up") + style("Not", STRIKE) + style("Loud", "<w:b/>")
    + style("Lean", "<w:i/>") + style("Gone", TWICE, "paragraph")
    + style("Big", "<w:b/>", "paragraph") + style("Bigger", "", "paragraph", "Big")
    + style("Heading1", "<w:b/>", "paragraph", called="heading 1")
    + style("Title", "<w:b/>", "paragraph", called="Title")
    + style("Low", '<w:position w:val="-4"/>')
)  # fmt: skip


def shown(folder: Path, body: str, name: str = "care.md") -> str:
    path = word(folder / "knee.docx", HEAD + body + END, {"styles": SHEET})
    return " ".join(build.press(path, path.name, "leaflet").pages[name].split())


def by(name: str, text: str) -> str:
    return run(text, f'<w:rStyle w:val="{name}"/>')


@pytest.mark.parametrize(
    ("runs", "page"),
    [
        (run("10") + by("Up", "5"), "10^5^"),
        (run("10") + by("Upper", "5"), "10^5^"),
        (run("10") + run("5", '<w:position w:val="8"/>'), "10^5^"),
        (run("H") + run("2", '<w:position w:val="-2"/>') + run("O"), "H~2~O"),
        (run("H") + by("Low", "2") + run("O"), "H~2~O"),
        (run("10") + run("5", '<w:position w:val="0"/>'), " 105 "),
        (run("10") + run("5", f'<w:rStyle w:val="Up"/>{UP}'), "10^5^"),
        (by("Not", "do not") + run(" stop"), "~~do not~~ stop"),
        (run("do not", TWICE) + run(" stop"), "~~do not~~ stop"),
        (run("do not", '<w:dstrike w:val="0"/>') + run(" stop"), " do not stop"),
        (run("Do ") + by("Loud", "not"), "Do **not**"),
        (run("Do ") + by("Lean", "not"), "Do *not*"),
        (run("Do ") + run("not", '<w:rStyle w:val="Loud"/><w:b w:val="0"/>'), " Do not"),
    ],
)
def test_a_run_looks_on_the_page_as_in_word(runs: str, page: str, tmp_path: Path) -> None:
    assert page in shown(tmp_path, p(runs + run(" as we told you, each day.")))


def test_a_paragraph_looks_as_its_style_says(tmp_path: Path) -> None:
    body = p("Do not stop it.", "Gone") + p(
        "Ring the ward if it bleeds for long, please.", "Bigger"
    )
    page = shown(tmp_path, body)
    assert "~~Do not stop it.~~" in page
    assert "**Ring the ward if it bleeds for long, please.**" in page


def test_what_both_styles_make_bold_stands_out_as_plain(tmp_path: Path) -> None:
    line = run("Ring us if it bleeds for long, ") + by("Loud", "day") + run(" or night.")
    assert "**Ring us if it bleeds for long,** day **or night.**" in shown(tmp_path, p(line, "Big"))


def test_headings_are_not_bold_in_themselves(tmp_path: Path) -> None:
    assert "# Care This is" in shown(tmp_path, "")


def test_a_line_that_is_raised_as_a_whole_is_a_line(tmp_path: Path) -> None:
    assert " Drink water." in shown(tmp_path, p("Drink water.", look='<w:position w:val="6"/>'))


def test_the_number_of_a_note_is_not_raised_twice(tmp_path: Path) -> None:
    mark = '<w:r><w:rPr><w:rStyle w:val="Up"/></w:rPr><w:footnoteReference w:id="2"/></w:r>'
    note = f'<w:footnote w:id="2">{p("Ask us.")}</w:footnote>'
    parts = {"styles": SHEET, "footnotes": note}
    path = word(tmp_path / "knee.docx", HEAD + p(run("Take it.") + mark) + END, parts)
    assert "Take it.[^1]" in build.press(path, path.name, "leaflet").pages["care.md"]


@pytest.mark.parametrize("data", [b"", b"PK", b"<w:p/>"])
def test_what_is_broken_is_left_as_it_is(data: bytes) -> None:
    assert styling.plainly(data) == data
