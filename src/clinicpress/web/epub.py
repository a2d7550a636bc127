"""EPUB books inside: checked before anything reads them, the words of their chapters counted."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, unquote
from xml.parsers import expat

from clinicpress import conservation
from clinicpress.errors import ClinicpressError
from clinicpress.office import archive
from clinicpress.web import chapters, depth, phrasing, stylesheet
from clinicpress.web.stylesheet import Sheet

CONTAINER = "META-INF/container.xml"
ENCRYPTION = "META-INF/encryption.xml"
SAVE_AGAIN = "Open it in an editor such as Calibre's, save it as .docx or .html, and use that."
# Letters of a font may be disguised in a book that anyone can read (EPUB 3.3, 4.2.2.2).
FONT_DISGUISES = frozenset(
    {b"http://www.idpf.org/2008/embedding", b"http://ns.adobe.com/pdf/enc#RC"}
)
ALGORITHM = re.compile(rb"EncryptionMethod[^>]*Algorithm\s*=\s*[\"']([^\"']*)")
DECLARES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.I)
# The number that leads to a note: the site gives notes numbers of its own.
NOTE_NUMBER = re.compile(
    r"<a\b[^<>]*epub:type\s*=\s*[\"']noteref[\"'][^<>]*>.{0,200}?</a\s*>", re.S
)
NOT_LINEAR = re.compile(rb"\blinear\s*=\s*(?:\"no\"|'no')")
EMPTY = b"<html xmlns='http://www.w3.org/1999/xhtml'><head><title/></head><body/></html>"
PAGES = (".xhtml", ".html", ".htm")
SHEET = ".css"
A_WORD = re.compile(r"[^\W\d_]{2}")


@dataclass(frozen=True, slots=True)
class Inside:
    """What is in a book: its chapters' paragraphs in the order of reading, and more.

    `asides` are pages with text outside that order, by their names; `guides` counts lists of
    contents in it, `title_pages` pages that tell the book's title, `opened` chapters that the book
    would only show when asked. `plain` is the book without such lists, and with such chapters;
    `told` are lines for the report on what stands otherwise in it.
    """

    paragraphs: tuple[str, ...]
    asides: Mapping[str, str]
    guides: int
    title_pages: int
    opened: int
    plain: bytes
    told: tuple[str, ...] = ()


def look_inside(data: bytes, place: str) -> Inside:
    """Return what a book has inside.

    Raises ClinicpressError where it is broken, protected, a bomb, or no EPUB book.
    """
    with archive.opened(data, place, SAVE_AGAIN) as book:
        try:
            return _inside(data, book, place)
        except archive.BROKEN:
            raise ClinicpressError(place, "the file is broken", SAVE_AGAIN) from None


def _inside(data: bytes, book: zipfile.ZipFile, place: str) -> Inside:
    names = set(book.namelist())
    _refuse_protected(book, names, place)
    listed = _listed(book, names, place)
    order = listed.in_order(place)
    if missing := next((name for name in order if name not in names), ""):
        raise ClinicpressError(place, f"a chapter of it is missing: {missing[:80]}", SAVE_AGAIN)
    given = {name: _text(book.read(name)) for name in order}
    for text in given.values():
        depth.check(text, place)
    sheets = {name: _text(book.read(name)) for name in sorted(names) if name.endswith(SHEET)}
    linked = frozenset(name for text in given.values() for name in phrasing.linked_in(text))
    read = {
        name: chapters.read(text, place, _sheet(name, text, sheets), linked)
        for name, text in given.items()
    }
    changed = {name: one.html.encode() for name, one in read.items() if one.html != given[name]}
    if opened := listed.opened():
        changed |= {listed.name: NOT_LINEAR.sub(b"", book.read(listed.name))}
        changed |= dict.fromkeys(listed.guides_aside() & names, EMPTY)
    texts = [NOTE_NUMBER.sub("", one.html) for one in read.values()]
    return Inside(
        tuple(line for text in texts for line in conservation.html_paragraphs(text)),
        _asides(book, names - set(order) - listed.guides()),
        sum(one.guides for one in read.values()) + len(listed.guides_aside()),
        sum(chapters.has_title_page(text) for text in texts),
        opened,
        archive.repacked(book, changed) if changed else data,
        tuple(dict.fromkeys(line for one in read.values() for line in one.told)),
    )


def _refuse_protected(book: zipfile.ZipFile, names: set[str], place: str) -> None:
    if ENCRYPTION not in names:
        return
    methods = set(ALGORITHM.findall(book.read(ENCRYPTION)))
    if not methods or methods - FONT_DISGUISES:
        remedy = "Ask whoever made it for a copy without protection."
        raise ClinicpressError(place, "this book is protected against copying", remedy)


def _listed(book: zipfile.ZipFile, names: set[str], place: str) -> _Package:
    """Return what the book's package file lists."""
    container = _Container()
    if CONTAINER in names:
        _read(book.read(CONTAINER), container, place)
    if container.package not in names:
        raise ClinicpressError(place, "this is not an EPUB book inside", SAVE_AGAIN)
    package = _Package(container.package)
    _read(book.read(container.package), package, place)
    return package


