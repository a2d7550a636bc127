"""Rich Text (.rtf) to blocks; what pandoc would drop of its words stops the run."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from clinicpress import origins, pandoc, shelves, titles
from clinicpress.content import Content, complete
from clinicpress.formats import rich
from clinicpress.richtext import cellnotes, columns, inside, lists


def read(data: bytes, place: str, _: Path) -> Content:
    """Read Rich Text (.rtf); what pandoc would drop of its words stops the run."""
    found = inside.look_inside(data, place)
    given = pandoc.read_file(found.plain, "rtf", place)
    given = {**given, "blocks": cellnotes.joined(given["blocks"], found.notes)}
    said = json.dumps(given, ensure_ascii=False)
    said = said.translate({ord(mark): letter for mark, letter in found.marks.items()})
    # One of the letters may be a tab, where a cell ends.
    read = json.loads(said, strict=False)
    read = {**read, "blocks": columns.tables(lists.joined(read["blocks"]))}
    content = rich.content(
        rich.unfronted(read), shelves.Embedded(found.pictures), found.larger, hidden=True
    )
    origin = origins.of_rich_text(data, read["meta"])
    content = replace(content, properties=titles.named(read["meta"]), origin=origin)
    beside = [f"page header or footer: “{text}”" for text in dict.fromkeys(found.furniture)]
    beside += [f"hidden text: “{text}”" for text in dict.fromkeys(found.unseen)]
    beside += found.told
    content = rich.unframed(replace(content, removed=(*content.removed, *beside)))
    return complete(content, found.paragraphs, place)
