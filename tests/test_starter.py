"""What `clinicpress new` copies is what this repository uses, and the wheel has all of it."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import markdown
import pytest
import yaml

import clinicpress
from clinicpress import rendering
from conftest import ROOT, snapshot
from conftest import clinicpress as run
from documents import PNG

PACKAGE = Path(clinicpress.__file__).parent
STARTER = PACKAGE / "starter"
# Links beside headings: they are of the page's furniture and no part of its text.
LOOKS = {"toc": {"permalink", "permalink_title", "title"}}


class Loader(yaml.SafeLoader):
    """Reads MkDocs's own tags as plain values."""


Loader.add_constructor("!ENV", lambda loader, node: None)


def settings(path: Path) -> dict[str, Any]:
    data = yaml.load(path.read_text(encoding="utf-8"), Loader)  # noqa: S506 - a safe loader
    assert isinstance(data, dict)
    return data


def without_own(text: str) -> str:
    """Return mkdocs.yml without what each clinic has of its own."""
    text = re.sub(r"(?m)^(site_name|site_description|    name):.*\n", "", text)
    return re.sub(r"(?m)^nav:\n(?: .*\n)*", "", text)


def test_the_settings_are_those_of_this_repository() -> None:
    ours, starters = (
        (folder / "mkdocs.yml").read_text(encoding="utf-8") for folder in (ROOT, STARTER)
    )
    assert without_own(starters) == without_own(ours)
    assert len(without_own(ours).splitlines()) > 50
    assert settings(STARTER / "mkdocs.yml").keys() == settings(ROOT / "mkdocs.yml").keys()


def test_the_proof_renders_as_the_engine_does() -> None:
    listed = settings(ROOT / "mkdocs.yml")["markdown_extensions"]
    configured: dict[str, dict[str, Any]] = {}
    for item in listed:
        configured |= item if isinstance(item, dict) else {item: {}}
    assert configured.keys() == rendering.EXTENSIONS.keys()
    for name, options in configured.items():
        assert effective(name, options) == effective(name, rendering.EXTENSIONS[name]), name


def effective(name: str, options: dict[str, Any]) -> dict[str, Any]:
    """Return all options of an extension, those left out at their defaults."""
    found = markdown.Markdown().build_extension(name, options).getConfigs()
    kept = {key: value for key, value in found.items() if key not in LOOKS.get(name, set())}
    return {key: value for key, value in kept.items() if not callable(value)}


