"""What a document left behind when it went: its review file, and pages that nothing keeps up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from yaml import SequenceNode

from clinicpress import catalog, reading
from clinicpress.clinic import records
from clinicpress.model import Finding, Place
from clinicpress.project import CONFIG, DOCUMENTS, OPEN, Project
from clinicpress.report import Report
from clinicpress.review import beside, decisions

RULE = "page-stray"
UNSIGNED = "page-unsigned"
UNREAD = "document-unread"
# In place of a page's text; none has it.
LINKED = "\0a link"
# What a project begins with: pages about the clinic, and on no treatment.
OWN = ("index.md", "practitioners.md", "privacy.md", "accessibility.md", catalog.A_TO_Z)
PAGES = frozenset({".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".htm", ".html"})
# What patients read as well as a page; what a web server wants is none.
FILES = frozenset(
    ".doc .docx .epub .odp .ods .odt .pages .pdf .ppt .pptx .rtf .txt .xls .xlsx".split()
)
FOR_MACHINES = frozenset({"robots.txt", "security.txt", "humans.txt"})
LISTED = ("extra", "clinicpress", "not_leaflets")
EXEMPT = re.compile(r"\A---\n(?:(?!---\n).*\n)*?review: not-needed *(?:#.*)?\n")
CLAIM = re.compile(r"\A---\n(?:(?!---\n).*\n)*?(?:reviewed|review_due)\w* *:")
# So much of a page is looked at for the document that it was made from.
HEAD = 4000
SOURCE = re.compile(rf'\A---\n(?:(?!---\n).*\n)*?source: "({DOCUMENTS}/[^"\n]+)"\n')


@dataclass(frozen=True, slots=True)
class Strays:
    """What was `lost` with its document, and the pages that are `unsigned` for good."""

    lost: list[Finding]
    unsigned: list[Finding]


def of(project: Project, reports: Sequence[Report]) -> Strays:
    """Return what stands about in a project; docs/ is gone over once for it."""
    unkept = list(_unkept(project, reports))
    lost = [*unread(project), *orphans(project), *_made(unkept)]
    return Strays(lost, _unsigned(project, reports, unkept))


def unread(project: Project) -> list[Finding]:
    """Return a finding for each file among the documents that is of a kind no leaflet is read from.

    It would not be on the site, and nobody would be told.
    """
    files = sorted((project.root / DOCUMENTS).rglob("*"))
    problem = "this kind of file can't be read, so it is no leaflet of the site"
    return [
        Finding(UNREAD, Place(path.relative_to(project.root).as_posix()), problem, remedy)
        for path in files
        if (remedy := reading.REFUSED.get(path.suffix.lower(), "")) and path.is_file()
        if not path.name.startswith(OPEN)
    ]


def orphans(project: Project) -> list[Finding]:
    """Return a finding for each review file whose document is gone."""
    remedy = "Give it its document's new name, or remove it."
    problem = "no document here has this name, so its decisions and sign-off are lost"
    return [
        Finding(decisions.RULE, Place(file.relative_to(project.root).as_posix()), problem, remedy)
        for file in beside.orphans(project.root / DOCUMENTS)
    ]


def _made(unkept: Iterable[tuple[str, str]]) -> list[Finding]:
    """Return a finding for each page in docs/ made from a document, and none of its pages now.

    Such a page would go out for ever, with the dates of a review that was of another text.
    """
    found: list[Finding] = []
    for name, head in unkept:
        if made := SOURCE.match(head):
            problem = f"this page was made from {made[1]}, and no document keeps it up any more"
            remedy = "Put the document back and run `clinicpress split`, or remove the page."
            found.append(Finding(RULE, Place(name), problem, remedy))
    return found


def _unsigned(
    project: Project, reports: Sequence[Report], unkept: Iterable[tuple[str, str]]
) -> list[Finding]:
    """Return a finding for each page in docs/ that patients would get and nobody can sign off.

    One about the clinic itself says in its front matter that it needs no review; a page in the
    folder of a leaflet, which looks like a part of it, can't. Other files are listed in mkdocs.yml.
    """
    folders = {project.shelf.path(report.leaflet.slug, "") for report in reports}
    own = {project.shelf.path("", name) for name in OWN}
    own |= {project.shelf.path("", name) for name in _listed(project)}
    found: list[Finding] = []
    for name, head in unkept:
        if PurePosixPath(name).suffix.lower() in FILES:
            found += [] if name in own else [_file(name)]
            continue
        if LINKED in head:
            found.append(_linked(name))
            continue
        if CLAIM.match(head) and not SOURCE.match(head):
            problem = "this page says when it was reviewed, and no sign-off says so"
            remedy = "Take the lines that begin with `review` and a date out of its first lines."
            found.append(Finding(UNSIGNED, Place(name), problem, remedy))
            continue
        inside = any(name.startswith(folder) for folder in folders)
        if name in own or SOURCE.match(head) or (EXEMPT.match(head) and not inside):
            continue
        problem = "this page belongs to no document, so nobody can sign it off"
        remedy = f"Put its text into {DOCUMENTS}/ as a leaflet, or take the page away."
        if not inside:
            remedy += " If it is about the clinic alone, write `review: not-needed` at its top."
        found.append(Finding(UNSIGNED, Place(name), problem, remedy))
    return found


def _linked(name: str) -> Finding:
    problem = "this is a link to another folder, whose pages nobody can sign off"
    remedy = f"Put what is a leaflet there into {DOCUMENTS}/, and take the link away."
    return Finding(UNSIGNED, Place(name), problem, remedy)


def _file(name: str) -> Finding:
    problem = (
        "patients can read this file, and it belongs to no document, so nobody can sign it off"
    )
    remedy = (
        f"Put it into {DOCUMENTS}/ as a leaflet, or take it away. If it is none (a form, a map), "
    )
    remedy += f"name it in {CONFIG}, below `extra: clinicpress:`, as in `not_leaflets: [map.pdf]`."
    return Finding(UNSIGNED, Place(name), problem, remedy)


def _listed(project: Project) -> list[str]:
    """Return the files in docs/ that somebody says are no leaflets."""
    config = project.root / CONFIG
    text = config.read_text(encoding="utf-8-sig") if config.is_file() else ""
    named = records.below(records.compose(text, CONFIG), *LISTED)
    return [str(each.value) for each in named.value] if isinstance(named, SequenceNode) else []


def _unkept(project: Project, reports: Iterable[Report]) -> Iterator[tuple[str, str]]:
    """Yield the pages in docs/ that are not made from a document now, and how each begins."""
    shelf = project.shelf
    entries = shelf.lock().values()
    known = {path for entry in entries for path in (*entry.pages, *entry.adopted)}
    known |= {shelf.path(r.leaflet.slug, name) for r in reports for name in r.pages}
    for file in sorted((project.root / shelf.docs).rglob("*")):
        name = file.relative_to(project.root).as_posix()
        if file.is_symlink() and file.is_dir():
            # The engine goes into it; what is there is looked at by nobody.
            yield name, LINKED
        if file.suffix.lower() not in PAGES | FILES or file.name in FOR_MACHINES:
            continue
        if name not in known and file.is_file():
            with file.open(encoding="utf-8", errors="replace") as page:
                yield name, page.read(HEAD)
