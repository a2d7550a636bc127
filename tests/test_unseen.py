"""Text that its author hid in Word or OpenDocument is on no page, and is named in the report."""

from __future__ import annotations

from pathlib import Path

import pytest

from clinicpress import build
from clinicpress.office import unseen
from clinicpress.report import Report
from documents import open_document, p, run, word

HIDE, SHOW = "<w:vanish/>", '<w:vanish w:val="0"/>'
HEAD = p("Knee", "Title") + p("Care", "Heading1")
SECRET = "style:name='S' style:family='{}'><style:text-properties text:display='none'/>"


def press(path: Path) -> Report:
    return build.press(path, path.name, "leaflet")


def shown(report: Report) -> str:
    return "\n".join(report.pages.values())


def hidden(report: Report) -> list[str]:
    return [what for what in report.leaflet.removed if what.startswith("hidden text")]


def test_a_hidden_run_of_word_is_on_no_page_and_is_named(tmp_path: Path) -> None:
    body = HEAD + p(run("Dose: ") + run("50 mg ", HIDE) + run("twice.")) + p("Rest.")
    report = press(word(tmp_path / "knee.docx", body))
    assert "Dose: twice." in shown(report)
    assert "50 mg" not in shown(report)
    assert hidden(report) == ["hidden text: “50 mg”"]


@pytest.mark.parametrize("off", ["0", "false", "off"])
def test_a_run_that_is_not_hidden_after_all_stays(off: str, tmp_path: Path) -> None:
    body = HEAD + p(run("Take 50 mg.", f'<w:vanish w:val="{off}"/>')) + p("Rest.", more=HIDE)
    report = press(word(tmp_path / "knee.docx", body))
    assert "Take 50 mg." in shown(report)
    assert "Rest." in shown(report)
    assert not hidden(report)


def test_a_run_hidden_by_its_style_is_named_too(tmp_path: Path) -> None:
    style = (
        '<w:style w:type="character" w:styleId="Unseen"><w:name w:val="Unseen"/>'
        f"<w:rPr>{HIDE}</w:rPr></w:style>"
    )
    body = HEAD + p(run("Rest. ") + run("Not this.", '<w:rStyle w:val="Unseen"/>')) + p("More.")
    report = press(word(tmp_path / "knee.docx", body, parts={"styles": style}))
    assert "Not this" not in shown(report)
    assert hidden(report) == ["hidden text: “Not this.”"]


def test_a_paragraph_hidden_by_its_style_is_named_too(tmp_path: Path) -> None:
    sheet = '<w:style w:type="paragraph" w:styleId="{0}"><w:name w:val="{0}"/>{1}</w:style>'
    styles = sheet.format("Base", f"<w:rPr>{HIDE}</w:rPr>")
    styles += sheet.format("Note", '<w:basedOn w:val="Base"/>')
    styles += sheet.format("Seen", f'<w:basedOn w:val="Base"/><w:rPr>{SHOW}</w:rPr>')
    body = HEAD + p("Rest.") + p("For staff.", "Note") + p("Eat.", "Seen")
    body += p(run("Drink.", SHOW) + run("Not this.", ""), "Note")
    report = press(word(tmp_path / "knee.docx", body, parts={"styles": styles}))
    assert [word for word in ("Rest", "Eat", "Drink") if word not in shown(report)] == []
    assert hidden(report) == ["hidden text: “For staff.”", "hidden text: “Not this.”"]


@pytest.mark.parametrize(
    "body",
    [
        '<text:p>Dose: <text:span text:style-name="S">50 <text:s/>mg</text:span> twice.</text:p>',
        '<text:p>Dose: twice.</text:p><text:p text:style-name="S">50 mg</text:p>',
        '<text:p>Dose: twice.</text:p><text:section text:name="a" text:display="none">'
        "<text:p>50 mg</text:p></text:section>",
        "<table:table><table:table-column table:number-columns-repeated='2'/><table:table-row>"
        "<table:table-cell table:number-columns-spanned='2'><text:p>Dose: twice.</text:p>"
        "</table:table-cell><table:covered-table-cell><text:p>50 mg</text:p>"
        "</table:covered-table-cell></table:table-row></table:table>",
    ],
)
def test_hidden_text_of_open_document_is_on_no_page_and_is_named(body: str, tmp_path: Path) -> None:
    styles = "".join(
        f"<style:style {SECRET.format(family)}</style:style>" for family in ("text", "paragraph")
    )
    text = f'<text:h text:outline-level="1">Care</text:h>{body}<text:p>Rest.</text:p>'
    report = press(open_document(tmp_path / "knee.odt", text, styles))
    assert " ".join(shown(report).split()).count("Dose: twice.") >= 1
    assert "50 mg" not in shown(report)
    assert hidden(report) == ["hidden text: “50 mg”"]


@pytest.mark.parametrize("data", [b"", b"PK\3\4", b"none"])
def test_a_broken_file_is_left_to_its_reader(data: bytes) -> None:
    assert unseen.without(data) == (data, ())
