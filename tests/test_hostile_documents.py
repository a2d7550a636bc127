"""Files that mean harm, or are too much: a clear error or clean pages, and nothing elsewhere."""

from __future__ import annotations

import http.server
import threading
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from clinicpress import build, reading
from clinicpress.errors import ClinicpressError
from clinicpress.report import Report
from conftest import clinicpress, snapshot, told
from documents import PNG, cell, open_document, p, picture, relation, table, word

HEAD = p("Knee injection", "Title") + p("Before", "Heading1") + p("Rest for two days.")
AFTER = p("After", "Heading1") + p("Tell us if you are in pain.")


def press(path: Path) -> Report:
    return build.press(path, path.name, "leaflet")


# --- Told

DECLARED = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
LAUGHS = "<!DOCTYPE x [" + "".join(
    f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(10)
) + "]>"  # fmt: skip


def declaring(kind: str, declaration: str) -> Callable[[Path], object]:
    """Return a maker of a file whose XML declares entities."""

    def make(path: Path) -> None:
        word(path, HEAD) if kind == ".docx" else open_document(path, "<text:p>x</text:p>")
        part = "word/document.xml" if kind == ".docx" else "content.xml"
        with zipfile.ZipFile(path) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        given = parts[part].decode()
        parts[part] = given.replace("?>", "?>" + declaration, 1).encode()
        with zipfile.ZipFile(path, "w") as archive:
            for name, data in parts.items():
                archive.writestr(name, data)

    return make


def cut_short(path: Path) -> None:
    word(path, HEAD + AFTER)
    path.write_bytes(path.read_bytes()[:-400])


def damaged(path: Path) -> None:
    word(path, HEAD + AFTER)
    data = bytearray(path.read_bytes())
    at = data.index(b"word/document.xml") + 40
    data[at : at + 60] = bytes(60)
    path.write_bytes(data)


def locked(path: Path) -> None:
    word(path, HEAD)
    data = bytearray(path.read_bytes())
    at = data.index(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 1)
    path.write_bytes(data)


