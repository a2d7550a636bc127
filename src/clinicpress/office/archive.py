"""Word and OpenDocument files inside: checked before anything reads them, their words counted.

Pandoc reads them into blocks; this module reads the same text on its own, so that whatever pandoc
drops is noticed.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from xml.parsers import expat

from clinicpress.errors import ClinicpressError

# A leaflet with many pictures unpacks to some tens of megabytes; a bomb to gigabytes.
MAX_UNPACKED = 200_000_000
MAX_RATIO = 200
# Text that repeats itself packs better than that, and does no harm as long as it is no more.
MIN_BOMB = 10_000_000
MAX_PARTS = 4_000
# What a packed file that is broken, or packed in a way that can't be read, raises.
BROKEN = (OSError, EOFError, NotImplementedError, zlib.error, zipfile.BadZipFile)
SAVE_AGAIN = "Open it in Word or LibreOffice, save it again as .docx, and try again."


@dataclass(frozen=True, slots=True)
class Format:
    """Where a format keeps its text: the parts, what ends a paragraph, what is not for readers.

    `drawn` are parts with the words of drawings; `said` the tags that say a line in an attribute.
    """

    parts: tuple[str, ...]
    furniture: tuple[str, ...]
    text: frozenset[str]
    paragraph: frozenset[str]
    hidden: frozenset[str]
    gaps: Mapping[str, str] = field(default_factory=dict)
    drawn: tuple[str, ...] = ()
    said: Mapping[str, str] = field(default_factory=dict)

    def is_drawn(self, part: str) -> bool:
        """Say whether a part has the words of a drawing in the text."""
        return bool(self.drawn) and part.startswith(self.drawn)

    def is_furniture(self, part: str) -> bool:
        """Say whether a part is a page's header or footer."""
        return bool(self.furniture) and part.startswith(self.furniture)


WORD = Format(
    parts=("word/document.xml", "word/footnotes.xml", "word/endnotes.xml"),
    furniture=("word/header", "word/footer"),
    text=frozenset({"w:t", "a:t"}),
    paragraph=frozenset({"w:p", "a:p"}),
    # The text box of old Word stands beside the new one's as its fallback: the same words twice.
    hidden=frozenset({"w:del", "w:moveFrom", "mc:Fallback"}),
    gaps={"w:tab": " ", "w:br": " ", "w:cr": " ", "w:noBreakHyphen": "\u2011", "a:br": " "},
    drawn=("word/diagrams/data",),
    said={"v:textpath": "string"},
)
OPEN_DOCUMENT = Format(
    parts=("content.xml",),
    furniture=(),
    text=frozenset({"text:p", "text:h"}),
    paragraph=frozenset({"text:p", "text:h"}),
    hidden=frozenset(
        {
            "office:annotation",
            "text:tracked-changes",
            "text:note-citation",
            "svg:title",
            "svg:desc",
        }
    ),
    gaps={"text:s": " ", "text:tab": " ", "text:line-break": " "},
)
# The parts of either that have its text.
TEXTS = (*WORD.parts, *OPEN_DOCUMENT.parts)
FORMATS = {".docx": WORD, ".odt": OPEN_DOCUMENT}


@dataclass(frozen=True, slots=True)
class Inside:
    """What is in a file: its paragraphs for readers, and those of page headers and footers."""

    paragraphs: tuple[str, ...]
    furniture: tuple[str, ...]


def look_inside(data: bytes, suffix: str, place: str) -> Inside:
    """Return the text of a Word or OpenDocument file, part by part.

    Raises ClinicpressError where it is broken, encrypted, a bomb, or uses what the formats forbid.
    """
    kind = FORMATS[suffix]
    with opened(data, place) as archive:
        names = archive.namelist()
        if kind.parts[0] not in names:
            problem = f"this is not a {suffix} file inside"
            raise ClinicpressError(place, problem, SAVE_AGAIN)
        return Inside(
            _texts(archive, _text_parts(names, kind), kind, place),
            _texts(archive, sorted(filter(kind.is_furniture, names)), kind, place),
        )


def _text_parts(names: list[str], kind: Format) -> list[str]:
    drawn = [name for name in sorted(names) if kind.is_drawn(name)]
    return [*(name for name in kind.parts if name in names), *drawn]


def _texts(archive: zipfile.ZipFile, names: list[str], kind: Format, place: str) -> tuple[str, ...]:
    try:
        parts = [archive.read(name) for name in names]
    except BROKEN:
        raise ClinicpressError(place, "the file is broken", SAVE_AGAIN) from None
    return tuple(text for part in parts for text in _paragraphs(part, kind, place))


