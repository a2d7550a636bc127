"""A new project: what `clinicpress new` copies, and the passing one around a lone document."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib import resources
from pathlib import Path

from clinicpress import build, reading, shelves, slugs
from clinicpress.errors import ClinicpressError
from clinicpress.project import CONFIG, DOCUMENTS, Project
from clinicpress.report import Report
from clinicpress.review import beside
from clinicpress.starter import translation

# Marks a folder as a site that we delivered, so that it may be replaced by the next one.
MARK = ".clinicpress-site"
# What only a clinic's own project has. A site of one document has nobody who would change it.
CLINICS = ("practitioners.yml", "practitioners.md", "accessibility.md", "privacy.md", "assets")
# What stands between marks of Markdown or HTML and ends as a picture's file name does.
ENDINGS = "|".join(map(re.escape, sorted(shelves.IMAGES)))
PICTURE = re.compile(rf"""["'(<]([^"'()<>\n]+(?:{ENDINGS}))\b""", re.IGNORECASE)
SETTINGS = re.compile(
    r"^  # What pages show of your clinic\.(?s:.*?)(?=^  clinicpress:\n)"
    r"|^    # The list of your practitioners\b(?s:.*)\Z",
    re.M,
)


def create(folder: Path, document: Path | None, language: str | None = None) -> list[Report]:
    """Make a project in `folder`, split its first document, and return the report of that.

    It is in `language`, else in that of the document, where the starter has it.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ClinicpressError(
            folder, "there is something here already", "Name a folder that is new or empty."
        )
    with (
        _placing(folder),
        tempfile.TemporaryDirectory(prefix=".clinicpress-", dir=folder.parent) as scratch,
    ):
        made = _make(Path(scratch) / "project")
        if language is not None:
            translation.translate(made.root, language)
            build.split(made.shelf, {})  # the clinic's blocks are filled
        reports = _first(made, document, language is None) if document is not None else []
        if folder.exists():
            folder.rmdir()
        os.replace(made.root, folder)
    return reports


@contextmanager
def temporary(
    document: Path,
    target: Path,
    force: bool,
    options: build.Options = build.STRICT,
) -> Iterator[tuple[Project, list[Report]]]:
    """Give a project around a lone document, gone again afterwards.

    The document is read where it stands, with the pictures beside it.
    """
    if (
        not force
        and target.exists()
        and not (target / MARK).is_file()
        and (not target.is_dir() or any(target.iterdir()))
    ):
        remedy = "Name another folder with -o, or put it aside with --force."
        raise ClinicpressError(target, "there is something here that is not a site of ours", remedy)
    with tempfile.TemporaryDirectory(prefix="clinicpress-") as scratch:
        made = _make(Path(scratch) / "project", lone=True)
        name = f"{DOCUMENTS}/{_visible(document)}"
        called = replace(
            options, called={name: document.as_posix()}, pressed=_in_the_language_of(made)
        )
        yield made, build.split(made.shelf, {name: document}, options=called)


@contextmanager
def _placing(target: Path) -> Iterator[None]:
    """Say of what can't be written what it was for."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        yield
    except OSError as error:
        problem = f"it can't be written ({error.strerror})"
        remedy = "Name another folder, or check free space and permissions."
        raise ClinicpressError(target, problem, remedy) from error


def deliver(site: Path, target: Path) -> None:
    """Put a built site in place; the one before is gone only when the new one is there.

    A folder that is no site of ours is kept under another name beside it.
    """
    (site / MARK).touch()
    with (
        _placing(target),
        tempfile.TemporaryDirectory(prefix=".clinicpress-", dir=target.parent) as scratch,
    ):
        fresh = Path(shutil.copytree(site, Path(scratch) / "site"))
        if target.exists():
            ours = (target / MARK).is_file()
            os.replace(target, Path(scratch) / "before" if ours else build.aside(target))
        os.replace(fresh, target)


def _in_the_language_of(made: Project) -> Callable[[list[Report]], None]:
    """Return what puts a new project into the language of its first document."""
    return lambda reports: translation.translate(made.root, reports[0].leaflet.document.lang)


def _first(made: Project, document: Path, in_its_language: bool) -> list[Report]:
    """Put the first document into a project and split it; a mistake is named by its own path."""
    copy = made.root / DOCUMENTS / _visible(document)
    copy.write_bytes(reading.content(document, str(document)))
    if beside.file_of(document).is_file():
        shutil.copyfile(beside.file_of(document), beside.file_of(copy))
    for place, picture in _beside(document).items():
        (copy.parent / place).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(picture, copy.parent / place)
    documents = made.documents()
    called = dict.fromkeys(documents, str(document))
    options = build.Options(called=called)
    if in_its_language:
        options = replace(options, pressed=_in_the_language_of(made))
    return build.split(made.shelf, documents, options=options)


def _beside(document: Path) -> dict[Path, Path]:
    """Return the pictures that a text names, by their places from its folder on; none elsewhere."""
    if document.suffix.lower() not in build.TEXTS:
        return {}
    folder = document.parent.resolve()
    text = document.read_text(encoding="utf-8", errors="replace")
    named = {match.group(1).strip() for match in PICTURE.finditer(text)}
    found = (shelves.beside(folder, address) for address in sorted(named))
    return {path.relative_to(folder): path for path in found if path is not None}


def _make(root: Path, lone: bool = False) -> Project:
    left_out = ("__pycache__", "*.py", "languages", *(CLINICS if lone else (translation.LONE,)))
    with resources.as_file(resources.files("clinicpress") / "starter") as files:
        # Only docs/ and the top have what is left out; overrides/ has its own assets.
        shutil.copytree(files, root, ignore=shutil.ignore_patterns("overrides", *left_out))
        shutil.copytree(files / "overrides", root / "overrides")
    if lone:
        os.replace(root / translation.LONE, root / "docs" / "index.md")
        config = root / CONFIG
        config.write_text(SETTINGS.sub("", config.read_text(encoding="utf-8")), encoding="utf-8")
    # Under its own name it would hide files of this package from version control and the wheel.
    (root / "gitignore").rename(root / ".gitignore")
    (root / DOCUMENTS).mkdir(exist_ok=True)
    return Project(root)


def _visible(document: Path) -> str:
    """Return a file name for a document in a project: one with a dot in front would be hidden."""
    hidden = document.name.startswith(".")
    return f"{slugs.slug(document.stem, 'leaflet')}{document.suffix}" if hidden else document.name