def huge(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(300_000_000)


def deep_table(path: Path) -> None:
    inner = p("deep")
    for _ in range(400):
        inner = f"<w:tbl><w:tr><w:tc>{inner}{p('x')}</w:tc></w:tr></w:tbl>"
    word(path, inner)


def bomb_of_pictures(path: Path) -> None:
    word(path, HEAD, None, {"word/media/a.png": bytes(250_000_000)})


def written(data: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(data)


TOLD: dict[str, tuple[str, Callable[[Path], object], str]] = {
    "an entity from outside, Word": ("a.docx", declaring(".docx", DECLARED), "document type"),
    "an entity from outside, OpenDocument": ("a.odt", declaring(".odt", DECLARED), "document type"),
    "a bomb of entities": ("a.docx", declaring(".docx", LAUGHS), "document type"),
    "a bomb of pictures": ("a.docx", bomb_of_pictures, "would unpack to 250 MB"),
    "300 MB": ("a.docx", huge, "larger than 20 MB"),
    "300 MB of text": ("a.txt", huge, "larger than 20 MB"),
    "cut short": ("a.docx", cut_short, "the file is broken"),
    "damaged inside": ("a.docx", damaged, "the file is broken"),
    "locked": ("a.docx", locked, "it is encrypted"),
    "deep tables": ("a.docx", deep_table, "nested too deeply"),
    "deep web page": ("a.html", written(b"<ul><li>" * 3000 + b"x"), "nested too deeply"),
    "a macro document": ("a.docm", lambda path: word(path, HEAD), "can't be read"),
    "OpenDocument called Word": (
        "a.docx", lambda path: open_document(path, "<text:p>x</text:p>"), "not a .docx file inside",
    ),
    "Word called OpenDocument": ("a.odt", lambda path: word(path, HEAD), "not a .odt file inside"),
    "Word called text": ("a.txt", lambda path: word(path, HEAD), "not a text file"),
    "Word called a web page": ("a.html", lambda path: word(path, HEAD), "not a text file"),
    "a web page called Word": ("a.docx", written(b"<h1>Knee</h1>"), "the file is broken"),
}  # fmt: skip


@pytest.mark.parametrize("case", TOLD)
def test_a_file_that_can_not_be_used_is_told(case: str, tmp_path: Path) -> None:
    name, make, problem = TOLD[case]
    make(tmp_path / name)
    with pytest.raises(ClinicpressError) as stopped:
        press(tmp_path / name)
    assert problem in stopped.value.problem
    assert stopped.value.place.startswith(name)
    assert stopped.value.remedy


# --- Made harmless


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """A web server on this machine, and what it was asked for."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}", asked
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("suffix", [".docx", ".odt", ".html", ".md"])
def test_a_picture_from_afar_is_never_asked_for(
    suffix: str, tmp_path: Path, listener: tuple[str, list[str]]
) -> None:
    site, asked = listener
    path = tmp_path / f"knee{suffix}"
    far = f"{site}/a.png"
    if suffix == ".docx":
        relations = relation("rPic", "image", far, outside=True)
        inner = p(picture("A knee")) + p(picture("A knee").replace("r:embed", "r:link"))
        word(path, HEAD + inner + AFTER, relations=relations)
    elif suffix == ".odt":
        frame = f'<draw:frame><draw:image xlink:href="{far}"/></draw:frame>'
        open_document(path, f"<text:p>Rest. {frame}</text:p><text:p>Walk.</text:p>")
    elif suffix == ".html":
        css = f'<link rel="stylesheet" href="{site}/a.css"><iframe src="{site}/f"></iframe>'
        path.write_text(f'{css}<h1>Knee</h1><p>Rest.<img src="{far}" alt="A knee"></p>', "utf-8")
    else:
        path.write_text(f"# Knee\n\nRest. ![A knee]({far})\n", encoding="utf-8")
    report = press(path)
    assert asked == []
    assert site not in "".join(report.pages.values())
    assert report.leaflet.document.media == {}


@pytest.mark.parametrize("target", ["../../../evil.png", "/evil.png", "media/..%2f..%2fevil.png"])
def test_the_name_of_a_picture_can_not_lead_out(target: str, tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b" / "c"
    inner.mkdir(parents=True)
    files = {f"word/{target}": PNG, "../../evil.png": PNG, "/evil.png": PNG}
    relations = relation("rPic", "image", target)
    word(inner / "knee.docx", HEAD + p(picture("A knee")) + AFTER, None, files, relations)
    done = clinicpress("split", "knee.docx", "-o", "out", cwd=inner)
    assert "Traceback" not in done.stderr
    made = {name for name in snapshot(tmp_path) if name != "a/b/c/knee.docx"}
    assert made
    assert all(name.startswith("a/b/c/out/") and "evil" not in name for name in made)


def test_a_macro_stays_behind(tmp_path: Path) -> None:
    path = tmp_path / "knee.docx"
    word(path, HEAD + AFTER, None, {"word/vbaProject.bin": b"Attribute VB_Name"})
    report = press(path)
    assert "VB_Name" not in "".join(report.pages.values())
    assert report.leaflet.document.media == {}


# --- Too much


def test_ten_thousand_headings_are_told(tmp_path: Path) -> None:
    text = "# Knee\n\n" + "".join(f"## Part {n}\n\nRest.\n\n" for n in range(10_000))
    (tmp_path / "knee.md").write_text(text, encoding="utf-8")
    with pytest.raises(ClinicpressError, match="10,000 headings"):
        reading.read(tmp_path / "knee.md")


def test_a_handbook_of_a_thousand_headings_is_kept(tmp_path: Path) -> None:
    text = "# Knee\n\n" + "".join(f"## Part {n}\n\nRest.\n\n" for n in range(1_000))
    (tmp_path / "knee.md").write_text(text, encoding="utf-8")
    heads = [b for b in reading.read(tmp_path / "knee.md").blocks if b["t"] == "Header"]
    assert len(heads) == 1_000


@pytest.mark.parametrize("text", ["Rest for two days. " * 52_632, "a" * 1_000_000])
def test_a_paragraph_of_a_million_characters_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "knee.txt").write_text(f"Knee\n\n{text}", encoding="utf-8")
    with pytest.raises(ClinicpressError, match="characters") as told_:
        reading.read(tmp_path / "knee.txt")
    assert text[:20].strip() in str(told_.value)


def test_a_table_cell_is_a_paragraph_too(tmp_path: Path) -> None:
    long = "Rest for two days. " * 20_000
    word(tmp_path / "knee.docx", HEAD + table(cell("a") + cell(long)) + AFTER)
    with pytest.raises(ClinicpressError, match="characters"):
        reading.read(tmp_path / "knee.docx")


def test_a_long_paragraph_that_packs_well_is_no_bomb(tmp_path: Path) -> None:
    word(tmp_path / "knee.docx", p("Knee injection", "Title") + p("Rest for two days. " * 5_000))
    assert str(reading.read(tmp_path / "knee.docx").blocks).count("'Rest'") == 5_000


def test_a_wide_table_is_kept(tmp_path: Path) -> None:
    row = "".join(cell(f"c{n}") for n in range(500))
    word(tmp_path / "knee.docx", HEAD + table(row, row) + AFTER)
    assert "c499" in str(reading.read(tmp_path / "knee.docx").blocks)


def test_the_command_says_what_is_wrong_and_leaves_nothing(tmp_path: Path) -> None:
    deep_table(tmp_path / "knee.docx")
    told(clinicpress("split", "knee.docx", "-o", "out", cwd=tmp_path), "knee.docx", "nested")
    assert set(snapshot(tmp_path)) == {"knee.docx"}
