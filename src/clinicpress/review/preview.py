"""A leaflet as it will appear, with the reason for each heading and notice, for a reviewer."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby, pairwise
from typing import Any

from clinicpress import notices, sections, streams, tree
from clinicpress.model import Heading, Kind, Leaflet, Page, Sentence
from clinicpress.notices import boxes, reasons
from clinicpress.notices.boxes import kind_of
from clinicpress.report import MARKED, Report
from clinicpress.review import overruled, phrases, signed
from clinicpress.review.overruled import Overruled
from clinicpress.review.phrases import ReviewWords
from clinicpress.tree import Node, Nodes

WIDTH = 80
QUOTE = 60
UNSEEN = frozenset({"Header", "Image", "Note", "RawBlock", "RawInline"})


def explained(leaflet: Leaflet) -> list[list[list[Sentence]]]:
    """Return, page by page, the marked sentences of each notice, in reading order.

    Sentences and pages have the same letters in the same order, so their places are counted.
    """
    said = [sentence for sentence in leaflet.sentences if sentence.shape != "footnote"]
    ends = list(accumulate(_letters(sentence.text) for sentence in said))
    spans = list(zip(said, pairwise([0, *ends]), strict=True))
    marked = [(s, a, b) for s, (a, b) in spans if s.label is not Kind.NONE and a < b]
    ruler = _Ruler()
    found: list[list[list[Sentence]]] = []
    for page in leaflet.pages:
        ruler.spans = []
        ruler.measure(page.blocks)
        inner = [[] for _ in ruler.spans]  # type: list[list[Sentence]]
        for sentence, start, end in marked:
            # A row that is a notice of its own may stand in a table that is one: the inner counts.
            places = [n for n, (a, b) in enumerate(ruler.spans) if a <= start and end <= b]
            if places:
                inner[places[-1]].append(sentence)
        found.append(inner)
    return found


def headings_of(page: Page) -> Iterator[Heading]:
    """Yield a page's headings with their reasons, its title among them where it is one."""
    for block in page.blocks:
        if block["t"] == "Header":
            text = " ".join(tree.text(block["c"][2]).split())
            yield Heading(text, sections.level(block), tree.value(block, "reason"))


def lines(report: Report, language: str = "en") -> Iterator[str]:
    """Yield the leaflet for the terminal, and what is said of it in the language given."""
    leaflet, rules = report.leaflet, notices.load(report.leaflet.document.lang)
    words = phrases.load(language)
    document, count = leaflet.document, len(leaflet.pages)
    yield words.say("as_pages", name=document.name, title=document.title, count=count)
    if not notices.is_known(document.lang):
        yield from textwrap.wrap(words.say("no_rules", lang=document.lang), WIDTH)
    yield from _decided(overruled.of(report, words), words)
    for page, why in zip(leaflet.pages, explained(leaflet), strict=True):
        yield ""
        yield f"━━ {page.title} ".ljust(WIDTH, "━")
        yield from _Printer(rules, words, iter(why)).lines(_seen(page.blocks, words))
        for label, note in page.notes.items():
            yield from _hung(
                f"[{label}] ", _Printer(rules, words, iter([])).lines(_seen(note, words))
            )
    yield ""
    yield from _signed(report, words)
    yield f"{words.say('digest').lower()}  {report.standing.digest}"


def _signed(report: Report, words: ReviewWords) -> Iterator[str]:
    yield from textwrap.wrap(signed.state(report, words), WIDTH)
    if told := signed.earlier(report, words):
        yield words.say("labeled", label=words.say("earlier"), what="").rstrip()
    yield from (f"• {each}" for each in told)


def _decided(by_hand: Overruled, words: ReviewWords) -> Iterator[str]:
    for title, told in (("taken_off", by_hand.lessened), ("decided", by_hand.others)):
        if told:
            yield from ("", words.say("labeled", label=words.say(title), what="").rstrip())
        for each in told:
            yield from textwrap.wrap(each, WIDTH, initial_indent="• ", subsequent_indent="  ")


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
            case {"t": "Table", "c": [_, caption, _, head, *_]}:
                self.measure([caption, head])
                for row in boxes.rows_of(content):
                    self._counted(row[1], boxes.row_kind(row) is not Kind.NONE)
            case {"t": "Div", "c": inner}:
                self._counted(inner, kind_of(content) is not Kind.NONE)
            case {"t": _, "c": inner}:
                self.measure(inner)

    def _counted(self, inner: Any, is_notice: bool) -> None:
        place, start = len(self.spans), self._at
        self.spans += [(start, start)] if is_notice else []
        self.measure(inner)
        if is_notice:
            self.spans[place] = (start, self._at)


