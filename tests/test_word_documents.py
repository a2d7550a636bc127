"""A Word document for each thing that a leaflet may hold, and what the patient's page has of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from clinicpress import build
from clinicpress.report import Report
from documents import PNG, cell, item, p, picture, relation, run, table, word

REST = "Rest for two days after it, and drink water."
HEAD = p("Knee injection", "Title") + p("Before", "Heading1") + p(REST)
AFTER = p("After", "Heading1") + p("Tell us if you are in pain.")
IMAGE = relation("rPic", "image", "media/a.png")


def press(path: Path) -> Report:
    return build.press(path, path.name, "leaflet")


def page(report: Report, name: str = "before.md") -> str:
    """Return a page below its front matter, each run of white space one space."""
    return " ".join(report.pages[name].split("---", 2)[-1].split())


def made(tmp_path: Path, inner: str, **more: str) -> Report:
    """Press a leaflet with something in its section "Before"."""
    return press(word(tmp_path / "knee.docx", HEAD + inner + AFTER, more))


# --- Links and notes

MARK = '<w:bookmarkStart w:id="{0}" w:name="{1}"/>{2}<w:bookmarkEnd w:id="{0}"/>'


def test_a_link_to_a_heading_leads_to_its_page(tmp_path: Path) -> None:
    link = f'<w:hyperlink w:anchor="_Toc1">{run("what to do after")}</w:hyperlink>'
    body = (
        HEAD
        + p(link)
        + f"<w:p><w:pPr><w:pStyle w:val='Heading1'/></w:pPr>{MARK}</w:p>".format(
            1, "_Toc1", run("After")
        )
    )
    report = press(word(tmp_path / "knee.docx", body + p("Tell us if you are in pain.")))
    assert "[what to do after](after.md)" in page(report)


def test_a_link_to_a_bookmark_leads_to_where_it_stands(tmp_path: Path) -> None:
    link = f'<w:hyperlink w:anchor="pain">{run("about pain")}</w:hyperlink>'
    body = HEAD + p(link) + p("After", "Heading1")
    body += "<w:p>" + MARK.format(1, "pain", run("Pain")) + run(" is common.") + "</w:p>"
    report = press(word(tmp_path / "knee.docx", body))
    assert "[about pain](after.md" in page(report)
    assert report.findings == ()


def test_a_cross_reference_field_keeps_its_text(tmp_path: Path) -> None:
    field = '<w:fldSimple w:instr=" REF pain \\h ">' + run("the part on pain") + "</w:fldSimple>"
    assert "See the part on pain" in page(made(tmp_path, p(run("See ") + field)))


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_notes_stand_on_the_page_that_has_them(kind: str, tmp_path: Path) -> None:
    mark = f'<w:r><w:{kind}Reference w:id="2"/></w:r>'
    note = f'<w:{kind} w:id="2">{p("Ask your pharmacist.")}</w:{kind}>'
    report = made(tmp_path, p(run("Take it with water.") + mark), **{f"{kind}s": note})
    shown = page(report)
    assert re.search(r"Take it with water\.\[\^1\].*\[\^1\]: Ask your pharmacist\.", shown)
    assert "pharmacist" not in page(report, "after.md")


def test_a_web_link_keeps_its_address(tmp_path: Path) -> None:
    link = f'<w:hyperlink r:id="rWeb">{run("our site")}</w:hyperlink>'
    relations = relation("rWeb", "hyperlink", "https://example.org/knee", outside=True)
    path = word(tmp_path / "knee.docx", HEAD + p(link) + AFTER, relations=relations)
    assert "[our site](https://example.org/knee)" in page(press(path))


# --- Tables and lists


def test_merged_cells_and_cells_of_many_lines_keep_every_word(tmp_path: Path) -> None:
    rows = [
        cell("Day") + cell("What to do", properties='<w:gridSpan w:val="2"/>'),
        cell("Monday", properties='<w:vMerge w:val="restart"/>') + cell("Rest") + cell("Cool it"),
        cell("", properties="<w:vMerge/>") + cell("Walk a little.", "Then sit.") + cell("Drink"),
    ]
    report = made(tmp_path, table(*rows))
    shown = page(report)
    for text in ("Day", "What to do", "Monday", "Rest", "Cool it", "Walk a little.", "Then sit."):
        assert shown.count(text) >= 1, text
    assert "<table" in shown or "|" in shown


NUMBERS = (
    '<w:abstractNum w:abstractNumId="1">'
    + "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        f'<w:lvlText w:val="%{n + 1}."/></w:lvl>'
        for n in range(2)
    )
    + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">'
    '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
)


def test_nested_lists_stay_nested(tmp_path: Path) -> None:
    items = item("Lie down", 1) + item("on a bed", 1, 1) + item("on a sofa", 1, 1) + item("Wait", 1)
    report = made(tmp_path, items, numbering=NUMBERS)
    lines = report.pages["before.md"].splitlines()
    assert "1.  Lie down" in lines
    assert any(re.fullmatch(r" {4}1\. +on a bed", line) for line in lines)
    assert "2.  Wait" in lines


def test_a_list_that_begins_anew_begins_at_one(tmp_path: Path) -> None:
    items = item("Lie down", 1) + item("Wait", 1) + p("Then:") + item("Get up", 2)
    lines = made(tmp_path, items, numbering=NUMBERS).pages["before.md"].splitlines()
    assert "2.  Wait" in lines
    assert "1.  Get up" in lines


# --- Pictures


def pictured(tmp_path: Path, inner: str, target: str = "media/a.png") -> Report:
    path = tmp_path / "knee.docx"
    relations = relation("rPic", "image", target)
    return press(word(path, HEAD + inner + AFTER, None, {f"word/{target}": PNG}, relations))


def test_a_picture_is_named_by_its_content_and_keeps_its_description(tmp_path: Path) -> None:
    report = pictured(tmp_path, p(picture("A knee from the side")))
    ((name, data),) = report.leaflet.document.media.items()
    assert re.fullmatch(r"images/[0-9a-f]{12}\.png", name)
    assert data == PNG
    assert f"![A knee from the side]({name})" in page(report)
    assert not [f for f in report.findings if "picture" in f.problem]


def test_a_picture_without_a_description_is_found(tmp_path: Path) -> None:
    report = pictured(tmp_path, p(picture("")))
    (finding,) = report.findings
    assert finding.problem == "a picture has no description, in the section “Before”"
    assert "what it shows" in finding.remedy


def test_a_caption_stands_below_its_picture(tmp_path: Path) -> None:
    inner = p(picture("A knee")) + p("Figure 1: The knee and its cap", "Caption")
    shown = page(pictured(tmp_path, inner))
    assert re.search(r"!\[A knee\]\(images/.*\).*Figure 1: The knee and its cap", shown)


# --- Characters


def test_raised_and_lowered_letters_stay_so(tmp_path: Path) -> None:
    up = run("3", '<w:vertAlign w:val="superscript"/>')
    down = run("2", '<w:vertAlign w:val="subscript"/>')
    shown = page(made(tmp_path, p(run("10") + up + run(" cells and H") + down + run("O"))))
    assert "10^3^ cells and H~2~O" in shown


def test_spaces_that_do_not_break_are_kept(tmp_path: Path) -> None:
    report = made(tmp_path, p("Take 5\u00a0ml at 10\u202f°C."))
    assert re.search("Take 5(\u00a0|&nbsp;)ml at 10\u202f°C", report.pages["before.md"])


def test_text_from_right_to_left_is_kept_as_it_is_written(tmp_path: Path) -> None:
    arabic = "خذ قسطا من الراحة لمدة يومين"
    inner = f"<w:p><w:pPr><w:bidi/></w:pPr>{run(arabic, '<w:rtl/>')}</w:p>"
    assert arabic in page(made(tmp_path, inner))


# --- What Word keeps beside the text

BY = 'w:author="A" w:date="2026-01-01T00:00:00Z"'


def test_changes_are_accepted_and_comments_counted(tmp_path: Path) -> None:
    inner = f'<w:ins w:id="1" {BY}>{run("Rest for two days. ")}</w:ins>'
    inner += f'<w:del w:id="2" {BY}><w:r><w:delText>Walk at once. </w:delText></w:r></w:del>'
    inner += f'<w:commentRangeStart w:id="3"/>{run("Drink water.")}<w:commentRangeEnd w:id="3"/>'
    inner += '<w:r><w:commentReference w:id="3"/></w:r>'
    comment = f'<w:comment w:id="3" {BY}>{p("Is this so?")}</w:comment>'
    report = made(tmp_path, f"<w:p>{inner}</w:p>", comments=comment)
    assert "Rest for two days. Drink water." in page(report)
    assert "Walk at once" not in "".join(report.pages.values())
    assert "Is this so" not in "".join(report.pages.values())
    assert any("comment" in what and what.endswith(": 1") for what in report.leaflet.removed)


def test_moved_text_stands_where_it_was_moved_to(tmp_path: Path) -> None:
    inner = f'<w:p><w:moveFrom w:id="1" {BY}>{run("Drink tea.")}</w:moveFrom>{run("One.")}</w:p>'
    inner += f'<w:p>{run("Two. ")}<w:moveTo w:id="2" {BY}>{run("Drink tea.")}</w:moveTo></w:p>'
    assert "One. Two. Drink tea." in page(made(tmp_path, inner))


def test_the_result_of_a_field_is_kept_and_its_code_is_not(tmp_path: Path) -> None:
    parts = ["begin", "separate", "end"]
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{x}"/></w:r>' for x in parts)
    code = '<w:r><w:instrText xml:space="preserve"> DATE \\@ "yyyy" </w:instrText></w:r>'
    shown = page(
        made(tmp_path, p(run("Printed in ") + begin + code + separate + run("2026") + end))
    )
    assert "Printed in 2026" in shown
    assert "DATE" not in shown


def test_the_text_of_content_controls_is_kept(tmp_path: Path) -> None:
    control = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>"
    inner = control.format(p("Ring the ward first."))
    inner += "<w:p>" + run("Ask for ") + control.format(run("the knee nurse")) + "</w:p>"
    shown = page(made(tmp_path, inner))
    assert "Ring the ward first. Ask for the knee nurse" in shown


def test_a_table_of_contents_is_dropped_and_said_so(tmp_path: Path) -> None:
    gallery = "<w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj>"
    lines = p("Contents", "TOCHeading") + p("Before 2", "TOC1") + p("After 3", "TOC1")
    contents = f"<w:sdt><w:sdtPr>{gallery}</w:sdtPr><w:sdtContent>{lines}</w:sdtContent></w:sdt>"
    body = p("Knee injection", "Title") + contents + HEAD.split("</w:p>", 1)[1] + AFTER
    report = press(word(tmp_path / "knee.docx", body))
    assert "Before 2" not in "".join(report.pages.values())
    assert any("table of contents" in what for what in report.leaflet.removed)
    assert [h.text for h in report.leaflet.headings] == ["Before", "After"]


STYLE = '<w:style w:type="paragraph" w:styleId="{}"><w:name w:val="{}"/></w:style>'
FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
LISTS = f'{FIELD.format("begin")}<w:r><w:instrText> TOC \\o "1-3" </w:instrText></w:r>'


def test_a_table_of_contents_of_another_language_is_dropped(tmp_path: Path) -> None:
    """Word keeps the names of its styles in English; their identifiers are its own language's."""
    styles = STYLE.format("TtuloTDC", "TOC Heading") + STYLE.format("TDC1", "toc 1")
    styles += STYLE.format("Ttulo1", "heading 1")
    body = p("Índice", "TtuloTDC") + p("Antes 2", "TDC1") + p("Antes", "Ttulo1") + p("Descanse.")
    report = press(word(tmp_path / "rodilla.docx", body + p("Riesgos", "Ttulo1") + p("Sangra."),
                        {"styles": styles}))  # fmt: skip
    shown = "".join(report.pages.values())
    assert "Índice" not in shown
    assert "Antes 2" not in shown
    assert [h.text for h in report.leaflet.headings] == ["Antes", "Riesgos"]


