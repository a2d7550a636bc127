"""The whole way: documents to pages, pages to a site with its PDFs, the site checked."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from clinicpress import engine, leaflet, notices, pages, proof, reading, writing
from clinicpress.changes import FOLDER
from clinicpress.checks import links
from clinicpress.errors import ClinicpressError
from clinicpress.model import Finding
from clinicpress.project import Project, Shelf
from clinicpress.report import Report


def press(
    path: Path, name: str, slug: str, source: str = "", others: Mapping[str, str] | None = None
) -> Report:
    """Take one document to its pages, and prove that they say what it says.

    Messages call it `name`, its pages `source`; `others` has the folders of the documents that it
    may link to, by their names.
    """
    try:
        document = reading.read(path, name)
        marked = notices.mark(document.blocks, notices.load(document.lang))
        composed = pages.compose(slug, document, marked, others or {})
        written = writing.write(composed, source or name)
        return Report(composed, written, proof.prove(composed, written))
    except RecursionError:
        remedy = "Simplify its lists or quotations."
        raise ClinicpressError(name, "its parts are nested too deeply", remedy) from None


def split(
    shelf: Shelf, documents: Mapping[str, Path], force: bool = False, prune: bool = False
) -> list[Report]:
    """Press every document, then write all pages at once; `prune` takes out those of gone ones."""
    slugs = shelf.slugs(documents)
    reports = [
        press(path, name, slugs[name], shelf.source(name), slugs)
        for name, path in documents.items()
    ]
    gone = [name for name in shelf.lock() if prune and name not in documents]
    shelf.store(reports, gone, force)
    return reports


def build(project: Project, pdf: bool = True, with_engine: str = engine.DEFAULT) -> Path:
    """Build the site with its PDFs in place of the old one, which stays if anything fails."""
    scratch = project.root / FOLDER
    fresh = scratch / "site"
    shutil.rmtree(scratch, ignore_errors=True)
    try:
        with engine.building(project.root, fresh, pdf, with_engine):
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
