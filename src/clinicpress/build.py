"""The whole way: documents to pages, pages to a site with its PDFs, the site checked."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import count
from pathlib import Path

from clinicpress import (
    batch,
    changes,
    engine,
    leaflet,
    notices,
    pages,
    pictures,
    plainer,
    proof,
    reading,
    targets,
    writing,
)
from clinicpress.changes import FOLDER
from clinicpress.checks import links, policy
from clinicpress.clinic import face, register, settings
from clinicpress.clinic.wording import Own
from clinicpress.errors import ClinicpressError
from clinicpress.model import Document, Finding, Loss, Marked, Sentence
from clinicpress.notices import Decided
from clinicpress.project import CONFIG, Hand, Plan, Project, Shelf, find
from clinicpress.report import Report
from clinicpress.review import beside, deciding, digest
from clinicpress.review.decisions import Review, SignOff, Standing

Gate = Callable[[list[Report]], None]
# Tells GitHub Pages to serve the folder as it is; and us a site of ours from another folder.
SERVED_AS_IT_IS = ".nojekyll"
TEXTS = frozenset({".htm", ".html", ".markdown", ".md", ".txt"})


@dataclass(frozen=True, slots=True)
class Options:
    """How to split: what to do with edited pages and with losses, and how to show progress.

    `called` has the names that a person knows documents by, where they are not their paths.
    `pressed` sees the reports before the project is looked at, `gate` before anything is written,
    and either may stop it all.
    """

    hand: Hand = Hand.STOP
    allow_loss: bool = False
    called: Mapping[str, str] = field(default_factory=dict)
    progress: batch.Progress = batch.silent
    pressed: Gate = lambda reports: None
    gate: Gate = lambda reports: None


STRICT = Options()


@dataclass(frozen=True, slots=True)
class Terms:
    """What a document is pressed under.

    `others` has the folders of the documents that it may link to, by their names; `losses` may be
    missing of it, anything where that is None; `words` are the clinic's own, by language;
    `earlier` has the text of the pages that it has had, by file name.
    """

    others: Mapping[str, str] = field(default_factory=dict)
    losses: tuple[Loss, ...] | None = ()
    words: Own = field(default_factory=dict)
    earlier: Mapping[str, str] = field(default_factory=dict)


def press(path: Path, name: str, slug: str, source: str = "", terms: Terms | None = None) -> Report:
    """Take one document to its pages, and prove that they say what it says.

    Messages call it `name`, its pages `source`.
    """
    terms = terms or Terms()
    try:
        given = beside.load(path, name)
        read = reading.read(path, name, terms.losses)
        document, unheaded = deciding.with_headings(read, given)
        marked, unmarked = _marked(document, given)
        known = pages.Known(terms.others, terms.earlier)
        composed = pages.compose(slug, document, marked, known, given.page_level)
        wrong = (*given.findings, *unheaded, *unmarked, *deciding.page_level(given, document))
        by_line = sorted(wrong, key=lambda finding: finding.place.line or 0)
        standing = Standing(given, digest.of(composed), tuple(by_line))
        written = writing.write(composed, source or name, standing, terms.words)
        try:
            words, unlike = proof.prove(composed, written)
        except proof.UnlikeError:
            plain = plainer.plainer(composed, terms.words)
            written = writing.write(plain, source or name, standing, terms.words)
            words, unlike = proof.prove(plain, written, terms.losses)
        if unlike:
            lost = (*document.losses, *unlike)
            composed = replace(composed, document=replace(composed.document, losses=lost))
        broken = targets.findings(name, composed.broken, _lines(path) if composed.broken else "")
        mute = (*document.findings, *pictures.findings(document))
        return Report(composed, written, words, not unlike, standing, (*broken, *mute))
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
    terms = Terms(slugs, words=shelf.words(), earlier=shelf.earlier(shelf.lock().get(name)))
    return press(path, name, slugs.get(name, "leaflet"), shelf.source(name), terms)


def language_for(document: Path) -> str:
    """Return the language of the site that a document is for; English where it stands alone."""
    root, _ = at_home(document)
    return face.language(root) if (root / CONFIG).is_file() else "en"


def approve(document: Path, given: SignOff) -> str:
    """Write a sign-off into the review file of a document; return that file's name.

    The one that was there is kept among the earlier ones, and every other line as it is.
    """
    root, name = at_home(document)
    file = beside.file_of(root / name)
    place = file.relative_to(root).as_posix()
    changes.apply(root, {place: beside.signed(file, place, given, Path(name).name)})
    return place


def _marked(document: Document, given: Review) -> tuple[Marked, list[Finding]]:
    """Return the document with its notices, those that a person decided among them."""
    findings: list[Finding] = []

    def decide(sentences: Sequence[Sentence]) -> Decided:
        decided, failed = deciding.kinds(given, sentences)
        findings.extend(failed)
        return decided

    marked = notices.mark(document.blocks, notices.load(document.lang), decide)
    return marked, findings


def split(
    shelf: Shelf,
    documents: Mapping[str, Path],
    force: bool = False,
    prune: bool = False,
    options: Options = STRICT,
) -> list[Report]:
    """Press every document, then write all pages at once; `prune` takes out those of gone ones."""
    options = replace(options, hand=Hand.FORCE) if force else options
    plan = planned(shelf, documents, prune, options)
    options.gate(plan.reports)
    shelf.store(plan)
    return plan.reports


def planned(
    shelf: Shelf, documents: Mapping[str, Path], prune: bool, options: Options = STRICT
) -> Plan:
    """Press every document, and return what storing its pages would do.

    One that is known under another name is pressed again, for the addresses it has had.
    """
    made = press_all(shelf, documents, options)
    gone = _gone(shelf, documents) if prune else []
    if gone and (renamed := shelf.recognised(dict(zip(documents, made, strict=True)), gone)):
        shelf = replace(shelf, renamed=renamed)
        made, gone = press_all(shelf, documents, options), _gone(shelf, documents)
    options.pressed(made)
    return shelf.plan(dict(zip(documents, made, strict=True)), gone, options.hand)


def _gone(shelf: Shelf, documents: Mapping[str, Path]) -> list[str]:
    return [name for name in shelf.lock() if name not in documents]


def _lines(path: Path) -> str:
    """Return a document as the text that its author sees, where it is one."""
    return path.read_text(encoding="utf-8", errors="replace") if path.suffix in TEXTS else ""


def press_all(
    shelf: Shelf, documents: Mapping[str, Path], options: Options = STRICT
) -> list[Report]:
    """Press every document, and write nothing."""
    slugs, lock, words = shelf.slugs(documents), shelf.lock(), shelf.words()
    called = {name: options.called.get(name, name) for name in slugs}
    others = {called[name]: slug for name, slug in slugs.items()}
    work = []
    for name, path in documents.items():
        losses = None if options.allow_loss else lock[name].losses if name in lock else ()
        terms = Terms(others, losses, words, shelf.earlier(lock.get(name)))
        work.append((path, called[name], slugs[name], shelf.source(name), terms))
    return batch.run(press, work, options.progress)


def build(
    project: Project, pdf: bool = True, with_engine: str = engine.DEFAULT, today: str = ""
) -> Path:
    """Build the site with its PDFs in place of the old one, which stays if anything fails.

    Its pages say which leaflets are overdue for review on `today`, an ISO date.
    """
    scratch = project.root / FOLDER
    fresh = scratch / "site"
    shutil.rmtree(scratch, ignore_errors=True)
    try:
        with engine.building(project.root, fresh, pdf, with_engine, today):
            # Both are made from docs/, so the PDFs are made while the engine is at work.
            made = make_pdfs(project, scratch / "pdf", today) if pdf else {}
        for folder, file in made.items():
            os.replace(file, fresh / folder / file.name)
        _drop_empty_sitemap(fresh)
        (fresh / SERVED_AS_IT_IS).touch()
        _replace(project.site, fresh)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return project.site


def make_pdfs(project: Project, folder: Path, today: str = "") -> dict[str, Path]:
    """Make the PDF of each leaflet in `folder`; return them by the leaflet's folder in docs/."""
    leaflets = project.leaflets()
    made = {name: folder / f"{name.rpartition('/')[2]}.pdf" for name in leaflets}
    found = settings.read((project.root / CONFIG).read_text(encoding="utf-8-sig"), CONFIG)
    for name, own_pages in leaflets.items():
        leaflet.make(project.root / "docs", own_pages, made[name], found, today)
    return made


