"""How large the letters of an OpenDocument text's paragraphs are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from clinicpress import looks
from clinicpress.looks import Sized
from clinicpress.office import archive
from clinicpress.office.markup import Walk

USUAL = 12.0
"""The size of a text that names none, in points: what LibreOffice takes."""
DEEPEST = 12
SIZE = re.compile(r"(\d{1,4}(?:\.\d{1,6})?)(pt|mm|cm|in|pc|px|%)", re.ASCII)
POINTS = {"pt": 1.0, "mm": 72 / 25.4, "cm": 720 / 25.4, "in": 72.0, "pc": 12.0, "px": 0.75}
SHEET, TEXT = "styles.xml", "content.xml"
LINES = archive.OPEN_DOCUMENT.paragraph


def larger(data: bytes) -> Mapping[str, float]:
    """Return the paragraphs of an OpenDocument text in larger letters than most, with their size.

    Sizes are multiples of the usual one. Nothing is found in a file that can't be read: whoever
    reads its text says so.
    """
    held = archive.parts(data, (SHEET, TEXT))
    styles = _Styles()
    # The styles of the text itself stand at its beginning.
    for part in held.values():
        Walk(part, styles).go()
    sizes = _Sizes(styles)
    Walk(held.get(TEXT, b""), sizes).go()
    return looks.larger(sizes.found)


Name = tuple[str, str]
"""A style's kind (`paragraph`, `text`) and its name; "" is for what holds for all of a kind."""


@dataclass
class _Styles:
    """The sizes that styles give, and what each is based on."""

    given: dict[Name, str] = field(default_factory=dict)
    parents: dict[Name, Name] = field(default_factory=dict)
    name: Name | None = None

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        family = attributes.get("style:family", "")
        if tag == "style:default-style":
            self.name = (family, "")
        elif tag == "style:style":
            self.name = (family, attributes.get("style:name", ""))
            self.parents[self.name] = (family, attributes.get("style:parent-style-name", ""))
        elif tag == "style:text-properties" and self.name and "fo:font-size" in attributes:
            self.given[self.name] = attributes["fo:font-size"]

    def end(self, tag: str) -> None:
        if tag in ("style:default-style", "style:style"):
            self.name = None

    def data(self, text: str) -> None:
        """Pass over what stands in a style."""

    def size(self, kind: str, name: str, around: float) -> float:
        """Return the size of a style in points, `around` being that of the text around it."""
        factor, at = 1.0, (kind, name)
        for _ in range(DEEPEST):
            found = SIZE.fullmatch(self.given.get(at, ""))
            if found and found[2] != "%":
                return factor * float(found[1]) * POINTS[found[2]]
            factor *= float(found[1]) / 100 if found else 1
            if not at[1]:
                break
            at = self.parents.get(at, (kind, ""))
        return factor * around


@dataclass
class _Sizes:
    """The paragraphs of a text, each with the size of its smallest letters in points."""

    styles: _Styles
    found: list[Sized] = field(default_factory=list)
    # What is open around the present place: paragraphs' pieces, and the sizes of their letters.
    lines: list[list[Sized]] = field(default_factory=list)
    sizes: list[float] = field(default_factory=list)
    hidden: int = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = attributes.get("text:style-name", "")
        self.hidden += tag in archive.OPEN_DOCUMENT.hidden
        if tag in LINES:
            self.lines.append([])
            self.sizes.append(self.styles.size("paragraph", name, USUAL))
        elif tag == "text:span" and self.sizes:
            # The default of a kind is that of paragraphs: a span has what is around it.
            around = self.sizes[-1]
            self.sizes.append(self.styles.size("text", name, around) if name else around)
        elif tag in archive.OPEN_DOCUMENT.gaps:
            self.data(" ")

    def end(self, tag: str) -> None:
        self.hidden -= tag in archive.OPEN_DOCUMENT.hidden
        if tag in LINES:
            self.found.append(looks.smallest(self.lines.pop()))
        if self.sizes and (tag in LINES or tag == "text:span"):
            self.sizes.pop()

    def data(self, text: str) -> None:
        if self.lines and not self.hidden:
            self.lines[-1].append((text, self.sizes[-1]))
