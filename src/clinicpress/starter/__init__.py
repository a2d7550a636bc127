"""A new project: what `clinicpress new` copies, and the passing one around a lone document."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib import resources
from pathlib import Path

from clinicpress import build, review
from clinicpress.errors import ClinicpressError
from clinicpress.project import DOCUMENTS, Project
from clinicpress.report import Report

# Marks a folder as a site that we delivered, so that it may be replaced by the next one.
MARK = ".clinicpress-site"


def create(folder: Path, document: Path | None) -> list[Report]:
    """Make a project in `folder`, split its first document, and return the report of that."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ClinicpressError(
            folder, "there is something here already", "Name a folder that is new or empty."
        )
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".clinicpress-", dir=folder.parent) as scratch:
        made, reports = _make(Path(scratch) / "project", document)
        if folder.exists():
            folder.rmdir()
        os.replace(made.root, folder)
    return reports


@contextmanager
def temporary(document: Path, target: Path, force: bool) -> Iterator[tuple[Project, list[Report]]]:
    """Give a project around a lone document, gone again afterwards."""
    if (
        not force
        and target.exists()
        and not (target / MARK).is_file()
        and (not target.is_dir() or any(target.iterdir()))
    ):
        remedy = "Name another folder with -o, or replace what is there with --force."
        raise ClinicpressError(target, "there is something here that is not a site of ours", remedy)
    with tempfile.TemporaryDirectory(prefix="clinicpress-") as scratch:
        yield _make(Path(scratch) / "project", document)


def deliver(site: Path, target: Path) -> None:
    """Put a built site in place; the one before is gone only when the new one is there."""
    target.parent.mkdir(parents=True, exist_ok=True)
    (site / MARK).touch()
    with tempfile.TemporaryDirectory(prefix=".clinicpress-", dir=target.parent) as scratch:
        fresh = Path(shutil.copytree(site, Path(scratch) / "site"))
        if target.exists():
            os.replace(target, Path(scratch) / "before")
        os.replace(fresh, target)


def _make(root: Path, document: Path | None) -> tuple[Project, list[Report]]:
    with resources.as_file(resources.files("clinicpress") / "starter") as files:
        shutil.copytree(files, root, ignore=shutil.ignore_patterns("__pycache__", "*.py"))
    # Under its own name it would hide files of this package from version control and the wheel.
    (root / "gitignore").rename(root / ".gitignore")
    (root / DOCUMENTS).mkdir(exist_ok=True)
    made = Project(root)
    if document is None:
        return made, []
    # Read where it stands first, so that a mistake is named by its own path.
    standing = build.press(document, str(document), "leaflet").standing
    _copy(document, root / DOCUMENTS)
    reports = build.split(made.shelf, made.documents())
    return made, [replace(report, standing=standing) for report in reports]


def _copy(document: Path, folder: Path) -> None:
    shutil.copyfile(document, folder / document.name)
    file = review.file_of(document)
    if file.is_file():
        shutil.copyfile(file, folder / file.name)
