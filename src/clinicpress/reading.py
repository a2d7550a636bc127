"""A file on disk to a Document: checked, read, cleaned, its language and title known."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote

from clinicpress import cleaning, conservation, headings, notices, pandoc, plaintext, tree
from clinicpress.errors import ClinicpressError
from clinicpress.model import Document, TitleFrom
from clinicpress.tree import Node, Nodes

FORMATS = {".md": "Markdown", ".markdown": "Markdown", ".txt": "plain text"}
SAVE_AS = "Save it as plain text (.txt, UTF-8) or Markdown (.md) and try again."
MAX_BYTES = 20_000_000
IMAGES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp"})
LANGUAGE_TAG = re.compile(r"^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$")


def read(path: Path, name: str | None = None) -> Document:
    """Return the leaflet in a file; `name` is how messages and pages call it.

    Raises ClinicpressError where the file is missing, empty, too large, not text, not UTF-8, or of
    a format that can't be read.
    """
    place = name or str(path)
    kind = FORMATS.get(path.suffix.lower())
    if kind is None:
        known = ", ".join(sorted(FORMATS))
        raise ClinicpressError(place, f"this kind of file can't be read (only {known})", SAVE_AS)
    text = _decoded(_bytes_of(path, place), place)
    content = _read_markdown(text, place, path) if kind == "Markdown" else _read_text(text, place)
    document = _document(place, path, content)
    if not document.blocks:
        raise ClinicpressError(place, "there is no text in it", "Check that it is the right file.")
    return document


def _bytes_of(path: Path, place: str) -> bytes:
    try:
        if not path.is_file():
            problem = "this is not a file" if path.exists() else "there is no such file"
            raise ClinicpressError(place, problem, "Check the name and the folder.")
        if path.stat().st_size > MAX_BYTES:
            problem = f"it is larger than {MAX_BYTES // 1_000_000} MB"
            raise ClinicpressError(place, problem, "Split it into smaller documents.")
        return path.read_bytes()
    except OSError as error:
        problem = f"it can't be opened ({error.strerror})"
        raise ClinicpressError(place, problem, "Check that you may read it.") from error


def _decoded(data: bytes, place: str) -> str:
    if not data.strip():
        raise ClinicpressError(place, "the file is empty", "Check that it is the right file.")
    if b"\0" in data:
        raise ClinicpressError(place, "this is not a text file", SAVE_AS)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ClinicpressError(
            f"{place}:{line}",
            "a letter here is not in UTF-8, so it might come out as a wrong one",
            "Open the file in its own program and save it as text with the encoding UTF-8.",
        ) from None


@dataclass(frozen=True, slots=True)
class _Content:
    """What a reader found: the title only where it is text, properties as pandoc has them."""

    title: str | None
    blocks: Nodes
    properties: Mapping[str, Any] = field(default_factory=dict)
    removed: tuple[str, ...] = ()
    media: Mapping[str, bytes] = field(default_factory=dict)


def _read_text(text: str, place: str) -> _Content:
    text = cleaning.CONTROLS.sub("", text)
    title, blocks = plaintext.blocks(text)
    found = "".join([title or "", *conservation.tree_words(blocks)])
    if conservation.letters(found) != conservation.letters(text):
        problem = "a word was lost in finding its paragraphs, lists and headings"
        raise ClinicpressError(place, problem, "Please report this with the document.")
    return _Content(title, blocks)


def _read_markdown(text: str, place: str, path: Path) -> _Content:
    read = pandoc.read(text, place)
    shelf = _Shelf(path.parent)
    blocks, removed = cleaning.clean(_html_read(read["blocks"], place), shelf.image)
    title, blocks = _title([_reasoned(block) for block in blocks], read["meta"])
    return _Content(title, blocks, read["meta"], removed, shelf.media)


def _html_read(blocks: Nodes, place: str) -> Nodes:
    """Read the HTML that stands in Markdown as HTML, so that no word in it is lost."""

    def change(node: Node) -> Nodes:
        if node["t"] != "RawBlock" or not cleaning.has_text(node["c"][1]):
            return [node]
        inner: Nodes = pandoc.read_html(node["c"][1], place)["blocks"]
        return inner

    read: Nodes = tree.rewrite(blocks, change)
    return read


def _document(place: str, path: Path, content: _Content) -> Document:
    title, title_from = _chosen_title(content, path)
    lang = _property(content.properties, "lang")
    if not LANGUAGE_TAG.match(lang):
        words = (tree.text([node]) for node in tree.walk(content.blocks) if node["t"] == "Str")
        lang = notices.guess_language(" ".join(words))
    blocks = _nested(content.blocks)
    return Document(place, title, title_from, lang, blocks, content.removed, content.media)


def _nested(blocks: Nodes) -> Nodes:
    """Put the highest headings at level 1, whatever their marks, with none skipped below."""
    levels = iter(headings.nested([b["c"][0] for b in blocks if b["t"] == "Header"]))
    return [
        {"t": "Header", "c": [next(levels), *block["c"][1:]]} if block["t"] == "Header" else block
        for block in blocks
    ]


def _chosen_title(content: _Content, path: Path) -> tuple[str, TitleFrom]:
    if content.title is not None:
        return content.title, TitleFrom.TEXT
    if given := _property(content.properties, "title"):
        return given, TitleFrom.PROPERTIES
    words = re.sub(r"[-_\s]+", " ", path.stem).strip()
    return (words[:1].upper() + words[1:]) or "Leaflet", TitleFrom.FILE_NAME


def _property(meta: Mapping[str, Any], key: str) -> str:
    found = meta.get(key, {})
    inlines = found.get("c", []) if found.get("t") == "MetaInlines" else []
    text = tree.text(inlines) or (str(found["c"]) if found.get("t") == "MetaString" else "")
    return " ".join(cleaning.CONTROLS.sub("", text).split())


def _reasoned(block: Node) -> Node:
    if block["t"] != "Header":
        return block
    level, (identifier, *_), inlines = block["c"]
    return tree.header(level, inlines, identifier, reason="marked as a heading in the file")


def _title(blocks: Nodes, meta: Mapping[str, Any]) -> tuple[str | None, Nodes]:
    """Take the title off the top: a heading the properties repeat, or one above all others."""
    if not blocks or blocks[0]["t"] != "Header":
        return None, blocks
    first, others = blocks[0], [block for block in blocks[1:] if block["t"] == "Header"]
    text = tree.text(first["c"][2])
    given = _property(meta, "title")
    above = all(other["c"][0] > first["c"][0] for other in others)
    if given:
        return (text, blocks[1:]) if given == text else (None, blocks)
    return (text, blocks[1:]) if above or _is_lone_lead(blocks) else (None, blocks)


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
            data = path.read_bytes() if path.stat().st_size <= MAX_BYTES else b""
        except (OSError, ValueError):
            return None
        if not data:
            return None
        name = f"{hashlib.sha256(data).hexdigest()[:12]}{path.suffix.lower()}"
        self.media[str(PurePosixPath("images") / name)] = data
        return f"images/{name}"
