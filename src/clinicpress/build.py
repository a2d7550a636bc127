"""The whole way: documents to pages, pages to a site with its PDFs, the site checked."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from clinicpress import (
    changes,
    decisions,
    engine,
    leaflet,
    notices,
    pages,
    proof,
    reading,
    review,
    writing,
)
from clinicpress.changes import FOLDER
from clinicpress.checks import links
from clinicpress.decisions import Review, SignOff, Standing
from clinicpress.errors import ClinicpressError
from clinicpress.model import Document, Finding, Marked
from clinicpress.project import CONFIG, Project, Shelf, find
from clinicpress.report import Report


def press(
    path: Path, name: str, slug: str, source: str = "", others: Mapping[str, str] | None = None
) -> Report:
    """Take one document to its pages, and prove that they say what it says.

    Messages call it `name`, its pages `source`; `others` has the folders of the documents that it
    may link to, by their names.
    """
    try:
        given = review.load(path, name)
        read = reading.read(path, name)
        document, unheaded = decisions.with_headings(read, given)
        marked, unmarked = _marked(document, given)
        composed = pages.compose(slug, document, marked, others or {}, given.page_level)
        wrong = (*given.findings, *unheaded, *unmarked, *decisions.page_level(given, document))
        standing = Standing(given, decisions.digest(composed), wrong)
        written = writing.write(composed, source or name, standing.signed)
        return Report(composed, written, proof.prove(composed, written), standing)
    except RecursionError:
        remedy = "Simplify its lists or quotations."
        raise ClinicpressError(name, "its parts are nested too deeply", remedy) from None


def at_home(document: Path) -> tuple[Path, str]:
    """Return the folder that a document's paths are told from, and its name there.

    That is its project, where it is one of a project's documents, or else its own folder.
    """
    whole = document.parent.resolve() / document.name
    try:
        here = find(whole.parent)
    except ClinicpressError:
        return whole.parent, whole.name
    name = next((n for n, p in here.documents().items() if p.resolve() == whole.resolve()), "")
    return (here.root, name) if name else (whole.parent, whole.name)


def review_of(document: Path) -> Report:
    """Press one document, in its project or on its own, to be read by a reviewer."""
    root, name = at_home(document)
    path = root / name
    if not (root / CONFIG).is_file():
        return press(path, name, "leaflet")
    shelf = Project(root).shelf
    slugs = shelf.slugs(Project(root).documents())
    return press(path, name, slugs.get(name, "leaflet"), shelf.source(name), slugs)


def approve(document: Path, given: SignOff) -> str:
    """Write a sign-off into the review file of a document; return that file's name."""
    if problem := review.wrong_dates(given.reviewed, given.due):
        remedy = "Write year, month, day, as in --until 2029-11-30."
        raise ClinicpressError("--until", problem, remedy)
    root, name = at_home(document)
    file = review.file_of(root / name)
    place = file.relative_to(root).as_posix()
    text = file.read_text(encoding="utf-8") if file.is_file() else ""
    changes.apply(root, {place: review.signed(text, given, Path(name).name).encode()})
    return place


def _marked(document: Document, given: Review) -> tuple[Marked, list[Finding]]:
    """Return the document with its notices, those that a person decided among them."""
    rules = notices.load(document.lang)
    marked = notices.mark(document.blocks, rules)
    decided, findings = decisions.kinds(given, marked.sentences)
    return (notices.mark(document.blocks, rules, decided) if decided else marked), findings


def split(
    shelf: Shelf,
    documents: Mapping[str, Path],
    force: bool = False,
    prune: bool = False,
    gate: Callable[[list[Report]], None] = lambda reports: None,
) -> list[Report]:
    """Press every document, then write all pages at once; `prune` takes out those of gone ones.

    `gate` sees the reports before anything is written, and may stop it all.
    """
    reports = press_all(shelf, documents)
    gate(reports)
    gone = [name for name in shelf.lock() if prune and name not in documents]
    shelf.store(reports, gone, force)
    return reports


def press_all(shelf: Shelf, documents: Mapping[str, Path]) -> list[Report]:
    """Press every document, and write nothing."""
    slugs = shelf.slugs(documents)
    return [
        press(path, name, slugs[name], shelf.source(name), slugs)
        for name, path in documents.items()
    ]


def build(project: Project, pdf: bool = True) -> Path:
    """Build the site with its PDFs in place of the old one, which stays if anything fails."""
    scratch = project.root / FOLDER
    fresh = scratch / "site"
    shutil.rmtree(scratch, ignore_errors=True)
    try:
        with engine.building(project.root, fresh, pdf):
            # Both are made from docs/, so the PDFs are made while the engine is at work.
            made = make_pdfs(project, scratch / "pdf") if pdf else {}
        for folder, file in made.items():
            os.replace(file, fresh / folder / file.name)
        _replace(project.site, fresh)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return project.site


def make_pdfs(project: Project, folder: Path) -> dict[str, Path]:
    """Make the PDF of each leaflet in `folder`; return them by the leaflet's folder in docs/."""
    leaflets = project.leaflets()
    made = {name: folder / f"{name.rpartition('/')[2]}.pdf" for name in leaflets}
    for name, own_pages in leaflets.items():
        leaflet.make(project.root / "docs", own_pages, made[name])
    return made


def check(project: Project) -> list[Finding]:
    """Return what the checks find in the built site."""
    return links.check(project.site, project.root / "docs")


def _replace(old: Path, new: Path) -> None:
    aside = new.with_name("before")
    shutil.rmtree(aside, ignore_errors=True)
    if old.exists():
        os.replace(old, aside)
    os.replace(new, old)


def findings_text(findings: Iterable[Finding]) -> str:
    """Return findings as lines of `path:line: problem`, each with what to do."""
    return "\n".join(f"{f.place}: {f.problem}\n    {f.remedy}" for f in findings)
