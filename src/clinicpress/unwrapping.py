"""What stands around or beside the text of a Word or OpenDocument file: taken off, or counted."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from html import unescape

from clinicpress import innertables, office, tables, textboxes
from clinicpress.errors import quoted
from clinicpress.textboxes import Box

# Pandoc drops these with the text that they hold.
WRAPPERS = re.compile(
    rb"</?(?:w:(?:fldSimple|smartTag|customXml|dir|bdo)|text:(?:author-initials|author-name|chapter"
    rb"|conditional-text|creation-date|creator|database-display|date|description|expression"
    rb"|file-name|initial-creator|keywords|modification-date|page-count|page-number|placeholder"
    rb"|print-date|sequence|subject|text-input|time|title|user-defined|user-field-get"
    rb"|user-field-input|variable-get|variable-input|variable-set))(?:\s[^<>]*)?>"
)
TEXT_PARTS = frozenset(
    {"word/document.xml", "word/footnotes.xml", "word/endnotes.xml", "content.xml"}
)
FRAME = re.compile(r"<draw:frame\b.*?</draw:frame>", re.S)
ADDRESS = re.compile(r'<draw:image\b[^<>]*\bxlink:href="([^"]*)"')
SAID = re.compile(r"<svg:(desc|title)>([^<]*)<")
COMMENTS = {
    "word/comments.xml": re.compile(rb"<w:comment[\s>]"),
    "content.xml": re.compile(rb"<office:annotation[\s>]"),
}
COMMENT = "a comment of an author or reviewer"
MAX_BOXES = 20


def unwrapped(data: bytes) -> bytes:
    """Return a file whose text stands free of fields, tags and boxes, in tables that are even."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            held = {name: archive.read(name) for name in TEXT_PARTS & set(archive.namelist())}
            freed = {name: _freed(part) for name, part in held.items()}
            return data if freed == held else office.repacked(archive, freed)
    except office.BROKEN:
        return data  # whoever reads its text says what is wrong with it


def _freed(part: bytes) -> bytes:
    return tables.even(innertables.opened(textboxes.moved(WRAPPERS.sub(b"", part))))


def told(data: bytes) -> Iterator[str]:
    """Yield a line for each thing beside the text, or that stands elsewhere on the page."""
    found = boxes(data)
    for box in found[:MAX_BOXES]:
        where = f"below {quoted(box.below)}" if box.below else "at the beginning"
        yield f"a text box: its text {quoted(box.text)} now stands {where}"
    if len(found) > MAX_BOXES:
        yield f"more text boxes, each now below the paragraph it stood at: {len(found) - MAX_BOXES}"
    if count := tables_in_tables(data):
        yield f"{innertables.TOLD}: {count}"
    if count := comments(data):
        yield f"{COMMENT}: {count}"


def tables_in_tables(data: bytes) -> int:
    """Return how many tables of an OpenDocument file stand in a cell of another."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return innertables.count(archive.read("content.xml"))
    except (KeyError, *office.BROKEN):
        return 0


def boxes(data: bytes) -> tuple[Box, ...]:
    """Return the text boxes that a Word file has in its text."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = sorted(TEXT_PARTS & set(archive.namelist()))
            return tuple(box for name in names for box in textboxes.found(archive.read(name)))
    except office.BROKEN:
        return ()


def descriptions(data: bytes) -> dict[str, str]:
    """Return what an OpenDocument file says of its pictures, by their addresses in it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            frames = FRAME.findall(archive.read("content.xml").decode("utf-8", "replace"))
    except (KeyError, *office.BROKEN):
        return {}
    found = {}
    for frame in frames:
        address = ADDRESS.search(frame)
        said = {tag: " ".join(unescape(text).split()) for tag, text in SAID.findall(frame)}
        if address:
            found[unescape(address[1])] = said.get("desc") or said.get("title") or ""
    return found


def comments(data: bytes) -> int:
    """Return how many comments a file has."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = COMMENTS.keys() & set(archive.namelist())
            return sum(len(COMMENTS[name].findall(archive.read(name))) for name in names)
    except office.BROKEN:
        return 0
