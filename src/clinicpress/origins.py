"""What a file says of itself: who wrote it, and when. For the report alone, never for patients.

Such properties are often those of a template or of another program's user, so nothing is made of
them: a leaflet's review dates come from its sign-off.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from clinicpress import cleaning, titles
from clinicpress.model import Origin
from clinicpress.office import archive
from clinicpress.office.markup import Attributes, Walk

PARTS = ("docProps/core.xml", "meta.xml")
# The elements of both kinds of office file, the one that says most first.
AUTHOR = ("meta:initial-creator", "dc:creator")
CREATED = ("dcterms:created", "meta:creation-date")
CHANGED = ("dcterms:modified", "dc:date")
WRITTEN = re.compile(r"\\creatim\\yr(\d{4})\\mo(\d{1,2})\\dy(\d{1,2})")
REVISED = re.compile(r"\\revtim\\yr(\d{4})\\mo(\d{1,2})\\dy(\d{1,2})")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def of_office(data: bytes) -> Origin:
    """Return what a Word or OpenDocument file says of itself."""
    first = next(iter(archive.parts(data, PARTS).values()), b"")
    said = _Properties(first).said
    return _origin(_first(said, AUTHOR), _first(said, CREATED), _first(said, CHANGED))


def of_rich_text(data: bytes, meta: Mapping[str, Any]) -> Origin:
    """Return what a Rich Text file says of itself."""
    text = data.decode("latin-1")
    days = (pattern.search(text) for pattern in (WRITTEN, REVISED))
    created, changed = (f"{d[1]}-{d[2]:0>2}-{d[3]:0>2}" if d else "" for d in days)
    return _origin(titles.property_of(meta, "author"), created, changed)


def of_meta(meta: Mapping[str, Any]) -> Origin:
    """Return what a web page or a book says of itself, from what pandoc read."""
    author = titles.property_of(meta, "author") or titles.property_of(meta, "creator")
    created = titles.property_of(meta, "date") or titles.property_of(meta, "dcterms.created")
    return _origin(author, created, titles.property_of(meta, "dcterms.modified"))


def _origin(author: str, created: str, changed: str) -> Origin:
    days = (match.group() if (match := DAY.match(day)) else "" for day in (created, changed))
    plain = " ".join(cleaning.CONTROLS.sub("", author).split())
    return Origin(plain[:200], *days)


def _first(said: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((said[name] for name in names if said.get(name)), "")


class _Properties:
    """The text of each element of a part."""

    def __init__(self, part: bytes) -> None:
        self.said: dict[str, str] = {}
        self._tag = ""
        if not Walk(part, self).go():
            self.said = {}

    def start(self, tag: str, attributes: Attributes) -> None:
        """Begin an element."""
        self._tag = tag

    def end(self, tag: str) -> None:
        """End an element."""
        self._tag = ""

    def data(self, text: str) -> None:
        """Keep what the open element says."""
        if self._tag:
            self.said[self._tag] = self.said.get(self._tag, "") + text
