"""Text that the styles of a page write is on the page; what can't be written is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from clinicpress import build, conservation
from clinicpress.report import Report
from clinicpress.web import contents, generated, stylesheet


def press(folder: Path, style: str, body: str) -> Report:
    page = f"<title>Ear</title><style>{style}</style><h1>Ear</h1><p>Rest well.</p>{body}"
    (folder / "ear.html").write_text(page, encoding="utf-8")
    report = build.press(folder / "ear.html", "ear.html", "leaflet")
    assert report.proved
    return report


def shown(style: str, body: str) -> str:
    sheet = stylesheet.of_page(f"<style>{style}</style>")
    return generated.spelled(body, sheet).html


def words(style: str, body: str) -> str:
    return " / ".join(filter(None, conservation.html_paragraphs(shown(style, body))))


WRITTEN = {
    ".w::before{content:'Warning: '}": ("<p class=w>Hot.</p>", "Warning: Hot."),
    '.w:before{content:"Do not"; display:block}': ("<p class=w>run</p>", "Do not / run"),
    ".w:after{content:' (daily)'}": ("<p class=w>1 g</p>", "1 g (daily)"),
    ".w::after{content:'daily'; display:block}": ("<p class=w>1 g</p>", "1 g / daily"),
    "#n .w > b::before{content:'not '}": ("<i id=n><u><s class=w><b>x</b></s></u></i>", "not x"),
    "#n > b::before{content:'not '}": ("<i id=n><u><b>x</b></u></i>", "x"),
    ".w b::before{content:'not '}": ("<p>a</p><p><b>x</b></p>", "a / x"),
    "::before{content:'!'}p::before{content:'a; {b} /* c */'}": ("<p>x</p>", "a; {b} /* c */x"),
    "/* don't */ .w::before{content:'\\002717  '}": ("<p class=w>x</p>", "✗ x"),
    ".w::before{content:'\\2717'}": ("<p class=w>x</p>", "✗ x"),
    ".w::before{content:'say \\'no\\'\\A or '}": ("<p class=w>x</p>", "say 'no'\nor x"),
    ".w::before{content:attr(data-n) '. '}": ("<p class=w data-n=4>x</p>", "4. x"),
    ".w::before{content:open-quote}.w::after{content:close-quote}": ("<i class=w>x</i>", "“x”"),
    ".w::before{content:'→' / 'go to'}": ("<p class=w>x</p>", "→x"),
    ".w::before{content:'û';font-family:Wingdings}": ("<p class=w>x</p>", "✗ x"),
    "ul::before{content:'Never:'}ul::after{content:'ever'}": (
        "<ul><li>run</li></ul>",
        "Never:  / run / ever",
    ),
    ".no li::before{content:'✗'}": ("<ul class=no><li><p>run</p></li></ul>", "✗ run"),
    "li::marker{content:'✗ '}": ("<ul><li>run</li></ul>", "✗ run"),
    "ul{list-style-type:'✗ '}": ("<ul><li>Run</li></ul>", "✗ Run"),
    "ul{list-style:'No: ' inside}": ("<ul><li>run</li></ul>", "No: run"),
    "p::after{content:'.'}": ("<p>a<div>b</div>", "a / b / ."),
}
QUIET = {
    "p::before{content:''}": "<p>x</p>",
    "p::before{content:none}": "<p>x</p>",
    "p::before{content:' • '}": "<p>x</p>",
    "p::before{content:'Not'; display:none}": "<p>x</p>",
    "p::before{content:'Not'}.w::before{content:''}": "<p class=w>x</p>",
    "@media print{p::before{content:'Not'}}": "<p>x</p>",
    "p::before{content:url(a.png)}": "<p>x<br/></p></b>",
    "q::before{content:open-quote}": "<p><q>x</q></p>",
    "tr::before, br::before{content:'Not'}": "<table><tr><td>x<br></td></tr></table>",
    "ol li::before{content:counter(n) '. '}": "<ol><li>x</li></ol>",
    "a:hover::before{content:'...'}": "<a href=x>x</a>",
}


@pytest.mark.parametrize(("style", "given"), WRITTEN.items(), ids=list(WRITTEN))
def test_text_of_styles_stands_in_the_page(style: str, given: tuple[str, str]) -> None:
    body, expected = given
    assert words(style, body) == " ".join(expected.split("\n"))


@pytest.mark.parametrize(("style", "body"), QUIET.items(), ids=list(QUIET))
def test_styles_that_write_nothing_change_nothing(style: str, body: str) -> None:
    found = generated.spelled(body, stylesheet.of_page(f"<style>{style}</style>"))
    assert found == generated.Generated(body)


def test_it_is_on_the_pages_and_told(tmp_path: Path) -> None:
    style = ".no::before{content:'Do not '} ul{list-style:'✗ '}"
    body = "<p class=no>drive for a week after this.</p><ul><li>cheese</li><li>wine</li></ul>"
    report = press(tmp_path, style, body)
    said = "".join(report.pages.values())
    assert "Do not drive for a week" in said
    assert "-   ✗ cheese\n-   ✗ wine" in said
    assert (
        "text that the page's style writes, which is text of the page now: “Do not”, “✗”"
        in report.leaflet.removed
    )


def test_it_is_in_the_html_of_markdown(tmp_path: Path) -> None:
    path = tmp_path / "ear.md"
    path.write_text("# Ear\n\n<ul style=\"list-style:'✗ '\"><li>run</li></ul>\n", encoding="utf-8")
    assert "✗ run" in build.press(path, path.name, "leaflet").pages["index.md"]


TOLD = {
    "p::before{counter-increment:n;content:'Step ' counter(n)}": "numbers that the page's style",
    "h1::before{content:'\\f071'}": "signs of a font of the page's own",
    "p:first-child::before{content:'Never '}": "(at “p:first-child::before”)",
    "p::before{content:'\\110000'}": "“\ufffd”",
}


@pytest.mark.parametrize(("style", "told"), TOLD.items(), ids=list(TOLD))
def test_what_is_not_known_is_told(style: str, told: str, tmp_path: Path) -> None:
    assert told in " ".join(press(tmp_path, style, "<p>Go.</p>").leaflet.removed)


def test_pieces_of_no_form_end_a_text() -> None:
    assert contents.text("'a' ; 'b'", {}) == contents.Text("a")


def test_a_sheet_of_strings_takes_little_time() -> None:
    sheet = "/*" * 100_000 + '"\\"' * 100_000 + "\n" + "p::before{content:'\\" * 20_000
    assert list(stylesheet.blocks(sheet)) == []


def test_many_rules_and_elements_take_little_time() -> None:
    style = "".join(f".s{n}:before{{content:'\\f{n:03x}'}}" for n in range(2_000))
    assert shown(style, "<i class=s2001>x</i>" * 5_000).count("x") == 5_000
