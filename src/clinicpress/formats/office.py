"""Word and OpenDocument to blocks; what pandoc would drop of their words stops the run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from clinicpress import origins, pandoc, shelves, tree
from clinicpress.content import REPEATED, Content, complete, repeated_title
from clinicpress.formats import rich
from clinicpress.looks import opendocument, word
from clinicpress.office import (
    archive,
    chunks,
    drawn,
    notes,
    numbering,
    openequations,
    opensigns,
    openstyles,
    outlines,
    packaging,
    styling,
    tableofcontents,
    unseen,
    unwrapping,
    written_out,
)
from clinicpress.tree import Node, Nodes


def read(data: bytes, place: str, path: Path) -> Content:
    """Read Word or OpenDocument; what pandoc would drop of its words stops the run."""
    suffix = path.suffix.lower()
    archive.opened(data, place)
    data = packaging.usual(data) if suffix == ".docx" else data
    inside = archive.look_inside(data, suffix, place)
    spelled = {".docx": written_out.spelled, ".odt": _spelled_open}[suffix]
    written = spelled(data)
    shown, left_out = _as_shown(written.data)
    if shown is not data:
        inside = archive.look_inside(shown, suffix, place)
    kind = {".docx": "docx+styles", ".odt": "odt"}[suffix]
    larger = {".docx": word.larger, ".odt": opendocument.larger}[suffix](shown)
    boxed = drawn.boxed(shown)
    read = pandoc.read_file(_looking_so(unwrapping.unwrapped(boxed)), kind, place)
    said = unwrapping.descriptions(shown) if suffix == ".odt" else {}
    content = rich.content(
        {**read, "blocks": _described(read["blocks"], said)}, shelves.Packed(shown), larger
    )
    beside = [f"page header or footer: “{text}”" for text in dict.fromkeys(inside.furniture)]
    again = repeated_title(content, inside.paragraphs)
    beside += [*left_out, *([REPEATED] if again else [])]
    removed = (*content.removed, *unwrapping.told(boxed), *written.told, *beside)
    content = rich.unframed(replace(content, removed=removed, origin=origins.of_office(shown)))
    paragraphs = [*inside.paragraphs, *written.lost, *chunks.texts(written.data, place)]
    return complete(content, paragraphs, place, again, written.signs)


def _spelled_open(data: bytes) -> written_out.Written:
    """Return an OpenDocument text whose signs and equations are text."""
    signs = opensigns.spelled(data)
    return replace(openequations.spelled(signs.data), signs=signs.signs)


def _as_shown(data: bytes) -> tuple[bytes, list[str]]:
    """Return a file with what its readers see, and a line for each thing of it left out."""
    data, hidden = unseen.without(data)
    data, contents = tableofcontents.without(data)
    data, unnumbered = numbering.shown(outlines.headed(data))
    data, unused = notes.without(data)
    told = [f"hidden text: “{text}”" for text in dict.fromkeys(hidden)]
    told += [f"{tableofcontents.TOLD}: {contents}"] if contents else []
    return data, [*told, *unnumbered, *unused]


def _looking_so(data: bytes) -> bytes:
    """Return a file whose letters and headings have of their own what styles give them."""
    return outlines.alone(styling.plainly(openstyles.plainly(data)))


def _described(blocks: Nodes, said: Mapping[str, str]) -> Nodes:
    """Return the blocks with the descriptions of pictures that pandoc left out."""

    def change(node: Node) -> Nodes:
        if node["t"] != "Image" or node["c"][1] or not said.get(node["c"][2][0]):
            return [node]
        attributes, _, target = node["c"]
        return [{"t": "Image", "c": [attributes, tree.string(said[target[0]]), target]}]

    described: Nodes = tree.rewrite(blocks, change) if said else blocks
    return described
