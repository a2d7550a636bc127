"""How large the letters of a Word file's paragraphs are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from clinicpress import looks
from clinicpress.looks import Sized
from clinicpress.office import archive
from clinicpress.office.markup import Walk
from clinicpress.office.styles import SHEET, Look, Styles

USUAL = 20.0
"""The size of a text that names none, in half points: Word's own default."""
TEXT = "word/document.xml"


def larger(data: bytes) -> Mapping[str, float]:
    """Return the paragraphs of a Word file in larger letters than most, with their size.

    Sizes are multiples of the usual one. Nothing is found in a file that can't be read: whoever
    reads its text says so.
    """
    held = archive.parts(data, (SHEET, TEXT))
    sizes = _Sizes(Styles(held.get(SHEET, b"")))
    Walk(held.get(TEXT, b""), sizes).go()
    return looks.larger(sizes.found)


def _number(look: Look, tag: str = "w:sz") -> float | None:
    given = look.get(tag, "")
    return float(given) if given.isdecimal() and 0 < int(given) < 4000 else None


def _size(styles: Styles, name: str) -> float:
    """Return the size of a paragraph's style in half points, or what those without one have."""
    usual = styles.look(styles.usual.get("paragraph", ""))
    looks = (styles.look(name), usual, styles.defaults)
    return next(filter(None, (_number(look) for look in looks)), USUAL)


@dataclass
class _Sizes:
    """The paragraphs of a document, each with the size of its smallest letters in half points."""

    styles: Styles
    found: list[Sized] = field(default_factory=list)
    style: str = ""
    own: float | None = None
    in_run: bool = False
    in_text: bool = False
    runs: list[Sized] = field(default_factory=list)

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        match tag:
            case "w:p":
                self.style, self.runs = "", []
            case "w:pStyle":
                self.style = attributes.get("w:val", "")
            case "w:r":
                self.in_run, self.own = True, None
            case "w:sz" if self.in_run:
                self.own = _number(attributes, "w:val")
            case "w:t":
                self.in_text = True
            case "w:tab" | "w:br" if self.in_run:
                self.data_of_run(" ")

    def end(self, tag: str) -> None:
        self.in_run = self.in_run and tag != "w:r"
        self.in_text = self.in_text and tag != "w:t"
        if tag == "w:p":
            self.found.append(looks.smallest(self.runs))
            self.runs = []

    def data(self, text: str) -> None:
        if self.in_text:
            self.data_of_run(text)

    def data_of_run(self, text: str) -> None:
        self.runs.append((text, self.own or _size(self.styles, self.style)))
