"""What `clinicpress new` copies is what this repository uses, and the wheel has all of it."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
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
    text = re.sub(r"(?m)^(site_name|site_description):.*\n", "", text)
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
    assert {"leaflet.typ", "starter/mkdocs.yml", "starter/overrides/main.html"} <= source.keys()
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