def test_the_looks_are_those_of_this_repository() -> None:
    assert snapshot(STARTER / "overrides") == snapshot(ROOT / "overrides")
    assert "main.html" in snapshot(STARTER / "overrides")


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package as it is released, unpacked. Its build tool is fetched only where it is not."""
    folder = tmp_path_factory.mktemp("wheel")
    here = ["--no-build-isolation"] if importlib.util.find_spec("hatchling") else []
    command = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--quiet", *here]
    command += ["--wheel-dir", str(folder), str(ROOT)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    (file,) = folder.glob("*.whl")
    with zipfile.ZipFile(file) as packed:
        packed.extractall(folder / "unpacked")
    return folder / "unpacked"


def test_the_wheel_has_every_file_and_works(wheel: Path, tmp_path: Path) -> None:
    source = {
        path: data for path, data in snapshot(PACKAGE).items() if "__pycache__" not in path
    } | {f"starter/overrides/{path}": data for path, data in snapshot(ROOT / "overrides").items()}
    assert snapshot(wheel / "clinicpress") == source
    assert {
        "paper/leaflet.typ",
        "starter/mkdocs.yml",
        "starter/overrides/main.html",
    } <= source.keys()
    assert {f"notices/rules/{tag}.toml" for tag in ("en", "es", "fr")} <= source.keys()
    done = subprocess.run(
        [sys.executable, "-m", "clinicpress", "new", "clinic"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(wheel), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "clinic" / "overrides" / "main.html").is_file()


# --- Pictures beside the first document


def test_pictures_beside_a_text_come_along(tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    (texts / "our pictures").mkdir(parents=True)
    outside = tmp_path / "secret.png"
    for path in ("knee.png", "our pictures/toe.jpg", "unnamed.png", "../secret.png"):
        (texts / path).write_bytes(PNG)
    (texts / "link.png").symlink_to(outside)
    (texts / "knee.md").write_text(
        "# Knee\n\n![A knee](knee.png)\n\n![A toe](our%20pictures/toe.jpg)\n\n"
        "![No](../secret.png)\n\n![No](link.png)\n\n![No](https://example.org/far.png)\n",
        encoding="utf-8",
    )
    done = run("new", "clinic", "texts/knee.md", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    documents = tmp_path / "clinic" / "documents"
    assert set(snapshot(documents)) == {"knee.md", "knee.png", "our pictures/toe.jpg"}
    assert len(list((tmp_path / "clinic/docs/knee/images").iterdir())) == 2
    again = run("split", "--check", cwd=tmp_path / "clinic")
    assert again.returncode == 0, again.stdout


def test_pictures_of_a_web_page_come_along(tmp_path: Path) -> None:
    (tmp_path / "my leg.gif").write_bytes(PNG)
    page = "<html><body><h1>Leg</h1><p>One.</p><img src='my leg.gif' alt='A leg'></body></html>"
    (tmp_path / "leg.html").write_text(page, encoding="utf-8")
    assert run("new", "clinic", "leg.html", cwd=tmp_path).returncode == 0
    assert (tmp_path / "clinic/documents/my leg.gif").read_bytes() == PNG


# --- In the language of the first leaflet

LANGUAGES = STARTER / "languages"
LEAFLET = {
    "es": "# Rodilla\n\n## Antes\n\nAvise al médico si toma anticoagulantes o está embarazada.\n",
    "fr": "# Genou\n\n## Avant\n\nPrévenez le médecin si vous prenez un anticoagulant.\n",
}
BLOCK = re.compile(r"^/{3,4} .*?(?=\n|\Z)|^ +attrs:", re.MULTILINE)


def blocks(page: Path) -> list[str]:
    found = BLOCK.findall(page.read_text(encoding="utf-8"))
    return [re.sub(r"\|[^|]*$", "", line) if "emergency" in line else line for line in found]


@pytest.mark.parametrize("language", LEAFLET)
def test_each_language_has_every_page_with_the_same_blocks(language: str) -> None:
    originals = {
        path.name: path for path in [*(STARTER / "docs").glob("*.md"), STARTER / "lone.md"]
    }
    pages = {path.name: path for path in (LANGUAGES / language).iterdir()}
    assert pages.keys() == originals.keys()
    for name, page in pages.items():
        assert blocks(page) == blocks(originals[name]), name
        assert len(page.read_text("utf-8").split("\n## ")) == len(
            originals[name].read_text("utf-8").split("\n## ")
        )


@pytest.mark.parametrize("language", LEAFLET)
def test_what_is_put_into_a_language_stands_in_the_starter_once(language: str) -> None:
    given = tomllib.loads((LANGUAGES / f"{language}.toml").read_text(encoding="utf-8"))["replace"]
    for name, words in given.items():
        text = (STARTER / name).read_text(encoding="utf-8")
        assert {said: text.count(said) for said in words} == dict.fromkeys(words, 1)


@pytest.mark.parametrize("language", LEAFLET)
def test_a_project_speaks_the_language_of_its_first_leaflet(language: str, tmp_path: Path) -> None:
    (tmp_path / "leaflet.md").write_text(LEAFLET[language], encoding="utf-8")
    assert run("new", "clinic", "leaflet.md", cwd=tmp_path).returncode == 0
    root = tmp_path / "clinic"
    assert settings(root / "mkdocs.yml")["theme"]["language"] == language
    home = (root / "docs" / "index.md").read_text(encoding="utf-8")
    assert {"es": "España: ", "fr": "France: "}[language] in home
    assert "leaflet/index.md" in home
    assert run("build", cwd=root).returncode == 0
    assert run("split", "--check", cwd=root).returncode == 0


@pytest.mark.parametrize("language", LEAFLET)
def test_a_site_of_one_document_speaks_its_language(language: str, tmp_path: Path) -> None:
    (tmp_path / "leaflet.md").write_text(LEAFLET[language], encoding="utf-8")
    assert run("build", "leaflet.md", "-o", "out", cwd=tmp_path).returncode == 0
    home = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert f'<html lang="{language}"' in home
    assert {"es": "pida ayuda ahora", "fr": "demandez de l’aide"}[language] in home


def test_a_language_can_be_named(tmp_path: Path) -> None:
    (tmp_path / "leaflet.md").write_text(LEAFLET["es"], encoding="utf-8")
    made = run("new", "clinic", "leaflet.md", "--language", "fr", cwd=tmp_path)
    assert made.returncode == 0
    assert settings(tmp_path / "clinic" / "mkdocs.yml")["theme"]["language"] == "fr"
    assert run("new", "other", "--language", "es", cwd=tmp_path).returncode == 0
    home = (tmp_path / "other" / "docs" / "index.md").read_text(encoding="utf-8")
    assert "España: " in home
    assert run("new", "third", "--language", "xx", cwd=tmp_path).returncode == 2
    assert not (tmp_path / "third").exists()


def test_a_leaflet_in_another_language_makes_an_english_project(tmp_path: Path) -> None:
    text = "---\nlang: de\n---\n\n# Knie\n\n## Vorher\n\nSagen Sie uns, welche Mittel Sie nehmen.\n"
    (tmp_path / "leaflet.md").write_text(text, encoding="utf-8")
    assert run("new", "clinic", "leaflet.md", cwd=tmp_path).returncode == 0
    assert settings(tmp_path / "clinic" / "mkdocs.yml")["theme"]["language"] == "en"
