"""What a Word file says otherwise than as text, written out as text before anything reads it.

Whatever counts the words and whatever reads them then have the same before them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from clinicpress.office import (
    archive,
    bookmarks,
    dropcaps,
    equations,
    fields,
    signs,
)

STEPS: tuple[Callable[[bytes], fields.Read], ...] = (
    fields.read,
    signs.read,
    equations.read,
    dropcaps.read,
    bookmarks.read,
)


@dataclass(frozen=True, slots=True)
class Written:
    """A file with all as text, a line for each thing that is none, and words that are lost."""

    data: bytes
    told: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


def spelled(data: bytes) -> Written:
    """Return a file whose fields and signs are text; another than a Word file as it is."""
    held = archive.parts(data, archive.WORD.parts)
    read = {name: _read(part) for name, part in held.items()}
    changed = {name: each.part for name, each in read.items() if each.part != held[name]}
    told = tuple(line for each in read.values() for line in each.told)
    lost = tuple(words for each in read.values() for words in each.lost)
    return Written(archive.with_parts(data, changed) if changed else data, told, lost)


def _read(part: bytes) -> fields.Read:
    told: list[str] = []
    lost: list[str] = []
    for step in STEPS:
        read = step(part)
        part = read.part
        told += read.told
        lost += read.lost
    return fields.Read(part, tuple(told), tuple(lost))