class _Printer:
    """Writes blocks as lines; the reasons of notices come in the order of the notices."""

    def __init__(
        self, rules: notices.Rules, words: ReviewWords, reasons: Iterator[list[Sentence]]
    ) -> None:
        self._rules = rules
        self._words = words
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
                yield from _heading(block, self._words)
            case {"t": "CodeBlock", "c": [_, code]}:
                yield from code.splitlines()
            case {"t": "Table"}:
                yield from self._table(block)
            case {"t": "DefinitionList", "c": entries}:
                yield from self._definitions(entries)
            case {"t": "BulletList" | "OrderedList" | "BlockQuote" | "Figure" | "Div"}:
                for mark, inner in _parts(block):
                    yield from _hung(mark, self.lines(inner))
            case _:
                yield from textwrap.wrap(_plain(block), WIDTH - 8)

    def _definitions(self, entries: Sequence[Any]) -> Iterator[str]:
        for term, meanings in entries:
            yield " ".join(tree.text(term).split())
            for meaning in meanings:
                yield from _hung("    ", self.lines(meaning))

    def _table(self, table: Node) -> Iterator[str]:
        _, (_, caption), _, (_, head), *_ = table["c"]
        yield from _hung("", self.lines(caption))
        for row in (*head, *boxes.rows_of(table)):
            yield from self._row(row)

    def _notice(self, kind: Kind, block: Node) -> Iterator[str]:
        yield "┃ " + self._named(kind, self._rules.titles[kind])
        own = next(self._reasons, [])
        yield from (f"┃ {line}".rstrip() for line in self.lines(block["c"][1]))
        yield "┃"
        yield from (f"┃   {line}" for line in self._why(own))

    def _named(self, kind: Kind, what: str) -> str:
        return self._words.say("labeled", label=self._words.say(kind).upper(), what=what)

    def _row(self, row: Any) -> Iterator[str]:
        kind = boxes.row_kind(row)
        said = "" if kind is Kind.NONE else self._named(kind, "")
        yield f"| {said}" + " | ".join(_cell(cell[4]) for cell in row[1])
        if said:
            yield from (f"|   {line}" for line in self._why(next(self._reasons, [])))

    def _why(self, sentences: Sequence[Sentence]) -> Iterator[str]:
        """Yield the reasons, neighbours with one reason together."""
        for reason, run in groupby(
            sentences, key=lambda sentence: reasons.told(sentence, self._rules)
        ):
            for sentence in run:
                quote = textwrap.shorten(sentence.text, QUOTE, placeholder=" …")
                yield from textwrap.wrap(f"{self._words.say('why')} “{quote}”", WIDTH - 8)
            yield from textwrap.wrap(
                reason, WIDTH - 8, initial_indent="    ", subsequent_indent="    "
            )


def _parts(block: Node) -> Iterator[tuple[str, Nodes]]:
    """Yield the parts of a block of blocks, each with what stands before it."""
    match block:
        case {"t": "BulletList", "c": items}:
            yield from (("• ", item) for item in items)
        case {"t": "OrderedList", "c": [[first, *_], items]}:
            yield from ((f"{number}. ", item) for number, item in enumerate(items, first))
        case {"t": "BlockQuote", "c": inner}:
            yield "> ", inner
        case {"t": "Figure", "c": [_, [_, caption], inner]}:
            yield "", [*inner, *caption]
        case {"t": "Div", "c": [_, inner]}:
            yield "", inner


def _heading(block: Node, words: ReviewWords) -> Iterator[str]:
    why = tree.value(block, "reason")
    yield f"{'#' * sections.level(block)} {_plain(block)}"
    if why != MARKED:
        said = words.say("labeled", label=words.say("heading"), what=words.heading(why))
        yield f"   {said}"


def _seen(blocks: Nodes, words: ReviewWords) -> Nodes:
    """Write marks of notes and pictures as text."""

    def change(node: Node) -> Nodes:
        match node:
            case {"t": "RawInline", "c": [_, str(mark)]}:
                return tree.string(mark.replace("^", ""))
            case {"t": "Image", "c": [_, alternative, _]}:
                alternative = tree.text(alternative) or words.say("without_words")
                return tree.string(f"[{words.say('picture', words=alternative)}]")
        return [node]

    seen: Nodes = tree.rewrite(blocks, change)
    return seen


def _plain(block: Node) -> str:
    inlines = tree.inlines_of(block)
    return " ".join(tree.text(inlines).split()) if inlines is not None else _cell([block])


def _cell(blocks: Nodes) -> str:
    """Return all the words of blocks, whatever they are, in a line."""
    return " ".join(standing.word for standing in streams.of_tree(blocks)).strip()


def _hung(mark: str, inner: Iterator[str]) -> Iterator[str]:
    """Hang lines on a mark: it stands before the first."""
    own = list(inner)[1:]
    yield from (f"{' ' * len(mark) if at else mark}{line}".rstrip() for at, line in enumerate(own))


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))
