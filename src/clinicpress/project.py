"""A clinic's project on disk: its documents, its pages, and the lock that ties them together."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from clinicpress import changes, navigation, reading, slugs, writing
from clinicpress.errors import ClinicpressError
from clinicpress.report import Report

LOCK = "clinicpress.lock"
CONFIG = "mkdocs.yml"
DOCUMENTS = "documents"


@dataclass(frozen=True, slots=True)
class Entry:
    """What the lock says of one document: its folder, its digest, the digest of each page."""

    slug: str
    digest: str
    pages: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Shelf:
    """A folder that leaflets are written to: a project's `docs`, or any for a lone document.

    `config` is the mkdocs.yml whose `nav` goes with it, where there is one. Paths in changes and in
    the lock are relative to `root`.
    """

    root: Path
    docs: str = ""
    config: str = ""

    def path(self, slug: str, name: str) -> str:
        """Return the path of a page of a leaflet, relative to the root."""
        return "/".join(part for part in (self.docs, slug, name) if part)

    def source(self, name: str) -> str:
        """Return how pages call their document: by its path in a project, else by its name."""
        return name if self.config else PurePosixPath(name).name

    def lock(self) -> dict[str, Entry]:
        """Return the lock, by document; empty where there is none yet."""
        path = self.root / LOCK
        if not path.is_file():
            return {}
        try:
            data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            return {name: _entry(row) for name, row in data["leaflets"].items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            remedy = (
                "Restore it from version control: it tells your edits from the tool's own pages."
            )
            raise ClinicpressError(LOCK, "the lock can't be read", remedy) from None

    def slugs(self, names: Iterable[str]) -> dict[str, str]:
        """Return the folder of each document: the one it has, else a new one from its file name."""
        known = {name: entry.slug for name, entry in self.lock().items()}
        new = [name for name in names if name not in known]
        made = slugs.unique(
            (slugs.slug(Path(name).stem, "leaflet") for name in new), known.values()
        )
        return known | dict(zip(new, made, strict=True))

    def store(
        self, reports: Sequence[Report], gone: Iterable[str] = (), force: bool = False
    ) -> None:
        """Write the pages of leaflets and take away those of gone documents, all or nothing."""
        lock = self.lock()
        wanted: dict[str, bytes | None] = {}
        for report in reports:
            self._plan(report, lock, wanted, force)
        folders = [lock[name].slug for name in gone]
        for name in gone:
            entry = lock.pop(name)
            wanted |= dict.fromkeys(self._ours(entry, force))
        if self.config:
            nav = {
                r.leaflet.slug: (writing.inert(r.leaflet.document.title), list(r.pages))
                for r in reports
            }
            config = navigation.updated(self.root / self.config, nav, folders)
            wanted[self.config] = config
            lists = navigation.lists(self.root / self.docs, config.decode())
            wanted |= {self.path("", name): text.encode() for name, text in lists.items()}
        wanted[LOCK] = _lock_text(lock)
        changes.apply(self.root, wanted)

    def _plan(
        self, report: Report, lock: dict[str, Entry], wanted: dict[str, bytes | None], force: bool
    ) -> None:
        document, slug = report.leaflet.document, report.leaflet.slug
        files = {name: text.encode() for name, text in report.pages.items()} | dict(document.media)
        new = {self.path(slug, name): data for name, data in files.items()}
        before = lock.get(document.name, Entry(slug, ""))
        stale = dict.fromkeys(set(self._ours(before, force)) - new.keys())
        for path, data in new.items():
            if not force:
                self._check_untouched(path, before.pages.get(path), data)
        wanted.update(stale)
        wanted.update(new)
        digest = hashlib.sha256("\0".join(report.pages.values()).encode()).hexdigest()
        lock[document.name] = Entry(
            slug, digest, {path: _digest(data) for path, data in new.items()}
        )

    def _ours(self, entry: Entry, force: bool) -> list[str]:
        """Return the pages of an entry, all of them as the tool left them."""
        for path, digest in entry.pages.items():
            if not force:
                self._check_untouched(path, digest, None)
        return list(entry.pages)

    def _check_untouched(self, path: str, digest: str | None, new: bytes | None) -> None:
        file = self.root / path
        if not file.is_file():
            return
        found = file.read_bytes()
        if found != new and _digest(found) != digest:
            problem = "this page was changed by hand, and would be overwritten"
            remedy = "Make the change in the document instead, or give up the edit with --force."
            raise ClinicpressError(path, problem, remedy)


@dataclass(frozen=True, slots=True)
class Project:
    """A folder with documents/, docs/ and mkdocs.yml."""

    root: Path

    @property
    def shelf(self) -> Shelf:
        """Return where the pages go."""
        return Shelf(self.root, "docs", CONFIG)

    @property
    def site(self) -> Path:
        """Return where the built site is."""
        return self.root / "site"

    def documents(self) -> dict[str, Path]:
        """Return the documents that can be read, by their path within the project."""
        folder = self.root / DOCUMENTS
        files = sorted(
            p for p in folder.rglob("*") if p.suffix.lower() in reading.FORMATS and p.is_file()
        )
        return {p.relative_to(self.root).as_posix(): p for p in files if not p.name.startswith(".")}

    def leaflets(self) -> dict[str, list[str]]:
        """Return the pages of each leaflet in the navigation, by its folder."""
        return navigation.leaflets(self.root / CONFIG)


def find(start: Path) -> Project:
    """Return the project around `start`: the nearest folder up with mkdocs.yml and documents/."""
    for folder in (start.resolve(), *start.resolve().parents):
        if (folder / CONFIG).is_file() and (folder / DOCUMENTS).is_dir():
            changes.recover(folder)
            return Project(folder)
    raise ClinicpressError(
        start,
        f"this is not a Clinicpress project: it has no {CONFIG} with a {DOCUMENTS}/ folder",
        "Go to the project's folder, make one with `clinicpress new`, or name a document.",
    )


def _entry(row: Any) -> Entry:
    """Return an entry of the lock; ValueError where it names a place outside its folder."""
    entry = Entry(row["slug"], row["digest"], row["pages"])
    for path in (entry.slug, *entry.pages):
        if {"..", "", "."} & set(path.split("/")) or "\\" in path or ":" in path:
            raise ValueError(path)
    return entry


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _lock_text(lock: Mapping[str, Entry]) -> bytes:
    rows = {
        name: {
            "slug": entry.slug,
            "digest": entry.digest,
            "pages": dict(sorted(entry.pages.items())),
        }
        for name, entry in sorted(lock.items())
    }
    return (json.dumps({"leaflets": rows}, indent=1, ensure_ascii=False) + "\n").encode()
