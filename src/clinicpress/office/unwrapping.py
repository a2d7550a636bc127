"""What stands around or beside the text of a Word or OpenDocument file: taken off, or counted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from clinicpress.errors import quoted
from clinicpress.office import (
    archive,
    drawn,
    innertables,
    tables,
    tabs,
    textboxes,
)
from clinicpress.office.textboxes import Box

# Pandoc drops these with the text that they hold.
WRAPPERS = re.compile(
    rb"</?(?:w:(?:fldSimple|smartTag|customXml|dir|bdo)|text:(?:author-initials|author-name|chapter"
    rb"|conditional-text|creation-date|creator|database-display|date|description|expression"
    rb"|file-name|initial-creator|keywords|modification-date|page-count|page-number|placeholder"
    rb"|print-date|sequence|subject|text-input|time|title|user-defined|user-field-get"
    rb"|user-field-input|variable-get|variable-input|variable-set)"
    rb"|loext:content-control)(?:\s[^<>]*)?>"
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
    held = archive.parts(data, archive.TEXTS)
    freed = {name: _freed(part) for name, part in held.items()}
    return data if freed == held else archive.with_parts(data, freed)


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
    for part in archive.parts(data, archive.TEXTS).values():
        yield from tabs.told(part)
    if count := tables_in_tables(data):
        yield f"{innertables.TOLD}: {count}"
    yield from drawn.charts(data)
    if count := comments(data):
        yield f"{COMMENT}: {count}"


def tables_in_tables(data: bytes) -> int:
    """Return how many tables of an OpenDocument file stand in a cell of another."""
    return sum(map(innertables.count, archive.parts(data, ["content.xml"]).values()))


def boxes(data: bytes) -> tuple[Box, ...]:
    """Return the text boxes that a Word file has in its text."""
    held = archive.parts(data, archive.TEXTS)
    return tuple(box for part in held.values() for box in textboxes.found(part))


def descriptions(data: bytes) -> dict[str, str]:
    """Return what an OpenDocument file says of its pictures, by their addresses in it."""
    content = archive.parts(data, ["content.xml"]).get("content.xml", b"")
    found = {}
    for frame in FRAME.findall(content.decode("utf-8", "replace")):
        address = ADDRESS.search(frame)
        said = {tag: " ".join(unescape(text).split()) for tag, text in SAID.findall(frame)}
        if address:
            found[unescape(address[1])] = said.get("desc") or said.get("title") or ""
    return found


def comments(data: bytes) -> int:
    """Return how many comments a file has."""
    held = archive.parts(data, COMMENTS)
    return sum(len(COMMENTS[name].findall(part)) for name, part in held.items())
