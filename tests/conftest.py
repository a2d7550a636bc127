"""What the tests share: sample documents, a site built once, a browser opened once."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

import browser as chromium

ROOT = Path(__file__).parents[1]
CASES = ROOT / "tests" / "cases"

settings.register_profile("default", deadline=None, derandomize=True)
settings.load_profile("default")

Command = Callable[..., subprocess.CompletedProcess[str]]


def clinicpress(*arguments: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the command as a user would, and return what came of it."""
    return subprocess.run(
        [sys.executable, "-m", "clinicpress", *map(str, arguments)],
        cwd=cwd,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture(scope="session")
def our_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of this repository's own project, as it is committed."""
    root = tmp_path_factory.mktemp("our") / "project"
    root.mkdir()
    for name in ("documents", "docs", "overrides"):
        shutil.copytree(ROOT / name, root / name)
    for name in ("mkdocs.yml", "clinicpress.lock", "practitioners.yml"):
        shutil.copyfile(ROOT / name, root / name)
    return root


@pytest.fixture(scope="session")
def our_site(our_project: Path) -> Path:
    """Our own site, built with its PDF."""
    done = clinicpress("build", cwd=our_project)
    assert done.returncode == 0, done.stdout + done.stderr
    return our_project / "site"


@pytest.fixture(scope="session")
def chrome() -> Iterator[Browser]:
    """A headless Chromium."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.FLAGS)
        yield opened
        opened.close()


def snapshot(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes, by its path within."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def stamps(folder: Path) -> dict[str, int]:
    """Every file and folder below a folder with the time of its last change."""
    return {
        path.relative_to(folder).as_posix(): path.stat().st_mtime_ns
        for path in sorted(folder.rglob("*"))
    }


def told(done: subprocess.CompletedProcess[str], *words: str) -> str:
    """Return the message of a run that had to stop: exit code 2, plain words, and the remedy."""
    assert done.returncode == 2, done.stdout + done.stderr
    assert "Traceback" not in done.stderr + done.stdout, done.stderr
    assert len(done.stderr.strip().splitlines()) >= 2, done.stderr
    for word in words:
        assert word in done.stderr, done.stderr
    return done.stderr


SMALL = """# Shoulder injection

An injection can ease pain in your shoulder.

## Before you come

Tell us if you take a blood thinner.

## Your practitioner

Check that your practitioner is registered.[^1]

[^1]: A source: <https://example.org/register>
"""


@pytest.fixture(scope="session")
def small_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new project with one short leaflet, to copy from."""
    folder = tmp_path_factory.mktemp("small")
    (folder / "shoulder.md").write_text(SMALL, encoding="utf-8")
    done = clinicpress("new", "clinic", "shoulder.md", cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "clinic"


@pytest.fixture
def small_project(small_made: Path, tmp_path: Path) -> Path:
    """A project with one short leaflet, to change as a test likes."""
    return shutil.copytree(small_made, tmp_path / "clinic")
