"""What the styles of a Word file give to letters and lines, each with what it is based on."""

from __future__ import annotations

from collections.abc import Mapping

from clinicpress.office.markup import Attributes, Walk

SHEET = "word/styles.xml"
DEEPEST = 12
# What is kept of a style: of its letters, and of its lines.
KEPT = {
    "w:rPr": frozenset(
        ("w:b", "w:i", "w:strike", "w:dstrike", "w:vertAlign", "w:position", "w:sz", "w:rFonts")
    ),
    "w:pPr": frozenset({"w:outlineLvl"}),
}
ASCII, OTHERS = "w:ascii", "w:hAnsi"
"""The fonts of the letters that keyboards have, and of all others."""
# What a theme calls its fonts, and how a style names them.
SORTS = {"a:latin": ("Ascii", "HAnsi"), "a:ea": ("EastAsia",), "a:cs": ("Bidi",)}

Look = Mapping[str, str]
"""Properties of letters, by their tags: their values, "" for what is on; fonts by `ASCII`."""
PLAIN: Look = {}


class Styles:
    """The looks that a file's styles give; nothing where the sheet is broken."""

    def __init__(self, sheet: bytes = b"", theme: bytes = b"") -> None:
        self.names: dict[str, str] = {}
        self.usual: dict[str, str] = {}
        """The style of a kind (`paragraph`, `table`) that names none."""
        self._theme = _Theme(theme).fonts
        self._own: dict[str, dict[str, str]] = {"": {}}
        self._bases: dict[str, str] = {}
        # The fonts that only some cells of a table have.
        self._partly: dict[str, set[str]] = {}
        self._style = ""
        self._above: list[str] = []
        if not Walk(sheet, self).go():
            self._own = {"": {}}

    @property
    def defaults(self) -> Look:
        """Return what holds where no style says otherwise."""
        return self._own[""]

    def look(self, style: str) -> Look:
        """Return the look of a style, its own before that of those it is based on."""
        found: dict[str, str] = {}
        for name in self.chain(style):
            found = {**self._own.get(name, {}), **found}
        return found

    def chain(self, style: str) -> list[str]:
        """Return a style and those it is based on."""
        chain: list[str] = []
        while style and len(chain) < DEEPEST:
            chain.append(style)
            style = self._bases.get(style, "")
        return chain

    def partly(self, style: str) -> set[str]:
        """Return the fonts that a table's style gives to some of its cells alone."""
        return {font for name in self.chain(style) for font in self._partly.get(name, ())}

    def fonts(self, attributes: Attributes) -> dict[str, str]:
        """Return the fonts that are named; a theme's before others."""
        found = {}
        for side in (ASCII, OTHERS):
            given = self._theme.get(attributes.get(f"{side}Theme", "")) or attributes.get(side, "")
            if given.strip():
                found[side] = given.strip()
        return found

    def start(self, tag: str, attributes: Attributes) -> None:
        """Begin a style, or learn of it."""
        self._above.append(tag)
        value = attributes.get("w:val", "")
        if tag == "w:style":
            self._style = attributes.get("w:styleId", "")
            self._own[self._style] = {}
            if attributes.get("w:default", "") in ("1", "true", "on"):
                self.usual[attributes.get("w:type", "")] = self._style
        elif tag == "w:name" and self._style:
            self.names[self._style] = value
        elif tag == "w:basedOn" and self._style:
            self._bases[self._style] = value
        elif len(self._above) > 2 and tag in KEPT.get(self._above[-2], ()):
            self._learn(tag, attributes)

    def _learn(self, tag: str, attributes: Attributes) -> None:
        given = self.fonts(attributes) if tag == "w:rFonts" else {tag: attributes.get("w:val", "")}
        if self._above[-3] in ("w:style", "w:rPrDefault"):
            self._own[self._style] |= given
        elif self._above[-3] == "w:tblStylePr" and tag == "w:rFonts":
            self._partly.setdefault(self._style, set()).update(given.values())

    def end(self, tag: str) -> None:
        """End a style."""
        self._above.pop()
        if tag == "w:style":
            self._style = ""

    def data(self, text: str) -> None:
        """Pass over text."""


class _Theme:
    """The fonts of a theme, by the names that styles use for them."""

    def __init__(self, theme: bytes) -> None:
        self.fonts: dict[str, str] = {}
        self._kind = ""
        Walk(theme, self).go()

    def start(self, tag: str, attributes: Attributes) -> None:
        """Take a font."""
        if tag in ("a:majorFont", "a:minorFont"):
            self._kind = tag[2:7]
        elif self._kind and tag in SORTS:
            given = attributes.get("typeface", "")
            self.fonts |= {f"{self._kind}{sort}": given for sort in SORTS[tag]}

    def end(self, tag: str) -> None:
        """End one kind of fonts."""
        if tag in ("a:majorFont", "a:minorFont"):
            self._kind = ""

    def data(self, text: str) -> None:
        """Pass over text."""
