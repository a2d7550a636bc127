"""Lines in larger letters are headings, in OpenDocument texts and in web pages too."""

from __future__ import annotations

from pathlib import Path

import pytest

from clinicpress import build
from clinicpress.looks import opendocument, webpage
from documents import ODF_SPACES, open_document

NAMES = ("Before", "After", "At home")
TEXT = "You may eat and drink as usual on the day, and walk home when it is done."
THREE = list(NAMES)


def found(path: Path) -> list[str]:
    """The headings of a leaflet, each of them inferred from larger letters."""
    headings = build.press(path, path.name, "leaflet").leaflet.headings
    assert all("larger letters" in heading.reason for heading in headings)
    return [heading.text for heading in headings]


# --- OpenDocument


def style(name: str, size: str = "", parent: str = "Standard", family: str = "paragraph") -> str:
    sized = f'<style:text-properties fo:font-size="{size}"/>' if size else ""
    return (
        f'<style:style style:name="{name}" style:family="{family}" '
        f'style:parent-style-name="{parent}">{sized}</style:style>'
    )


def sheet(usual: str, more: str = "") -> dict[str, bytes]:
    text = (
        f"<office:document-styles {ODF_SPACES}><office:styles>"
        '<style:default-style style:family="paragraph">'
        f'<style:text-properties fo:font-size="{usual}"/></style:default-style>'
        f"{style('Standard', parent='')}{more}</office:styles></office:document-styles>"
    )
    return {"styles.xml": text.encode()}


def line(text: str, style_name: str = "") -> str:
    named = f' text:style-name="{style_name}"' if style_name else ""
    return f"<text:p{named}>{text}</text:p>"


def span(text: str, style_name: str) -> str:
    return f'<text:span text:style-name="{style_name}">{text}</text:span>'


def leaflet(heading: str, title: str = "") -> str:
    """The body of a leaflet; `heading` is a heading's paragraph with {} for its text."""
    parts = [heading.format(name) + line(TEXT) for name in NAMES]
    return (title or heading).format("Knee injection") + line(TEXT) + "".join(parts)


BIG = style("P1", "18pt")
OPEN = {
    "paragraph": (leaflet(line("{}", "P1")), BIG, {}),
    "span": (leaflet(line(span("{}", "T1"))), style("T1", "18pt", "", "text"), {}),
    "span in a span": (
        leaflet(line(span(span("{}", "T2"), "T1"))),
        style("T1", "9pt", "", "text") + style("T2", "0.7cm", "", "text"),
        {},
    ),
    "span as large as that around it": (
        leaflet(line(span(span("{}", "T2"), "T1"))),
        style("T1", "18pt", "", "text") + style("T2", "100%", "", "text"),
        {},
    ),
    "percent of its parent": (leaflet(line("{}", "P1")), style("P1", "150%"), {}),
    "by the style it is based on": (
        leaflet(line("{}", "P1")),
        style("P1", parent="Lead"),
        sheet("12pt", style("Lead", "20pt")),
    ),
    "title larger still": (
        leaflet(line("{}", "P1"), line("{}", "P2")),
        BIG + style("P2", "30pt"),
        {},
    ),
    "with a space, a tab and a bookmark": (
        leaflet(line('<text:bookmark text:name="a"/>' + span("{}", "T1"))),
        style("T1", "18pt", "", "text"),
        {},
    ),
}


@pytest.mark.parametrize(("body", "styles", "files"), OPEN.values(), ids=OPEN)
def test_larger_lines_of_an_open_document_are_headings(
    body: str, styles: str, files: dict[str, bytes], tmp_path: Path
) -> None:
    assert found(open_document(tmp_path / "knee.odt", body, styles, files)) == THREE


NOT_LARGER = {
    "as large as the text": (leaflet(line("{}", "P1")), style("P1", "20pt"), sheet("20pt")),
    "only in part": (leaflet(line("{} " + span("now", "T1"))), style("T1", "30pt", "", "text"), {}),
    "no size": (leaflet(line("{}", "P1")), style("P1", "huge"), {}),
    "styles based on each other": (
        leaflet(line("{}", "P1")), style("P1", parent="P2") + style("P2", parent="P1"), {},
    ),
    "a style that is not there": (leaflet(line("{}", "P7")), "", {}),
}  # fmt: skip


