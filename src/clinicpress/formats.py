"""Each format to blocks, by a reader of its own, with every word accounted for."""

from __future__ import annotations

import codecs
import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote

from clinicpress import (
    cleaning,
    conservation,
    epub,
    headings,
    looks,
    office,
    pandoc,
    plaintext,
    richtext,
    structure,
    tree,
    unwrapping,
)
from clinicpress.errors import ClinicpressError
from clinicpress.model import Loss
from clinicpress.notices import authors
from clinicpress.tree import Node, Nodes

IMAGES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp"})
MAX_IMAGE_BYTES = 20_000_000
SAVE_AS = "Open it in its own program and save it as .docx, or as text in UTF-8."
REPORT = "Please report this with the document, or a part that shows it."
CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
CONTAINER = re.compile(r"<(/?)(?:ul|ol|dl|table|blockquote|div|section|article)\b", re.I)
# Reading takes time that grows with the square of this and more; no page for readers comes near.
MAX_DEPTH = 200
MARKED = "marked as a heading in the file"
# Text that pandoc takes for properties, though it stands in the document: in this order.
FRONT = ("subtitle", "author", "date", "abstract")
# More paragraphs than these above a document's highest heading are text that it doesn't head.
MAX_PREFACE = 3
COMMENTS = "a comment of an author or reviewer"
TITLE_PAGE = "a title page that repeats the book's properties, if it has one"
BOXES = "a text box (its text stands below the paragraph that held it)"
CONTENTS = "a table of contents (the site makes its own)"


@dataclass(frozen=True, slots=True)
class Content:
    """What a reader found: the title only where it is text, properties as pandoc has them."""

    title: str | None
    blocks: Nodes
    properties: Mapping[str, Any] = field(default_factory=dict)
    removed: tuple[str, ...] = ()
    media: Mapping[str, bytes] = field(default_factory=dict)


class WordsLostError(ClinicpressError):
    """Words of a file are not in what was read of it: `content`, without these `losses`."""

    def __init__(self, place: str, content: Content, losses: tuple[Loss, ...]) -> None:
        first, more = losses[0], len(losses) - 1
        problem = f"these words can't be read from it: “{first.words}” (in “{first.where[:80]}”)"
        problem += f", and more in {more} other places" if more else ""
        remedy = (
            "Take the text out of its text box or frame into the page, save and try again. "
            "If the leaflet can do without these words: --allow-loss."
        )
        super().__init__(place, problem, remedy)
        self.content = content
        self.losses = losses


def text(data: bytes, place: str, _: Path) -> Content:
    """Read plain text."""
    given = cleaning.CONTROLS.sub("", _decoded(data, place))
    title, blocks = plaintext.blocks(given)
    found = "".join([title or "", *conservation.tree_words(blocks)])
    if conservation.letters(found) != conservation.letters(given):
        problem = "a word was lost in finding its paragraphs, lists and headings"
        raise ClinicpressError(place, problem, REPORT)
    return Content(title, blocks)


def markdown(data: bytes, place: str, path: Path) -> Content:
    """Read Markdown, and the HTML inside it."""
    read = pandoc.read(authors.fenced(_decoded(data, place)), place)
    shelf = _Shelf(path.parent)
    blocks, removed = cleaning.clean(_html_read(read["blocks"], place), shelf.image)
    blocks = structure.infer_bold([_reasoned(block) for block in blocks])
    title, blocks = _title(blocks, read["meta"])
    return Content(title, blocks, read["meta"], removed, shelf.media)


