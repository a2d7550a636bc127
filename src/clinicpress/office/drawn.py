"""What a file draws instead of writing: SmartArt, WordArt, charts, and shapes in OpenDocument.

Pandoc drops all of it. The words of SmartArt and WordArt are written into the drawing as those of a
text box, which stands below its paragraph then; of a chart the report has the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape, unescape

from clinicpress.office import archive, relations, shapes
from clinicpress.office.markup import Attributes, Walk

SMART_ART = re.compile(rb"<dgm:relIds\b[^<>]*?\br:dm=\"([^\"]*)\"[^<>]*>")
WORD_ART = re.compile(rb"<v:textpath\b[^<>]*?\bstring=(?:\"([^\"]*)\"|'([^']*)')[^<>]*>")
CHARTS = re.compile(r"word/charts/chart[^/]*\.xml|Object [^/]+/content\.xml")
OPEN = "content.xml"
CHART = b"chart:chart"
# The words of a chart: what it says in lines, and the values at its axes.
CHART_LINES = frozenset({"a:p", "text:p"})
CHART_VALUES = frozenset({"c:v", "cx:v", "cx:pt"})
CHART_TEXT = frozenset({"a:t", "text:p", "text:span"}) | CHART_VALUES
TOLD = "a chart, which is on no page: “{}”"
MAX_TOLD = 2000


def boxed(data: bytes) -> bytes:
    """Return a file whose SmartArt and WordArt has its words in text boxes."""
    held = archive.parts(data, archive.WORD.parts)
    changed = {name: _boxed(data, name, part) for name, part in held.items()}
    for name, part in archive.parts(data, [OPEN]).items():
        held[name], changed[name] = part, shapes.boxed(part)
    return data if changed == held else archive.with_parts(data, changed)


def _boxed(data: bytes, name: str, part: bytes) -> bytes:
    part = WORD_ART.sub(lambda art: art[0] + _box([_string(art)]), part)
    if not SMART_ART.search(part):
        return part
    beside = relations.beside(name)
    known = relations.read(archive.parts(data, [beside]).get(beside, b""), name)

    def points(art: re.Match[bytes]) -> bytes:
        relation = known.get(unescape(art[1].decode("utf-8", "replace")))
        model = archive.parts(data, [relation.part]) if relation else {}
        return art[0] + _box(_Points(each).lines() for each in model.values())

    return SMART_ART.sub(points, part)


def _string(art: re.Match[bytes]) -> list[str]:
    return [unescape((art[1] or art[2] or b"").decode("utf-8", "replace"))]


def _box(texts: Iterable[Iterable[str]]) -> bytes:
    lines = [line for each in texts for line in each if line.strip()]
    # Lines of one paragraph: the points of a drawing are no headings, however short they are.
    inner = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in lines)
    box = f"<w:txbxContent><w:p><w:r>{inner}</w:r></w:p></w:txbxContent>"
    return box.encode() if lines else b""


@dataclass
class _Point:
    """A point of SmartArt: its lines, and the points below it with their order."""

    kind: str = ""
    lines: list[str] = field(default_factory=list)
    below: list[tuple[int, str]] = field(default_factory=list)


class _Points:
    """The points of SmartArt in the order that it shows them."""

    def __init__(self, model: bytes) -> None:
        self._points: dict[str, _Point] = {}
        self._point = _Point()
        self._in_text = False
        if not Walk(model, self).go():
            self._points = {}

    def lines(self) -> Iterator[str]:
        """Yield the lines of all points, those below a point behind it."""
        waiting = [*self._points]
        waiting.sort(key=lambda name: self._points[name].kind != "doc")
        seen: set[str] = set()
        while waiting:
            name = waiting.pop(0)
            if name in seen or name not in self._points:
                continue
            seen.add(name)
            point = self._points[name]
            yield from point.lines
            waiting[:0] = [below for _, below in sorted(point.below)]

    def start(self, tag: str, attributes: Attributes) -> None:
        """Begin a point or a line, or learn which point is below which."""
        if tag == "dgm:pt":
            name = attributes.get("modelId", "")
            self._point = self._points.setdefault(name, _Point())
            self._point.kind = attributes.get("type", "node")
        elif tag == "dgm:cxn" and attributes.get("type", "parOf") == "parOf":
            above = self._points.setdefault(attributes.get("srcId", ""), _Point())
            order = attributes.get("srcOrd", "0")
            place = int(order) if order.isascii() and order.isdecimal() else 0
            above.below.append((place, attributes.get("destId", "")))
        elif tag == "a:p":
            self._point.lines.append("")
        elif tag == "a:br" and self._point.lines:
            self._point.lines[-1] += " "
        self._in_text = tag == "a:t"

    def end(self, tag: str) -> None:
        """End a text."""
        self._in_text = False

    def data(self, text: str) -> None:
        """Keep what a point says."""
        if self._in_text and self._point.lines:
            self._point.lines[-1] += text


def charts(data: bytes) -> Iterator[str]:
    """Yield a line for each chart of a file, with its words."""
    found = archive.parts(data, sorted(filter(CHARTS.fullmatch, archive.names(data))))
    for name, part in found.items():
        if name.startswith("word/") or CHART in part:
            words = " ".join(" ".join(_Chart(part).pieces).split())
            yield TOLD.format(words[:MAX_TOLD])


class _Chart:
    """The words of a chart."""

    def __init__(self, part: bytes) -> None:
        self.pieces: list[str] = []
        self._above: list[str] = []
        Walk(part, self).go()

    def start(self, tag: str, attributes: Attributes) -> None:
        """Begin a line or a value."""
        self._above.append(tag)
        if tag in CHART_LINES | CHART_VALUES:
            self.pieces.append("")

    def end(self, tag: str) -> None:
        """End what was begun."""
        self._above.pop()

    def data(self, text: str) -> None:
        """Keep what a line or a value says."""
        if self.pieces and self._above[-1] in CHART_TEXT:
            self.pieces[-1] += text