def picture(data: bytes, address: str) -> bytes | None:
    """Return a picture inside the file by the address that pandoc gives it, or None."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        wanted = PurePosixPath(address)
        found = (n for n in archive.namelist() if PurePosixPath(n).name == wanted.name)
        name = next((n for n in found if n.endswith(str(wanted))), None)
        try:
            return archive.read(name) if name else None
        except BROKEN:
            return None


def opened(data: bytes, place: str, remedy: str = SAVE_AGAIN) -> zipfile.ZipFile:
    """Return a file's parts; ClinicpressError where it is broken, encrypted or a bomb."""
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        problem = "it is encrypted, or of an old Word format"
        raise ClinicpressError(place, problem, "Take off the password, or save it as .docx.")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise ClinicpressError(place, "the file is broken", remedy) from None
    if any(part.header_offset < 0 for part in parts):
        raise ClinicpressError(place, "the file is broken", remedy)
    if any(part.flag_bits & 1 for part in parts):
        raise ClinicpressError(place, "it is encrypted", "Take off the password and try again.")
    unpacked = sum(part.file_size for part in parts)
    packed_too_well = unpacked > max(MIN_BOMB, MAX_RATIO * len(data))
    if unpacked > MAX_UNPACKED or len(parts) > MAX_PARTS or packed_too_well:
        problem = f"it would unpack to {unpacked // 1_000_000} MB in {len(parts)} parts"
        raise ClinicpressError(place, problem, "No leaflet is like that. " + remedy)
    return archive


def parts(data: bytes, names: Iterable[str]) -> dict[str, bytes]:
    """Return those parts of a file that it has.

    None of a file that is broken: whoever reads its text says what is wrong with it.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            there = frozenset(archive.namelist())
            return {name: archive.read(name) for name in names if name in there}
    except BROKEN:
        return {}


def names(data: bytes) -> frozenset[str]:
    """Return the names of a file's parts; none of a file that is broken."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return frozenset(archive.namelist())
    except BROKEN:
        return frozenset()


def with_parts(
    data: bytes, changed: Mapping[str, bytes], moved: Mapping[str, str] | None = None
) -> bytes:
    """Return a file with some of its parts changed, or moved to another name.

    The file itself where it is broken.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return repacked(archive, changed, moved)
    except BROKEN:
        return data


def repacked(
    archive: zipfile.ZipFile, parts: Mapping[str, bytes], moved: Mapping[str, str] | None = None
) -> bytes:
    """Return a file with some of its parts changed, or moved to the place of another."""
    names = moved or {}
    replaced = frozenset(names.values()) - frozenset(names)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as changed:
        for name in dict.fromkeys(archive.namelist()):
            if name in replaced:
                continue
            changed.writestr(names.get(name, name), parts.get(name) or archive.read(name))
    return out.getvalue()


def _paragraphs(xml: bytes, kind: Format, place: str) -> list[str]:
    reader = _Reader(kind, place)
    try:
        reader.parser.Parse(xml, True)
    except expat.ExpatError:
        raise ClinicpressError(place, "the file is broken", SAVE_AGAIN) from None
    return [" ".join(p.split()) for p in reader.paragraphs if p.strip()]


class _Reader:
    """Collects the text of a part, a paragraph at a time."""

    def __init__(self, kind: Format, place: str) -> None:
        self._kind = kind
        self._place = place
        self._hidden = 0
        self._inside = 0
        self._open: list[list[str]] = [[]]
        self.paragraphs: list[str] = []
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._data
        self.parser.StartDoctypeDeclHandler = self._doctype

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._hidden += name in self._kind.hidden
        if name in self._kind.said and not self._hidden:
            self.paragraphs.append(attributes.get(self._kind.said[name], ""))
        self._inside += name in self._kind.text
        if name in self._kind.paragraph:
            self._open.append([])
        if name in self._kind.gaps and not self._hidden:
            self._open[-1].append(self._kind.gaps[name])

    def _end(self, name: str) -> None:
        self._hidden -= name in self._kind.hidden
        self._inside -= name in self._kind.text
        if name in self._kind.paragraph:
            self.paragraphs.append("".join(self._open.pop()))

    def _data(self, data: str) -> None:
        if self._inside and not self._hidden:
            self._open[-1].append(data)

    def _doctype(self, *_: object) -> None:
        # Neither format allows one; entities that blow up or reach out begin with it.
        raise ClinicpressError(self._place, "it declares a document type", SAVE_AGAIN)