def _read(given: bytes, reader: _Container | _Package, place: str) -> None:
    if DECLARES.search(given):
        # Neither file needs one; entities that blow up or reach out begin with it.
        raise ClinicpressError(place, "it declares a document type", SAVE_AGAIN)
    parser = expat.ParserCreate()
    parser.StartElementHandler = reader.start
    try:
        parser.Parse(given, True)
    except (expat.ExpatError, ValueError, LookupError):
        raise ClinicpressError(place, "its list of chapters is broken", SAVE_AGAIN) from None


@dataclass
class _Container:
    """Where a book's package file is, "" for nowhere."""

    package: str = ""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag.rpartition(":")[2] == "rootfile":
            self.package = self.package or attributes.get("full-path", "")


@dataclass
class _Package:
    """A book's files by their names in it, and its order of reading; `name` is its own."""

    name: str
    files: dict[str, str] = field(default_factory=dict)
    contents: set[str] = field(default_factory=set)
    order: list[str] = field(default_factory=list)
    aside: set[str] = field(default_factory=set)

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        match tag.rpartition(":")[2]:
            case "item":
                name = attributes.get("id", "")
                self.files[name] = self._path(attributes.get("href", ""))
                if "nav" in attributes.get("properties", "").split():
                    self.contents.add(name)
            case "itemref":
                name = attributes.get("idref", "")
                self.order.append(name)
                if attributes.get("linear", "yes") == "no":
                    self.aside.add(name)

    def _path(self, address: str) -> str:
        path = unquote(address.partition("#")[0])
        return (
            posixpath.normpath(posixpath.join(posixpath.dirname(self.name), path)) if path else ""
        )

    def in_order(self, place: str) -> list[str]:
        """Return the paths of the chapters in their order, each once."""
        # What stands aside is text too; only a list of contents is not.
        chapters = [name for name in self.order if name not in self.aside & self.contents]
        if not chapters:
            problem = "the book has no chapters in its order of reading"
            raise ClinicpressError(place, problem, SAVE_AGAIN)
        if not all(self.files.get(name) for name in chapters):
            problem = "its order of reading has a chapter that is not in its list of files"
            raise ClinicpressError(place, problem, SAVE_AGAIN)
        return list(dict.fromkeys(self.files[name] for name in chapters))

    def guides(self) -> set[str]:
        """Return the paths of lists of contents."""
        return {self.files[name] for name in self.contents}

    def guides_aside(self) -> set[str]:
        """Return the paths of lists of contents that the order has, but aside."""
        return {self.files[name] for name in self.aside & self.contents}

    def opened(self) -> int:
        """Return how many chapters the order has aside, which pandoc would drop."""
        return len(self.aside - self.contents)


def _text(given: bytes) -> str:
    coding = "utf-16" if given[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    return given.decode(coding, "replace")


def _sheet(name: str, text: str, sheets: Mapping[str, str]) -> Sheet:
    """Return what the sheets of a chapter say, those beside it by the addresses it has for them."""
    folder = posixpath.dirname(name)
    beside = {posixpath.relpath(sheet, folder or "."): told for sheet, told in sheets.items()}
    beside |= {quote(sheet): told for sheet, told in beside.items()}
    return stylesheet.of_page(text, beside)


def _asides(book: zipfile.ZipFile, names: set[str]) -> Mapping[str, str]:
    """Return the text of pages that the order of reading doesn't have, where they have any."""
    pages = sorted(name for name in names if name.lower().endswith(PAGES))
    texts = {name: _text(book.read(name)) for name in pages}
    found = {
        name: " ".join(
            " ".join(conservation.html_paragraphs(chapters.without_guides(text)[0])).split()
        )
        for name, text in texts.items()
    }
    return {name: text for name, text in found.items() if A_WORD.search(text)}
