"""A leaflet's pages to one tagged PDF. The only module that imports typst."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path, PurePosixPath
from typing import Final

import yaml

from clinicpress import tree
from clinicpress.clinic.settings import Clinic
from clinicpress.errors import ClinicpressError
from clinicpress.paper import joined, typst_source
from clinicpress.tree import Nodes

# ISO 14289-1. The compiler refuses what the standard does not allow: no title, no alternative text.
STANDARD: Final = "ua-1"


def make(
    docs: Path, pages: Sequence[str], pdf: Path, clinic: Clinic | None = None, today: str = ""
) -> None:
    """Write the PDF of the leaflet whose pages, landing page first, are below `docs`.

    It says where it is overdue for review on `today`, an ISO date.

    Paper goes where no website does, so the clinic's name and numbers stand on it. It is made from
    the pages and not from the document, so that what was edited by hand is in it.
    """
    texts = [(docs / page).read_text(encoding="utf-8") for page in pages]
    meta = yaml.safe_load(texts[0].split("---\n")[1]) if texts[0].startswith("---\n") else {}
    meta |= typst_source.overdue(meta, today)
    blocks = joined.blocks(pages, texts)
    source = typst_source.written(meta, str(meta.get("title") or pages[0]), blocks, clinic)
    folder = docs / PurePosixPath(pages[0]).parent
    pictures = chain(_pictures(blocks, folder), _logo(docs, clinic))
    pdf.parent.mkdir(parents=True, exist_ok=True)
    pdf.write_bytes(_compile(source, pictures, pages[0]))


def _pictures(blocks: Nodes, folder: Path) -> Iterator[tuple[str, bytes]]:
    for node in tree.walk(blocks):
        if node["t"] == "Image":
            address = node["c"][2][0]
            yield address, (folder / address).read_bytes()


def _logo(docs: Path, clinic: Clinic | None) -> Iterator[tuple[str, bytes]]:
    """Yield the clinic's logo, from docs/ or overrides/."""
    if clinic and clinic.logo:
        files = (folder / clinic.logo for folder in (docs, docs.parent / "overrides"))
        yield from (
            (typst_source.place_of_logo(clinic.logo), file.read_bytes())
            for file in islice(filter(Path.is_file, files), 1)
        )


def _compile(source: str, pictures: Iterator[tuple[str, bytes]], place: str) -> bytes:
    with tempfile.TemporaryDirectory(prefix="clinicpress-") as folder:
        for address, data in pictures:
            file = Path(folder) / address
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        main = Path(folder) / "leaflet.typ"
        main.write_text(source, encoding="utf-8")
        try:
            # The compiler's own font gives the same bytes everywhere; only where it lacks a letter
            # are the machine's fonts asked.
            return _typeset(main, own_font_only=True)
        except _RefusedError:
            return _typeset_with_any_font(main, place)


class _RefusedError(Exception):
    """The compiler will not make this PDF; its reason is the message."""


def _typeset(main: Path, own_font_only: bool) -> bytes:
    # Imported here: it brings its fonts into memory, which is better when pandoc is done with it.
    import typst

    try:
        return bytes(
            typst.compile(
                str(main),
                root=str(main.parent),
                ignore_system_fonts=own_font_only,
                pdf_standards=[STANDARD],
            )
        )
    except typst.TypstError as error:
        raise _RefusedError(str(error)) from None


def _typeset_with_any_font(main: Path, place: str) -> bytes:
    try:
        return _typeset(main, own_font_only=False)
    except _RefusedError as error:
        problem = f"the PDF could not be made ({str(error).splitlines()[0]})"
        remedy = "Mend the page, or report this with it."
        if "could not be displayed" in str(error):
            remedy = "Install a font that has these letters, such as Noto Sans for their script."
        raise ClinicpressError(place, problem, remedy) from None
