"""The values that pass from floor to floor, all of them frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from clinicpress.tree import Node, Nodes


class Kind(StrEnum):
    """What a sentence is marked as; `NONE` is ordinary text."""

    NONE = "none"
    SAFETY = "safety"
    CREDENTIAL = "credential"
    EMERGENCY = "emergency"


class TitleFrom(StrEnum):
    """Where a leaflet's title was found; only a title found in the text is part of its words."""

    TEXT = "text"
    PROPERTIES = "properties"
    FILE_NAME = "file name"


@dataclass(frozen=True, slots=True)
class Loss:
    """Words of a document that could not be read, and the text they stand in."""

    words: str
    where: str


@dataclass(frozen=True, slots=True)
class Origin:
    """What a file's own properties say: who wrote it, and the ISO dates of that and of changes."""

    author: str = ""
    created: str = ""
    changed: str = ""


UNKNOWN = Origin()


@dataclass(frozen=True, slots=True)
class Document:
    """One leaflet as it was read: pandoc's blocks, every heading a `Header`, nothing active left.

    `removed` names what was taken out for safety, one plain-words line each.
    `media` maps the path of an image, as the blocks now write it, to its bytes.
    `losses` are words that a person has allowed to be missing; `findings` are what its reader found
    that a person has to put right in it.
    """

    name: str
    title: str
    title_from: TitleFrom
    lang: str
    blocks: Nodes
    removed: tuple[str, ...] = ()
    media: Mapping[str, bytes] = field(default_factory=dict)
    losses: tuple[Loss, ...] = ()
    findings: tuple[Finding, ...] = ()
    origin: Origin = UNKNOWN


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading that was found; `reason` says why it was taken for one."""

    text: str
    level: int
    reason: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, list item or table row with its label; `cues` says what decided.

    Where a person did, `held_for` is what the tool had held it for.
    """

    text: str
    label: Kind
    section: str | None = None
    shape: str = "para"
    cues: tuple[str, ...] = ()
    held_for: Kind | None = None


@dataclass(frozen=True, slots=True)
class Marked:
    """A document whose labelled sentences stand in notices, and the list of all its sentences."""

    blocks: Nodes
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, the blocks up to the next one, and the sections below it."""

    heading: Node | None
    blocks: Nodes
    children: tuple[Section, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a leaflet before it is written: `name` is its file name within the leaflet.

    `emergency` is the address of the notice that every page of the leaflet points to, on the page
    that has it.
    """

    name: str
    title: str
    description: str
    blocks: Nodes
    kinds: tuple[Kind, ...] = ()
    emergency: str = ""
    notes: Mapping[str, Nodes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Leaflet:
    """A document cut into pages; the first page is its landing page, `index.md`.

    `broken` has, for each link that leads nowhere, its address and the title of its page.
    """

    slug: str
    document: Document
    pages: tuple[Page, ...]
    headings: tuple[Heading, ...]
    sentences: tuple[Sentence, ...]
    removed: tuple[str, ...] = ()
    broken: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: a path, and a line counted from 1 where one is known."""

    path: str
    line: int | None = None

    def __str__(self) -> str:
        return self.path if self.line is None else f"{self.path}:{self.line}"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a check found: printed as `path:line: problem`, then what to do."""

    rule: str
    place: Place
    problem: str
    remedy: str
