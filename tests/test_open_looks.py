"""Letters of OpenDocument that a parent's or a paragraph's style makes bold, struck or raised."""

from __future__ import annotations

from pathlib import Path

import pytest

from clinicpress import build
from clinicpress.errors import ClinicpressError
from clinicpress.office import opensigns, openstyles
from documents import ODF_SPACES, open_document

REST = " as we told you before, at each visit."
UP, DOWN = 'style:text-position="super 58%"', 'style:text-position="-33% 58%"'
STRUCK, TWICE = (
    'style:text-line-through-style="solid"', 'style:text-line-through-type="double"'
)  # fmt: skip
BOLD, LEAN = 'fo:font-weight="bold"', 'fo:font-style="italic"'
COLOR = 'fo:color="#000000"'


def style(name: str, look: str, kind: str = "text", parent: str = "") -> str:
    base = f' style:parent-style-name="{parent}"' if parent else ""
    return (
        f'<style:style style:name="{name}" style:family="{kind}"{base}>'
        f"<style:text-properties {look}/></style:style>"
    )


def span(text: str, name: str) -> str:
    return f'<text:span text:style-name="{name}">{text}</text:span>'


def line(inner: str, name: str = "") -> str:
    return f'<text:p text:style-name="{name}">{inner}</text:p>'


def shown(folder: Path, body: str, own: str = "", named: str = "") -> str:
    sheet = f"<office:styles>{named}</office:styles>"
    whole = f"<office:document-styles {ODF_SPACES}>{sheet}</office:document-styles>"
    path = open_document(folder / "knee.odt", body, own, {"styles.xml": whole.encode()})
    pages = build.press(path, path.name, "leaflet").pages
    return " ".join(" ".join(page.split("---", 2)[-1] for page in pages.values()).split())


@pytest.mark.parametrize(
    ("own", "named", "page"),
    [
        (style("T", COLOR, parent="Base"), style("Base", UP), "10^5^ as"),
        (style("T", COLOR, parent="Base"), style("Base", DOWN), "10~5~ as"),
        (style("T", COLOR, parent="Base"), style("Base", STRUCK), "10~~5~~ as"),
        (style("T", TWICE), "", "10~~5~~ as"),
        (style("T", COLOR, parent="Base"), style("Base", BOLD), "10**5** as"),
        (style("T", COLOR, parent="Base"), style("Base", LEAN), "10*5* as"),
        (style("T", UP, parent="Base"), style("Base", 'style:text-position="0% 100%"'), "10^5^ as"),
        (style("T", 'style:text-position="0% 100%"', parent="Base"), style("Base", UP), "105 as"),
        (style("T", COLOR, parent="Base") + style("Base", UP), "", "10^5^ as"),
    ],
)
def test_a_span_looks_as_the_parent_of_its_style(
    own: str, named: str, page: str, tmp_path: Path
) -> None:
    assert page in shown(tmp_path, line("Take 10" + span("5", "T") + REST), own, named)


@pytest.mark.parametrize(
    ("look", "page"),
    [
        (STRUCK, "~~Do not stop it.~~"),
        (BOLD, "**Do not stop it.**"),
        (LEAN, "*Do not stop it.*"),
        (UP, " Do not stop it."),
    ],
)
@pytest.mark.parametrize("is_named", [True, False])
def test_a_paragraph_looks_as_its_style(
    look: str, page: str, is_named: bool, tmp_path: Path
) -> None:
    sheet = style("P", look, "paragraph")
    body = line("Rest" + REST) + line("Do not stop it.", "P") + line("Rest" + REST)
    assert page in shown(tmp_path, body, *(("", sheet) if is_named else (sheet, "")))


def test_a_span_in_a_paragraph_can_be_plain(tmp_path: Path) -> None:
    own = style("P", STRUCK, "paragraph")
    own += style("T", 'style:text-line-through-style="none"')
    body = line("Rest" + REST) + line("Do not " + span("stop", "T") + " it.", "P")
    assert "~~Do not~~ stop ~~it.~~" in shown(tmp_path, body, own)


def test_lines_in_bold_by_their_style_are_headings(tmp_path: Path) -> None:
    own = style("P", BOLD, "paragraph")
    body = line("Knee") + line("Rest" + REST)
    body += line("Before", "P") + line("Rest" + REST) + line("After", "P") + line("Rest" + REST)
    path = open_document(tmp_path / "knee.odt", body, own)
    headings = build.press(path, path.name, "leaflet").leaflet.headings
    assert [heading.text for heading in headings] == ["Before", "After"]


