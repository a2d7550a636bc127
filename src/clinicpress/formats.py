"""Each format to blocks, by a reader of its own, with every word accounted for."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from clinicpress import (
    chunks,
    cleaning,
    conservation,
    decoding,
    drawn,
    epub,
    framing,
    inlinehtml,
    landmarks,
    notes,
    numbering,
    office,
    origins,
    packaging,
    pandoc,
    phrasing,
    plaintext,
    shelves,
    softlines,
    structure,
    stylesheet,
    styling,
    tableofcontents,
    titles,
    tree,
    unseen,
    unwrapping,
    written_out,
)
from clinicpress.content import REPEATED, Content, complete, repeated_title
from clinicpress.errors import ClinicpressError, quoted
from clinicpress.looks import opendocument, webpage, word
from clinicpress.model import Finding, Place
from clinicpress.notices import authors
from clinicpress.richtext import columns, lists
from clinicpress.richtext import inside as richtext
from clinicpress.tree import Node, Nodes

REPORT = "Please report this with the document, or a part that shows it."
CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
CONTAINER = re.compile(r"<(/?)(?:ul|ol|dl|table|blockquote|div|section|article)\b", re.I)
# What HTML shows besides words.
SHOWS = re.compile(r"<(?:img|input)\b", re.I)
# Reading takes time that grows with the square of this and more; no page for readers comes near.
MAX_DEPTH = 200
TITLE_PAGE = "a title page that repeats the book's properties"
OPENED = "a chapter that the book only shows when asked (its text stands in its place)"
UNCLOSED = "box-unclosed"
CLOSE_IT = "All that follows stands in it. Write ::: on a line of its own where it ends."
ASIDE = "book-order"
ASIDE_REMEDY = (
    "If patients need it, put it into the order of reading in an editor such as Calibre's; if not, "
    "take it out of the book."
)


def text(data: bytes, place: str, _: Path) -> Content:
    """Read plain text."""
    given = cleaning.CONTROLS.sub("", decoding.text(data, place))
    title, blocks = plaintext.blocks(given)
    found = "".join([title or "", *conservation.tree_words(blocks)])
    if conservation.letters(found) != conservation.letters(given):
        problem = "a word was lost in finding its paragraphs, lists and headings"
        raise ClinicpressError(place, problem, REPORT)
    return Content(title, blocks)


def markdown(data: bytes, place: str, path: Path) -> Content:
    """Read Markdown, and the HTML inside it."""
    given = decoding.text(data, place)
    read = pandoc.read(authors.fenced(given), place)
    shelf = shelves.Beside(path.parent)
    blocks = inlinehtml.marked(_html_read(read["blocks"], place))
    blocks, removed = cleaning.clean(blocks, shelf.image)
    blocks = structure.infer_bold([_reasoned(block) for block in blocks])
    title, blocks = titles.taken(blocks, read["meta"])
    blocks, _ = framing.opened(blocks, plainly=False)
    origin = origins.of_meta(read["meta"])
    open_boxes = tuple(
        Finding(UNCLOSED, Place(place, line), f"the box “{words}” is never closed", CLOSE_IT)
        for line, words in authors.unclosed(given)
    )
    return Content(title, blocks, read["meta"], removed, shelf.media, open_boxes, origin=origin)


def html(data: bytes, place: str, path: Path) -> Content:
    """Read a web page: its text only, nothing that acts, nothing from elsewhere."""
    charset = CHARSET.search(data[:4096])
    named = charset.group(1).decode() if charset else ""
    given = decoding.text(data, place, named) if data[:2] not in WIDE else _wide(data, place)
    shelf = shelves.Beside(path.parent)
    if _depth(given) > MAX_DEPTH:
        remedy = "Save the page again from a browser or an editor, or as text."
        raise ClinicpressError(place, "its parts are nested too deeply", remedy)
    sheet = stylesheet.of_page(given)
    page = landmarks.unframed(given, sheet)
    text = phrasing.joined(page.html, place, sheet)
    read = pandoc.read_html(text, place)
    meta = read["meta"]
    read = {**_unfronted(read), "blocks": softlines.parted(read["blocks"])}
    content = _rich(read, shelf, webpage.larger(page.html), hidden=True)
    beside = [f"{what}: “{text}”" for what, text in dict.fromkeys(page.around)]
    content = replace(
        content,
        properties=titles.named(meta),
        removed=(*content.removed, *beside),
        origin=origins.of_meta(meta),
    )
    # Pandoc makes a note of a link to one: the number that stood there is then the note's own.
    numbers = [str(n) for n, _ in enumerate(_notes(content.blocks), start=1)]
    content = _unframed(content, plainly=False)
    return complete(content, conservation.html_paragraphs(text), place, numbers)


def _wide(data: bytes, place: str) -> str:
    """Return the text of a page that begins with the mark of UTF-16, as some programs save it."""
    text = data.decode("utf-16", "replace")
    if "\0" in text or "\ufffd" in text:
        raise ClinicpressError(place, "this is not a text file", decoding.SAVE_AS)
    return text


def _depth(given: str) -> int:
    """Return how deep the blocks of a web page stand in one another, those not closed included."""
    depth = deepest = 0
    for tag in CONTAINER.finditer(given):
        depth = max(0, depth + (-1 if tag[1] else 1))
        deepest = max(deepest, depth)
    return deepest


def office_file(data: bytes, place: str, path: Path) -> Content:
    """Read Word or OpenDocument; what pandoc would drop of its words stops the run."""
    suffix = path.suffix.lower()
    office.opened(data, place)
    data = packaging.usual(data) if suffix == ".docx" else data
    inside = office.look_inside(data, suffix, place)
    written = written_out.spelled(data)
    shown, left_out = _as_shown(written.data)
    if shown is not data:
        inside = office.look_inside(shown, suffix, place)
    kind = {".docx": "docx+styles", ".odt": "odt"}[suffix]
    larger = {".docx": word.larger, ".odt": opendocument.larger}[suffix](shown)
    boxed = drawn.boxed(shown)
    read = pandoc.read_file(styling.plainly(unwrapping.unwrapped(boxed)), kind, place)
    said = unwrapping.descriptions(shown) if suffix == ".odt" else {}
    content = _rich(
        {**read, "blocks": _described(read["blocks"], said)}, shelves.Packed(shown), larger
    )
    beside = [f"page header or footer: “{text}”" for text in dict.fromkeys(inside.furniture)]
    again = repeated_title(content, inside.paragraphs)
    beside += [*left_out, *([REPEATED] if again else [])]
    removed = (*content.removed, *unwrapping.told(boxed), *written.told, *beside)
    content = _unframed(replace(content, removed=removed, origin=origins.of_office(shown)))
    paragraphs = [*inside.paragraphs, *written.lost, *chunks.texts(written.data, place)]
    return complete(content, paragraphs, place, again)


def _as_shown(data: bytes) -> tuple[bytes, list[str]]:
    """Return a file with what its readers see, and a line for each thing of it left out."""
    data, hidden = unseen.without(data)
    data, contents = tableofcontents.without(data)
    data, unnumbered = numbering.shown(data)
    data, unused = notes.without(data)
    told = [f"hidden text: “{text}”" for text in dict.fromkeys(hidden)]
    told += [f"{tableofcontents.TOLD}: {contents}"] if contents else []
    return data, [*told, *unnumbered, *unused]


def book(data: bytes, place: str, _: Path) -> Content:
    """Read an EPUB book: its chapters in order; the list of contents is left out."""
    inside = epub.look_inside(data, place)
    read = pandoc.read_file(inside.plain, "epub", place)
    meta = read["meta"]
    told = {"title": titles.named(meta).get("title", {}), "lang": meta.get("language", {})}
    # Pandoc numbers a note anew: what stood there is then the note's own.
    content = _rich({"meta": told, "blocks": _named(read["blocks"])}, shelves.Packed(data))
    numbers = [str(n) for n, _ in enumerate(_notes(content.blocks), start=1)]
    # Pandoc takes a title page for the properties that it repeats.
    left_out = {tableofcontents.TOLD: inside.guides, TITLE_PAGE: inside.title_pages}
    left_out[OPENED] = inside.opened
    counts = [f"{what}: {count}" for what, count in left_out.items() if count]
    findings = tuple(_aside(name, text, place) for name, text in inside.asides.items())
    removed = (*content.removed, *counts)
    content = replace(content, removed=removed, findings=findings, origin=origins.of_meta(meta))
    content = _unframed(content, plainly=False)
    return complete(
        content,
        inside.paragraphs,
        place,
        [*numbers, tree.text(titles.front(meta)), *titles.said(meta)],
    )


def _aside(name: str, text: str, place: str) -> Finding:
    problem = (
        f"a chapter outside the book's order of reading is on no page: {name} ({quoted(text)})"
    )
    return Finding(ASIDE, Place(place), problem, ASIDE_REMEDY)


def _named(blocks: Nodes) -> Nodes:
    """Return the blocks of a book with the names of its sections on their headings."""

    def change(node: Node) -> Nodes:
        if node["t"] != "Div" or not node["c"][1] or node["c"][1][0]["t"] != "Header":
            return [node]
        (name, *_), (first, *rest) = node["c"]
        level, (own, *more), inlines = first["c"]
        heading = {"t": "Header", "c": [level, [own or name, *more], inlines]}
        return [{"t": "Div", "c": [tree.attr(), [heading, *rest]]}]

    named: Nodes = tree.rewrite(blocks, change)
    return named


def rich_text(data: bytes, place: str, _: Path) -> Content:
    """Read Rich Text (.rtf); what pandoc would drop of its words stops the run."""
    inside = richtext.look_inside(data, place)
    said = json.dumps(pandoc.read_file(inside.plain, "rtf", place), ensure_ascii=False)
    said = said.translate({ord(mark): letter for mark, letter in inside.marks.items()})
    # One of the letters may be a tab, where a cell ends.
    read = json.loads(said, strict=False)
    read = {**read, "blocks": columns.tables(lists.joined(read["blocks"]))}
    content = _rich(_unfronted(read), shelves.Embedded(inside.pictures), inside.larger, hidden=True)
    origin = origins.of_rich_text(data, read["meta"])
    content = replace(content, properties=titles.named(read["meta"]), origin=origin)
    beside = [f"page header or footer: “{text}”" for text in dict.fromkeys(inside.furniture)]
    beside += [f"hidden text: “{text}”" for text in dict.fromkeys(inside.unseen)]
    beside += inside.told
    content = _unframed(replace(content, removed=(*content.removed, *beside)))
    return complete(content, inside.paragraphs, place)


READERS: Mapping[str, Callable[[bytes, str, Path], Content]] = {
    ".docx": office_file,
    ".epub": book,
    ".htm": html,
    ".html": html,
    ".markdown": markdown,
    ".md": markdown,
    ".odt": office_file,
    ".rtf": rich_text,
    ".txt": text,
}


def _unfronted(read: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what was read without properties that are no text here as they are in Word."""
    meta = titles.named(read["meta"])
    return {**read, "meta": {key: found for key, found in meta.items() if key not in titles.FRONT}}


