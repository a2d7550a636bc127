"""A file on disk to a Document: read by its format's reader, its language and title known."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path

from clinicpress import bounds, formats, headings, notices, privateletters, titles, tree
from clinicpress.content import Content, WordsLostError
from clinicpress.errors import ClinicpressError
from clinicpress.model import Document, Loss, TitleFrom
from clinicpress.review import deciding

FORMATS = frozenset(formats.READERS)
MAX_BYTES = 20_000_000
LANGUAGE_TAG = re.compile(r"^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$")
SAVE_AS = "Save it as Word (.docx), plain text (.txt) or Markdown (.md) and try again."
FOLDER = (
    "Name one document in it. For a site of many: `clinicpress new my-clinic`, copy them to "
    "my-clinic/documents/, and run `clinicpress build` in my-clinic/."
)
# What clinics have that can't be read, and how to make of it what can.
REFUSED = {
    ".doc": "Open it in Word or LibreOffice and save it as .docx.",
    ".pdf": "A PDF has lost its headings. Use the file it was made from, saved as .docx.",
    ".pages": "In Pages choose File, Export To, Word, and use that .docx.",
    ".gdoc": "In Google Docs choose File, Download, Microsoft Word, and use that .docx.",
}


def read(path: Path, name: str | None = None, losses: tuple[Loss, ...] | None = ()) -> Document:
    """Return the leaflet in a file; `name` is how messages and pages call it.

    `losses` may be missing of its words; None allows any.

    Raises ClinicpressError where the file is missing, empty, too large in any way, broken, not in
    UTF-8, or of a format that can't be read, and where a word of it would be lost that may not be.
    """
    place = name or str(path)
    data = content(path, place)
    reader = formats.READERS[path.suffix.lower()]
    lost: tuple[Loss, ...] = ()
    try:
        found = reader(data, place, path)
    except WordsLostError as error:
        if losses is not None and not set(error.losses) <= set(losses):
            raise
        found, lost = error.content, error.losses
    bounds.check(place, found.blocks)
    found = replace(found, blocks=privateletters.without_bullets(found.blocks))
    document = _document(place, path, found)
    if private := privateletters.lost(document.title, document.blocks):
        lost = (*lost, *private)
        if losses is not None and not set(private) <= set(losses):
            raise WordsLostError(place, found, lost, privateletters.WRITE_SIGN)
        document = _shown(document)
    document = replace(document, losses=lost, findings=found.findings, origin=found.origin)
    if not document.blocks:
        raise ClinicpressError(place, "there is no text in it", "Check that it is the right file.")
    return document


def _shown(document: Document) -> Document:
    """Return a document with what every reader sees for the letters that only a font has."""
    title = privateletters.shown(document.title)
    return replace(document, title=title, blocks=privateletters.all_shown(document.blocks))


def content(path: Path, place: str) -> bytes:
    """Return the bytes of a document; ClinicpressError where they can't be one, as `read` says."""
    # Unlike Path.is_dir this is never an error, however odd the name.
    if os.path.isdir(path):  # noqa: PTH112
        raise ClinicpressError(place, "this is a folder, not a document", FOLDER)
    suffix = path.suffix.lower()
    if suffix not in FORMATS:
        known = " ".join(sorted(FORMATS))
        problem = f"this kind of file can't be read (these can: {known})"
        raise ClinicpressError(place, problem, REFUSED.get(suffix, SAVE_AS))
    data = _bytes_of(path, place)
    if not data.strip():
        raise ClinicpressError(place, "the file is empty", "Check that it is the right file.")
    return data


def _bytes_of(path: Path, place: str) -> bytes:
    try:
        if not path.is_file():
            problem = "this is not a file" if path.exists() else "there is no such file"
            raise ClinicpressError(place, problem, "Check the name and the folder.")
        if path.stat().st_size > MAX_BYTES:
            problem = f"it is larger than {MAX_BYTES // 1_000_000} MB"
            raise ClinicpressError(place, problem, "Split it into smaller documents.")
        return path.read_bytes()
    except OSError as error:
        problem = f"it can't be opened ({error.strerror})"
        raise ClinicpressError(place, problem, "Check that you may read it.") from error


def _document(place: str, path: Path, content: Content) -> Document:
    title, title_from = _chosen_title(content, path)
    said = titles.property_of(content.properties, "lang")
    words = [title, *(tree.text([n]) for n in tree.walk(content.blocks) if n["t"] == "Str")]
    lang = notices.guess_language(" ".join(words), said if LANGUAGE_TAG.match(said) else "")
    blocks = deciding.nested(content.blocks)
    return Document(place, title, title_from, lang, blocks, content.removed, content.media)


def _chosen_title(content: Content, path: Path) -> tuple[str, TitleFrom]:
    if content.title is not None:
        return content.title, TitleFrom.TEXT
    if found := titles.property_of(content.properties, "title"):
        return found, TitleFrom.PROPERTIES
    return headings.title_of_file(path.name), TitleFrom.FILE_NAME
