"""What Word shows and pandoc drops: on the page as text, named in the report, or the run stops."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from clinicpress import build
from clinicpress.errors import ClinicpressError
from clinicpress.office import dropcaps, equations, fields, signs
from clinicpress.report import Report
from documents import OPEN, open_document, p, relation, run, word

HEAD = p("Knee", "Title") + p("Care", "Heading1") + p("This is what we do after it, each time.")
END = p("Rest", "Heading1") + p("Rest for two days, then walk.")
DRAWING = f'xmlns:a="{OPEN}/drawingml/2006/main" xmlns:dgm="{OPEN}/drawingml/2006/diagram"'


def made(
    folder: Path, body: str, files: Mapping[str, bytes] | None = None, relations: str = ""
) -> Report:
    path = word(folder / "knee.docx", HEAD + body + END, None, files, relations)
    return build.press(path, path.name, "leaflet")


def care(report: Report) -> str:
    """Return the page "Care" below its front matter."""
    return " ".join(report.pages["care.md"].split("---", 2)[-1].split())


# --- Drawings


def point(name: str, *lines: str, kind: str = "node") -> str:
    inner = "".join(f"<a:p><a:r><a:t>{line}</a:t></a:r></a:p>" for line in lines)
    return f'<dgm:pt modelId="{name}" type="{kind}"><dgm:t>{inner}</dgm:t></dgm:pt>'


def smart_art(points: str, joins: str = "") -> dict[str, bytes]:
    inner = f"<dgm:ptLst>{points}</dgm:ptLst><dgm:cxnLst>{joins}</dgm:cxnLst>"
    return {"word/diagrams/data1.xml": f"<dgm:m {DRAWING}>{inner}</dgm:m>".encode()}


ART = (
    f'<w:r><w:drawing><a:graphic><a:graphicData><dgm:relIds {DRAWING} r:dm="rD"/>'
    "</a:graphicData></a:graphic></w:drawing></w:r>"
)
TO_ART = relation("rD", "diagramData", "diagrams/data1.xml")


def test_the_points_of_smart_art_stand_below_its_paragraph_in_order(tmp_path: Path) -> None:
    joins = '<dgm:cxn srcId="0" destId="2" srcOrd="0"/><dgm:cxn srcId="0" destId="1" srcOrd="1"/>'
    points = point("0", kind="doc") + point("1", "Then fast 6 hours") + point("2", "Stop &amp; go")
    report = made(tmp_path, p(ART), smart_art(points, joins), TO_ART)
    assert "Stop & go Then fast 6 hours" in care(report)
    assert any("text box" in line and "fast 6 hours" in line for line in report.leaflet.removed)


def test_smart_art_that_can_not_be_found_stops_the_run(tmp_path: Path) -> None:
    with pytest.raises(ClinicpressError, match="stop aspirin"):
        made(tmp_path, p(ART), smart_art(point("1", "Stop aspirin")), "")


@pytest.mark.parametrize("quote", ['"', "'"])
def test_word_art_stands_below_its_paragraph(quote: str, tmp_path: Path) -> None:
    art = f"<v:textpath on='t' string={quote}CALL NOW &amp; WAIT{quote}/>"
    report = made(tmp_path, p(f"<w:r><w:pict><v:shape>{art}</v:shape></w:pict></w:r>"))
    assert "CALL NOW & WAIT" in care(report)


def test_the_words_of_a_chart_are_in_the_report(tmp_path: Path) -> None:
    title = "<a:p><a:r><a:t>Risk of </a:t></a:r><a:r><a:t>clot</a:t></a:r></a:p>"
    chart = f'<c:c {DRAWING} xmlns:c="c">{title}<c:v>Without</c:v><c:v>12</c:v></c:c>'
    files = {"word/charts/chart1.xml": chart.encode()}
    told = made(tmp_path, p("See the chart."), files).leaflet.removed
    assert told == ("a chart, which is on no page: “Risk of clot Without 12”",)


def test_the_words_of_a_chart_of_an_open_document_are_in_the_report(tmp_path: Path) -> None:
    chart = b'<chart:chart xmlns:chart="c" xmlns:text="t"><text:p>Risk</text:p></chart:chart>'
    path = tmp_path / "knee.odt"
    open_document(path, "<text:p>See it.</text:p>", files={"Object 1/content.xml": chart})
    told = build.press(path, path.name, "leaflet").leaflet.removed
    assert told == ("a chart, which is on no page: “Risk”",)


MAIL = (
    b"MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n"
    b"Content-Transfer-Encoding: quoted-printable\n\n<p>Chunk w=\nords</p>\n"
)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("chunk.html", b"<html><body><p>Chunk words</p></body></html>"),
        ("chunk.mht", MAIL),
        ("chunk.txt", b"Chunk words"),
        ("chunk.rtf", rb"{\rtf1 Chunk words\par}"),
        ("chunk.docx", b""),
        ("chunk.xyz", b"Chunk words"),
    ],
)
def test_a_file_that_stands_for_text_stops_the_run(name: str, data: bytes, tmp_path: Path) -> None:
    if name.endswith("docx"):
        data = word(tmp_path / name, p("Chunk words")).read_bytes()
    relations = relation("rX", "aFChunk", name)
    with pytest.raises(ClinicpressError, match=r"chunk words|chunk xyz"):
        made(tmp_path, '<w:altChunk r:id="rX"/>', {f"word/{name}": data}, relations)


# --- Fields


def begin(form: str = "") -> str:
    data = f"<w:ffData>{form}</w:ffData>" if form else ""
    return f'<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r>'


def does(text: str) -> str:
    return f'<w:r><w:instrText xml:space="preserve">{text}</w:instrText></w:r>'


SEPARATE, DONE = (f'<w:r><w:fldChar w:fldCharType="{x}"/></w:r>' for x in ("separate", "end"))


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ('<w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox>', "☒ You may drive"),
        ('<w:checkBox><w:default w:val="1"/></w:checkBox>', "☒ You may drive"),
        ('<w:checkBox><w:default w:val="1"/><w:checked w:val="0"/></w:checkBox>', "☐ You may"),
        ("<w:checkBox/>", "☐ You may drive"),
        ('<w:ddList><w:result w:val="1"/><w:default w:val="0"/><w:listEntry w:val="5 mg"/>'
         '<w:listEntry w:val="10 &lt; mg"/></w:ddList>', "10 \\< mg You may drive"),
        ('<w:ddList><w:listEntry w:val="5 mg"/></w:ddList>', "5 mg You may drive"),
        ('<w:ddList><w:result w:val="7"/></w:ddList>', " You may drive"),
    ],
)  # fmt: skip
def test_a_form_shows_what_is_chosen(form: str, shown: str, tmp_path: Path) -> None:
    field = begin(form) + does(" FORM ") + SEPARATE + DONE
    assert shown in care(made(tmp_path, p(field + run(" You may drive at any time."))))


def test_the_result_of_a_field_in_the_instruction_of_another_is_no_text(tmp_path: Path) -> None:
    inner = begin() + does(" MERGEFIELD n ") + SEPARATE + run("1") + DONE
    field = (
        begin() + does(' IF "') + inner + does('" = "1" "take" ') + SEPARATE + run("take") + DONE
    )
    report = made(tmp_path, p(run("You should ") + field + run(" 5 a day.")))
    assert "You should take 5 a day." in care(report)
    assert report.leaflet.removed == (fields.HIDDEN.format("1"),)


def test_a_field_that_makes_a_fraction_is_one(tmp_path: Path) -> None:
    field = begin() + does(" EQ \\f(1,2) ") + SEPARATE + DONE
    assert "Take 1/2 tablet." in care(made(tmp_path, p(run("Take ") + field + run(" tablet."))))


def test_another_formula_of_a_field_stops_the_run(tmp_path: Path) -> None:
    field = begin() + does(" EQ \\r(3,x) ") + SEPARATE + DONE
    with pytest.raises(ClinicpressError, match=r"the equation EQ \\r\(3,x\)"):
        made(tmp_path, p(run("Take ") + field + run(" tablet.")))


def test_a_number_that_word_counts_is_named(tmp_path: Path) -> None:
    field = begin() + does(" LISTNUM ") + SEPARATE + DONE
    told = made(tmp_path, p(field + run(" Lie down at once."))).leaflet.removed
    assert told == (fields.UNCOUNTED.format("“Lie down at once.”"),)


@pytest.mark.parametrize("part", [b"", b"<w:fldChar", b"<w:d><w:fldChar w:fldCharType='end'/>"])
def test_what_is_broken_is_left_as_it_is(part: bytes) -> None:
    assert fields.read(part) == fields.Read(part)


# --- Signs


def sym(font: str, char: str) -> str:
    return f'<w:r><w:sym w:font="{font}" w:char="{char}"/></w:r>'


def in_font(font: str, text: str) -> str:
    return run(text, f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/><w:b/>')


@pytest.mark.parametrize(
    ("runs", "shown"),
    [
        (run("5 ") + sym("Symbol", "F06D") + run("g"), "5 μg "),
        (run("38") + sym("Symbol", "F0B0") + run("C"), "38°C "),
        (run("5 ") + in_font("Symbol", "\uf06d") + run("g"), "5 **μ**g "),
        (run("5 ") + in_font("Symbol", "m") + run("g"), "5 **μ**g "),
        (in_font("Wingdings", "ü") + run(" swim"), "**✓** swim "),
        (run("5 ") + sym("Calibri", "03BC") + run("g"), "5 μg "),
        (sym("MS Gothic", "2610") + run("swim"), "☐swim "),
        (sym("Wingdings", "F081") + run("swim"), "①swim "),
        (sym("Wingdings", "F0FE") + run(" swim"), "☑ swim "),
        (sym("Wingdings 2", "0050") + run(" swim"), "✓ swim "),
        (sym("Wingdings", "F0CB") + run(" swim"), "🙪 swim "),
        (run("Day 1") + "<w:r><w:ptab w:leader='dot'/></w:r>" + run("5 mg"), "Day 1 5 mg "),
        (run("Day 1") + "<w:r><w:cr/></w:r>" + run("5 mg"), "Day 1 5 mg "),
    ],
)
def test_a_sign_is_the_letter_that_it_stands_for(runs: str, shown: str, tmp_path: Path) -> None:
    line = runs + run(" as we told you before.")
    assert shown in care(made(tmp_path, p(line)))


def test_a_sign_of_a_font_that_nobody_knows_is_named(tmp_path: Path) -> None:
    line = run("Dose ") + sym("Secret Signs", "F041") + run(" as we told you before.")
    report = made(tmp_path, p(line))
    assert "Dose □ as we" in care(report)
    assert report.leaflet.removed == (signs.UNREAD.format("Secret Signs", "□", 1),)


@pytest.mark.parametrize("part", [b"", b"<w:sym", b'<w:d><w:r><w:sym w:char=""/></w:r>'])
def test_signs_that_are_broken_are_left_as_they_are(part: bytes) -> None:
    assert signs.read(part) == fields.Read(part)


# --- Equations


def t(text: str) -> str:
    return f"<m:r><w:rPr><w:i/></w:rPr><m:t>{text}</m:t></m:r>"


def over(above: str, below: str) -> str:
    return f"<m:f><m:fPr/><m:num>{above}</m:num><m:den>{below}</m:den></m:f>"


def up(base: str, power: str) -> str:
    return f"<m:sSup><m:e>{base}</m:e><m:sup>{power}</m:sup></m:sSup>"


def in_brackets(inner: str, more: str = "") -> str:
    return f"<m:d><m:dPr>{more}</m:dPr><m:e>{inner}</m:e></m:d>"


@pytest.mark.parametrize(
    ("inner", "shown"),
    [
        (t("≤5"), "≤ 5 "),
        (t("x=5"), "x \\= 5 "),
        (t("\U0001d465"), "x "),
        (t("BMI=") + over(t("weight"), up(t("height"), t("2"))), "BMI \\= weight / height^2^ "),
        (over(t("1"), t("2")), "1/2 "),
        (over(t("a+b"), t("2")), "(a+b) / 2 "),
        (t("2") + over(t("1"), t("2")) + t("mg"), "2 1/2 mg "),
        (over(t("1"), t("2")) + t("x"), "(1/2)x "),
        (t("x") + over(t("a"), t("b")) + t("y"), "x(a / b)y "),
        (t("x=") + over(t("a"), t("b")) + t("+y"), "x \\= a / b+y "),
        (t("10⁵·2½"), "10⁵·2½ "),
        (up(up(t("x"), t("2")), t("3")), "(x^2^)^3^ "),
        (up(in_brackets(t("a+b")), t("2")), "(a+b)^2^ "),
        (up(t("a+b"), t("2")), "(a+b)^2^ "),
        (in_brackets(t("a"), '<m:begChr m:val="|"/><m:endChr m:val="|"/>'), "\\|a\\| "),
        (f"<m:rad><m:deg/><m:e>{t('2')}</m:e></m:rad>", "√2 "),
        (f"<m:sSub><m:e>{t('H')}</m:e><m:sub>{t('2')}</m:sub></m:sSub>{t('O')}", "H~2~O "),
        (f"<m:func><m:fName>{t('log')}</m:fName><m:e>{t('x')}</m:e></m:func>", "log x "),
    ],
)
def test_an_equation_stands_in_a_line(inner: str, shown: str, tmp_path: Path) -> None:
    line = f"{run('Take ')}<m:oMath>{inner}</m:oMath>{run(' as we told you.')}"
    report = made(tmp_path, p(line))
    assert f"Take {shown}as we told you." in care(report)
    drawn = any("equation" in line for line in report.leaflet.removed)
    assert drawn == ("m:f>" in inner or "m:rad" in inner)


def test_an_equation_in_a_line_of_its_own_is_read(tmp_path: Path) -> None:
    line = f"<w:p><m:oMathPara><m:oMathParaPr/><m:oMath>{t('x=5')}</m:oMath></m:oMathPara></w:p>"
    assert "x \\= 5" in care(made(tmp_path, line))


@pytest.mark.parametrize(
    "inner",
    [
        f"<m:nary><m:sub>{t('i')}</m:sub><m:sup/><m:e>{t('x')}</m:e></m:nary>",
        up(up(t("i"), t("2")), t("x")).replace("<m:sup>", f"<m:sup>{up(t('a'), t('b'))}", 1),
        f"<m:rad><m:deg>{t('i')}</m:deg><m:e>{t('x')}</m:e></m:rad>",
        "<m:e>" * 150 + t("ix") + "</m:e>" * 150,
    ],
)
def test_an_equation_that_no_line_can_say_stops_the_run(inner: str, tmp_path: Path) -> None:
    with pytest.raises(ClinicpressError, match="the equation ") as stopped:
        made(tmp_path, p(f"{run('Take ')}<m:oMath>{inner}</m:oMath>"))
    assert "picture" in stopped.value.remedy


@pytest.mark.parametrize("part", [b"", b"<m:oMath", b"<w:d><m:oMath>"])
def test_equations_that_are_broken_are_left_as_they_are(part: bytes) -> None:
    assert equations.read(part) == fields.Read(part)


# --- Drop caps


def dropped(text: str, kind: str = "drop") -> str:
    look = '<w:position w:val="-10"/><w:sz w:val="110"/>'
    return p(text, look=look, more=f'<w:framePr w:dropCap="{kind}" w:lines="3"/>')


@pytest.mark.parametrize("kind", ["drop", "margin"])
def test_a_large_first_letter_begins_its_word(kind: str, tmp_path: Path) -> None:
    mark = '<w:bookmarkStart w:id="1" w:name="x"/><w:bookmarkEnd w:id="1"/>'
    body = dropped("D", kind) + mark + p("o not eat before the test.")
    assert "Do not eat before the test." in care(made(tmp_path, body))


def test_a_large_letter_before_a_table_is_left_where_it_is() -> None:
    part = f"<w:d>{dropped('D')}<w:tbl>{p('o not')}</w:tbl></w:d>".encode()
    assert dropcaps.read(part).part == part
    part = f"<w:d>{dropped('D')}<w:p><w:pPr/></w:p></w:d>".encode()
    assert dropcaps.read(part).part == part
    part = f"<w:d>{dropped('D')}<w:p/>{p('o not')}</w:d>".encode()
    assert dropcaps.read(part).part == part


@pytest.mark.parametrize(
    ("part", "left"),
    [
        (b"<w:p><m:oMath/><w:r></w:r></w:p>", b"<w:p><w:r></w:r></w:p>"),
        (b"<w:p><m:oMath></m:oMath>x</w:p>", b"<w:p>x</w:p>"),
    ],
)
def test_a_tag_that_closes_itself_is_cut_alone(part: bytes, left: bytes) -> None:
    assert equations.read(part).part == left


# --- Readings above letters


def ruby(base: str, reading: str) -> str:
    above = f'<w:rt>{run(reading, """<w:sz w:val="10"/>""")}</w:rt>'
    inner = f"<w:rubyPr/>{above}<w:rubyBase>{run(base)}</w:rubyBase>"
    return f"<w:r><w:rPr/><w:ruby>{inner}</w:ruby></w:r>"


@pytest.mark.parametrize(
    ("base", "reading", "shown"),
    [("漢字", "かんじ", "漢字(かんじ)を"), ("漢字", " ", "漢字を"), ("", "かんじ", "(かんじ)を")],
)
def test_a_reading_stands_behind_its_letters(
    base: str, reading: str, shown: str, tmp_path: Path
) -> None:
    report = made(tmp_path, p(run("この") + ruby(base, reading) + run("を読んでください。")))
    assert f"この{shown}読んでください。" in care(report)
    assert any("in brackets behind them now: 1" in line for line in report.leaflet.removed)
