"""How large the letters of a Word file's paragraphs are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from clinicpress import looks
from clinicpress.looks import Sized
from clinicpress.office import archive
from clinicpress.office.markup import Walk

USUAL = 20.0
"""The size of a text that names none, in half points: Word's own default."""
DEEPEST = 12
SHEET, TEXT = "word/styles.xml", "word/document.xml"


def larger(data: bytes) -> Mapping[str, float]:
    """Return the paragraphs of a Word file in larger letters than most, with their size.

    Sizes are multiples of the usual one. Nothing is found in a file that can't be read: whoever
    reads its text says so.
    """
    held = archive.parts(data, (SHEET, TEXT))
    styles = _Styles()
    Walk(held.get(SHEET, b""), styles).go()
    sizes = _Sizes(styles)
    Walk(held.get(TEXT, b""), sizes).go()
    return looks.larger(sizes.found)


def _number(attributes: Mapping[str, str]) -> float | None:
    given = attributes.get("w:val", "")
    return float(given) if given.isdecimal() and 0 < int(given) < 4000 else None


@dataclass
class _Styles:
    """The sizes that styles give, by the styles' names in the file; "" is for no style."""

    sizes: dict[str, float] = field(default_factory=dict)
    bases: dict[str, str] = field(default_factory=dict)
    name: str = ""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        match tag:
            case "w:style":
                self.name = attributes.get("w:styleId", "")
                if attributes.get("w:default") == "1" and attributes.get("w:type") == "paragraph":
                    self.bases[""] = self.name
            case "w:basedOn":
                self.bases[self.name] = attributes.get("w:val", "")
            case "w:sz" if size := _number(attributes):
                self.sizes[self.name] = size

    def end(self, tag: str) -> None:
        if tag == "w:style":
            self.name = ""

    def data(self, _: str) -> None:
        """Pass over text: a style has none."""

    def size(self, name: str) -> float:
        """Return the size of a style, its own or that of what it is based on, in half points."""
        for _ in range(DEEPEST):
            if name in self.sizes and name:
                break
            name = self.bases.get(name, "")
        return self.sizes.get(name, self.sizes.get("", USUAL))


@dataclass
class _Sizes:
    """The paragraphs of a document, each with the size of its smallest letters in half points."""

    styles: _Styles
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
                self.own = _number(attributes)
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
        self.runs.append((text, self.own or self.styles.size(self.style)))
