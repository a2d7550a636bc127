"""EPUB books: chapters become pages with nothing lost; what is hostile or protected is refused."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from clinicpress import build, conservation, pandoc, reading
from clinicpress.errors import ClinicpressError
from clinicpress.web import epub

CONTAINER = """<?xml version="1.0"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/content.opf" media-type="application/oebps-package+xml"/>
</rootfiles></container>"""
PACKAGE = """<?xml version="1.0"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">x</dc:identifier><dc:title>Knee pain</dc:title>
<dc:creator>An Example Author</dc:creator><dc:language>es</dc:language></metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="two" href="ch%202.xhtml" media-type="application/xhtml+xml"/>
<item id="one" href="ch1.xhtml" media-type="application/xhtml+xml"/>
<item id="pic" href="knee.png" media-type="image/png"/>
</manifest>
<spine><itemref idref="one"/><itemref idref="two"/><itemref idref="nav" linear="no"/></spine>
</package>"""
PAGE = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">
<head><title>t</title></head><body>{}</body></html>"""
ONE = """<section id="about"><h1>About</h1><p>Tell us if you take warfarin. See
<a href="ch%202.xhtml#after">afterwards</a>.</p><p><img src="knee.png" alt="A knee"/></p>
<script>alert(1)</script></section>"""
TWO = """<section id="after"><h1>After</h1><p>Rest.</p><ol start="3"><li>One thing</li></ol>
<table><tr><th>A</th><td>B</td></tr></table></section>"""
NAV = "<nav epub:type='toc'><ol><li><a href='ch1.xhtml'>About</a></li></ol></nav>"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d494844520000000100000001080600000"
    "01f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def book(**changed: str | bytes | None) -> bytes:
    """The bytes of a small book; parts can be changed by a name for each, or left out."""
    parts: dict[str, str | bytes | None] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER,
        "EPUB/content.opf": PACKAGE,
        "EPUB/nav.xhtml": PAGE.format(NAV),
        "EPUB/ch1.xhtml": PAGE.format(ONE),
        "EPUB/ch 2.xhtml": PAGE.format(TWO),
        "EPUB/knee.png": PNG,
    }
    names = {"container": "META-INF/container.xml", "package": "EPUB/content.opf"}
    names |= {"one": "EPUB/ch1.xhtml", "two": "EPUB/ch 2.xhtml"}
    names |= {"encryption": "META-INF/encryption.xml"}
    names |= {"nav": "EPUB/nav.xhtml"}
    parts |= {names.get(name, name): part for name, part in changed.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            if part is not None:
                archive.writestr(name, part)
    return out.getvalue()


def pressed(folder: Path, data: bytes) -> dict[str, str]:
    path = folder / "knee.epub"
    path.write_bytes(data)
    return dict(build.press(path, path.name, "knee").pages)


def test_chapters_become_pages_in_their_order(tmp_path: Path) -> None:
    pages = pressed(tmp_path, book())
    assert list(pages) == ["index.md", "about.md", "after.md"]
    assert 'title: "Knee pain"' in pages["index.md"]
    assert 'lang: "es"' in pages["about.md"]
    assert "Tell us if you take warfarin." in pages["about.md"]
    assert "[afterwards](after.md)" in pages["about.md"]
    assert "![A knee](images/" in pages["about.md"]
    assert "3." in pages["after.md"]
    assert "One thing" in pages["after.md"]
    assert not any("alert" in page for page in pages.values())


def test_the_report_says_what_was_left_out(tmp_path: Path) -> None:
    title = '<section epub:type="titlepage"><h1>Knee pain</h1></section>'
    told = {
        (): book(package=PACKAGE.replace('<itemref idref="nav" linear="no"/>', "")),
        ("contents",): book(),
        ("contents", "title page"): book(two=PAGE.format(title + TWO)),
    }
    path = tmp_path / "knee.epub"
    for expected, data in told.items():
        path.write_bytes(data)
        removed = reading.read(path).removed
        for what in ("contents", "title page"):
            assert any(what in each for each in removed) == (what in expected)


GUIDES = (
    "<h1>In this book</h1><nav epub:type='toc'><h2>Contents</h2><ol><li><a href='ch1.xhtml'>About"
    "</a><ol><li>Deeper</li></ol></li></ol></nav><nav epub:type='landmarks' hidden=''><ol><li>"
    "<a epub:type='toc' href='nav.xhtml'>Landmark</a></li></ol></nav><p>Ask us anything.</p>"
    "<p>Or see the <a epub:type='toc' href='ch1.xhtml'>overview</a>.</p>"
)


def test_lists_of_contents_in_the_order_of_reading_are_left_out_alone(tmp_path: Path) -> None:
    path = tmp_path / "knee.epub"
    package = PACKAGE.replace(' linear="no"', "")
    path.write_bytes(book(package=package, nav=PAGE.format(GUIDES)))
    document = reading.read(path)
    words = " ".join(conservation.tree_words(document.blocks))
    assert "In this book Ask us anything. Or see the overview." in words
    for left in ("Contents", "Deeper", "Landmark"):
        assert left not in words
    assert "a table of contents (the site makes its own): 2" in document.removed


def test_a_list_of_contents_outside_the_order_is_no_chapter(tmp_path: Path) -> None:
    path = tmp_path / "knee.epub"
    package = PACKAGE.replace('<itemref idref="nav" linear="no"/>', "")
    path.write_bytes(book(package=package, nav=PAGE.format(GUIDES)))
    assert build.press(path, path.name, "knee").findings == ()


def test_a_chapter_outside_the_order_is_a_finding(tmp_path: Path) -> None:
    path = tmp_path / "knee.epub"
    listed = '<item id="three" href="ch3.xhtml" media-type="application/xhtml+xml"/></manifest>'
    more = {"EPUB/ch3.xhtml": PAGE.format("<p>Never drive home.</p>"), "EPUB/x.html": "<p> 1 </p>"}
    path.write_bytes(book(package=PACKAGE.replace("</manifest>", listed), **more))
    (finding,) = build.press(path, path.name, "knee").findings
    assert finding.rule == "book-order"
    assert "EPUB/ch3.xhtml" in finding.problem
    assert "Never drive home." in finding.problem
    assert "order of reading" in finding.remedy


def test_a_book_of_many_chapters_is_counted_to_the_last() -> None:
    items = "".join(f'<item id="c{n}" href="c{n}.xhtml"/>' for n in range(900))
    order = "".join(f'<itemref idref="c{n}"/>' for n in range(900))
    package = PACKAGE.replace("</manifest>", f"{items}</manifest>")
    chapters = {f"EPUB/c{n}.xhtml": PAGE.format(f"<p>Word{n}</p>") for n in range(900)}
    data = book(package=package.replace("<spine>", f"<spine>{order}"), **chapters)
    assert {f"Word{n}" for n in range(900)} <= set(epub.look_inside(data, "b.epub").paragraphs)


def test_every_chapter_is_counted_by_itself() -> None:
    words = " ".join(epub.look_inside(book(), "b.epub").paragraphs)
    assert words.index("warfarin") < words.index("Rest.") < words.index("One thing")
    assert "alert" not in words


def test_what_pandoc_drops_stops_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forgetful(data: bytes, kind: str, place: str) -> dict[str, Any]:
        found = read_file(data, kind, place)
        return found | {"blocks": found["blocks"][:-1]}

    read_file = pandoc.read_file
    monkeypatch.setattr(pandoc, "read_file", forgetful)
    path = tmp_path / "knee.epub"
    path.write_bytes(book())
    with pytest.raises(ClinicpressError) as raised:
        reading.read(path)
    assert "after" in raised.value.problem
    assert "chapter" in raised.value.remedy
    assert "text box" not in raised.value.remedy


DISGUISED = '<enc:EncryptionMethod Algorithm="http://www.idpf.org/2008/embedding"/>'
LOCKED = '<enc:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes256-cbc"/>'


def test_disguised_fonts_are_no_protection(tmp_path: Path) -> None:
    assert "about.md" in pressed(tmp_path, book(encryption=DISGUISED))


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (book(encryption=LOCKED), "protected against copying"),
        (book(encryption="<x/>"), "protected against copying"),
        (book(container=None), "not an EPUB book"),
        (book(container=CONTAINER.replace("content.opf", "gone.opf")), "not an EPUB book"),
        (book(container=CONTAINER.replace("EPUB/", "../../etc/")), "not an EPUB book"),
        (book(container='<!DOCTYPE a [<!ENTITY b "c">]>' + CONTAINER[21:]), "document type"),
        (book(package='<!DOCTYPE a [<!ENTITY b "c">]>' + PACKAGE[21:]), "document type"),
        (book(two=None), "a chapter of it is missing"),
        (book(package=PACKAGE[: PACKAGE.index("<spine>")] + "</package>"), "no chapters"),
        (book(package=PACKAGE.replace("<spine>", "<spine")), "list of chapters is broken"),
        (book(package=PACKAGE.replace('idref="two"', 'idref="gone"')), "not in its list of files"),
        (book(container="<container"), "list of chapters is broken"),
        (book()[:300], "broken"),
        (b"not a zip at all", "broken"),
        (book(one=b"<html>" + b" " * 30_000_000), "would unpack to"),
    ],
)
def test_a_bad_book_is_told_in_plain_words(data: bytes, problem: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.epub"
    path.write_bytes(data)
    with pytest.raises(ClinicpressError) as raised:
        reading.read(path)
    assert problem in raised.value.problem
    assert raised.value.remedy


@pytest.mark.parametrize("quote", ['"', "'"])
def test_a_chapter_that_is_shown_only_when_asked_is_read(quote: str, tmp_path: Path) -> None:
    aside = PACKAGE.replace('idref="two"', f'idref="two" linear = {quote}no{quote}')
    path = tmp_path / "knee.epub"
    path.write_bytes(book(package=aside, nav=PAGE.format(GUIDES)))
    document = reading.read(path)
    words = " ".join(conservation.tree_words(document.blocks))
    assert "One thing" in words
    assert "Ask us anything" not in words
    assert any("only shows when asked" in each for each in document.removed)


def test_a_book_that_lost_its_beginning_is_told(tmp_path: Path) -> None:
    whole = book()
    path = tmp_path / "knee.epub"
    for lost in (20, 80, 200, 400):
        path.write_bytes(whole[:4] + whole[4 + lost :])
        with pytest.raises(ClinicpressError, match="the file is broken"):
            reading.read(path)


def test_what_a_sheet_of_the_book_says_of_words(tmp_path: Path) -> None:
    linked = '<link rel="stylesheet" href="../styles/a%20b.css"/>'
    text = '<h1>Count</h1><p>10<span class="up">5</span> and <span class="off">not</span> 6.</p>'
    chapter = PAGE.replace("</head>", f"{linked}</head>").format(text)
    sheet = ".up{vertical-align:super} .off{text-decoration:line-through}"
    data = book(two=chapter, **{"styles/a b.css": sheet})
    assert "10^5^ and ~~not~~ 6." in " ".join(pressed(tmp_path, data).values())


def test_a_note_leads_back_to_where_it_is_referred_to(tmp_path: Path) -> None:
    there = '<sup id="called"><a epub:type="noteref" href="#data">1</a></sup>'
    note = '<aside epub:type="footnote" id="data"><p><a href="#called">1</a> A note.</p></aside>'
    path = tmp_path / "knee.epub"
    one = ONE.replace("ch%202.xhtml#after", "https://x.example")
    two = f"<h1>After</h1><p>Rest{there}.</p>{note}"
    path.write_bytes(book(one=PAGE.format(one), two=PAGE.format(two)))
    report = build.press(path, path.name, "knee")
    assert report.proved
    assert report.findings == ()


def test_what_styles_hide_is_told_and_what_they_write_is_text(tmp_path: Path) -> None:
    path = tmp_path / "knee.epub"
    style = "<style>.h{display:none} .no::before{content:'Do not '} ul{list-style:'✗ '}</style>"
    one = f"{style}<h1>About</h1><p class='h'>For staff</p>"
    one += "<p class='no'>run.</p><ul><li>jump</li></ul>"
    path.write_bytes(book(one=PAGE.format(one)))
    report = build.press(path, path.name, "knee")
    assert report.proved
    said = "".join(report.pages.values())
    assert "For staff" not in said
    assert "Do not run." in said
    assert "✗ jump" in said
    assert "hidden text: “For staff”" in report.leaflet.removed
    assert any("the page's style writes" in line for line in report.leaflet.removed)