def html(data: bytes, place: str, path: Path) -> Content:
    """Read a web page: its text only, nothing that acts, nothing from elsewhere."""
    charset = CHARSET.search(data[:4096])
    given = _decoded(data, place, charset.group(1).decode() if charset else "")
    shelf = _Shelf(path.parent)
    if _depth(given) > MAX_DEPTH:
        remedy = "Save the page again from a browser or an editor, or as text."
        raise ClinicpressError(place, "its parts are nested too deeply", remedy)
    content = _rich(pandoc.read_html(given, place), shelf)
    # Pandoc makes a note of a link to one: the number that stood there is then the note's own.
    notes = [str(n) for n, _ in enumerate(_notes(content.blocks), start=1)]
    return _complete(content, conservation.html_paragraphs(given), place, notes)


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
    inside = office.look_inside(data, suffix, place)
    kind = {".docx": "docx+styles", ".odt": "odt"}[suffix]
    larger = looks.larger(data) if suffix == ".docx" else {}
    read = pandoc.read_file(unwrapping.unwrapped(data), kind, place)
    said = unwrapping.descriptions(data) if suffix == ".odt" else {}
    content = _rich({**read, "blocks": _described(read["blocks"], said)}, _Packed(data), larger)
    if count := unwrapping.contents(data):
        content = replace(content, removed=(*content.removed, f"{CONTENTS}: {count}"))
    if count := unwrapping.boxes(data):
        content = replace(content, removed=(*content.removed, f"{BOXES}: {count}"))
    if count := unwrapping.comments(data):
        content = replace(content, removed=(*content.removed, f"{COMMENTS}: {count}"))
    beside = tuple(f"page header or footer: “{text}”" for text in dict.fromkeys(inside.furniture))
    content = replace(content, removed=content.removed + beside)
    return _complete(content, inside.paragraphs, place)


def book(data: bytes, place: str, _: Path) -> Content:
    """Read an EPUB book: its chapters in order; the list of contents is left out."""
    paragraphs = epub.paragraphs(data, place)
    read = pandoc.read_file(data, "epub", place)
    meta = read["meta"]
    told = {"title": meta.get("title", {}), "lang": meta.get("language", {})}
    # Pandoc numbers a note anew: what stood there is then the note's own.
    content = _rich({"meta": told, "blocks": _named(read["blocks"])}, _Packed(data))
    notes = [str(n) for n, _ in enumerate(_notes(content.blocks), start=1)]
    # Pandoc takes a title page for the properties that it repeats.
    content = replace(content, removed=(*content.removed, CONTENTS, TITLE_PAGE))
    return _complete(content, paragraphs, place, [*notes, tree.text(_front(meta)), *_said(meta)])


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


def _said(meta: Mapping[str, Any]) -> Iterable[str]:
    """Return the properties of a document that are text."""
    return (tree.text([node]) for found in meta.values() for node in tree.walk(found))


def rich_text(data: bytes, place: str, _: Path) -> Content:
    """Read Rich Text (.rtf); what pandoc would drop of its words stops the run."""
    inside = richtext.look_inside(data, place)
    said = json.dumps(pandoc.read_file(inside.plain, "rtf", place), ensure_ascii=False)
    read = json.loads(said.translate({ord(mark): letter for mark, letter in inside.marks.items()}))
    # Author and date are properties here, not text as in Word, where a style makes them so.
    named = {key: found for key, found in read["meta"].items() if key not in FRONT}
    content = _rich({**read, "meta": named}, _Embedded(inside.pictures), inside.larger)
    content = replace(content, properties=read["meta"])
    beside = [f"page header or footer: “{text}”" for text in dict.fromkeys(inside.furniture)]
    beside += [f"hidden text: “{text}”" for text in dict.fromkeys(inside.unseen)]
    content = replace(content, removed=(*content.removed, *beside))
    return _complete(content, inside.paragraphs, place)


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


def _rich(
    read: Mapping[str, Any],
    shelf: _Shelf | _Packed | _Embedded,
    larger: Mapping[str, float] | None = None,
) -> Content:
    """Return what a word processor or a web page has, headings by their looks included."""
    meta = read["meta"]
    blocks, contents = cleaning.without_contents([*_front(meta), *read["blocks"]])
    seen = structure.Seen(larger or {}, cleaning.captions(blocks))
    blocks, removed = cleaning.clean(blocks, shelf.image)
    blocks = structure.infer([_reasoned(b) for b in blocks if not _is_empty(b)], seen)
    if contents:
        removed = (*removed, f"{CONTENTS}: {contents}")
    title, blocks = _title(_first_line_as_heading(blocks, meta), meta)
    return Content(title, blocks, meta, removed, shelf.media)


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


