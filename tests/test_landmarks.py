"""A web page as clinics save it: its text is read, what its website puts around it is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from clinicpress import build
from clinicpress.report import Report
from clinicpress.web.landmarks import unframed

TEXT = "<h1>Ear wax</h1><p>Suction.</p><h2>Risks</h2><p>Ringing in the ear.</p>"
NAV = '<nav aria-label="Main"><ul><li><a href="/">Home</a><li>About</ul></nav>'
HEADER = "<header><p>The Ear Clinic</p></header>"
FOOTER = '<div role="contentinfo">© 2026 The Ear Clinic</div>'


def press(folder: Path, body: str) -> Report:
    head = "<head><title>Ear wax | The Ear Clinic</title></head>"
    (folder / "ear.html").write_text(f"<html>{head}<body>{body}</body></html>", encoding="utf-8")
    return build.press(folder / "ear.html", "ear.html", "leaflet")


def shown(report: Report) -> str:
    return " ".join(text.split("---", 2)[-1] for text in report.pages.values())


@pytest.mark.parametrize(
    "main",
    ["<main>{}</main>", '<main id="m" class="x">{}</main >', '<section role="main">{}</section>'],
)
def test_header_footer_and_menu_around_the_main_part_are_named(main: str, tmp_path: Path) -> None:
    report = press(tmp_path, HEADER + NAV + main.format(TEXT) + "<p>Ring us.</p>" + FOOTER)
    assert report.leaflet.document.title == "Ear wax"
    assert [heading.text for heading in report.leaflet.headings] == ["Risks"]
    assert "Ring us." in shown(report)
    assert report.leaflet.removed == (
        "website's header: “The Ear Clinic”",
        "website's menu: “Home About”",
        "website's footer: “© 2026 The Ear Clinic”",
    )


def test_without_a_main_part_only_the_menu_goes(tmp_path: Path) -> None:
    report = press(tmp_path, HEADER + NAV + TEXT + FOOTER)
    assert report.leaflet.removed == ("website's menu: “Home About”",)
    assert "The Ear Clinic" in shown(report)
    assert "2026" in shown(report)


@pytest.mark.parametrize(
    "own",
    [
        "<header><h1>Ear wax</h1><p>For adults</p></header><main><p>Suction.</p></main>",
        "<main><h1>Ear wax</h1><header><p>For adults</p></header></main>",
        "<main><h1>Ear wax</h1></main><article><footer>For adults</footer></article>",
        "<main><h1>Ear wax</h1></main><aside><p>For adults</p></aside>",
        "<main><h1>Ear wax</h1></main><header><p>For adults</p>",  # never closed
    ],
)
def test_what_belongs_to_the_text_stays(own: str, tmp_path: Path) -> None:
    report = press(tmp_path, own + "<h2>Risks</h2><p>Ringing.</p>")
    assert "For adults" in shown(report)
    assert report.leaflet.document.title == "Ear wax"


@pytest.mark.parametrize(
    ("element", "told"),
    [
        ("<p hidden>Not this</p>", "hidden text"),
        ('<div style="color: red; DISPLAY : none">Not <b>this</b></div>', "hidden text"),
        ('<span style="visibility:hidden">Not this</span>', "hidden text"),
        ('<div role="dialog"><h2>Not</h2>this<button>OK</button></div>', "website's message"),
        ("<select><option>Not</option><option>this</option></select>", "field of a form"),
        ("<textarea>Not this</textarea>", "field of a form"),
        ("<video controls><p>Not this</p></video>", "text for browsers"),
        ('<iframe src="https://film.example/1">Not this</iframe>', "text for browsers"),
    ],
)
def test_what_no_reader_sees_is_left_out_and_named(element: str, told: str, tmp_path: Path) -> None:
    report = press(tmp_path, f"<p>Before.</p>{TEXT}<p>One{element}two.</p>")
    assert "Not" not in shown(report)
    assert [what for what in report.leaflet.removed if what.startswith(told) and "Not this" in what]


def test_a_link_to_the_main_part_is_left_out_and_others_stay(tmp_path: Path) -> None:
    skip = '<a href="#main">Skip to content</a><p><a href="#risks">See the risks</a></p>'
    text = TEXT.replace("<h2>", '<h2 id="risks">')
    report = press(tmp_path, f'{skip}<main id="main">{text}<p><a href="#main">Up</a></p></main>')
    assert "Skip" not in shown(report)
    assert "[See the risks](risks.md)" in shown(report)
    assert "Up" in shown(report)
    assert any("Skip to content" in what for what in report.leaflet.removed)


@pytest.mark.parametrize(
    "html",
    ["", "<", "<nav", "<nav><main>", "</nav></main>", "<p>a < b</p>", "<!-- <nav>x</nav> -->",
     "<script>'<nav>x</nav>'</script>", "<p>x</p><nav", "<NAV>\n</NAV\n", "<main/>x<nav/>y"],
)  # fmt: skip
def test_odd_pages_are_left_as_they_are(html: str) -> None:
    page = unframed(html)
    assert page.around == ()
    assert [word for word in ("x", "y", "a < b") if word in html and word not in page.html] == []


def test_a_page_as_a_browser_saves_it_is_read_whole(tmp_path: Path) -> None:
    table = (
        "<table><caption>Costs</caption><thead><tr><th>Ear</th><th>Price</th></tr></thead><tbody>"
        "<tr><th scope='row'>One</th><td>£40</td></tr></tbody></table>"
    )
    form = "<form><fieldset><legend>Helpful?</legend><label><input type=radio>Yes</label><select>"
    form += "<option>1</option></select></fieldset></form>"
    more = (
        "<details><summary>Can I drive?</summary><p>Yes.</p></details><noscript>Turn on</noscript>"
    )
    report = press(tmp_path, f"{HEADER}<main>{TEXT}{table}{form}{more}</main>{FOOTER}")
    page = shown(report)
    assert [word for word in ("Costs", "£40", "Helpful?", "Can I drive?") if word not in page] == []
    assert report.proved
