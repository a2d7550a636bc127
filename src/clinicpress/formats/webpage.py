"""A web page to blocks: its text only, nothing that acts, nothing from elsewhere."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from clinicpress import bounds, conservation, origins, pandoc, shelves, titles
from clinicpress.content import Content, complete
from clinicpress.formats import rich
from clinicpress.looks import webpage
from clinicpress.web import (
    charsets,
    depth,
    endtags,
    generated,
    landmarks,
    layouts,
    listedheadings,
    phrasing,
    softlines,
    stylesheet,
    written_out,
)

HEADING = re.compile(r"<h[1-6]\b", re.I)


def read(data: bytes, place: str, path: Path) -> Content:
    """Read a web page: its text only, nothing that acts, nothing from elsewhere."""
    given, told = charsets.text(data, place)
    shelf = shelves.Beside(path.parent)
    depth.check(given, place)
    given = endtags.written(given)
    sheet = stylesheet.of_page(given)
    page = landmarks.unframed(given, sheet)
    drawn = generated.spelled(page.html, sheet)
    laid_out = layouts.opened(drawn.html)
    spelled = written_out.spelled(laid_out.html, place, sheet)
    text = phrasing.joined(spelled.html, place, sheet)
    paragraphs = conservation.html_paragraphs(text)
    bounds.check_text(place, len(HEADING.findall(text)), paragraphs)
    read = pandoc.read_html(text, place)
    meta = read["meta"]
    read = {
        **rich.unfronted(read),
        "blocks": listedheadings.opened(softlines.parted(read["blocks"])),
    }
    content = rich.content(read, shelf, webpage.larger(drawn.html), hidden=True)
    beside = [f"{what}: “{text}”" for what, text in dict.fromkeys(page.around)]
    content = replace(
        content,
        properties=titles.named(meta),
        removed=(*content.removed, *told, *drawn.told, *laid_out.told, *spelled.told, *beside),
        origin=origins.of_meta(meta),
    )
    # Pandoc makes a note of a link to one: the number that stood there is then the note's own.
    numbers = [str(n) for n, _ in enumerate(rich.notes(content.blocks), start=1)]
    content = rich.unframed(content, plainly=False)
    return complete(content, paragraphs, place, numbers)