@pytest.mark.parametrize(
    "contents",
    [
        p(LISTS + FIELD.format("separate") + run("Before 2")) + p("After 3" )
        + p(FIELD.format("end")),
        p(LISTS + FIELD.format("separate") + FIELD.format("end")),
        p(LISTS + FIELD.format("separate") + run("Before 2") + FIELD.format("begin")
          + "<w:r><w:instrText>PAGEREF _Toc1</w:instrText></w:r>" + FIELD.format("separate")
          + run("2") + FIELD.format("end")) + p(run("After 3") + FIELD.format("end")),
    ],
)  # fmt: skip
def test_what_a_field_made_of_the_headings_is_dropped(contents: str, tmp_path: Path) -> None:
    gallery = "<w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj>"
    framed = f"<w:sdt><w:sdtPr>{gallery}</w:sdtPr><w:sdtContent>{p('Contents')}{contents}"
    report = made(tmp_path, framed + "</w:sdtContent></w:sdt>" + p("Eat well."))
    shown = "".join(report.pages.values())
    assert "Eat well." in shown
    assert [line for line in ("Contents", "Before 2", "After 3") if line in shown] == []
    assert any("table of contents" in what for what in report.leaflet.removed)


@pytest.mark.parametrize(
    "contents",
    [
        p(LISTS + FIELD.format("separate") + run("Before 2")) + p("Eat well."),
        p(run("Eat well.") + LISTS + FIELD.format("separate") + run("2") + FIELD.format("end")),
        p(LISTS + FIELD.format("separate") + FIELD.format("end") + run("Eat well.")),
        p(FIELD.format("begin") + "<w:r><w:instrText>DATE</w:instrText></w:r>"
          + FIELD.format("separate") + run("TOC Eat well.") + FIELD.format("end")),
        "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/>"
        "</w:docPartObj></w:sdtPr><w:sdtContent/></w:sdt>" + p("Eat well."),
    ],
)  # fmt: skip
def test_no_text_of_the_author_goes_with_a_table_of_contents(contents: str, tmp_path: Path) -> None:
    assert "Eat well." in page(made(tmp_path, contents))


def test_page_headers_and_footers_are_named(tmp_path: Path) -> None:
    report = made(tmp_path, p(REST), header1=p("Knee team"), footer1=p("Leaflet 12, version 3"))
    removed = " ".join(report.leaflet.removed)
    assert "“Knee team”" in removed
    assert "“Leaflet 12, version 3”" in removed
    assert "version 3" not in "".join(report.pages.values())
