"""Letters of Word in a font of signs, wherever it is named: on the page as what they show."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from clinicpress import build
from clinicpress.errors import ClinicpressError
from clinicpress.office.styles import Styles
from documents import OPEN, cell, p, relation, run, table, word

HEAD = p("Knee", "Title") + p("Care", "Heading1") + p("This is what we do after it, each time.")
END = p("Rest", "Heading1") + p("Rest for two days, then walk.")
NAMED = (
    '<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style>'
)
TO_THEME = relation("rT", "theme", "theme/theme1.xml")


def fonts(name: str) -> str:
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}"/>'


def style(kind: str, name: str, inner: str, more: str = "") -> str:
    return (
        f'<w:style w:type="{kind}" w:styleId="{name}"{more}><w:name w:val="{name}"/>{inner}'
        "</w:style>"
    )


def look(inner: str) -> str:
    return f"<w:rPr>{inner}</w:rPr>"


def theme(font: str) -> Mapping[str, bytes]:
    sorts = f'<a:minorFont><a:latin typeface="{font}"/><a:ea typeface=""/></a:minorFont>'
    inner = f"<a:themeElements><a:fontScheme>{sorts}</a:fontScheme></a:themeElements>"
    whole = f'<a:theme xmlns:a="{OPEN}/drawingml/2006/main">{inner}</a:theme>'
    return {"word/theme/theme1.xml": whole.encode()}


def shown(
    folder: Path, body: str, sheet: str = "", files: Mapping[str, bytes] | None = None
) -> str:
    parts = {"styles": sheet + NAMED}
    path = word(folder / "knee.docx", HEAD + body + END, parts, files, TO_THEME if files else "")
    return " ".join(build.press(path, path.name, "leaflet").pages["care.md"].split())


SIGN = style("character", "Sign", look(fonts("Symbol")))


@pytest.mark.parametrize("name", ["Sign", "Child"])
def test_the_font_of_a_style_of_letters_counts(name: str, tmp_path: Path) -> None:
    sheet = SIGN + style("character", "Child", '<w:basedOn w:val="Sign"/>')
    line = run("Take 5 ") + run("m", f'<w:rStyle w:val="{name}"/>') + run("g a day.")
    assert "Take 5 μg a day" in shown(tmp_path, p(line), sheet)


@pytest.mark.parametrize("font", ["Symbol", "SymbolMT", " symbol "])
def test_the_font_of_a_paragraphs_style_counts(font: str, tmp_path: Path) -> None:
    sheet = style("paragraph", "Greek", look(fonts(font)))
    line = run("Take 5 ", fonts("Arial")) + run("m") + run("g a day.", fonts("Arial"))
    assert "Take 5 μg a day." in shown(tmp_path, p(line, "Greek"), sheet)


def test_the_font_of_a_tables_style_counts(tmp_path: Path) -> None:
    sheet = style("table", "Greek", look(fonts("Symbol")))
    rows = table(cell("m") + cell("m"), cell("m") + cell("m"))
    rows = rows.replace("<w:tblPr/>", '<w:tblPr><w:tblStyle w:val="Greek"/></w:tblPr>')
    page = shown(tmp_path, rows + p("5 mg each day, as told."), sheet)
    assert page.count("μ") == 4
    assert "5 mg each" in page


def test_a_font_of_signs_for_some_cells_alone_stops_the_run(tmp_path: Path) -> None:
    first = f'<w:tblStylePr w:type="firstCol">{look(fonts("Symbol"))}</w:tblStylePr>'
    rows = table(cell("m") + cell("m"), cell("m") + cell("m"))
    rows = rows.replace("<w:tblPr/>", '<w:tblPr><w:tblStyle w:val="Greek"/></w:tblPr>')
    with pytest.raises(ClinicpressError, match="the font Symbol: m"):
        shown(tmp_path, rows, style("table", "Greek", first))


DEFAULTS = "<w:docDefaults><w:rPrDefault>{}</w:rPrDefault></w:docDefaults>"


@pytest.mark.parametrize(
    ("given", "files"),
    [
        (style("paragraph", "Normal", look(fonts("Symbol")), ' w:default="1"'), {}),
        (fonts("Symbol"), {}),
        ('<w:rFonts w:asciiTheme="minorHAnsi" w:hAnsiTheme="minorHAnsi"/>', theme("Symbol")),
    ],
)
def test_the_font_of_all_letters_counts(
    given: str, files: Mapping[str, bytes], tmp_path: Path
) -> None:
    sheet = given if "styleId" in given else DEFAULTS.format(look(given))
    sheet += style("paragraph", "Text", look(fonts("Arial")))
    line = run("Take 5 ", fonts("Arial")) + run("m") + run("g a day.", fonts("Arial"))
    body = p(line) + p("All else is in letters.", "Text")
    path = word(tmp_path / "knee.docx", body, {"styles": sheet}, files, TO_THEME if files else "")
    page = " ".join(build.press(path, path.name, "leaflet").pages["index.md"].split())
    assert "Take 5 μg a day. All else is in letters." in page


def test_the_font_of_a_theme_comes_before_the_one_beside_it(tmp_path: Path) -> None:
    given = '<w:rFonts w:ascii="Symbol" w:asciiTheme="minorAscii" w:hAnsi="Symbol"/>'
    line = run("Take 5 ") + run("m", given) + run("g a day.")
    assert "Take 5 mg a day." in shown(tmp_path, p(line), "", theme("Calibri"))


def test_letters_of_a_plain_font_within_a_style_of_signs_stay(tmp_path: Path) -> None:
    line = run("Take 5 ") + run("m", f'<w:rStyle w:val="Sign"/>{fonts("Arial")}') + run("g a day.")
    assert "Take 5 mg a day." in shown(tmp_path, p(line), SIGN)


TEXT_BOX = "<w:r><w:pict><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></w:pict></w:r>"


def test_a_box_within_a_line_has_styles_of_its_own(tmp_path: Path) -> None:
    sheet = style("paragraph", "Greek", look(fonts("Symbol")))
    body = p(run("m") + TEXT_BOX.format(p("5 mg in the box.")) + run("m"), "Greek")
    page = shown(tmp_path, body, sheet)
    assert "μμ" in page
    assert "5 mg in the box." in page


@pytest.mark.parametrize(
    ("font", "typed", "sign"),
    [
        ("Wingdings", "o", "☐"),
        ("Wingdings", "\xa8", "☐"),
        ("Wingdings 2", "P", "✓"),
        ("Wingdings 2", "O", "✗"),
        ("Wingdings 2", "R", "☑"),
        ("Wingdings 2", "\uf050", "✓"),
        ("Wingdings 3", "g", "→"),
        ("Webdings", "a", "✓"),
        ("Webdings", "c", "☐"),
        ("Webdings", "\xc9", "☎"),
        ("ZapfDingbats", "4", "✔"),
        ("Symbol", "\xa3", "≤"),
    ],
)
def test_a_letter_typed_in_a_font_of_signs_is_its_sign(
    font: str, typed: str, sign: str, tmp_path: Path
) -> None:
    line = run(typed, fonts(font)) + run(" as we told you before.")
    assert f"{sign} as we told you" in shown(tmp_path, p(line))


def test_a_sign_that_nobody_here_knows_stops_the_run_with_font_letters_and_place(
    tmp_path: Path,
) -> None:
    line = run("Take ") + run("ZY", fonts("Webdings")) + run(" each day.")
    with pytest.raises(ClinicpressError) as caught:
        shown(tmp_path, p(line))
    assert "“ZY” (in “the font Webdings: Take ZY each day.”)" in caught.value.problem
    assert "in an ordinary font" in caught.value.remedy


def test_such_a_sign_in_what_was_moved_away_stops_nothing(tmp_path: Path) -> None:
    gone = f'<w:moveFrom w:id="1" w:author="A">{run("ZY", fonts("Webdings"))}</w:moveFrom>'
    assert "Take it each day." in shown(tmp_path, p(run("Take it each day.") + gone))


def test_such_a_sign_may_be_allowed_to_be_lost(tmp_path: Path) -> None:
    line = run("Take ") + run("Z", fonts("Webdings")) + run(" each day.")
    path = word(tmp_path / "knee.docx", HEAD + p(line) + END)
    report = build.press(path, path.name, "leaflet", terms=build.Terms(losses=None))
    assert any("Take □ each day." in page for page in report.pages.values())
    assert [loss.words for loss in report.leaflet.document.losses] == ["Z"]


@pytest.mark.parametrize("broken", [b"", b"<w:styles>", b"<w:styles><w:rFonts/></w:styles>"])
def test_a_broken_sheet_gives_nothing(broken: bytes) -> None:
    assert Styles(broken, broken).look("Sign") == {}
