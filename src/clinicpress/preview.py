"""A leaflet as it will appear, with the reason for each heading and notice, for a reviewer."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from itertools import accumulate, pairwise
from typing import Any

from clinicpress import notices, sections, tree
from clinicpress.model import Heading, Kind, Leaflet, Page, Sentence
from clinicpress.notices.marker import kind_of
from clinicpress.report import MARKED, Report
from clinicpress.tree import Node, Nodes

WIDTH = 88
QUOTE = 60
UNSEEN = frozenset({"Header", "Image", "Note", "RawBlock", "RawInline"})


def explained(leaflet: Leaflet) -> list[list[list[Sentence]]]:
    """Return, page by page, the marked sentences of each notice, in reading order.

    Sentences and pages have the same letters in the same order, so their places are counted.
    """
    said = [sentence for sentence in leaflet.sentences if sentence.shape != "footnote"]
    ends = list(accumulate(_letters(sentence.text) for sentence in said))
    spans = list(zip(said, pairwise([0, *ends]), strict=True))
    ruler = _Ruler()
    found: list[list[list[Sentence]]] = []
    for page in leaflet.pages:
        ruler.spans = []
        ruler.measure(page.blocks)
        found.append(
            [
                [s for s, (a, b) in spans if start <= a < b <= end and s.label is not Kind.NONE]
                for start, end in ruler.spans
            ]
        )
    return found


def headings_of(page: Page) -> Iterator[Heading]:
    """Yield a page's headings with their reasons, its title among them where it is one."""
    for block in page.blocks:
        if block["t"] == "Header":
            text = " ".join(tree.text(block["c"][2]).split())
            yield Heading(text, sections.level(block), tree.value(block, "reason"))


def lines(report: Report) -> Iterator[str]:
    """Yield the leaflet for the terminal."""
    leaflet, rules = report.leaflet, notices.load(report.leaflet.document.lang)
    yield f"{leaflet.document.name}: “{leaflet.document.title}”, as its {len(leaflet.pages)} pages"
    for page, reasons in zip(leaflet.pages, explained(leaflet), strict=True):
        yield ""
        yield f"━━ {page.title} ".ljust(WIDTH, "━")
        yield from _Printer(rules, iter(reasons)).lines(_seen(page.blocks))
        for label, note in page.notes.items():
            yield from _hung(f"[{label}] ", _Printer(rules, iter([])).lines(_seen(note)))
    yield ""
    yield f"digest  {report.standing.digest}"


class _Ruler:
    """Counts letters, and notes where among them each notice begins and ends."""

    def __init__(self) -> None:
        self._at = 0
        self.spans: list[tuple[int, int]] = []

    def measure(self, content: Any) -> None:
        """Count the letters of a piece of tree as sentences have them."""
        if isinstance(content, list):
            for item in content:
                self.measure(item)
            return
        match content:
            case {"t": tag} if tag in UNSEEN:
                return
            case {"t": "Str", "c": str(text)} | {
                "t": "Code" | "CodeBlock" | "Math",
                "c": [_, text],
            }:
                self._at += _letters(text)
            case {"t": _, "c": inner} if kind_of(content) is Kind.NONE:
                self.measure(inner)
            case {"t": _, "c": inner}:
                place, start = len(self.spans), self._at
                self.spans.append((start, start))
                self.measure(inner)
                self.spans[place] = (start, self._at)


class _Printer:
    """Writes blocks as lines; the reasons of notices come in the order of the notices."""

    def __init__(self, rules: notices.Rules, reasons: Iterator[list[Sentence]]) -> None:
        self._rules = rules
        self._reasons = reasons

    def lines(self, blocks: Nodes) -> Iterator[str]:
        """Yield the lines of blocks, an empty one before each."""
        for block in blocks:
            yield ""
            yield from self._block(block)

    def _block(self, block: Node) -> Iterator[str]:
        if (kind := kind_of(block)) is not Kind.NONE:
            yield from self._notice(kind, block)
            return
        match block:
            case {"t": "Header"}:
                yield from _heading(block)
            case {"t": "BulletList", "c": items}:
                for item in items:
                    yield from _hung("• ", self.lines(item))
            case {"t": "OrderedList", "c": [[first, *_], items]}:
                for number, item in enumerate(items, first):
                    yield from _hung(f"{number}. ", self.lines(item))
            case {"t": "BlockQuote", "c": inner}:
                yield from _hung("> ", self.lines(inner))
            case {"t": "Table", "c": [_, _, _, [_, head], bodies, [_, foot]]}:
                rows = [*head, *(r for body in bodies for r in (*body[2], *body[3])), *foot]
                yield from ("| " + " | ".join(_cell(c[4]) for c in row[1]) for row in rows)
            case {"t": "CodeBlock", "c": [_, code]}:
                yield from code.splitlines()
            case _:
                yield from textwrap.wrap(_plain(block), WIDTH - 8)

    def _notice(self, kind: Kind, block: Node) -> Iterator[str]:
        yield f"┃ {kind.upper()}: {self._rules.titles[kind]}"
        reasons = next(self._reasons, [])
        yield from (f"┃ {line}".rstrip() for line in self.lines(block["c"][1]))
        yield "┃"
        for sentence in reasons:
            quote = textwrap.shorten(sentence.text, QUOTE, placeholder=" …")
            why = f"why “{quote}”: {'; '.join(sentence.cues)}"
            indented = textwrap.wrap(why, WIDTH - 8, subsequent_indent="    ")
            yield from (f"┃   {line}" for line in indented)


def _heading(block: Node) -> Iterator[str]:
    why = tree.value(block, "reason")
    yield f"{'#' * sections.level(block)} {_plain(block)}"
    if why != MARKED:
        yield f"   heading: {why}"


def _seen(blocks: Nodes) -> Nodes:
    """Write marks of notes and pictures as text."""

    def change(node: Node) -> Nodes:
        match node:
            case {"t": "RawInline", "c": [_, str(mark)]}:
                return tree.string(mark.replace("^", ""))
            case {"t": "Image", "c": [_, alternative, _]}:
                return tree.string(f"[picture: {tree.text(alternative) or 'without words'}]")
        return [node]

    seen: Nodes = tree.rewrite(blocks, change)
    return seen


def _plain(block: Node) -> str:
    inlines = tree.inlines_of(block)
    return " ".join(tree.text(inlines).split()) if inlines is not None else _cell([block])


def _cell(blocks: Nodes) -> str:
    return " ".join(
        " ".join(tree.text(tree.inlines_of(node) or []).split())
        for node in tree.walk(blocks)
        if node["t"] in tree.TEXT_BLOCKS
    )


def _hung(mark: str, inner: Iterator[str]) -> Iterator[str]:
    """Hang lines on a mark: it stands before the first."""
    own = list(inner)[1:]
    yield from (f"{' ' * len(mark) if at else mark}{line}".rstrip() for at, line in enumerate(own))


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))