def test_headings_are_not_bold_in_themselves(tmp_path: Path) -> None:
    own = style("P", BOLD, "paragraph", "Heading_20_1")
    head = '<text:h text:outline-level="1" text:style-name="P">Care</text:h>'
    assert "**" not in shown(tmp_path, head + line("Rest" + REST), own)


@pytest.mark.parametrize("given", ["", "<office:automatic-styles/>"])
def test_a_text_without_styles_of_its_own_gets_some(given: str, tmp_path: Path) -> None:
    body = line("Rest" + REST) + line("Do not stop it.", "P")
    whole = (
        f"<office:document-content {ODF_SPACES}>{given}<office:body><office:text>{body}"
        "</office:text></office:body></office:document-content>"
    )
    named = f"<office:styles>{style('P', STRUCK, 'paragraph')}</office:styles>"
    sheet = f"<office:document-styles {ODF_SPACES}>{named}</office:document-styles>"
    files = {"content.xml": whole.encode(), "styles.xml": sheet.encode()}
    path = open_document(tmp_path / "knee.odt", "", files=files)
    page = build.press(path, path.name, "leaflet").pages["index.md"]
    assert "~~Do not stop it.~~" in page


def test_a_style_of_the_text_goes_before_one_of_its_name_in_the_sheet(tmp_path: Path) -> None:
    own = '<style:style style:name="S" style:family="text"/>'
    body = line("Take 5 " + span("m", "S") + "g" + REST)
    assert "Take 5 mg as" in shown(tmp_path, body, own, style("S", SYMBOL))


# --- Letters in a font of signs

SYMBOL = 'style:font-name="Symbol"'
FACE = (
    '<style:font-face style:name="Odd" svg:font-family="&apos;Wingdings 2&apos;" '
    'style:font-charset="x-symbol"/>'
)


@pytest.mark.parametrize(
    ("own", "named", "typed", "page"),
    [
        (style("T", SYMBOL), "", "m", "5 μg"),
        (style("T", SYMBOL), "", "\uf06d", "5 μg"),
        (style("T", COLOR, parent="Base"), style("Base", SYMBOL), "m", "5 μg"),
        ("", style("T", SYMBOL), "&lt;", "5 <g"),
        (style("T", "fo:font-family=\"'Wingdings 3'\""), "", "g", "5 →g"),
        (FACE + style("T", 'style:font-name="Odd"'), "", "P", "5 ✓g"),
        (style("T", SYMBOL) + style("U", 'style:font-name="Arial"'), "", span("m", "U"), "5 mg"),
    ],
)
def test_a_letter_in_a_font_of_signs_is_its_sign(
    own: str, named: str, typed: str, page: str, tmp_path: Path
) -> None:
    body = line("Take 5 " + span(typed, "T") + "g" + REST)
    assert page in shown(tmp_path, body, own, named).replace("\\", "").replace("&lt;", "<")


@pytest.mark.parametrize("name", ["P", "Q"])
def test_a_line_in_a_font_of_signs_is_its_signs(name: str, tmp_path: Path) -> None:
    named = style("P", SYMBOL, "paragraph") + style("Q", COLOR, "paragraph", "P")
    body = line("Rest" + REST) + line("m" + span("g", "T") + "m", name)
    own = style("T", 'style:font-name="Arial"')
    assert "μgμ" in shown(tmp_path, body, own, named)


def test_a_note_in_a_line_of_signs_has_a_font_of_its_own(tmp_path: Path) -> None:
    note = (
        '<text:note text:note-class="footnote"><text:note-citation>m</text:note-citation>'
        f"<text:note-body>{line('Ask for 5 mg.')}</text:note-body></text:note>"
    )
    body = line("Rest" + REST) + line(f"m{note} m", "P")
    page = shown(tmp_path, body, style("P", SYMBOL, "paragraph"))
    assert "μ[^1] μ" in page
    assert "Ask for 5 mg." in page


def test_a_sign_that_nobody_here_knows_stops_the_run(tmp_path: Path) -> None:
    body = line("Take " + span("ZY", "T") + REST)
    with pytest.raises(ClinicpressError) as caught:
        shown(tmp_path, body, style("T", 'style:font-name="Webdings"'))
    assert "“ZY” (in “the font Webdings: Take ZY as we told" in caught.value.problem
    assert "in an ordinary font" in caught.value.remedy


@pytest.mark.parametrize("data", [b"", b"PK", b"<text:p/>"])
def test_what_is_broken_is_left_as_it_is(data: bytes) -> None:
    assert openstyles.plainly(data) == data
    assert opensigns.spelled(data).data == data
