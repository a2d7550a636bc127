"""Which part of a Word file leads to which: by the lists of relations beside them."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass

from clinicpress.office.markup import Attributes, Walk


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part needs another for (the end of the kind's address), and the other's name."""

    kind: str
    part: str


def beside(part: str) -> str:
    """Return the name of the list that has a part's relations; "" names the file itself."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def read(listed: bytes, part: str) -> Mapping[str, Relation]:
    """Return the relations of a part by their identifiers, from the list beside it."""
    reader = _Relations(posixpath.dirname(part))
    return reader.found if Walk(listed, reader).go() else {}


class _Relations:
    """Collects a list's relations to other parts of the same file."""

    def __init__(self, folder: str) -> None:
        self.found: dict[str, Relation] = {}
        self._folder = folder

    def start(self, tag: str, attributes: Attributes) -> None:
        """Take a relation."""
        if tag.rpartition(":")[2] != "Relationship" or attributes.get("TargetMode") == "External":
            return
        kind = attributes.get("Type", "").rpartition("/")[2]
        target = posixpath.normpath(posixpath.join("/", self._folder, attributes.get("Target", "")))
        self.found[attributes.get("Id", "")] = Relation(kind, target.lstrip("/"))

    def end(self, tag: str) -> None:
        """Pass over an end."""

    def data(self, text: str) -> None:
        """Pass over text."""
