"""Other files that a Word file holds as part of its text (`altChunk`), which pandoc drops.

Word shows what they say as if it were written there. Their words are counted, so that they stop
the run; saved once by Word itself, the file has them as text of its own.
"""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from pathlib import PurePosixPath

from clinicpress import conservation, decoding
from clinicpress.errors import ClinicpressError
from clinicpress.office import archive, relations
from clinicpress.richtext import inside as richtext

PART = "word/document.xml"
KIND = "aFChunk"
PAGES = frozenset({".htm", ".html", ".xhtml"})
UNKNOWN = "what is in the file {} inside it"


def texts(data: bytes, place: str) -> Iterator[str]:
    """Yield the paragraphs of the files that a Word file holds as part of its text."""
    beside = relations.beside(PART)
    listed = archive.parts(data, [beside]).get(beside, b"")
    held = [each.part for each in relations.read(listed, PART).values() if each.kind == KIND]
    for name, part in archive.parts(data, held).items():
        try:
            yield from _paragraphs(name, part, place)
        except ClinicpressError:
            yield UNKNOWN.format(PurePosixPath(name).name)


def _paragraphs(name: str, part: bytes, place: str) -> list[str]:
    suffix = PurePosixPath(name).suffix.lower()
    if suffix in PAGES:
        return conservation.html_paragraphs(decoding.text(part, place))
    if suffix in (".mht", ".mhtml"):
        return _archived(part)
    if suffix == ".docx":
        return list(archive.look_inside(part, suffix, place).paragraphs)
    if suffix == ".rtf":
        return list(richtext.look_inside(part, place).paragraphs)
    if suffix == ".txt":
        return decoding.text(part, place).splitlines()
    return [UNKNOWN.format(PurePosixPath(name).name)]


def _archived(part: bytes) -> list[str]:
    """Return the paragraphs of a web page packed as mail."""
    message = email.message_from_bytes(part, policy=email.policy.default)
    body = message.get_body(("html", "plain")) if hasattr(message, "get_body") else None
    try:
        return conservation.html_paragraphs(str(body.get_content())) if body else [str(message)]
    except (LookupError, ValueError):
        return [str(message)]
