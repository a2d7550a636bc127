"""A clinic's project on disk: its documents, its pages, and the lock that ties them together."""

from __future__ import annotations

import html
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from pathlib import Path, PurePosixPath

from clinicpress import (
    changes,
    differences,
    lists,
    lock,
    navigation,
    reading,
    redirects,
    renaming,
    slugs,
    writing,
)
from clinicpress.clinic import face, wording
from clinicpress.clinic.wording import Own
from clinicpress.errors import ClinicpressError
from clinicpress.lists import Front
from clinicpress.lock import Entry
from clinicpress.pages import LANDING
from clinicpress.report import Report

LOCK = "clinicpress.lock"
CONFIG = "mkdocs.yml"
DOCUMENTS = "documents"
# What programs write beside a document while it is open, and what a computer hides.
OPEN = (".", "~$")
# In bytes: most disks take 255 for a name, and a review file has a longer one than its document.
LONGEST_NAME = 200
# The first words of a page and its language, in its front matter.
SUMMARY = re.compile(rb'^description: "((?:[^"\\\n]|\\["\\])*)"$', re.MULTILINE)
LANG = re.compile(rb'^lang: "([A-Za-z0-9-]+)"$', re.MULTILINE)
# How many edited pages are shown with their difference; others are only named.
MAX_EDITS = 3


class Hand(Enum):
    """What to do with a page that a person has edited."""

    STOP = "stop"
    ADOPT = "adopt"
    FORCE = "force"


