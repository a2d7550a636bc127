"""What stands around or beside the text of a Word or OpenDocument file: taken off, or counted."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

# Pandoc drops these with the text that they hold.
WRAPPERS = re.compile(rb"</?w:(?:fldSimple|smartTag|customXml)(?:\s[^<>]*)?>")
TEXT_PARTS = frozenset({"word/document.xml", "word/footnotes.xml", "word/endnotes.xml"})
COMMENTS = {
    "word/comments.xml": re.compile(rb"<w:comment[\s>]"),
    "content.xml": re.compile(rb"<office:annotation[\s>]"),
}
BROKEN = (OSError, EOFError, NotImplementedError, zlib.error, zipfile.BadZipFile)


def unwrapped(data: bytes) -> bytes:
    """Return a Word file whose text stands free of fields and tags around it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            held = {name: archive.read(name) for name in TEXT_PARTS & set(archive.namelist())}
            freed = {name: WRAPPERS.sub(b"", part) for name, part in held.items()}
            return data if freed == held else _with(archive, freed)
    except BROKEN:
        return data  # whoever reads its text says what is wrong with it


def _with(archive: zipfile.ZipFile, parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as changed:
        for name in dict.fromkeys(archive.namelist()):
            changed.writestr(name, parts.get(name) or archive.read(name))
    return out.getvalue()


def comments(data: bytes) -> int:
    """Return how many comments a file has."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = COMMENTS.keys() & set(archive.namelist())
            return sum(len(COMMENTS[name].findall(archive.read(name))) for name in names)
    except BROKEN:
        return 0
