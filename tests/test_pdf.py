"""The PDF: tagged, named, in the leaflet's language, and with every word of its pages."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, StreamObject

import documents
from clinicpress import build, notices
from clinicpress import leaflet as making
from clinicpress.model import Kind, Leaflet
from conftest import ROOT, clinicpress
from documents import PNG, p, picture, relation, run

NAME = "dry-needling-for-sciatica"


@pytest.fixture(scope="session")
def pdf(our_site: Path) -> PdfReader:
    return PdfReader(our_site / NAME / f"{NAME}.pdf")


@pytest.fixture(scope="session")
def letters(pdf: PdfReader) -> str:
    """The PDF's letters and digits: line ends, hyphens and spacing are the layout's own."""
    return squeezed("".join(page.extract_text() for page in pdf.pages))


@pytest.fixture(scope="session")
def leaflet() -> Leaflet:
    document = ROOT / "documents" / f"{NAME}.md"
    return build.press(document, document.name, NAME).leaflet


def squeezed(text: str) -> str:
    text = text.replace("ﬁ", "fi").replace("ﬂ", "fl").replace("ﬀ", "ff").replace("ﬃ", "ffi")
    return re.sub(r"[\W_]", "", text).casefold()


def catalog(pdf: PdfReader) -> DictionaryObject:
    root = pdf.trailer["/Root"].get_object()
    assert isinstance(root, DictionaryObject)
    return root


def test_it_is_titled_tagged_and_in_its_language(pdf: PdfReader, leaflet: Leaflet) -> None:
    root = catalog(pdf)
    assert pdf.metadata is not None
    assert pdf.metadata.title == leaflet.document.title == "Dry needling for sciatica"
    assert str(root["/Lang"]) == "en-GB"
    assert inner(root, "/MarkInfo")["/Marked"]
    assert inner(root, "/StructTreeRoot")["/K"]
    assert inner(root, "/ViewerPreferences")["/DisplayDocTitle"]


def test_it_declares_pdf_ua_1(pdf: PdfReader) -> None:
    metadata = catalog(pdf)["/Metadata"].get_object()
    assert isinstance(metadata, StreamObject)
    found = metadata.get_data().decode()
    assert re.search(r"<pdfuaid:part>1</pdfuaid:part>|pdfuaid:part=\"1\"", found)


def inner(parent: DictionaryObject, key: str) -> DictionaryObject:
    found = parent[key].get_object()
    assert isinstance(found, DictionaryObject)
    return found


def roles(node: Any) -> list[str]:
    """The structure types below a node, in reading order."""
    node = node.get_object()
    if isinstance(node, list):
        return [role for kid in node for role in roles(kid)]
    if not isinstance(node, dict):
        return []
    own = [str(node["/S"])] if "/S" in node else []
    return own + (roles(node["/K"]) if "/K" in node else [])


def test_its_tags_are_those_of_its_parts(pdf: PdfReader, leaflet: Leaflet) -> None:
    found = roles(catalog(pdf)["/StructTreeRoot"])
    assert found.count("/H1") + found.count("/H2") + found.count("/H3") >= len(leaflet.headings)
    assert {"/P", "/L", "/LI", "/Link", "/Note"} <= set(found)
    assert "/Artifact" not in found


def test_every_sentence_is_in_it_and_in_order(letters: str, leaflet: Leaflet) -> None:
    at = 0
    for sentence in leaflet.sentences:
        wanted = squeezed(sentence.text)
        if sentence.shape == "footnote":
            assert wanted in letters, sentence.text
            continue
        found = letters.find(wanted, at)
        # A footnote mark or a page's foot within a sentence: look for its words in order.
        if found < 0:
            found = in_order(letters, at, sentence.text)
        assert found >= 0, sentence.text
        at = found


def in_order(letters: str, at: int, sentence: str) -> int:
    """Return where the words of a sentence stand one after another, with little between them."""
    first = -1
    reach = 2500
    for word in map(squeezed, sentence.split()):
        found = letters.find(word, at, at + reach)
        if found < 0:
            return -1
        first = found if first < 0 else first
        at = found + len(word)
    return first


def test_every_heading_and_notice_title_is_in_it(letters: str, leaflet: Leaflet) -> None:
    assert all(squeezed(heading.text) in letters for heading in leaflet.headings)
    titles = notices.load(leaflet.document.lang).titles
    for kind in (Kind.EMERGENCY, Kind.SAFETY, Kind.CREDENTIAL):
        assert squeezed(titles[kind]) in letters


def targets(pdf: PdfReader) -> list[Any]:
    """The action or destination of each link."""
    notes = [a.get_object() for page in pdf.pages for a in page.get("/Annots", [])]
    return [note.get("/Dest") or note["/A"] for note in notes if note["/Subtype"] == "/Link"]


def test_links_between_sections_stay_inside(pdf: PdfReader, leaflet: Leaflet) -> None:
    outside = [t["/URI"] for t in targets(pdf) if isinstance(t, dict) and "/URI" in t]
    assert all(address.startswith(("http://", "https://", "tel:")) for address in outside)
    inside = [t for t in targets(pdf) if not (isinstance(t, dict) and "/URI" in t)]
    assert len(inside) >= len(leaflet.pages)
    assert outside


def test_its_outline_has_the_sections(pdf: PdfReader, leaflet: Leaflet) -> None:
    def titles(items: Any) -> list[str]:
        nested = [titles(i) if isinstance(i, list) else [str(i.title)] for i in items]
        return [title for group in nested for title in group]

    sections = [heading.text for heading in leaflet.headings]
    assert [title for title in titles(pdf.outline) if title in sections] == sections


def test_the_command_writes_the_same_pdf_to_a_folder(our_site: Path, tmp_path: Path) -> None:
    done = clinicpress("pdf", "-o", tmp_path / "pdf", cwd=our_site.parent)
    assert done.returncode == 0, done.stderr
    (made,) = (tmp_path / "pdf").rglob("*.pdf")
    assert str(made) in done.stdout
    assert made.read_bytes() == (our_site / NAME / f"{NAME}.pdf").read_bytes()


def test_a_row_that_is_a_notice_says_so_and_no_word_is_lost(tmp_path: Path) -> None:
    page = tmp_path / "docs" / "l.md"
    page.parent.mkdir()
    sign = '<span class="row-notice safety">Safety:</span>'
    rows = f"| What | When |\n|---|---|\n| Tea | free |\n| {sign} Do not drive | today |\n"
    page.write_text(f"# L\n\n{rows}\n3.  Wash.\n4.  Dry.\n", encoding="utf-8")
    making.make(tmp_path / "docs", ["l.md"], tmp_path / "l.pdf")
    said = " ".join(PdfReader(tmp_path / "l.pdf").pages[0].extract_text().split())
    assert "Tea free Safety: Do not drive today" in said
    assert "3. Wash. 4. Dry." in said


# --- Whose it is


def test_it_says_on_every_page_whose_it_is_and_whom_to_call(pdf: PdfReader) -> None:
    for page in pdf.pages:
        said = " ".join(page.extract_text().split())
        assert "Clinicpress example clinic · +44 1632 960000 · In an emergency, call 999" in said
    assert "This is not a real clinic." in pdf.pages[0].extract_text()


def test_a_lone_leaflet_says_nothing_of_a_clinic(tmp_path: Path) -> None:
    (tmp_path / "knee.md").write_text("# Knee\n\nRest.\n", encoding="utf-8")
    assert clinicpress("build", "knee.md", "-o", "out", cwd=tmp_path).returncode == 0
    said = PdfReader(tmp_path / "out" / "knee" / "knee.pdf").pages[0].extract_text()
    assert "linic" not in said.replace("clinician", "")


# --- Pictures

PICTURES = {
    "ankle.md": (
        '# Ankle\n\nRest.\n\n![A "bent" knee](knee.png)\n\n## After\n\nText ![](knee.png) on.\n'
    ),
    "ankle.docx": p("Ankle", "Title")
    + p(run("Rest. ") + picture("A “bent” knee"))
    + p("After", "Heading1")
    + p(run("Text ") + picture("") + run(" on.")),
}


def descriptions(node: Any) -> list[str]:
    """The descriptions of the pictures below a node, in reading order."""
    node = node.get_object()
    if isinstance(node, list):
        return [said for kid in node for said in descriptions(kid)]
    if not isinstance(node, dict):
        return []
    own = [str(node["/Alt"])] if "/Alt" in node else []
    return own + (descriptions(node["/K"]) if "/K" in node else [])


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_has_its_description_and_one_without_says_so(name: str, tmp_path: Path) -> None:
    if name.endswith(".docx"):
        files = {"word/media/knee.png": PNG}
        relations = relation("rPic", "image", "media/knee.png")
        documents.word(tmp_path / name, PICTURES[name], files=files, relations=relations)
    else:
        (tmp_path / name).write_text(PICTURES[name], encoding="utf-8")
        (tmp_path / "knee.png").write_bytes(PNG)
    done = clinicpress("build", name, "-o", "out", cwd=tmp_path)
    assert done.returncode == 1
    assert "a picture has no description, in the section “After”" in done.stderr
    made = PdfReader(tmp_path / "out" / "ankle" / "ankle.pdf")
    said = descriptions(catalog(made)["/StructTreeRoot"])
    assert [re.sub("[“”]", '"', text) for text in said] == [
        'A "bent" knee',
        "Picture without a description",
    ]


def test_it_has_the_clinics_name_logo_and_color(small_project: Path, tmp_path: Path) -> None:
    (small_project / "docs" / "our.png").write_bytes(PNG)
    config = small_project / "mkdocs.yml"
    text = config.read_text(encoding="utf-8").replace("name: Your clinic", "name: Harbour Lane")
    text = text.replace("    logo: assets/images/leaflet.svg", "    logo: our.png")
    config.write_text(text.replace("#0b5f73", "#7a1428"), encoding="utf-8")
    done = clinicpress("pdf", "-o", tmp_path / "pdf", cwd=small_project)
    assert done.returncode == 0, done.stdout + done.stderr
    first = PdfReader(tmp_path / "pdf" / "shoulder.pdf").pages[0]
    assert len(first.images) == 1
    assert first.extract_text().lstrip().startswith("Harbour Lane")
    drawn = first.get_contents()
    assert drawn is not None
    assert re.search(rb"0\.478\d* 0\.078\d* 0\.156\d* (?:scn|rg)", drawn.get_data())
