"""Word, OpenDocument and HTML: read whole, or not at all."""

from __future__ import annotations

import io
import json
import subprocess
import zipfile
from pathlib import Path

import pypandoc
import pytest

from clinicpress import build, reading, tree
from clinicpress.errors import ClinicpressError
from clinicpress.report import Report, as_json
from conftest import CASES

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACES = (
    f'xmlns:w="{W}" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
TYPES = (
    '<?xml version="1.0"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType='
    '"application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<?xml version="1.0"?><Relationships '
    'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


def word(path: Path, body: str, **more: str | bytes) -> Path:
    """Make a small Word file with the given body; `more` are further parts by their names."""
    document = f'<?xml version="1.0"?><w:document {SPACES}><w:body>{body}</w:body></w:document>'
    parts = {"[Content_Types].xml": TYPES, "_rels/.rels": RELATIONS, "word/document.xml": document}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {**parts, **more}.items():
            archive.writestr(name, data)
    return path


def p(text: str, style: str = "", look: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{run(text, look)}</w:p>"


def run(text: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def press(path: Path) -> Report:
    return build.press(path, path.name, "leaflet")


def words(report: Report) -> str:
    return " ".join(sentence.text for sentence in report.leaflet.sentences)


SAMPLE = """# Ear drops

Read this [before you start](#how-to-use).[^1]

## How to use

1.  Lie down.

    Wait five minutes.

    -   on a bed
    -   on a sofa

2.  Put in two drops.

| Age   | Drops |
|-------|-------|
| Adult | 2     |

> Do not use them if your eardrum has a hole.

## Side effects

Tell us if you have a *rash* or **pain**.

[^1]: Ask your pharmacist.
"""


@pytest.mark.parametrize("suffix", [".docx", ".odt", ".html"])
def test_each_format_gives_the_same_leaflet(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"ear{suffix}"
    options = ["--from", "markdown", "--to", suffix.removeprefix("."), "--standalone"]
    options += ["--metadata", "title=Ear drops", "--output", str(path)]
    command = [str(pypandoc.get_pandoc_path()), *options]
    body = SAMPLE.removeprefix("# Ear drops\n")
    subprocess.run(command, input=body.encode(), check=True, capture_output=True)
    report = press(path)
    assert report.leaflet.document.title == "Ear drops"
    assert [h.text for h in report.leaflet.headings] == ["How to use", "Side effects"]
    for text in ("Wait five minutes.", "on a sofa", "Ask your pharmacist."):
        assert text in words(report)
    labels = {s.text: str(s.label) for s in report.leaflet.sentences}
    assert labels["Tell us if you have a rash or pain."] == "safety"


@pytest.mark.parametrize(
    "look", ["<w:b/>", '<w:u w:val="single"/>', '<w:b/><w:u w:val="single"/>', "<w:b/><w:i/>"]
)
def test_lines_that_stand_out_are_headings(tmp_path: Path, look: str) -> None:
    body = p("Knee injection", look=look) + p("Please read this.") + p("Before you come", look=look)
    body += p("Eat a light meal.") + p("• your glasses") + p("• a book")
    body += p("Afterwards", look=look) + p("Rest the knee. ") + p("Call us.", look=look)
    report = press(word(tmp_path / "knee.docx", body))
    assert report.leaflet.document.title == "Knee injection"
    assert [h.text for h in report.leaflet.headings] == ["Before you come", "Afterwards"]
    assert all("bold or underlined" in h.reason for h in report.leaflet.headings)
    assert "-   your glasses" in report.pages["before-you-come.md"]


def test_plain_lines_are_headings_where_nothing_else_is(tmp_path: Path) -> None:
    body = p("Knee injection") + p("Please read this before your visit to the clinic.")
    body += p("Before you come") + p("Eat a light meal and take your tablets as usual.")
    report = press(word(tmp_path / "knee.docx", body))
    assert [h.text for h in report.leaflet.headings] == ["Before you come"]


def test_styles_of_the_front_are_text_and_not_lost(tmp_path: Path) -> None:
    body = p("Knee", "Title") + p("For adults", "Subtitle") + p("The knee team", "Author")
    body += p("One", "Heading1") + p("Rest.")
    styles = (
        "".join(
            f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{name}"/></w:style>'
            for name in ("Title", "Subtitle", "Author")
        )
        + '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style>'
    )
    sheet = f'<?xml version="1.0"?><w:styles {SPACES}>{styles}</w:styles>'
    report = press(word(tmp_path / "knee.docx", body, **{"word/styles.xml": sheet, **STYLED}))
    assert report.leaflet.document.title == "Knee"
    assert words(report) == "For adults The knee team Rest."


STYLED = {
    "word/_rels/document.xml.rels": (
        '<?xml version="1.0"?><Relationships '
        'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="s" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" '
        'Target="styles.xml"/></Relationships>'
    )
}


def test_words_that_would_be_lost_stop_the_run(tmp_path: Path) -> None:
    unknown = "<w:r><w:new><w:r><w:t>Never drive home.</w:t></w:r></w:new></w:r>"
    path = word(tmp_path / "new.docx", p("One thing more.") + f"<w:p>{unknown}</w:p>")
    with pytest.raises(ClinicpressError) as raised:
        press(path)
    assert "never drive home" in raised.value.problem
    assert "--allow-loss" in raised.value.remedy


def test_tracked_changes_are_accepted_and_comments_left_out(tmp_path: Path) -> None:
    body = '<w:p><w:ins w:id="1" w:author="A">' + run("Rest for two days. ") + "</w:ins>"
    body += '<w:del w:id="2" w:author="A"><w:r><w:delText>Walk at once.</w:delText></w:r></w:del>'
    body += run("Drink water.") + "</w:p>"
    report = press(word(tmp_path / "tracked.docx", body))
    assert words(report) == "Rest for two days. Drink water."


def test_page_headers_are_named_and_contents_dropped(tmp_path: Path) -> None:
    header = f'<?xml version="1.0"?><w:hdr {SPACES}>{p("Knee team, version 2")}</w:hdr>'
    body = p("Contents", "TOCHeading") + p("Rest 2", "TOC1") + p("Rest when you are tired.")
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
        for key, name in (("TOCHeading", "TOC Heading"), ("TOC1", "toc 1"))
    )
    sheet = f'<?xml version="1.0"?><w:styles {SPACES}>{styles}</w:styles>'
    parts = {"word/header1.xml": header, "word/styles.xml": sheet, **STYLED}
    report = press(word(tmp_path / "page.docx", body, **parts))
    removed = " ".join(as_json(report)["removed"])
    assert "page header or footer: “Knee team, version 2”" in removed
    assert words(report).endswith("Rest when you are tired.")
    assert "Rest 2" not in words(report)


def test_pictures_in_the_file_come_along_and_no_others(tmp_path: Path) -> None:
    html = '<h1>Knee</h1><p>Look: <img src="knee.png" alt="a knee"><img src="../out.png" alt="out">'
    html += '<img src="https://example.org/far.png" alt="far"></p>'
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "knee.png").write_bytes(b"\x89PNG not really")
    (tmp_path / "out.png").write_bytes(b"\x89PNG secret")
    path = tmp_path / "in" / "knee.html"
    path.write_text(html, encoding="utf-8")
    report = press(path)
    assert list(report.leaflet.document.media.values()) == [b"\x89PNG not really"]
    assert "out" in report.pages["index.md"]
    assert "example.org" not in report.pages["index.md"]


def test_a_web_page_is_read_in_its_own_encoding_and_without_what_acts(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    html = (
        '<meta charset="iso-8859-1"><h1>Café</h1><script>x()</script><p onclick="x()">Déjà vu</p>'
    )
    path.write_bytes(html.encode("latin-1"))
    report = press(path)
    assert report.leaflet.document.title == "Café"
    assert words(report) == "Déjà vu"
    assert "onclick" not in "".join(report.pages.values())


BOMB = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><w:document xmlns:w="{W}">&a;'
STRANGE: dict[str, tuple[str, bytes, str]] = {
    "broken": (".docx", b"PK\x03\x04 not a zip file", "the file is broken"),
    "text by another name": (".docx", b"Just text.", "the file is broken"),
    "old or locked": (".docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "encrypted"),
}


@pytest.mark.parametrize(("suffix", "data", "problem"), STRANGE.values(), ids=STRANGE)
def test_strange_files_are_told(tmp_path: Path, suffix: str, data: bytes, problem: str) -> None:
    path = tmp_path / f"strange{suffix}"
    path.write_bytes(data)
    with pytest.raises(ClinicpressError, match=problem):
        reading.read(path)


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("parts", "problem"),
    [
        ({"word/document.xml": b"\0" * 250_000_000}, "would unpack to 250 MB"),
        ({f"{n}.xml": b"" for n in range(5000)}, "5000 parts"),
        ({"word/document.xml": BOMB.encode()}, "declares a document type"),
        ({"word/document.xml": b"<w:document"}, "the file is broken"),
        ({"other.xml": b"<a/>"}, "not a .docx file inside"),
    ],
    ids=["bomb", "many parts", "entities", "half", "other"],
)
def test_hostile_zips_are_told(tmp_path: Path, parts: dict[str, bytes], problem: str) -> None:
    path = tmp_path / "hostile.docx"
    path.write_bytes(zipped(**parts))
    with pytest.raises(ClinicpressError, match=problem):
        reading.read(path)


@pytest.mark.parametrize("suffix", [".doc", ".gdoc", ".pages", ".pdf"])
def test_what_can_not_be_read_says_how_to_save_it(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"leaflet{suffix}"
    path.write_bytes(b"x")
    with pytest.raises(ClinicpressError) as stopped:
        reading.read(path)
    assert ".docx" in stopped.value.remedy


@pytest.mark.parametrize("name", ["d04-hearing-aids.docx", "d05-depilacion-laser.docx"])
def test_headings_of_real_files_are_those_of_their_gold(name: str) -> None:
    path = CASES / "notices" / name
    gold = json.loads(path.with_suffix(".gold.json").read_text(encoding="utf-8"))
    document = reading.read(path)
    found = [tree.text(b["c"][2]) for b in document.blocks if b["t"] == "Header"]
    assert document.title == gold["title"]
    assert found == [heading["text"] for heading in gold["headings"]]