def _rich(
    read: Mapping[str, Any],
    shelf: shelves.Shelf,
    larger: Mapping[str, float] | None = None,
    hidden: bool = False,
) -> Content:
    """Return what a word processor or a web page has, headings by their looks included.

    `hidden` says that a title in the properties is not text that readers of the file see.
    """
    meta = read["meta"]
    blocks = [*titles.front(meta), *read["blocks"]]
    seen = structure.Seen(larger or {}, cleaning.captions(blocks))
    blocks, removed = cleaning.clean(blocks, shelf.image)
    blocks = structure.infer([_reasoned(b) for b in blocks if not _is_empty(b)], seen)
    title, blocks = titles.taken(titles.first_line_as_heading(blocks, meta), meta, hidden)
    blocks, again = titles.without_repeated(title, blocks)
    removed = (*removed, *[REPEATED for _ in again])
    return Content(title, blocks, meta, removed, shelf.media, again=again)


def _unframed(content: Content, plainly: bool = True) -> Content:
    """Return what was read with tables that are none as what they are."""
    blocks, told = framing.opened(content.blocks, plainly)
    return replace(content, blocks=blocks, removed=(*content.removed, *told))


def _described(blocks: Nodes, said: Mapping[str, str]) -> Nodes:
    """Return the blocks with the descriptions of pictures that pandoc left out."""

    def change(node: Node) -> Nodes:
        if node["t"] != "Image" or node["c"][1] or not said.get(node["c"][2][0]):
            return [node]
        attributes, _, target = node["c"]
        return [{"t": "Image", "c": [attributes, tree.string(said[target[0]]), target]}]

    described: Nodes = tree.rewrite(blocks, change) if said else blocks
    return described


def _is_empty(block: Node) -> bool:
    """Say whether a block is a paragraph with nothing in it, as authors use to make room."""
    return block["t"] in ("Para", "Plain") and all(n["t"] in tree.SPACES for n in block["c"])


def _notes(blocks: Nodes) -> Nodes:
    return [node for node in tree.walk(blocks) if node["t"] == "Note"]


def _html_read(blocks: Nodes, place: str) -> Nodes:
    """Read the HTML that stands in Markdown as HTML, so that no word in it is lost."""

    def change(node: Node) -> Nodes:
        if node["t"] != "RawBlock" or not (
            SHOWS.search(node["c"][1]) or cleaning.has_text(node["c"][1])
        ):
            return [node]
        inner: Nodes = pandoc.read_html(phrasing.joined(node["c"][1], place), place)["blocks"]
        return inner

    read: Nodes = tree.rewrite(blocks, change)
    return read


def _reasoned(block: Node) -> Node:
    if block["t"] != "Header":
        return block
    level, (identifier, *_), inlines = block["c"]
    return tree.header(level, inlines, identifier, reason=titles.MARKED)
