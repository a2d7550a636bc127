"""Plain text to blocks."""

from __future__ import annotations

from pathlib import Path

from clinicpress import cleaning, conservation, decoding, plaintext
from clinicpress.content import Content
from clinicpress.errors import ClinicpressError

REPORT = "Please report this with the document, or a part that shows it."


def read(data: bytes, place: str, _: Path) -> Content:
    """Read plain text."""
    given = cleaning.CONTROLS.sub("", decoding.text(data, place))
    title, blocks = plaintext.blocks(given)
    found = "".join([title or "", *conservation.tree_words(blocks)])
    if conservation.letters(found) != conservation.letters(given):
        problem = "a word was lost in finding its paragraphs, lists and headings"
        raise ClinicpressError(place, problem, REPORT)
    return Content(title, blocks)
