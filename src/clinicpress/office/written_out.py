"""What a Word file says otherwise than as text, written out as text before anything reads it.

Whatever counts the words and whatever reads them then have the same before them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from clinicpress.model import Loss
from clinicpress.office import (
    archive,
    bookmarks,
    dropcaps,
    equations,
    fields,
    relations,
    ruby,
    signs,
)
from clinicpress.office.styles import SHEET, Styles

Step = Callable[[bytes], fields.Read]
BEFORE: tuple[Step, ...] = (fields.read, ruby.read)
BESIDE = relations.beside(archive.WORD.parts[0])
AFTER: tuple[Step, ...] = (equations.read, dropcaps.read, bookmarks.read)


@dataclass(frozen=True, slots=True)
class Written:
    """A file with all as text, a line for each thing that is none, and words that are lost."""

    data: bytes
    told: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    signs: tuple[Loss, ...] = ()


def spelled(data: bytes) -> Written:
    """Return a file whose fields and signs are text; another than a Word file as it is."""
    held = archive.parts(data, archive.WORD.parts)
    steps: tuple[Step, ...] = (*BEFORE, partial(signs.read, styles=_styles(data)), *AFTER)
    read = {name: _read(part, steps) for name, part in held.items()}
    changed = {name: each.part for name, each in read.items() if each.part != held[name]}
    told = tuple(line for each in read.values() for line in each.told)
    lost = tuple(words for each in read.values() for words in each.lost)
    unknown = tuple(loss for each in read.values() for loss in each.signs)
    return Written(archive.with_parts(data, changed) if changed else data, told, lost, unknown)


def _styles(data: bytes) -> Styles:
    """Return the styles of a file, with the fonts of its theme."""
    listed = archive.parts(data, [BESIDE]).get(BESIDE, b"")
    related = relations.read(listed, archive.WORD.parts[0]).values()
    theme = next((each.part for each in related if each.kind == "theme"), "")
    held = archive.parts(data, (SHEET, theme))
    return Styles(held.get(SHEET, b""), held.get(theme, b""))


def _read(part: bytes, steps: Iterable[Step]) -> fields.Read:
    told: list[str] = []
    lost: list[str] = []
    unknown: list[Loss] = []
    for step in steps:
        read = step(part)
        part = read.part
        told += read.told
        lost += read.lost
        unknown += read.signs
    return fields.Read(part, tuple(told), tuple(lost), tuple(unknown))