@dataclass(slots=True)
class Plan:
    """What storing would do: files by path (None: to go), and those of them edited by hand."""

    lock: dict[str, Entry]
    changes: dict[str, bytes | None] = field(default_factory=dict)
    edited: list[str] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Shelf:
    """A folder that leaflets are written to: a project's `docs`, or any for a lone document.

    `config` is the mkdocs.yml whose `nav` goes with it, where there is one. Paths in changes and in
    the lock are relative to `root`. `renamed` has the earlier names of documents, which the lock
    still knows them by.
    """

    root: Path
    docs: str = ""
    config: str = ""
    renamed: Mapping[str, str] = field(default_factory=dict)

    def path(self, slug: str, name: str) -> str:
        """Return the path of a page of a leaflet, relative to the root."""
        return "/".join([*filter(None, (self.docs, slug)), name])

    def source(self, name: str) -> str:
        """Return how pages call their document: by its path in a project, else by its name."""
        return name if self.config else PurePosixPath(name).name

    def words(self) -> Own:
        """Return the clinic's own words around leaflets, by language."""
        return face.words(self.root) if self.config else {}

    def lock(self) -> dict[str, Entry]:
        """Return the lock, by document; empty where there is none yet."""
        path = self.root / LOCK
        if not path.is_file():
            return {}
        try:
            known = lock.parse(path.read_text(encoding="utf-8"))
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            remedy = (
                "Restore it from version control or a backup: it tells your edits from the tool's "
                "own pages. Without either: remove it, then run `clinicpress split`; pages that "
                "you changed by hand are named then."
            )
            raise ClinicpressError(LOCK, "the lock can't be read", remedy) from None
        now = {old: name for name, old in self.renamed.items()}
        return {now.get(name, name): entry for name, entry in known.items()}

    def recognised(self, reports: Mapping[str, Report], gone: Iterable[str]) -> dict[str, str]:
        """Return the earlier name of each new document that is one of those gone."""
        known = self.lock()
        new = {n: report.pages.values() for n, report in reports.items() if n not in known}
        earlier = {name: self._texts(known[name]).values() for name in gone} if new else {}
        return renaming.renamed(earlier, new)

    def slugs(self, names: Iterable[str]) -> dict[str, str]:
        """Return the folder of each document: the one it has, else a new one from its file name."""
        known = {name: entry.slug for name, entry in self.lock().items()}
        new = [name for name in names if name not in known]
        made = slugs.unique(
            (slugs.slug(Path(name).stem, "leaflet") for name in new), known.values()
        )
        return known | dict(zip(new, made, strict=True))

    def plan(
        self, reports: Mapping[str, Report], gone: Iterable[str] = (), hand: Hand = Hand.STOP
    ) -> Plan:
        """Return what is to be done for reports, by document, and for documents that are gone."""
        plan = Plan(self.lock())
        for name, report in reports.items():
            self._place(name, report, plan, hand)
        folders = [plan.lock[name].slug for name in gone]
        for name in gone:
            entry = plan.lock.pop(name)
            self._put(entry, dict.fromkeys(entry.pages), plan, hand)
        if self.config:
            nav = {
                r.leaflet.slug: (writing.inert(r.leaflet.document.title), self._menu(r))
                for r in plan.reports
            }
            fronts = self._fronts(plan)
            config = navigation.updated(self.root / self.config, nav, folders, fronts)
            plan.changes[self.config] = config
            listed = lists.updated(self.root / self.docs, config.decode(), fronts)
            plan.changes |= {self.path("", name): text.encode() for name, text in listed.items()}
            plan.changes |= face.files(self.root, self.docs, config.decode(), plan.changes)
        plan.changes[LOCK] = lock.text(plan.lock)
        return plan

    def store(self, plan: Plan) -> None:
        """Do what was planned, all or nothing; not where it would undo a person's edits."""
        if plan.edited:
            raise self._edits(plan)
        changes.apply(self.root, plan.changes)

    def differences(self, plan: Plan) -> dict[str, str]:
        """Return how each file that a plan would change differs from it, by path.

        The lock follows from the pages: it is one of them only where nothing else differs.
        """
        found = {path: (self._bytes(path), data) for path, data in plan.changes.items()}
        changed = {path: both for path, both in sorted(found.items()) if both[0] != both[1]}
        if len(changed) > 1:
            changed.pop(LOCK, None)
        return {
            path: differences.shown(before, after, (f"{path} now", f"{path} after a split"))
            for path, (before, after) in changed.items()
        }

    def _place(self, name: str, report: Report, plan: Plan, hand: Hand) -> None:
        """Plan the files of one leaflet, and say of it what became of its earlier pages."""
        leaflet, slug = report.leaflet, report.leaflet.slug
        texts = {page: text.encode() for page, text in report.pages.items()}
        new = {
            self.path(slug, f): data for f, data in (texts | dict(leaflet.document.media)).items()
        }
        before = plan.lock.get(name, Entry(slug, ""))
        moved = self._moved(before, report) if self.config else {}
        new |= {path: self._redirect(target, report) for path, target in moved.items()}
        if hand is Hand.FORCE:  # what was adopted is given back
            before = replace(before, adopted=tuple(set(before.adopted) - new.keys()))
        adopted = self._put(before, dict.fromkeys(before.pages) | new, plan, hand)
        pages = {path: lock.digest(data) for path, data in new.items() if path not in adopted}
        moved = {path: target for path, target in moved.items() if path not in adopted}
        digest = lock.digest("\0".join(report.pages.values()).encode())
        plan.lock[name] = Entry(slug, digest, pages, moved, adopted, leaflet.document.losses)
        called = self.renamed.get(name, "")
        plan.reports.append(replace(report, adopted=adopted, moved=moved, earlier=called))

    def _put(
        self, before: Entry, files: Mapping[str, bytes | None], plan: Plan, hand: Hand
    ) -> tuple[str, ...]:
        """Plan to write files or take them away; return those that stay a person's own."""
        adopted = [path for path in before.adopted if (self.root / path).is_file()]
        for path, data in files.items():
            if path in adopted:
                continue
            if hand is not Hand.FORCE and self._is_edited(path, before.pages.get(path), data):
                if hand is Hand.ADOPT:
                    adopted.append(path)
                    continue
                plan.edited.append(path)
            plan.changes[path] = data
        return tuple(sorted(adopted))

    def earlier(self, entry: Entry | None) -> dict[str, str]:
        """Return the text of each page that a document of a project has had, by its file name."""
        return self._texts(entry) if entry and self.config else {}

    def _moved(self, before: Entry, report: Report) -> dict[str, str]:
        """Return where each page that is gone leads now, by its path."""
        folder = self.path(before.slug, "")
        old = self._texts(before)
        earlier = {path.removeprefix(folder): target for path, target in before.moved.items()}
        moved = redirects.moves(old, report.pages, earlier)
        return {folder + name: target for name, target in sorted(moved.items())}

    def _texts(self, entry: Entry) -> dict[str, str]:
        """Return the text of each page of an entry, by its file name; not of those that moved."""
        folder = self.path(entry.slug, "")
        return {
            path.removeprefix(folder): (self._bytes(path) or b"").decode("utf-8", "replace")
            for path in entry.pages
            if path.endswith(".md") and path not in entry.moved
        }

    def _redirect(self, target: str, report: Report) -> bytes:
        document = report.leaflet.document
        words = wording.rules(document.lang, self.words()).words
        titles = {page.name: page.title for page in report.leaflet.pages}
        title = titles[target.partition("#")[0]]
        address = f"{report.leaflet.slug}/{target}"
        return redirects.page(address, title, words, document.lang).encode()

    def _fronts(self, plan: Plan) -> dict[str, Front]:
        """Return the front of each leaflet, by its folder; of others than the plan's, as is."""
        planned = {
            r.leaflet.slug: Front(r.leaflet.document.lang, r.leaflet.pages[0].description)
            for r in plan.reports
        }
        others = {entry.slug for entry in plan.lock.values()} - planned.keys()
        for slug in others:
            first = self._bytes(self.path(slug, LANDING)) or b""
            if lang := LANG.search(first):
                summary = SUMMARY.search(first)
                text = summary.group(1).decode(errors="replace") if summary else ""
                text = html.unescape(re.sub(r"\\(.)", r"\1", text))
                planned[slug] = Front(lang.group(1).decode(), text)
        return planned

    def _menu(self, report: Report) -> list[str]:
        """Return the pages of a leaflet in the menu: its own, then those a person has kept."""
        folder = self.path(report.leaflet.slug, "")
        kept = (p.removeprefix(folder) for p in report.adopted if p.endswith(".md"))
        return list(dict.fromkeys([*report.pages, *kept]))

    def _bytes(self, path: str) -> bytes | None:
        file = self.root / path
        return file.read_bytes() if file.is_file() else None

    def _is_edited(self, path: str, digest: str | None, new: bytes | None) -> bool:
        """Say whether a file is neither as it will be nor as the tool left it."""
        found = self._bytes(path)
        return found is not None and found != new and lock.digest(found) != digest

    def _edits(self, plan: Plan) -> ClinicpressError:
        """Return what to say of edits that would be lost: each one's difference, the first few."""
        shown = [
            differences.shown(
                plan.changes[path], self._bytes(path), ("from the document", f"{path} by hand")
            )
            for path in plan.edited[:MAX_EDITS]
        ]
        others = [f"{path} too" for path in plan.edited[MAX_EDITS:]]
        problem = "this page was changed by hand, and would be overwritten"
        return ClinicpressError(
            plan.edited[0],
            "\n".join([problem, *shown, *others]),
            "Make the change in the document instead; or keep your page, which later runs then "
            "leave alone: clinicpress split --adopt; or give up the edit with --force.",
        )


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
        if long := next((p for p in files if len(os.fsencode(p.name)) > LONGEST_NAME), None):
            problem = "its name is too long: its review file, and its pages, could not be named"
            remedy = "Give it a shorter one, of a few words."
            raise ClinicpressError(long.relative_to(self.root).as_posix(), problem, remedy)
        return {
            p.relative_to(self.root).as_posix(): p for p in files if not p.name.startswith(OPEN)
        }

    def settings(self) -> tuple[Path, ...]:
        """Return where the clinic says what pages show of it, whether or not it is there."""
        return tuple(self.root / name for name in (CONFIG, face.PRACTITIONERS, face.SEARCH_WORDS))

    def leaflets(self) -> dict[str, list[str]]:
        """Return the pages of each leaflet in the navigation, by its folder."""
        return navigation.leaflets(self.root / CONFIG)


def is_shelved(folder: Path) -> bool:
    """Say whether a folder is where a project keeps its documents."""
    return folder.name == DOCUMENTS and (folder.parent / CONFIG).is_file()


def find(start: Path, recover: bool = True) -> Project:
    """Return the project around `start`: the nearest folder up with mkdocs.yml and documents/.

    What a killed run had begun is finished first, unless nothing may be changed.
    """
    for folder in (start.resolve(), *start.resolve().parents):
        if (folder / CONFIG).is_file() and (folder / DOCUMENTS).is_dir():
            if recover:
                changes.recover(folder)
            return Project(folder)
    raise ClinicpressError(
        start,
        f"this is not a Clinicpress project: it has no {CONFIG} with a {DOCUMENTS}/ folder",
        "Go to the project's folder, make one with `clinicpress new`, or name a document.",
    )
