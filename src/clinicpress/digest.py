"""The digest of what a patient gets, which a sign-off is for."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby

from clinicpress import conservation, sections, tree
from clinicpress.model import Document, Leaflet, Sentence
from clinicpress.tree import Nodes

# What changes the meaning of text without being text: a power, an index, words struck out.
SENSE = frozenset({"Superscript", "Subscript", "Strikeout"})


def of(leaflet: Leaflet) -> str:
    """Return the digest of what a patient gets: every word in order, kinds, headings, links.

    It is not of Markdown or addresses of our own making, so another version of this tool that
    writes the same leaflet in another way has the same digest.
    """
    document = leaflet.document
    content = [
        document.lang,
        document.title,
        [*_body(document.blocks)],
        [*_runs(leaflet.sentences)],
        [*_targets(document.blocks)],
        [*_pictures(document)],
        [[n["t"], tree.text(n["c"])] for n in tree.walk(document.blocks) if n["t"] in SENSE],
    ]
    text = unicodedata.normalize("NFC", json.dumps(content, ensure_ascii=False))
    return "sha256:" + hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def _body(blocks: Nodes) -> Iterator[list[object]]:
    for is_heading, run in groupby(blocks, key=lambda block: block["t"] == "Header"):
        if is_heading:
            yield from ([sections.level(b), " ".join(conservation.tree_words([b]))] for b in run)
        else:
            yield [0, " ".join(conservation.tree_words(list(run)))]


def _runs(sentences: Sequence[Sentence]) -> Iterator[list[str]]:
    """Yield the text by its kind, so that where one sentence ends and another begins is no part."""
    for kind, run in groupby(sentences, key=lambda sentence: sentence.label):
        yield [str(kind), " ".join(sentence.text for sentence in run)]


def _targets(blocks: Nodes) -> Iterator[str]:
    """Yield where each link leads: to a heading by its text, whatever its address."""
    homes = {b["c"][1][0]: tree.text(b["c"][2]) for b in blocks if b["t"] == "Header"}
    for node in tree.walk(blocks):
        if node["t"] == "Link":
            address = node["c"][2][0]
            yield "#" + homes.get(address[1:], address) if address.startswith("#") else address


def _pictures(document: Document) -> Iterator[list[str]]:
    for node in tree.walk(document.blocks):
        if node["t"] == "Image":
            data = document.media.get(node["c"][2][0], b"")
            yield [hashlib.sha256(data).hexdigest(), tree.text(node["c"][1])]
