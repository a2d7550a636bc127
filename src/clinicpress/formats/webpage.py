"""A web page to blocks: its text only, nothing that acts, nothing from elsewhere."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from clinicpress import conservation, origins, pandoc, shelves, titles
from clinicpress.content import Content, complete
from clinicpress.errors import ClinicpressError
from clinicpress.formats import rich
from clinicpress.looks import webpage
from clinicpress.web import charsets, landmarks, phrasing, softlines, stylesheet, written_out

CONTAINER = re.compile(r"<(/?)(?:ul|ol|dl|table|blockquote|div|section|article)\b", re.I)
# Reading takes time that grows with the square of this and more; no page for readers comes near.
MAX_DEPTH = 200


def read(data: bytes, place: str, path: Path) -> Content:
    """Read a web page: its text only, nothing that acts, nothing from elsewhere."""
    given, told = charsets.text(data, place)
    shelf = shelves.Beside(path.parent)
    if _depth(given) > MAX_DEPTH:
        remedy = "Save the page again from a browser or an editor, or as text."
        raise ClinicpressError(place, "its parts are nested too deeply", remedy)
    sheet = stylesheet.of_page(given)
    page = landmarks.unframed(given, sheet)
    spelled = written_out.spelled(page.html, place, sheet)
    text = phrasing.joined(spelled.html, place, sheet)
    read = pandoc.read_html(text, place)
    meta = read["meta"]
    read = {**rich.unfronted(read), "blocks": softlines.parted(read["blocks"])}
    content = rich.content(read, shelf, webpage.larger(page.html), hidden=True)
    beside = [f"{what}: “{text}”" for what, text in dict.fromkeys(page.around)]
    content = replace(
        content,
        properties=titles.named(meta),
        removed=(*content.removed, *told, *spelled.told, *beside),
        origin=origins.of_meta(meta),
    )
    # Pandoc makes a note of a link to one: the number that stood there is then the note's own.
    numbers = [str(n) for n, _ in enumerate(rich.notes(content.blocks), start=1)]
    content = rich.unframed(content, plainly=False)
    return complete(content, conservation.html_paragraphs(text), place, numbers)


def _depth(given: str) -> int:
    """Return how deep the blocks of a web page stand in one another, those not closed included."""
    depth = deepest = 0
    for tag in CONTAINER.finditer(given):
        depth = max(0, depth + (-1 if tag[1] else 1))
        deepest = max(deepest, depth)
    return deepest
