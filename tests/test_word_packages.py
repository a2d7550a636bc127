"""Word files whose parts have other names, prefixes or coding; bookmarks and notes between."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from clinicpress import build
from clinicpress.office import bookmarks, fields, notes, packaging
from clinicpress.report import Report
from documents import p, run, word

HEAD = p("Knee", "Title") + p("Care", "Heading1") + p("This is what we do after it, each time.")
END = p("Rest", "Heading1") + p("Rest for two days, then walk.")


def press(path: Path) -> Report:
    return build.press(path, path.name, "leaflet")


def care(report: Report) -> str:
    return " ".join(report.pages["care.md"].split("---", 2)[-1].split())


def changed(path: Path, name: Callable[[str], str], part: Callable[[bytes], bytes]) -> Path:
    """Return a file with other names for its parts, and other bytes in them."""
    out = io.BytesIO()
    with zipfile.ZipFile(path) as given, zipfile.ZipFile(out, "w") as new:
        for each in given.namelist():
            new.writestr(name(each), part(given.read(each)))
    path.write_bytes(out.getvalue())
    return path


def note(number: int, text: str) -> str:
    return f'<w:footnote w:id="{number}">{p(text)}</w:footnote>'


def reference(number: int) -> str:
    return f'<w:r><w:footnoteReference w:id="{number}"/></w:r>'


def noted(folder: Path, inner: str, texts: str) -> Path:
    return word(folder / "knee.docx", HEAD + p(inner) + END, {"footnotes": texts})


PLAIN = "Take it with water. [^1] [^1]: Ask us first."


def test_parts_may_have_other_names(tmp_path: Path) -> None:
    path = noted(tmp_path, run("Take it with water. ") + reference(2), note(2, "Ask us first."))
    for name in ("document", "footnotes", "styles"):
        new = f"{name}7.xml"
        changed(
            path,
            lambda each, name=name, new=new: each.replace(f"{name}.xml", new),  # type: ignore[misc]
            lambda part, name=name, new=new: part.replace(  # type: ignore[misc]
                f"{name}.xml".encode(), new.encode()
            ),
        )
    assert b"word/document7.xml" in path.read_bytes()
    assert PLAIN in care(press(path))


def test_a_part_of_the_usual_name_that_nothing_needs_is_not_read(tmp_path: Path) -> None:
    path = word(tmp_path / "knee.docx", HEAD + p("Eat well.") + END)
    changed(
        path,
        lambda each: each.replace("document.xml", "document2.xml"),
        lambda part: part.replace(b"document.xml", b"document2.xml"),
    )
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("word/document.xml", "<w:document/>")
    assert "Eat well." in care(press(path))


def test_xml_may_have_other_prefixes(tmp_path: Path) -> None:
    inner = (
        run("Write w:p or ns0:p and ") + run("10") + run("5", '<w:vertAlign w:val="superscript"/>')
    )

    def renamed(part: bytes) -> bytes:
        for old, new in ((b"<w:", b"<ns0:"), (b"</w:", b"</ns0:"), (b" w:", b" ns0:")):
            part = part.replace(old, new)
        return part.replace(b"xmlns:w=", b"xmlns:ns0=").replace(b"Write ns0:p", b"Write w:p")

    path = word(tmp_path / "knee.docx", HEAD + p(inner) + END)
    changed(path, str, lambda part: renamed(part) if b"xmlns:w=" in part else part)
    assert "Write w:p or ns0:p and 10^5^" in care(press(path))


def test_parts_may_be_in_utf_16(tmp_path: Path) -> None:
    path = word(tmp_path / "knee.docx", HEAD + p("Café first.") + END)

    def to_wide(part: bytes) -> bytes:
        return part.decode().replace("UTF-8", "UTF-16").encode("utf-16")

    changed(path, str, lambda part: to_wide(part) if b"<w:body>" in part else part)
    assert "Café first." in care(press(path))


@pytest.mark.parametrize("data", [b"", b"PK", b"{}"])
def test_what_is_no_package_is_left_as_it_is(data: bytes) -> None:
    assert packaging.usual(data) == data


def test_a_usual_package_is_left_as_it_is(tmp_path: Path) -> None:
    data = word(tmp_path / "knee.docx", HEAD).read_bytes()
    assert packaging.usual(data) is data


# --- Bookmarks and notes


def test_a_bookmark_between_paragraphs_can_be_linked_to(tmp_path: Path) -> None:
    mark = '<w:bookmarkStart w:id="9" w:name="pain"/>'
    link = f'<w:hyperlink w:anchor="pain">{run("about pain")}</w:hyperlink>'
    body = HEAD + p(link) + p("After", "Heading1") + p("Rest for two days, then walk.")
    body += mark + '<w:p/><w:bookmarkEnd w:id="9"/>' + p("Pain is common after it, for a day.")
    report = press(word(tmp_path / "knee.docx", body))
    assert "[about pain](after.md" in report.pages["care.md"]
    assert report.findings == ()


@pytest.mark.parametrize(
    "part",
    [
        b"",
        b"<w:bookmarkStart",
        b"<w:d><w:bookmarkStart></w:bookmarkStart><w:p><w:r/></w:p></w:d>",
        b"<w:d><w:bookmarkStart/></w:d>",
    ],
)
def test_what_can_not_be_moved_stays(part: bytes) -> None:
    assert bookmarks.read(part) == fields.Read(part)


def test_a_note_whose_reference_was_deleted_is_deleted_too(tmp_path: Path) -> None:
    gone = f'<w:del w:id="1" w:author="A">{reference(2)}</w:del>'
    texts = note(2, "Not this.") + note(3, "Ask us first.")
    report = press(noted(tmp_path, run("Take it with water. ") + gone + reference(3), texts))
    assert PLAIN in care(report)
    assert report.leaflet.removed == ()


def test_a_note_that_nothing_refers_to_is_named(tmp_path: Path) -> None:
    line = '<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
    texts = line + note(2, "Ask us first.") + note(3, "Not this.")
    report = press(noted(tmp_path, run("Take it with water. ") + reference(2), texts))
    assert PLAIN in care(report)
    assert report.leaflet.removed == (notes.TOLD.format("“Not this.”"),)
