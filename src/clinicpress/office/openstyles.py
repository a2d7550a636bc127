"""How letters of an OpenDocument text look by a style that theirs is based on, or by their line.

Pandoc takes no account of letters that a parent of their style, or the style of their paragraph,
makes bold, struck, raised or lowered. Each such piece of text gets a style of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape

from clinicpress.office import archive
from clinicpress.office.markup import Attributes, Edit, Walk, edited

SHEET, TEXT = "styles.xml", "content.xml"
DEEPEST = 12
WEIGHT, SLANT, PLACE = "fo:font-weight", "fo:font-style", "style:text-position"
STRUCK, STRUCK_TWICE = "style:text-line-through-style", "style:text-line-through-type"
KINDS = (WEIGHT, SLANT, PLACE, STRUCK, STRUCK_TWICE)
PLAIN = re.compile(r"normal|none|[1-5]00|0%.*", re.I)
RAISED, LOWERED = "super 58%", "sub 58%"
# That these are bold is what makes them a heading or a caption: no word in them stands out by it.
FRONT = re.compile(
    r"(?:Heading|Title|Subtitle|Caption|Header|Footer|Contents|Table_20_Heading).*", re.I
)
LINES = frozenset({"text:p", "text:h"})
STYLE_TAGS = frozenset({"style:style", "style:default-style"})
HOLDERS = LINES | {"text:span", "text:a"}
NAME = "clinicpress-look-{}"
STYLE = '<style:style style:name="{}" style:family="text"><style:text-properties {}/></style:style>'
NO_STYLES, STYLES, BODY = (
    b"<office:automatic-styles/>",
    b"</office:automatic-styles>",
    b"<office:body",
)

Look = Mapping[str, str]
"""Properties of letters that are not plain, or are said to be so, by their names."""


def plainly(data: bytes) -> bytes:
    """Return a file whose letters have by a style of their own what others give them."""
    held = archive.parts(data, (SHEET, TEXT))
    if TEXT not in held:
        return data
    styles = Styles()
    if not all(Walk(part, styles).go() for part in held.values()):
        return data  # whoever reads its text says what is wrong with it
    texts = _Texts(held[TEXT], styles)
    if not texts.edits:
        return data
    part = edited(held[TEXT], texts.edits)
    return archive.with_parts(data, {TEXT: with_styles(part, texts.looks)})


def with_styles(part: bytes, looks: Mapping[tuple[tuple[str, str], ...], str]) -> bytes:
    """Return a text with styles for letters: their properties, and their names."""
    added = "".join(
        STYLE.format(name, " ".join(f'{kind}="{escape(value)}"' for kind, value in look))
        for look, name in looks.items()
    ).encode()
    part = part.replace(NO_STYLES, b"<office:automatic-styles>" + STYLES, 1)
    if STYLES not in part:
        part = part.replace(BODY, b"<office:automatic-styles>" + STYLES + BODY, 1)
    return part.replace(STYLES, added + STYLES, 1)


class Styles:
    """What the styles of a text say of letters, by their kind (`text`, `paragraph`) and name."""

    def __init__(self) -> None:
        self.own: dict[tuple[str, str], dict[str, str]] = {}
        self.known: dict[tuple[str, str], Look] = {}
        """What pandoc knows of a style: what it says itself, in the way that pandoc reads."""
        self.fonts: dict[tuple[str, str], str] = {}
        # The fonts by the names that styles have for them.
        self._faces: dict[str, str] = {}
        self._parents: dict[tuple[str, str], str] = {}
        self._style: tuple[str, str] | None = None

    def look(self, kind: str, name: str) -> Look:
        """Return the look of a style, its own before that of those it is based on."""
        found: dict[str, str] = {}
        for each in self.chain(kind, name):
            found = {**self.own.get((kind, each), {}), **found}
        return found

    def font(self, kind: str, name: str) -> str:
        """Return the font of a style, that of all of its kind where none is said, or ""."""
        names = [*self.chain(kind, name), ""]
        return next((self.fonts[kind, at] for at in names if (kind, at) in self.fonts), "")

    def chain(self, kind: str, name: str) -> list[str]:
        """Return a style and those it is based on."""
        chain: list[str] = []
        while name and len(chain) < DEEPEST:
            chain.append(name)
            name = self._parents.get((kind, name), "")
        return chain

    def start(self, tag: str, attributes: Attributes) -> None:
        """Begin a style, or learn of it."""
        if tag == "style:font-face":
            family = attributes.get("svg:font-family", "")
            self._faces[attributes.get("style:name", "")] = family
        elif tag in STYLE_TAGS:
            kind = attributes.get("style:family", "")
            self._style = (kind, attributes.get("style:name", ""))
            self._parents[self._style] = attributes.get("style:parent-style-name", "")
            # The styles of page headers, which stand before, may have the same names.
            for said in (self.own, self.known, self.fonts):
                said.pop(self._style, None)
        elif tag == "style:text-properties" and self._style:
            given = {kind: attributes[kind] for kind in KINDS if kind in attributes}
            named = attributes.get("style:font-name", "")
            font = self._faces.get(named) or attributes.get("fo:font-family") or named
            if font:
                self.fonts[self._style] = font.strip("'\" ")
            self.own[self._style] = _usual(given)
            self.known[self._style] = {k: v for k, v in _usual(given).items() if v and k in given}

    def end(self, tag: str) -> None:
        """End a style."""
        if tag in STYLE_TAGS:
            self._style = None

    def data(self, text: str) -> None:
        """Pass over what stands in a style."""


def _usual(given: Look) -> dict[str, str]:
    """Return properties with one way to say each: "" for what is plain."""
    usual = {kind: "" if PLAIN.fullmatch(value) else value for kind, value in given.items()}
    if twice := usual.pop(STRUCK_TWICE, ""):
        usual.setdefault(STRUCK, "solid" if twice else "")
    if usual.get(WEIGHT):
        usual[WEIGHT] = "bold"
    if usual.get(SLANT):
        usual[SLANT] = "italic"
    if place := usual.get(PLACE):
        usual[PLACE] = LOWERED if place.startswith(("sub", "-")) else RAISED
    return usual


class _Texts:
    """The pieces of a text that look otherwise than pandoc takes them to, and what mends that."""

    def __init__(self, part: bytes, styles: Styles) -> None:
        self.edits: list[Edit] = []
        self.looks: dict[tuple[tuple[str, str], ...], str] = {}
        self._styles = styles
        self._above: list[str] = []
        # Of each line and span around: how its letters look, and how pandoc takes them to.
        self._real: list[Look] = []
        self._seen: list[Look] = []
        self._begun = -1
        self._walk = Walk(part, self)
        self._walk.go()

    def start(self, tag: str, attributes: Attributes) -> None:
        """Begin a line, a span or what stands between pieces of text."""
        self._ends()
        self._above.append(tag)
        name = attributes.get("text:style-name", "")
        if tag in LINES:
            self._real.append(self._of_line(tag, name))
            self._seen.append({})
        elif tag == "text:span" and self._real:
            self._real.append({**self._real[-1], **self._styles.look("text", name)})
            self._seen.append({**self._seen[-1], **self._styles.known.get(("text", name), {})})

    def _of_line(self, tag: str, name: str) -> Look:
        """Return what a line's style says of all its letters.

        One that is raised as a whole only stands elsewhere on its sheet.
        """
        look = self._styles.look("paragraph", name)
        front = any(map(FRONT.fullmatch, self._styles.chain("paragraph", name)))
        kept = {STRUCK} if tag == "text:h" or front else {STRUCK, WEIGHT, SLANT}
        return {kind: value for kind, value in look.items() if kind in kept}

    def end(self, tag: str) -> None:
        """End a line or a span."""
        self._ends()
        self._above.pop()
        if tag in LINES or (tag == "text:span" and len(self._real) > 1):
            self._real.pop()
            self._seen.pop()

    def data(self, text: str) -> None:
        """Begin a piece of text."""
        if self._begun < 0 and text.strip() and self._real and self._above[-1] in HOLDERS:
            self._begun = self._walk.at

    def _ends(self) -> None:
        """End a piece of text, and give it what it lacks."""
        if self._begun < 0:
            return
        start, stop, self._begun = self._begun, self._walk.at, -1
        lacks = tuple(
            (kind, value)
            for kind, value in sorted(self._real[-1].items())
            if value and not self._seen[-1].get(kind)
        )
        if lacks:
            name = self.looks.setdefault(lacks, NAME.format(len(self.looks) + 1))
            self.edits.append((start, start, f'<text:span text:style-name="{name}">'.encode()))
            self.edits.append((stop, stop, b"</text:span>"))
