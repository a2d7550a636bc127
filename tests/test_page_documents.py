"""What a leaflet may hold as a web page or an OpenDocument text, and what its page has of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from clinicpress import build, rendering
from clinicpress.report import Report
from documents import PNG, open_document


def press(path: Path) -> Report:
    return build.press(path, path.name, "leaflet")


def page(report: Report, name: str = "before.md") -> str:
    return re.sub(r"[ \n]+", " ", report.pages[name].split("---", 2)[-1]).strip()


# --- Web pages


def web(tmp_path: Path, inner: str) -> Report:
    html = f"<h1>Knee injection</h1><h2>Before</h2><p>Rest.</p>{inner}<h2>After</h2><p>Walk.</p>"
    (tmp_path / "knee.html").write_text(html, encoding="utf-8")
    return press(tmp_path / "knee.html")


HTML = {
    "a list that starts at 3": ('<ol start="3"><li>Wait</li><li>Go</li></ol>', "3. Wait 4. Go"),
    "nested lists": ("<ul><li>Eat<ul><li>bread</li></ul></li></ul>", "- Eat - bread"),
    "a definition list": ("<dl><dt>Sprain</dt><dd>A torn band.</dd></dl>", "Sprain : A torn band."),
    "raised letters": ("<p>10<sup>3</sup> and H<sub>2</sub>O</p>", "10^3^ and H~2~O"),
    "a link to a heading": ('<h3 id="x">Food</h3><p>See <a href="#x">it</a>.</p>', "[it](#x)"),
    "a space that does not break": ("<p>5&nbsp;ml</p>", "5&nbsp;ml"),
    "a line break": ("<p>One<br>Two</p>", "One Two"),
}  # fmt: skip


@pytest.mark.parametrize("case", HTML)
def test_what_a_web_page_holds(case: str, tmp_path: Path) -> None:
    html, shown = HTML[case]
    assert shown in page(web(tmp_path, html)).replace("\u00a0", "&nbsp;")


def test_a_list_on_the_built_page_begins_where_it_did(tmp_path: Path) -> None:
    text = web(tmp_path, '<ol start="3"><li>Wait</li></ol>').pages["before.md"]
    assert '<ol start="3">' in rendering.render(text.split("---", 2)[-1])


def test_merged_cells_of_a_web_page_keep_every_word(tmp_path: Path) -> None:
    html = (
        '<table><tr><th>Day</th><th colspan="2">What to do</th></tr><tr><td rowspan="2">Monday</td>'
        "<td>Rest</td><td>Cool it</td></tr><tr><td><p>Walk.</p><p>Sit.</p></td><td>Drink</td></tr>"
        "</table>"
    )
    shown = page(web(tmp_path, html))
    for text in ("Day", "What to do", "Monday", "Rest", "Cool it", "Walk.", "Sit.", "Drink"):
        assert text in shown


def test_a_figure_of_a_web_page_is_a_picture_and_its_caption(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(PNG)
    html = '<figure><img src="a.png" alt="A knee"><figcaption>The knee</figcaption></figure>'
    report = web(tmp_path, html)
    assert re.search(r"!\[A knee\]\(images/[0-9a-f]{12}\.png\) The knee", page(report))
    assert [h.text for h in report.leaflet.headings] == ["Before", "After"]


def test_a_place_in_a_web_page_can_be_linked_to(tmp_path: Path) -> None:
    html = (
        '<p>See <a href="#pain">about pain</a>.</p><h2>Then</h2><p><a id="pain"></a>It hurts.</p>'
    )
    report = web(tmp_path, html)
    assert "[about pain](then.md)" in page(report)
    assert report.findings == ()
    assert "<" not in page(report, "then.md")


def test_text_from_right_to_left_in_a_web_page_is_kept(tmp_path: Path) -> None:
    arabic = "خذ قسطا من الراحة"
    assert arabic in page(web(tmp_path, f'<p dir="rtl">{arabic}</p>'))


def test_a_picture_of_a_web_page_without_a_description_is_found(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(PNG)
    (finding,) = web(tmp_path, '<p>Look: <img src="a.png"></p>').findings
    assert finding.problem == "a picture has no description, in the section “Before”"


@pytest.mark.parametrize("mark", ["1", "<sup>1</sup>"])
@pytest.mark.parametrize("after", [".", "and so on."])
def test_the_number_of_a_note_may_stand_close_on_words(
    mark: str, after: str, tmp_path: Path
) -> None:
    note = f'<p>Take it<a href="#n" id="r" role="doc-noteref">{mark}</a>{after}</p>'
    note += '<section role="doc-endnotes"><ol><li id="n"><p>Ask us.</p></li></ol></section>'
    assert f"Take it[^1]{after}" in page(web(tmp_path, note))


# --- OpenDocument


def h(text: str, level: int = 2) -> str:
    return f'<text:h text:outline-level="{level}">{text}</text:h>'


def p(inner: str) -> str:
    return f"<text:p>{inner}</text:p>"


def open_text(tmp_path: Path, inner: str, styles: str = "") -> Report:
    body = h("Knee injection", 1) + h("Before") + p("Rest.") + inner + h("After") + p("Walk.")
    path = open_document(tmp_path / "knee.odt", body, styles, {"Pictures/a.png": PNG})
    return press(path)


def items(*inner: str, more: str = "") -> str:
    rows = "".join(f"<text:list-item>{each}</text:list-item>" for each in inner)
    return f"<text:list{more}>{rows}</text:list>"


CELL = "<table:table-cell>{}</table:table-cell>"
WIDE = '<table:table-cell table:number-columns-spanned="2">{}</table:table-cell>'
NOTE = (
    '<text:note text:note-class="{0}"><text:note-citation>1</text:note-citation><text:note-body>'
    "<text:p>Ask us.</text:p></text:note-body></text:note>"
)
ODT = {
    "nested lists": (items(p("Eat") + items(p("bread"))), ["Eat", "bread"]),
    "a footnote": (p("Take it." + NOTE.format("footnote")), ["Take it.[^1]", "[^1]: Ask us."]),
    "an endnote": (p("Take it." + NOTE.format("endnote")), ["Take it.[^1]", "[^1]: Ask us."]),
    "a bookmark": (
        p('See <text:a xlink:href="#pain">about pain</text:a>.')
        + p('<text:bookmark text:name="pain"/>It hurts.'),
        ["about pain", "It hurts."],
    ),
    "a cross-reference": (
        p('See <text:bookmark-ref text:ref-name="pain">page 3</text:bookmark-ref>.')
        + p('<text:bookmark-start text:name="pain"/>It hurts.')
        + p('<text:bookmark-end text:name="pain"/>It stops.'),
        ["page 3", "It hurts."],
    ),
    "merged cells": (
        "<table:table><table:table-column table:number-columns-repeated='2'/><table:table-row>"
        + WIDE.format(p("What to do")) + "<table:covered-table-cell/></table:table-row>"
        + "<table:table-row>" + CELL.format(p("Monday")) + CELL.format(p("Rest") + p("Sit"))
        + "</table:table-row></table:table>",
        ["What to do", "Monday", "Rest", "Sit"],
    ),
    "a table in a cell": (
        "<table:table><table:table-column/><table:table-row>" + CELL.format(
            p("Doses") + "<table:table><table:table-column/><table:table-row>"
            + CELL.format(p("Drug")) + CELL.format(p("5 mg")) + "</table:table-row></table:table>")
        + "</table:table-row></table:table>",
        ["Doses", "Drug", "5 mg"],
    ),
    "a field": (p("On <text:date>3 May</text:date> we call."), ["On 3 May we call."]),
    "several spaces and a tab": (p("One<text:s text:c='3'/>two<text:tab/>three"), ["One", "three"]),
    "right to left": (p("خذ قسطا"), ["خذ قسطا"]),
}  # fmt: skip


@pytest.mark.parametrize("case", ODT)
def test_what_an_open_document_holds(case: str, tmp_path: Path) -> None:
    inner, shown = ODT[case]
    text = page(open_text(tmp_path, inner))
    for words in shown:
        assert words in text


def test_changes_and_comments_of_an_open_document(tmp_path: Path) -> None:
    gone = "<text:changed-region text:id='c1'><text:deletion><office:change-info/>"
    gone += "<text:p>Walk at once.</text:p></text:deletion></text:changed-region>"
    comment = "<office:annotation><dc:creator>A</dc:creator><text:p>Is this so?</text:p>"
    comment += "</office:annotation>"
    body = f"<text:tracked-changes>{gone}</text:tracked-changes>" + h("Knee injection", 1)
    body += h("Before") + p("<text:change text:change-id='c1'/>Rest." + comment) + h("After")
    report = press(open_document(tmp_path / "knee.odt", body + p("Walk.")))
    shown = "".join(report.pages.values())
    assert "Walk at once" not in shown
    assert "Is this so" not in shown
    assert any("comment" in what and what.endswith(": 1") for what in report.leaflet.removed)


def test_a_picture_of_an_open_document(tmp_path: Path) -> None:
    frame = '<draw:frame><draw:image xlink:href="Pictures/a.png"/><svg:title>A knee</svg:title>'
    report = open_text(tmp_path, p(frame + "</draw:frame>"))
    ((name, data),) = report.leaflet.document.media.items()
    assert data == PNG
    assert f"![A knee]({name})" in page(report)
    assert report.findings == ()


def test_a_table_of_contents_of_an_open_document_is_dropped(tmp_path: Path) -> None:
    index = "<text:table-of-content><text:index-body>" + p("Before 2") + "</text:index-body>"
    report = open_text(tmp_path, index + "</text:table-of-content>")
    assert "Before 2" not in "".join(report.pages.values())
    assert any("table of contents" in what for what in report.leaflet.removed)


PICTURES = {
    "in a figure": '<figure><img src=no.png alt="Where it hurts"><figcaption>Figure 1</figcaption>'
    "</figure>",
    "alone": '<p><img src=no.png alt="Where it hurts"></p>',
    "two": '<p><img src=no.png alt="Where"> <img src=no.png alt="it hurts"></p>',
}


@pytest.mark.parametrize("inner", PICTURES.values(), ids=PICTURES)
def test_the_description_of_a_missing_picture_is_no_heading(inner: str, tmp_path: Path) -> None:
    path = tmp_path / "knee.html"
    after = "<p>Walk a little more every day.</p>"
    path.write_text(f"<p>Rest your knee well today.</p>{inner}{after}", encoding="utf-8")
    report = press(path)
    assert "Where it hurts" in page(report, "index.md")
    assert report.leaflet.headings == ()
