"""The digest of what a patient gets, which a sign-off is for."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby

from clinicpress import sections, streams, tree
from clinicpress.model import Document, Leaflet, Sentence
from clinicpress.tree import Nodes


def of(leaflet: Leaflet) -> str:
    """Return the digest of what a patient gets: every word, how it stands, kinds, headings, links.

    How it stands: in which item of which list, in which cell of which row, bold, raised, struck
    out; six tablets a week are not six a day. It is not of Markdown or addresses of our own
    making, so another version of this tool that writes the same leaflet in another way has the
    same digest.
    """
    document = leaflet.document
    content = [
        document.lang,
        document.title,
        [*_body(document.blocks)],
        [*_runs(leaflet.sentences)],
        [*_targets(document.blocks)],
        [*_pictures(document)],
    ]
    text = unicodedata.normalize("NFC", json.dumps(content, ensure_ascii=False))
    return "sha256:" + hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def _body(blocks: Nodes) -> Iterator[list[object]]:
    """Yield the words as they stand, and the level of each heading before its own."""
    for block in blocks:
        level = sections.level(block) if block["t"] == "Header" else 0
        words = [[s.word, sorted(s.within), sorted(s.begins)] for s in streams.of_tree([block])]
        yield [level, words]


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
