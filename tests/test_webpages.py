"""A web page's text as a browser shows it: joined, raised, struck out, numbered and linked."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from clinicpress import bounds, build, conservation, tree
from clinicpress.errors import ClinicpressError
from clinicpress.report import Report
from clinicpress.web import landmarks, notes, stylesheet
from clinicpress.web.phrasing import joined
from documents import PNG


def press(folder: Path, body: str, head: str = "") -> Report:
    page = f"<html><head><title>Ear wax</title>{head}</head><body><h1>Ear wax</h1>{body}</body>"
    (folder / "ear.html").write_text(page, encoding="utf-8")
    return build.press(folder / "ear.html", "ear.html", "leaflet")


def shown(folder: Path, body: str, head: str = "") -> str:
    report = press(folder, body, head)
    assert report.proved
    text = " ".join(text.split("---", 2)[-1] for text in report.pages.values())
    return " ".join(text.split())


TAGS = (
    "abbr acronym bdi bdo big blink cite code data dfn em font ins kbd label mark nobr output samp "
    "small span st1:place strong time tt u var"
).split()


@pytest.mark.parametrize("tag", TAGS)
def test_a_tag_within_a_word_parts_nothing(tag: str, tmp_path: Path) -> None:
    text = shown(tmp_path, f"<p>Take 5<{tag} class='x'>0</{tag}>mg a day, or hy<wbr>phen.</p>")
    assert "50mg" in text.replace("*", "").replace("`", "").replace("\\", "")
    assert "hyphen" in text


def test_a_tag_around_a_word_leaves_the_spaces_around_it(tmp_path: Path) -> None:
    text = shown(tmp_path, "<p>Ask <abbr title='doctors'>GP</abbr>s <mark>or</mark> <wbr/>us.</p>")
    assert "Ask GPs or us." in text


def test_a_place_in_such_a_tag_can_be_linked_to(tmp_path: Path) -> None:
    body = "<p><a href='#x'>See</a></p><h2>Two</h2><p><label id='x'>It</label> hurts.</p>"
    assert "[See](two.md)" in shown(tmp_path, body)


@pytest.mark.parametrize(
    "html",
    ["", "<", "<abbr", "<abbr>x", "x</abbr>y", "<abbr><mark>x</abbr></mark>", "a&ltb<wbr/>&#120;",
     "<script>'<mark>x</mark>'</script>", "<!-- <mark> -->x", "<mark/>x", "<p>x < y<kbd>\n</kbd"],
)  # fmt: skip
def test_no_text_is_lost_in_joining(html: str) -> None:
    there = conservation.letters("".join(conservation.html_paragraphs(html)))
    assert (
        conservation.letters("".join(conservation.html_paragraphs(joined(html, "a.html")))) == there
    )


# --- What only a style says

SHEET = """<style>@import url(x.css); .up{vertical-align:super;font-size:6pt} .off{text-decoration:
line-through} /* .c{font-weight:bold} */ .b{font-weight:700} h2{font-weight:700} p.it{font-style:
italic} .raise{position:relative;top:-.33em;font-size:.8em} .hid{display:none} #gone{visibility:
hidden} @media print{.c{display:none} .d{font-weight:bold}} @media screen{.e{font-weight:bold}}
.f{font:bold 12pt Arial} .f{font:12pt Arial} .g{font-weight:bold!important} .g{font-weight:400}
</style><style media="print">.c{display:none}</style>"""
STYLED = {
    "raised": ("10<span style='vertical-align:super'>5</span>x", "10^5^x"),
    "raised by a class": ("10<span class=up>5</span>", "10^5^"),
    "raised a little, and small": ("10<span class='raise'>5</span>", "10^5^"),
    "raised by a part": ("10<span style='vertical-align:30%'>5</span>", "10^5^"),
    "lowered": ("H<span style='vertical-align: SUB'>2</span>O", "H~2~O"),
    "lowered by Word": ("H<font style='position:relative;top:2pt;mso-text-raise:-2pt'>2</font>O",
                        "H~2~O"),
    "struck out": ("You do <span class=off>not</span> need it", "You do ~~not~~ need it"),
    "struck out around a link": ("<span class=off>a <a href='https://x.example'>b</a></span>",
                                 "~~a~~ [~~b~~](https://x.example)"),
    "an old tag": ("Take<strike>n</strike> 5", "Take~~n~~ 5"),
    "bold": ("take <span class='b'>never</span> it", "take **never** it"),
    "bold in two pieces": ("<span class=b>ne<wbr>v</span><span class=b>er</span> it",
                           "**never** it"),
    "bold taken back": ("x <b style='font-weight:normal'>ever</b> it", "x ever it"),
    "bold taken back within": ("<span class='b'>a <span style='font-weight:400'>b</span></span>",
                               "**a** b"),
    "slanted": ("x <span style='font-style:italic'>ever</span> it", "x *ever* it"),
    "raised twice": ("10<sup><span class=up>5</span></sup>", "10^5^"),
    "for paper": ("<span class=c>a</span> <span class=d>b</span> c", "a b c"),
    "for screens": ("<span class=e>a</span> c", "**a** c"),
    "a shorthand": ("<span class=f>a</span> c", "a c"),
    "what is important": ("<span class=g>a</span> c", "**a** c"),
    "not Word's own": ("<span style='mso-bidi-font-weight:bold;mso-ansi-font-style:italic'>a</span>"
                       " c", "a c"),
    "a box of its own": ("<label style='display:block'>5</label><label>6</label> c", "5 6 c"),
    "a picture set straight": ("a<span style='vertical-align:-1px'>b</span>", "ab"),
}  # fmt: skip


@pytest.mark.parametrize("case", STYLED)
def test_what_only_a_style_says(case: str, tmp_path: Path) -> None:
    html, expected = STYLED[case]
    text = shown(tmp_path, f"<p>So: {html}.</p><p>And more of it.</p>", SHEET)
    assert f"So: {expected}." in text.replace("\n", " ")


@pytest.mark.parametrize(
    "html",
    ["<p style='text-decoration:line-through'>{}</p>", "<p class=off>{}<p>Then.", "<div class=off>"
     "<ul><li>{}</ul></div><p>Then.</p>", "<table><tr><td class=off>{}<td>Then.</table>"],
)  # fmt: skip
def test_whole_blocks_that_a_style_strikes_out(html: str, tmp_path: Path) -> None:
    text = shown(tmp_path, html.format("Take <b>5 mg</b> a day") + "<p>Then.</p>", SHEET)
    struck = text.replace("</s><strong><s>", " ").replace("~~**~~", " ")
    assert "Then" in text
    assert "~~Then" not in text
    assert "<s>Then" not in text
    assert "~~Take" in struck or "<s>Take" in struck


def test_a_heading_is_not_bold_besides(tmp_path: Path) -> None:
    assert "# Risks" in shown(tmp_path, "<h2>Risks</h2><p>Few.</p>", SHEET)


def test_text_hidden_by_a_sheet_is_left_out_and_named(tmp_path: Path) -> None:
    body = "<p>One <span class=hid>two</span> three.</p><div id=gone>Four</div><p class=c>Five.</p>"
    report = press(tmp_path, body, SHEET)
    text = " ".join(report.pages.values())
    assert ("two" in text, "Four" in text, "Five" in text) == (False, False, True)
    assert report.leaflet.removed == ("hidden text: “two”", "hidden text: “Four”")


@pytest.mark.parametrize(
    "sheet",
    ["", "{", "}", "a{", "}}{{", "@media{", ".a{.b{color:red}}", "/* .a{display:none}", "@x;.c{}",
     ".a{display}", ".a{:none}", "a.b.c#d#e{display:none}", "." * 5000, "{" * 5000,
     "é{display:none}"],
)  # fmt: skip
def test_odd_sheets_say_nothing(sheet: str) -> None:
    assert stylesheet.of_page(f"<style>{sheet}</style>").of("a", {"class": "a b"}) == {}


# --- Letters that a font shows as signs

SIGNS = {
    "a style": ("5 <span style='font-family:Symbol'>m</span>g", "5 μg"),
    "a tag": ('5 <font face="Symbol">m</font>g', "5 μg"),
    "a class": ("5 <span class=sy>m</span>g", "5 μg"),
    "by number": ("<span style='font-family:symbol,serif'>&#163;</span>5", "≤5"),
    "by name": ("<span style='font-family:Symbol'>&pound;</span>5", "≤5"),
    "private letters": ("<span style='font-family:Symbol'>\uf0a3</span>5", "≤5"),
    "ticks": ("<font face=Wingdings>\xfc</font> yes <font face=Wingdings>\xfb</font> no",
              "✓ yes ✗ no"),
    "Webdings": ("<font face=Webdings>a</font> yes <font face='Wingdings 2'>O</font> no",
                 "✓ yes ✗ no"),
    "another font within": ("<font face=Symbol>m<i style='font:7pt Arial'>g</i></font>", "μg"),
    "real signs": ("<font face=Symbol>μ 5 • ☐&nbsp;</font>x", "μ 5 • ☐"),
    "signs that HTML writes as names": ("<font face=Symbol>&lt;</font>5", "<5"),
    "bold": ("<b>5 <span style='font-family:Symbol'>m</span>g</b> a day", "**5 μg** a day"),
}  # fmt: skip


@pytest.mark.parametrize("case", SIGNS)
def test_letters_of_a_font_of_signs_are_its_signs(case: str, tmp_path: Path) -> None:
    html, expected = SIGNS[case]
    text = shown(tmp_path, f"<p>So: {html}.</p>", "<style>.sy{font-family:'Symbol'}</style>")
    assert f"So: {expected}" in text.replace("\\", "").replace("\xa0", " ")


@pytest.mark.parametrize("font", ["Wingdings 2", "Webdings", "Marlett"])
def test_a_letter_whose_sign_is_not_known_stops_the_run(font: str, tmp_path: Path) -> None:
    problem = (
        f"“#” stands for a sign of the font {font} that is not known here, in “Ear wax So: # yes."
    )
    with pytest.raises(ClinicpressError, match=problem):
        press(tmp_path, f"<p>So: <span style=\"font-family:'{font}'\">#</span> yes.</p>")


# --- HTML within the lines of Markdown


def written(folder: Path, text: str) -> Report:
    (folder / "ear.md").write_text(f"# Ear wax\n\n{text}\n", encoding="utf-8")
    return build.press(folder / "ear.md", "ear.md", "leaflet")


WITHIN = {
    "raised": ("10<sup>5</sup>x", "10^5^x"),
    "lowered": ("H<SUB>2</SUB >O", "H~2~O"),
    "struck out": ("<del>do not</del> <s>stop</s> take", "~~do not~~ ~~stop~~ take"),
    "bold": ("take <b>never</b> or <strong>not *now*</strong>", "take **never** or **not *now***"),
    "slanted": ("take <i>never</i> or <em>not</em>", "take *never* or *not*"),
    "one in another": ("<b>10<sup>5</sup></b> x", "**10^5^** x"),
    "in a link": ("[10<sup>5</sup>](https://x.example)", "[10^5^](https://x.example)"),
    "a link": ('<a href="tel:111">ring <b>111</b></a>', "[ring **111**](tel:111)"),
    "a link that runs": ('<a href="javascript:x">ring</a>', "ring"),
    "never closed": ("10<sup>5 x", "105 x"),
    "never opened": ("10</sup>5 x", "105 x"),
    "crossed": ("a <b>b <i>c</b> d</i> e", "a **b c** d e"),
    "nothing in it": ("a<b></b>b", "ab"),
    "underlined": ("<u>a</u> b", "a b"),
}


@pytest.mark.parametrize("case", WITHIN)
def test_html_within_a_line_of_markdown(case: str, tmp_path: Path) -> None:
    given, expected = WITHIN[case]
    report = written(tmp_path, f"So: {given}.")
    assert report.proved
    assert f"So: {expected}." in report.pages["index.md"]


def test_html_within_the_cells_items_notes_and_headings_of_markdown(tmp_path: Path) -> None:
    text = "| a | b |\n|---|---|\n| 10<sup>3</sup> | <s>5 mg</s> |\n\n- 10<sup>4</sup>[^1]\n\n"
    report = written(tmp_path, text + "[^1]: 10<sup>6</sup>\n\n## m<sup>2</sup>\n\nText.")
    page = " ".join(report.pages.values())
    assert report.proved
    for expected in ("10^3^", "~~5 mg~~", "10^4^", "10^6^", "# m^2^"):
        assert expected in page
    assert report.leaflet.removed == ()


@pytest.mark.parametrize("around", ["See {} here.", "{}", '<p align="center">{}</p>'])
def test_a_picture_in_html_keeps_its_description(around: str, tmp_path: Path) -> None:
    (tmp_path / "x.png").write_bytes(PNG)
    picture = '<img src="x.png" width="20" alt="An &lt;ear&gt;">'
    page = written(tmp_path, around.format(picture)).pages["index.md"]
    assert "![An \\<ear\\>](images/" in page
    absent = written(tmp_path, around.format(picture.replace("x.png", "https://x.example/x.png")))
    assert "An \\<ear\\>" in absent.pages["index.md"]
    assert any("its description is kept" in what for what in absent.leaflet.removed)


# --- Numbers of lists, and boxes to tick

LISTS = {
    "a value": ("<ol><li>a</li><li value='4'>b</li><li>c</li></ol>", "1. a <!-- --> 4. b 5. c"),
    "a first value": ("<ol type=1><li value=4>a</li><li>b</li></ol>", "4. a 5. b"),
    "a start and a value": ("<ol start=2><li>a<li value=7>b</ol>", "2. a <!-- --> 7. b"),
    "backwards": ("<ol reversed><li>a<li>b</ol>", "2. a <!-- --> 1. b"),
    "backwards from a start": ("<ol reversed start='5'><li>a<li>b</ol>", "5. a <!-- --> 4. b"),
    "within an item": ("<ol><li>a<ol><li value=3>x<li>y</ol><li>b</ol>", "1. a 3. x 4. y 2. b"),
    "bullets within": ("<ol><li>a<ul><li value=3>x</ul><li value=2>b</ol>", "1. a - x 2. b"),
    "an empty list": ("<ol></ol><ol><li>a</ol>", "<!-- --> 1. a"),
    "no number": ("<ol start=x><li value='b'>a<li value=''>b</ol>", "1. a 2. b"),
    "below nothing": ("<ol><li>a<li value='-3'>b</ol>", "1. a 2. b"),
    "letters": ("<ol type=a><li>a<li>b</ol>", "- a\\. a - b\\. b"),
    "capitals from a start": ("<ol TYPE='A' start=26><li>a<li>b</ol>", "- Z. a - AA. b"),
    "Roman, backwards": ("<ol type=i reversed><li>a<li>b</ol>", "- ii\\. a - i\\. b"),
    "large Roman by style": (
        "<ol style='list-style: inside upper-roman'><li value=4><p>a</ol>",
        "- IV\\. a",
    ),
    "a class": ("<ol class=z><li>a<li><div><p>b</p></div></ol>", "- 01\\. a - 02\\. b"),
    "letters in figures": (
        "<ol><li>a<ol type=a><li>x<li>y</ol><li>b</ol>",
        "1. a - a\\. x - b\\. y 2. b",
    ),
    "a style over a type": ("<ol type=a style='list-style-type:decimal'><li>a</ol>", "1. a"),
    "an item's own": ("<ol><li>a<li type=a>b</ol>", "- 1\\. a - b\\. b"),
    "Greek": ("<ol style='list-style-type:lower-greek'><li>a<li>b</ol>", "- α. a - β. b"),
    "letters below the first": ("<ol type=a start=0><li>a<li>b</ol>", "- 0\\. a - a\\. b"),
    "figures for dots": ("<menu style='list-style-type:decimal'><li>a<li>b</menu>", "1. a 2. b"),
    "dots for figures": ("<ol type=disc><li>a<li>b</ol>", "- a - b"),
    "below nothing, backwards": ("<ol reversed start=1><li>a<li>b<li>c</ol>", "1. a 2. b 3. c"),
}


@pytest.mark.parametrize("case", LISTS)
def test_numbers_of_lists(case: str, tmp_path: Path) -> None:
    html, expected = LISTS[case]
    head = "<style>.z{list-style-type:decimal-leading-zero}</style>"
    assert f"So: {expected} Then." in shown(tmp_path, f"<p>So:</p>{html}<p>Then.</p>", head)


def test_numbers_that_are_not_known_are_told(tmp_path: Path) -> None:
    report = press(tmp_path, "<ol style='list-style-type:georgian'><li>a<li>b</ol>")
    assert "(georgian): they are figures now" in report.leaflet.removed[0]
    assert "1.  a\n2.  b" in report.pages["index.md"]


BOXES = "<input type=checkbox checked> yes <INPUT type='checkbox'/>no <input type=hidden>"


def test_boxes_to_tick_keep_their_state(tmp_path: Path) -> None:
    assert "So: ☒ yes ☐ no" in shown(tmp_path, f"<p>So: {BOXES}</p>")
    assert "So: ☒ yes ☐ no" in " ".join(written(tmp_path, f"So: {BOXES}").pages["index.md"].split())
    items = (
        "<ul><li><label><input type=checkbox checked>yes</label><li><input type=checkbox>no</ul>"
    )
    assert "- ☒ yes - ☐ no" in shown(tmp_path, items)
    assert "☒" in " ".join(written(tmp_path, items).pages["index.md"].split())


# --- Links to places in the page

PLACES = {
    "an empty anchor": '<p><a name="x"></a>It hurts.</p>',
    "a paragraph": '<p id="x">It hurts.</p>',
    "an item": '<ul><li id="x">It hurts.</li></ul>',
    "a row": '<table><tr id="x"><td>It</td><td>hurts.</td></tr></table>',
    "a wrapper": '<div id="x"><p>It hurts.</p></div>',
    "a link": '<p><a id="x" href="https://x.example">It</a> hurts.</p>',
    "words": '<p>It <span id="x">hurts</span>.</p>',
    "a bold line": '<p><a name="x"></a><b>Pain</b></p><p>It hurts.</p>',
    "a picture": '<img id="x" src="y.png" alt="Ear"><p>It hurts.</p>',
}


@pytest.mark.parametrize("case", PLACES)
def test_links_to_a_place_in_the_page(case: str, tmp_path: Path) -> None:
    body = f'<p><a href="#x">See</a></p><h2>Two</h2><p>Text.</p>{PLACES[case]}<p>Done.</p>'
    report = press(tmp_path, body)
    assert report.proved
    assert report.findings == ()
    assert re.search(r"\[See\]\((two|pain)\.md", report.pages["index.md"])


@pytest.mark.parametrize(
    ("there", "here"),
    [
        ('<a class="sdfootnoteanc" name="f1anc" href="#f1sym"><sup>1</sup></a>',
         '<div id="f1"><p><a class="x" name="f1sym" href="#f1anc">1</a> A note.</p></div>'),
    ],
)  # fmt: skip
def test_notes_of_word_processors_are_linked_both_ways(
    there: str, here: str, tmp_path: Path
) -> None:
    report = press(tmp_path, f"<h2>One</h2><p>Text{there}.</p><h2>Two</h2><p>More.</p>{here}")
    assert report.proved
    assert report.findings == ()
    assert "(two.md)" in report.pages["one.md"]
    assert "(one.md)" in report.pages["two.md"]


LIBRE = ("sdfootnote1sym", "sdfootnote1anc")
NOTES = {
    "Word": ('<a href="#_ftn1" name="_ftnref1"><span>[1]</span></a>',
             '<div><hr><div id=ftn1><p><a href="#_ftnref1" name="_ftn1">[1]</a> A note.</p></div>'
             "</div>"),
    "Google Docs": ('<sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup>',
                    '<div><p><a href="#ftnt_ref1" id="ftnt1">[1]</a> A note.</p></div>'),
    "LibreOffice": (f'<a class="sdfootnoteanc" name="{LIBRE[1]}" href="#{LIBRE[0]}"><sup>1</sup>'
                    "</a>", f'<div id="sdfootnote1"><p><a name="{LIBRE[0]}" href="#{LIBRE[1]}">1'
                    "</a>A note.</p></div>"),
    "LibreOffice, book": ('<sup id="calledF1"><a epub:type="noteref" href="#dataF1">1</a></sup>',
                              '<aside epub:type="footnote" id="dataF1"><p><sup><a '
                              'href="#calledF1">1</a></sup>A note.</p></aside>'),
}  # fmt: skip


@pytest.mark.parametrize(("there", "here"), NOTES.values(), ids=NOTES)
def test_notes_of_word_processors_are_notes(there: str, here: str, tmp_path: Path) -> None:
    report = press(tmp_path, f"<h2>One</h2><p>Text{there}.</p><h2>Two</h2><p>More.</p>{here}")
    assert report.proved
    assert "Text[^1]." in report.pages["one.md"]
    assert "[^1]: A note." in report.pages["one.md"]
    assert "note" not in report.pages["two.md"]


NO_NOTES = {
    "two places refer to it": ("{0} and {0}", "{1}"),
    "no place leads back": ("{0}", '<div><p><a id="ftnt1" href="#other">[1]</a> A note.</p></div>'),
    "text before it": ("{0}", '<div><p>So <a href="#ftnt_ref1" id="ftnt1">1</a> A note.</p></div>'),
    "never closed": ("{0}", '<div><p><a href="#ftnt_ref1" id="ftnt1">[1] A note.</p></div>'),
}


@pytest.mark.parametrize(("there", "here"), NO_NOTES.values(), ids=NO_NOTES)
def test_what_may_be_no_note_stays_where_it_is(there: str, here: str) -> None:
    html = f"<p>{there}.</p>{here}".format(*NOTES["Google Docs"])
    assert notes.marked(html) == html


def test_header_and_footer_of_paper_and_text_without_scripts_are_named(tmp_path: Path) -> None:
    body = "<p>Rest.</p><div title=footer><p>Page 1</p></div><noscript>Switch on.</noscript>"
    report = press(tmp_path, f"<noscript><img src=x alt=y></noscript>{body}")
    assert report.leaflet.removed == (
        "page header or footer: “Page 1”", "text for browsers without scripts: “Switch on.”"
    )  # fmt: skip
    assert "Page 1" not in report.pages["index.md"]


def test_a_link_to_no_place_is_still_told(tmp_path: Path) -> None:
    report = press(tmp_path, '<p><a href="#y">See</a></p><p id="x">Text.</p>')
    assert [finding.rule for finding in report.findings] == ["document-links"]


# --- Paragraphs parted by line breaks, and how a page is stored


def test_bold_lines_above_their_text_in_one_paragraph_are_headings(tmp_path: Path) -> None:
    body = "<p><b>Risks</b><br>Infection is rare.<br><br><b>After</b><br>Rest.<br>Eat.</p>"
    report = press(tmp_path, f"<p>This is an ordinary sentence.</p>{body}")
    assert report.proved
    assert [heading.text for heading in report.leaflet.headings] == ["Risks", "After"]
    assert "Rest.  \nEat." in report.pages["after.md"]


def test_lines_of_one_look_stay_one_paragraph(tmp_path: Path) -> None:
    report = press(tmp_path, "<p>Ring us:<br>12 Mill Lane<br><b>0123</b><br>Norwich.</p>")
    assert "Ring us:  \n12 Mill Lane  \n**0123**  \nNorwich." in report.pages["index.md"]


@pytest.mark.parametrize("coding", ["utf-16", "utf-16-be"])
def test_a_page_in_two_bytes_a_letter_is_read(coding: str, tmp_path: Path) -> None:
    mark = b"\xfe\xff" if coding == "utf-16-be" else b""
    page = "<meta charset=utf-16><h1>Ear wax</h1><p>Suction ≤ 5.</p>"
    (tmp_path / "ear.html").write_bytes(mark + page.encode(coding))
    assert "Suction ≤ 5." in build.press(tmp_path / "ear.html", "ear.html", "l").pages["index.md"]
    (tmp_path / "ear.html").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ClinicpressError, match="not a text file"):
        build.press(tmp_path / "ear.html", "ear.html", "l")


# --- Too much


TOO_MUCH = {
    "lists": ("<ol><li>a" * 201, "nested too deeply"),
    "parts": ("<main>a" * 201, "nested too deeply"),
    "marks never closed": ("<b>word " * 401, "<b>. are opened again"),
    "headings": ("<h2>Head</h2>" * 2001, "2,002 headings"),
    "a paragraph": ("<p>" + "word " * 40_001, "a paragraph of it has 200,00"),
    "words": (("<p>" + "word " * 20_000) * 6, "about 120,0.. words"),
}


@pytest.mark.parametrize(("body", "problem"), TOO_MUCH.values(), ids=TOO_MUCH)
def test_a_page_that_is_too_much_is_told_at_once(body: str, problem: str, tmp_path: Path) -> None:
    begun = time.perf_counter()
    with pytest.raises(ClinicpressError, match=problem):
        press(tmp_path, body)
    assert time.perf_counter() - begun < 10


def test_a_table_of_too_many_rows_is_told() -> None:
    row = [[tree.para("x")]]
    bounds.check("a", [tree.table([], [row] * 5_000)])
    with pytest.raises(ClinicpressError, match="5,001 rows"):
        bounds.check("a", [tree.table([row], [row] * 5_000)])


def test_thousands_of_open_landmarks_take_no_time() -> None:
    html = "".join(f"<nav>{n}<h2>x</h2><span hidden>y</span>" for n in range(5_000))
    begun = time.perf_counter()
    assert len(landmarks.unframed(html).around) == 5_000
    assert time.perf_counter() - begun < 10