def _front(meta: Mapping[str, Any]) -> Nodes:
    """Return as paragraphs the text that pandoc took for properties by its style."""
    front: Nodes = []
    for key in FRONT:
        found = meta.get(key, {})
        parts = found.get("c", []) if found.get("t") == "MetaList" else [found]
        for part in parts:
            if part.get("t") == "MetaInlines":
                front.append({"t": "Para", "c": part["c"]})
            elif part.get("t") == "MetaBlocks":
                front += part["c"]
    return front


def _notes(blocks: Nodes) -> Nodes:
    return [node for node in tree.walk(blocks) if node["t"] == "Note"]


def _complete(
    content: Content, paragraphs: Iterable[str], place: str, more: Iterable[str] = ()
) -> Content:
    """Return the content, its title as text; stop where a word of the file is not in it."""
    given = property_of(content.properties, "title")
    words = [content.title or given, *conservation.tree_words(content.blocks), *more]
    missing = conservation.missing(paragraphs, words)
    if missing:
        raise WordsLostError(place, content, tuple(Loss(words, where) for where, words in missing))
    return content


def _decoded(data: bytes, place: str, charset: str = "") -> str:
    if b"\0" in data:
        raise ClinicpressError(place, "this is not a text file", SAVE_AS)
    try:
        return data.decode(charset if _is_known(charset) else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ClinicpressError(
            f"{place}:{line}",
            "a letter here is not in UTF-8, so it might come out as a wrong one",
            "Open the file in its own program and save it as text with the encoding UTF-8.",
        ) from None


def _is_known(charset: str) -> bool:
    try:
        return codecs.lookup(charset).name not in ("utf-8", "ascii")
    except LookupError:
        return False


def _html_read(blocks: Nodes, place: str) -> Nodes:
    """Read the HTML that stands in Markdown as HTML, so that no word in it is lost."""

    def change(node: Node) -> Nodes:
        if node["t"] != "RawBlock" or not cleaning.has_text(node["c"][1]):
            return [node]
        inner: Nodes = pandoc.read_html(node["c"][1], place)["blocks"]
        return inner

    read: Nodes = tree.rewrite(blocks, change)
    return read


def property_of(meta: Mapping[str, Any], key: str) -> str:
    """Return a property of a document as text, "" where it has none."""
    found = meta.get(key, {})
    inlines = found.get("c", []) if found.get("t") == "MetaInlines" else []
    text = tree.text(inlines) or (str(found["c"]) if found.get("t") == "MetaString" else "")
    return " ".join(cleaning.CONTROLS.sub("", text).split())


def _reasoned(block: Node) -> Node:
    if block["t"] != "Header":
        return block
    level, (identifier, *_), inlines = block["c"]
    return tree.header(level, inlines, identifier, reason=MARKED)


def _title(blocks: Nodes, meta: Mapping[str, Any]) -> tuple[str | None, Nodes]:
    """Take the title off the top: a heading the properties repeat, or one above all others.

    Lines may stand above it; they are then the first below it.
    """
    at = next((at for at, block in enumerate(blocks) if block["t"] == "Header"), None)
    if at and _is_below_a_preface(blocks, at):
        blocks = [blocks[at], *blocks[:at], *blocks[at + 1 :]]
    if not blocks or blocks[0]["t"] != "Header":
        return None, blocks
    first, others = blocks[0], [block for block in blocks[1:] if block["t"] == "Header"]
    text = " ".join(tree.text(first["c"][2]).split())
    given = property_of(meta, "title")
    if any(node["t"] == "Note" for node in tree.walk(first)):
        return None, blocks  # a title is plain text, and the note would be lost
    above = all(other["c"][0] > first["c"][0] for other in others)
    if given:
        return (text, blocks[1:]) if given == text else (None, blocks)
    inferred = tree.value(first, "reason") != MARKED and not headings.look(text).number
    is_title = above or inferred or _is_lone_lead(blocks)
    return (text, blocks[1:]) if is_title else (None, blocks)


def _is_below_a_preface(blocks: Nodes, at: int) -> bool:
    """Say whether the first heading stands above all others, with no more than lines before it."""
    levels = [block["c"][0] for block in blocks[at:] if block["t"] == "Header"]
    lone = len(levels) > 1 and levels[0] < min(levels[1:])
    return lone and at <= MAX_PREFACE and all(block["t"] == "Para" for block in blocks[:at])


def _first_line_as_heading(blocks: Nodes, meta: Mapping[str, Any]) -> Nodes:
    """Make a heading of a first line that looks like one, where nothing else names the document."""
    if len(blocks) < 2 or blocks[0]["t"] != "Para" or property_of(meta, "title"):
        return blocks
    first = blocks[0]
    at = next((at for at, block in enumerate(blocks) if block["t"] == "Header"), 0)
    if at and _is_below_a_preface(blocks, at):
        return blocks
    if not headings.heading_like(tree.text(first["c"])):
        return blocks
    return [tree.header(1, first["c"], reason="the first line, without a full stop"), *blocks[1:]]


def _is_lone_lead(blocks: Nodes) -> bool:
    """Say whether the first of many equal headings holds one paragraph, as a title does."""
    heads = [at for at, block in enumerate(blocks) if block["t"] == "Header"]
    lead = blocks[1 : heads[1]] if len(heads) > 1 else []
    same = sum(blocks[at]["c"][0] == blocks[0]["c"][0] for at in heads)
    return (
        same > 2
        and len(lead) == 1
        and lead[0]["t"] == "Para"
        and not tree.text(blocks[0]["c"][2]).endswith("?")
    )


class _Packed:
    """Pictures that are inside the document's own file."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.media: dict[str, bytes] = {}

    def image(self, address: str) -> str | None:
        """Return the new address of a picture; None where the file does not have it."""
        suffix = PurePosixPath(address).suffix.lower()
        data = office.picture(self._data, address) if suffix in IMAGES else None
        return _keep(self.media, data, suffix)


class _Embedded:
    """Pictures that a Rich Text file has between its words, by the digests pandoc names them by."""

    def __init__(self, pictures: Mapping[str, bytes]) -> None:
        self._pictures = pictures
        self.media: dict[str, bytes] = {}

    def image(self, address: str) -> str | None:
        """Return the new address of a picture; None where the file does not have it."""
        path = PurePosixPath(address)
        suffix = path.suffix.lower()
        data = self._pictures.get(path.stem) if suffix in IMAGES else None
        return _keep(self.media, data, suffix)


class _Shelf:
    """Pictures that stand beside the document, by the name the pages will give them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()
        self.media: dict[str, bytes] = {}

    def image(self, address: str) -> str | None:
        """Return the new address of a picture; None where it is not a file beside the document."""
        try:
            path = (self._folder / unquote(address)).resolve()
            if not path.is_relative_to(self._folder) or path.suffix.lower() not in IMAGES:
                return None
            data = path.read_bytes() if path.stat().st_size <= MAX_IMAGE_BYTES else b""
        except (OSError, ValueError):
            return None
        return _keep(self.media, data, path.suffix.lower())


def _keep(media: dict[str, bytes], data: bytes | None, suffix: str) -> str | None:
    """Put a picture on the shelf under a name made of its content."""
    if not data:
        return None
    name = f"images/{hashlib.sha256(data).hexdigest()[:12]}{suffix}"
    media[name] = data
    return name