@pytest.mark.parametrize(("body", "styles", "files"), NOT_LARGER.values(), ids=NOT_LARGER)
def test_other_lines_of_an_open_document_are_not_larger(
    body: str, styles: str, files: dict[str, bytes], tmp_path: Path
) -> None:
    path = open_document(tmp_path / "knee.odt", body, styles, files)
    assert opendocument.larger(path.read_bytes()) == {}


def test_a_note_is_no_part_of_the_line_it_is_in(tmp_path: Path) -> None:
    note = (
        '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
        f"<text:note-body>{line('A note.')}</text:note-body></text:note>"
    )
    body = leaflet(line("{}", "P1")) + line("Last" + note, "P1") + line(TEXT)
    path = open_document(tmp_path / "knee.odt", body, BIG)
    assert set(opendocument.larger(path.read_bytes())) == {"Knee injection", *NAMES, "Last"}


@pytest.mark.parametrize("data", [b"", b"PK", b"not a zip at all"])
def test_nothing_is_found_in_what_is_no_open_document(data: bytes) -> None:
    assert opendocument.larger(data) == {}


# --- Web pages

HEAD = "<html><head><style><!-- /* p { } */ %s --></style></head><body>"


def web(heading: str, sheet_text: str = "") -> str:
    parts = "".join(f"{heading.format(name)}<p class=c0>{TEXT}</p>" for name in NAMES)
    return HEAD % sheet_text + heading.format("Knee injection") + f"<p class=c0>{TEXT}</p>{parts}"


WEB = {
    "paragraph": web('<p style="color: red; font-size:18pt">{}</p>'),
    "span": web("<p><span style='FONT-SIZE: 24.0px'>{}</span></p>"),
    "font": web('<p><font face="Arial" size="5">{}</font></p>'),
    "font with a sign": web("<p><font size=+2>{}</font></p>"),
    "named size": web('<div style="font-size: x-large">{}</div>'),
    "times that around": web('<p style="font-size:1.5em">{}</p>'),
    "percent": web('<p><b style="font-size: 140%">{}</b></p>').replace("<b ", "<span "),
    "big": web("<p><big>{}</big></p>"),
    "class of the page's own": web(
        "<p class='lead c1'>{}</p>", ".c1, .c2{color:red;font-size:20pt}"
    ),
    "tag and class": web("<p class=c1>{}</p>", "p.c1 { font-size: 20pt } p {font-size:11pt}"),
    "paragraphs not closed": web('<p style="font-size:18pt">{}').replace("</p>", ""),
    "in the lines of a div": web('<div style="font-size:18pt">{}<br></div>'),
}


@pytest.mark.parametrize("html", WEB.values(), ids=WEB)
def test_larger_lines_of_a_web_page_are_headings(html: str, tmp_path: Path) -> None:
    path = tmp_path / "knee.html"
    path.write_text(html, encoding="utf-8")
    assert found(path) == THREE


SMALL = {
    "as large as the text": web("<p style='font-size:30px'>{}</p>", ".c0{font-size:30px}"),
    "only in part": web("<p>{} <span style='font-size:30px'>now</span></p>"),
    "no size": web("<p style='font-size:calc(1px + 5em)'>{}</p><p><font size=big>x</font></p>"),
    "a negative size": web("<p style='font-size:-30px'>{}</p>"),
    "a dot for a size": web("<p style='font-size:.px'>{}</p>"),
    "another property": web("<p style='x-font-size-y:30px; font-size-adjust:3'>{}</p>"),
    "in a comment of the sheet": web("<p class=c1>{}</p>", "/* .c1{font-size:30px} */"),
    "a selector of another kind": web("<p class=c1>{}</p>", "#a .c1:hover{font-size:30px}"),
    "nothing": "",
    "unended": "<style>" * 50 + "<p style='font-size:30px",
}


@pytest.mark.parametrize("html", SMALL.values(), ids=SMALL)
def test_other_lines_of_a_web_page_are_not_larger(html: str) -> None:
    assert webpage.larger(html) == {}


def test_what_is_not_shown_has_no_size() -> None:
    shown = webpage.larger(f"<script>p</script><p>{TEXT}</p><p style='font-size:40px'>A<br>b</p>")
    assert shown == {"A b": 2.5}


def test_sizes_that_multiply_without_end_are_cut() -> None:
    deep = "<b style='font-size:9999em'>" * 300
    assert webpage.larger(f"<p>{TEXT}</p><p>{deep}A line</p>") == {"A line": 62.5}
