"""What a file says of itself stands in the report, and on no page."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pypandoc
import pytest

from clinicpress import build, origins
from clinicpress.model import Origin
from clinicpress.report import Report, as_json, lines
from clinicpress.review import sheet
from documents import open_document, p, word

SAID = Origin("Ana Example", "2024-03-01", "2025-01-02")
CORE = (
    '<cp:coreProperties xmlns:cp="a" xmlns:dc="b" xmlns:dcterms="c"><dc:creator>Ana Example'
    "</dc:creator><dcterms:created>2024-03-01T09:00:00Z</dcterms:created>"
    "<dcterms:modified>2025-01-02T09:00:00Z</dcterms:modified></cp:coreProperties>"
)
META = (
    '<office:document-meta xmlns:office="a" xmlns:meta="b" xmlns:dc="c"><office:meta>'
    "<meta:initial-creator>Ana Example</meta:initial-creator><dc:creator>Someone</dc:creator>"
    "<meta:creation-date>2024-03-01T09:00:00</meta:creation-date><dc:date>2025-01-02T09:00:00"
    "</dc:date></office:meta></office:document-meta>"
)
HTML = (
    '<html><head><title>Knee</title><meta name="author" content="Ana Example"><meta name="date" '
    'content="2024-03-01"><meta name="dcterms.modified" content="2025-01-02"></head><body>'
    "<h1>Knee</h1><p>Rest.</p><h2>Care</h2><p>Ice.</p></body></html>"
)
MARKDOWN = "---\nauthor: Ana Example\ndate: 2024-03-01\n---\n\n# Knee\n\nRest.\n"
RTF = (
    r"{\rtf1\ansi{\info{\author Ana Example}{\creatim\yr2024\mo3\dy1}{\revtim\yr2025\mo1\dy2}}"
    r"{\pard Rest for a day.\par}}"
)


def made(folder: Path, suffix: str) -> Path:
    path = folder / f"knee{suffix}"
    body = "".join((p("Care", "Heading1"), p("Rest.")))
    if suffix == ".docx":
        return word(path, body, files={"docProps/core.xml": CORE.encode()})
    if suffix == ".odt":
        return open_document(path, "<text:p>Rest.</text:p>", files={"meta.xml": META.encode()})
    if suffix == ".epub":
        facts = ["--metadata=author:Ana Example", "--metadata=date:2024-03-01"]
        pypandoc.convert_text(
            "# Care\n\nRest.", "epub", format="md", outputfile=path, extra_args=facts
        )
        return path
    path.write_text({".html": HTML, ".md": MARKDOWN, ".rtf": RTF}[suffix], encoding="utf-8")
    return path


def press(path: Path) -> Report:
    return build.press(path, path.name, "knee")


@pytest.mark.parametrize("suffix", [".docx", ".odt", ".html", ".rtf", ".epub", ".md"])
def test_author_and_dates_are_in_the_report_and_on_no_page(suffix: str, tmp_path: Path) -> None:
    report = press(made(tmp_path, suffix))
    expected = Origin(SAID.author, SAID.created) if suffix in (".epub", ".md") else SAID
    assert report.leaflet.document.origin == expected
    told = "\n".join(lines(report))
    assert "  file      by Ana Example, written 2024-03-01" in told
    assert as_json(report)["file"]["author"] == "Ana Example"
    assert "Ana Example" in sheet.page(report, "2026-11-23")
    pages = "\n".join(report.pages.values())
    assert "Ana Example" not in pages
    assert "2024" not in pages


def test_a_web_pages_heading_is_its_title_whatever_its_author(tmp_path: Path) -> None:
    report = press(made(tmp_path, ".html"))
    assert report.leaflet.document.title == "Knee"
    assert [heading.text for heading in report.leaflet.headings] == ["Care"]


def test_a_file_that_says_nothing_of_itself_has_no_such_line(tmp_path: Path) -> None:
    (tmp_path / "knee.txt").write_text("Knee\n\nRest for a day.\n", encoding="utf-8")
    report = press(tmp_path / "knee.txt")
    assert report.leaflet.document.origin == Origin()
    assert "its own properties" not in "\n".join(lines(report))


@pytest.mark.parametrize("core", [b"<a", b"", b"<a>x</a>", b"<dc:creator/>"])
def test_broken_properties_are_none(core: bytes, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("docProps/core.xml", core)
    assert origins.of_office((tmp_path / "a.zip").read_bytes()) == Origin()
    assert origins.of_office(b"no zip") == Origin()
