"""What a Word file says otherwise than as text, written out as text before anything reads it.

Whatever counts the words and whatever reads them then have the same before them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from clinicpress import bookmarks, dropcaps, equations, fields, office, signs

PARTS = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")
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
    held = office.parts(data, PARTS)
    read = {name: _read(part) for name, part in held.items()}
    if all(read[name].part == part for name, part in held.items()):
        return Written(data, _all(each.told for each in read.values()), _lost(read.values()))
    changed = office.with_parts(data, {name: each.part for name, each in read.items()})
    return Written(changed, _all(each.told for each in read.values()), _lost(read.values()))


def _read(part: bytes) -> fields.Read:
    told: list[str] = []
    lost: list[str] = []
    for step in STEPS:
        read = step(part)
        part = read.part
        told += read.told
        lost += read.lost
    return fields.Read(part, tuple(told), tuple(lost))


def _lost(read: Iterable[fields.Read]) -> tuple[str, ...]:
    return _all(each.lost for each in read)


def _all(lines: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(line for each in lines for line in each)
