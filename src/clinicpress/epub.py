"""EPUB books inside: checked before anything reads them, the words of their chapters counted."""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from html import unescape
from urllib.parse import unquote

from clinicpress import conservation, office
from clinicpress.errors import ClinicpressError

CONTAINER = "META-INF/container.xml"
ENCRYPTION = "META-INF/encryption.xml"
SAVE_AGAIN = "Open it in an editor such as Calibre's, save it as .docx or .html, and use that."
# Letters of a font may be disguised in a book that anyone can read (EPUB 3.3, 4.2.2.2).
FONT_DISGUISES = frozenset(
    {b"http://www.idpf.org/2008/embedding", b"http://ns.adobe.com/pdf/enc#RC"}
)
ALGORITHM = re.compile(rb"EncryptionMethod[^>]*Algorithm\s*=\s*[\"']([^\"']*)")
DECLARES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.I)
ROOT = re.compile(r"<(?:\w+:)?rootfile\b[^>]*\bfull-path\s*=\s*[\"']([^\"']+)")
TAG = re.compile(r"<(?:\w+:)?(item|itemref)\b([^>]*)>", re.S)
ATTRIBUTE = re.compile(r"([\w-]+)\s*=\s*[\"']([^\"']*)[\"']")
# The number that leads to a note: the site gives notes numbers of its own.
NOTE_NUMBER = re.compile(r"<a\b[^>]*epub:type\s*=\s*[\"']noteref[\"'][^>]*>.*?</a\s*>", re.S)
MAX_CHAPTERS = 500


def paragraphs(data: bytes, place: str) -> tuple[str, ...]:
    """Return the text of a book's chapters, in the order of reading.

    Raises ClinicpressError where it is broken, protected, a bomb, or no EPUB book.
    """
    with office.opened(data, place, SAVE_AGAIN) as archive:
        try:
            return tuple(_texts(archive, place))
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError):
            raise ClinicpressError(place, "the file is broken", SAVE_AGAIN) from None


def _texts(archive: zipfile.ZipFile, place: str) -> Iterator[str]:
    names = set(archive.namelist())
    if ENCRYPTION in names:
        methods = set(ALGORITHM.findall(archive.read(ENCRYPTION)))
        if not methods or methods - FONT_DISGUISES:
            remedy = "Ask whoever made it for a copy without protection."
            raise ClinicpressError(place, "this book is protected against copying", remedy)
    root = ROOT.search(_settings(archive, CONTAINER, place)) if CONTAINER in names else None
    package = unescape(root[1]) if root else ""
    if package not in names:
        raise ClinicpressError(place, "this is not an EPUB book inside", SAVE_AGAIN)
    for chapter in _chapters(_settings(archive, package, place), posixpath.dirname(package)):
        if chapter not in names:
            problem = f"a chapter of it is missing: {chapter[:80]}"
            raise ClinicpressError(place, problem, SAVE_AGAIN)
        text = NOTE_NUMBER.sub("", _text(archive.read(chapter)))
        yield from conservation.html_paragraphs(text)


def _settings(archive: zipfile.ZipFile, name: str, place: str) -> str:
    given = archive.read(name)
    if DECLARES.search(given):
        # Neither file needs one; entities that blow up or reach out begin with it.
        raise ClinicpressError(place, "it declares a document type", SAVE_AGAIN)
    return _text(given)


def _text(given: bytes) -> str:
    coding = "utf-16" if given[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    return given.decode(coding, "replace")


def _chapters(package: str, folder: str) -> list[str]:
    """Return the paths of the chapters that a package file has in the order of reading."""
    files: dict[str, str] = {}
    order: list[str] = []
    contents: set[str] = set()
    for tag, rest in TAG.findall(package):
        said = {name: unescape(value) for name, value in ATTRIBUTE.findall(rest)}
        if tag == "item":
            files[said.get("id", "")] = said.get("href", "")
            if "nav" in said.get("properties", "").split():
                contents.add(said.get("id", ""))
        # Pandoc drops what stands outside the order; only a list of contents may go with it.
        elif said.get("linear", "yes") != "no" or said.get("idref", "") not in contents:
            order.append(said.get("idref", ""))
    found = (files.get(name, "") for name in order[:MAX_CHAPTERS])
    return [posixpath.normpath(posixpath.join(folder, unquote(href))) for href in found if href]
