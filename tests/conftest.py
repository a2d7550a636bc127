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
    for name in ("mkdocs.yml", "clinicpress.lock"):
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
