"""What a Rich Text file has inside, and the file as pandoc reads it right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from clinicpress.errors import ClinicpressError
from clinicpress.richtext import tokens
from clinicpress.richtext.groups import BESIDE, HIDDEN, SHOWN
from clinicpress.richtext.reader import SAVE_AGAIN, Reader


@dataclass(frozen=True, slots=True)
class Inside:
    """What is in a file: paragraphs, page headers and footers, hidden text, larger lines, pictures.

    `told` are lines for the report on what else a person should know of.
    `plain` is the file as pandoc reads it right, but for `marks` that stand for other letters in
    it, and `notes` that stand for notes in cells; pictures go by the SHA-1 of their content.
    """

    paragraphs: tuple[str, ...]
    furniture: tuple[str, ...]
    unseen: tuple[str, ...]
    larger: Mapping[str, float]
    pictures: Mapping[str, bytes]
    plain: bytes
    marks: Mapping[str, str]
    told: tuple[str, ...] = ()
    notes: frozenset[str] = frozenset()


def look_inside(data: bytes, place: str) -> Inside:
    """Return the text of a Rich Text file.

    Raises ClinicpressError where it is none, cut short, nested too deeply, or holds an object.
    """
    if not tokens.begins(data):
        raise ClinicpressError(place, "this is not a Rich Text (.rtf) file inside", SAVE_AGAIN)
    reader = Reader(data, place)
    reader.read()
    found, plain = reader.found, reader.plain
    return Inside(
        found.texts(SHOWN),
        found.texts(BESIDE),
        found.texts(HIDDEN),
        found.larger(),
        reader.pictures.found,
        plain.data(),
        plain.marks,
        (*reader.beside.told(), *plain.columns.told(), *plain.merged.told()),
        plain.notes,
    )
