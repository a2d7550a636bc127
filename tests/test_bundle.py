"""The offline zip: what is in it, that it is always the same, and that it works unpacked."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from clinicpress import bundle
from clinicpress.bundle import Cover
from clinicpress.errors import ClinicpressError
from conftest import clinicpress, snapshot, told

FOLDER = "clinicpress-example-clinic"
COVER = Cover("Clinicpress example clinic", "en")


@pytest.fixture(scope="module")
def packed(our_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("bundle") / "ours.zip"
    bundle.pack(our_site, target, COVER)
    return target


def test_it_has_the_whole_site_in_one_folder(packed: Path, our_site: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(packed) as opened:
        assert opened.testzip() is None
        opened.extractall(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [FOLDER]
    top = {path.name for path in (tmp_path / FOLDER).iterdir()}
    assert top == {"READ ME FIRST.txt", "Start here.html", "site"}
    expected = snapshot(our_site)
    del expected["404.html"], expected[".nojekyll"]
    assert snapshot(tmp_path / FOLDER / "site") == expected
    assert any(name.endswith(".pdf") for name in expected)


def test_the_same_site_gives_the_same_zip(packed: Path, our_site: Path, tmp_path: Path) -> None:
    copy = tmp_path / "site"
    # Copied in another order and at another time, and with other rights.
    for name, data in reversed(snapshot(our_site).items()):
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        (copy / name).write_bytes(data)
        (copy / name).chmod(0o600)
    bundle.pack(copy, tmp_path / "again.zip", COVER)
    assert (tmp_path / "again.zip").read_bytes() == packed.read_bytes()
    with zipfile.ZipFile(packed) as opened:
        names = opened.namelist()
        assert names == sorted(names)
        assert {entry.date_time for entry in opened.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {entry.external_attr >> 16 & 0o777 for entry in opened.infolist()} == {0o644}


def test_unpacked_it_opens_and_finds(packed: Path, tmp_path: Path, chrome: Browser) -> None:
    somewhere = tmp_path / "A memory stick, 100% full #1"
    with zipfile.ZipFile(packed) as opened:
        opened.extractall(somewhere)
    page = chrome.new_page(viewport={"width": 1280, "height": 900})
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto((somewhere / FOLDER / "Start here.html").as_uri())
    page.wait_for_url("file://**/site/index.html")
    page.locator(".md-search__input").click()
    page.keyboard.type("cauda equina")
    page.locator(".md-search-result__link").first.click(timeout=15_000)
    page.wait_for_url("file://**/dry-needling-for-sciatica/*.html*")
    expect(page.locator("h1")).to_be_visible()
    pdf = page.get_by_role("link", name="Download this leaflet (PDF)").evaluate("a => a.href")
    assert (somewhere / FOLDER / "site" / Path(pdf).parent.name / Path(pdf).name).is_file()
    assert said == []
    page.close()


@pytest.mark.parametrize(
    ("settings", "title", "lang", "folder"),
    [
        ("site_name: 'A & <b>'\ntheme:\n  language: es\n", "A & <b>", "es", "a-b"),
        ("site_name: ../../etc\n", "../../etc", "en", "etc"),
        ("site_name: [a]\n", "Leaflets", "en", "leaflets"),
        ("site_name: '...'\ntheme: material\n", "...", "en", "leaflets"),
        ("", "Leaflets", "en", "leaflets"),
    ],
)
def test_it_is_called_as_the_site_is(settings: str, title: str, lang: str, folder: str) -> None:
    found = bundle.cover(settings)
    assert (found.title, found.lang, found.folder) == (title, lang, folder)


@pytest.mark.parametrize(
    ("lang", "start"), [("es", "Empiece aquí"), ("fr", "Commencez ici"), ("pl", "Start here")]
)
def test_it_speaks_the_language_of_the_site(lang: str, start: str, tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("x", encoding="utf-8")
    bundle.pack(tmp_path / "site", tmp_path / "a.zip", Cover("<b>&", lang))
    with zipfile.ZipFile(tmp_path / "a.zip") as opened:
        assert f"b/{start}.html" in opened.namelist()
        page = opened.read(f"b/{start}.html").decode()
        (read_me,) = (name for name in opened.namelist() if name.endswith(".txt"))
        assert f"{start}.html" in opened.read(read_me).decode("utf-8-sig")
    assert "<title>&lt;b&gt;&amp;</title>" in page


# --- The command


def test_the_command_builds_and_packs(small_project: Path) -> None:
    (small_project / "docs" / "shoulder" / "index.md").unlink()
    done = clinicpress("bundle", cwd=small_project)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Wrote your-clinic.zip (" in done.stdout
    with zipfile.ZipFile(small_project / "your-clinic.zip") as opened:
        assert "your-clinic/site/shoulder/index.html" in opened.namelist()
    first = (small_project / "your-clinic.zip").read_bytes()
    again = clinicpress("bundle", "-o", "docs/../again.zip", cwd=small_project)
    assert again.returncode == 0, again.stderr
    assert (small_project / "again.zip").read_bytes() == first


def test_nothing_is_packed_where_a_check_finds_something(small_project: Path) -> None:
    before = b"PK\x05\x06" + bytes(18)  # an empty zip
    (small_project / "your-clinic.zip").write_bytes(before)
    unsigned = clinicpress("bundle", "--publish", cwd=small_project)
    assert unsigned.returncode == 1
    assert "nobody has signed this leaflet off" in unsigned.stderr
    page = small_project / "docs" / "index.md"
    page.write_text(page.read_text(encoding="utf-8") + "\n[Gone](gone.md)\n", encoding="utf-8")
    broken = clinicpress("bundle", cwd=small_project)
    assert broken.returncode == 1
    assert "gone.md" in broken.stderr
    assert (small_project / "your-clinic.zip").read_bytes() == before


@pytest.mark.parametrize(
    "name", ["leaflets.txt", "mkdocs.yml", "notes.zip", "docs.zip", "no/x.zip"]
)
def test_a_place_for_something_else_is_refused(name: str, small_project: Path) -> None:
    (small_project / "notes.zip").write_text("my notes", encoding="utf-8")
    (small_project / "docs.zip").mkdir()
    before = snapshot(small_project)
    told(clinicpress("bundle", "-o", name, cwd=small_project), name, "-o")
    assert snapshot(small_project) == before


def test_without_a_built_site_there_is_nothing_to_pack(tmp_path: Path) -> None:
    with pytest.raises(ClinicpressError, match="there is no built site here"):
        bundle.pack(tmp_path, tmp_path / "a.zip", COVER)
    assert list(tmp_path.iterdir()) == []


def test_a_failure_leaves_the_zip_before(our_site: Path, tmp_path: Path) -> None:
    site = shutil.copytree(our_site, tmp_path / "site")
    (tmp_path / "out").mkdir()
    target = tmp_path / "out" / "a.zip"
    bundle.pack(site, target, COVER)
    before = target.read_bytes()
    (site / "index.html").write_text("changed", encoding="utf-8")
    with pytest.raises(UnicodeEncodeError):
        bundle.pack(site, target, Cover("no text: \ud800", "en"))
    assert target.read_bytes() == before
    assert list(target.parent.iterdir()) == [target]