def check(project: Project, today: date) -> list[Finding]:
    """Return what the checks find in the built site, and in the register of practitioners."""
    docs = project.root / project.shelf.docs
    found = links.check(project.site, docs)
    entries = project.shelf.lock().values()
    written = {p.removeprefix(f"{docs.name}/") for e in entries for p in e.pages}
    found += policy.check(project.site, docs, written)
    return [*found, *face.findings(project.root, today)]


def register_summary(project: Project) -> str:
    """Return a line on the registration numbers; empty where there are no practitioners."""
    people = face.people(project.root)
    return register.summary(people) if people else ""


def _drop_empty_sitemap(site: Path) -> None:
    """Take away a sitemap that lists nothing: without `site_url` no page has an address."""
    sitemap = site / "sitemap.xml"
    if sitemap.is_file() and "<loc>" not in sitemap.read_text(encoding="utf-8"):
        sitemap.unlink()
        sitemap.with_name("sitemap.xml.gz").unlink(missing_ok=True)


def _replace(old: Path, new: Path) -> None:
    """Put a built site in place; what is there and no site of ours is kept beside it."""
    before = new.with_name("before")
    shutil.rmtree(before, ignore_errors=True)
    if old.exists():
        is_ours = (old / SERVED_AS_IT_IS).is_file() or not any(old.iterdir())
        os.replace(old, before if is_ours else aside(old))
    os.replace(new, old)


def aside(target: Path) -> Path:
    """Return a name beside a folder that nothing has yet."""
    names = (target.with_name(f"{target.name}.before{n or ''}") for n in count())
    return next(name for name in names if not name.exists())


def findings_text(findings: Iterable[Finding]) -> str:
    """Return findings as lines of `path:line: problem`, each with what to do."""
    return "\n".join(f"{f.place}: {f.problem}\n    {f.remedy}" for f in findings)
