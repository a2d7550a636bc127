"""Find the sentences, have them judged, and put neighbours of one kind into a notice.

Order and wording stay as they are: a notice is a wrapper around what was there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from clinicpress import sentences, tree
from clinicpress.model import Kind, Marked, Sentence
from clinicpress.notices import authors, boxes, cutting, leaves
from clinicpress.notices.authors import Named
from clinicpress.notices.boxes import Piece
from clinicpress.notices.evidence import Statement
from clinicpress.notices.judging import NOTHING, Verdict
from clinicpress.notices.rules import Rules
from clinicpress.tree import Node, Nodes

_LISTS = frozenset({"BulletList", "OrderedList"})

Judge = Callable[[Sequence[Statement], Rules], Sequence[Verdict]]
# A kind and its reason, by the number of the sentence.
Decided = Mapping[int, tuple[Kind, str]]
Decide = Callable[[Sequence[Sentence]], Decided]


def undecided(_: Sequence[Sentence]) -> Decided:
    """Leave every sentence to its verdict."""
    return {}


def mark(blocks: Nodes, rules: Rules, judge: Judge, decide: Decide = undecided) -> Marked:
    """Return the blocks with notices around the statements that `judge` marks.

    `decide` is handed all sentences, not yet labelled, and says which of them, by their numbers, a
    person decided on: that wins.
    """
    reader = _Marker(rules)
    reader.blocks(blocks)
    notes = reader.footnotes(blocks)
    decided = decide([*reader.sentences, *notes])
    marker = _Marker(rules, decided, judge(reader.statements, rules))
    marked = authors.without_marks(marker.blocks(blocks))
    return Marked(marked, tuple(marker.sentences + notes))


@dataclass
class _Marker:
    """The walk: it knows the headings above, and the sentence that leads in a list.

    It goes over a leaflet twice: first to read all its statements, then, with the verdicts on
    them, to mark it.
    """

    rules: Rules
    decided: Decided = field(default_factory=dict)
    verdicts: Sequence[Verdict] = ()
    statements: list[Statement] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)
    headings: tuple[tuple[int, str], ...] = ()
    section: int = 0
    lead: int | None = None
    # The last sentence of the paragraph that was just read, then of the one above the open list.
    last: int | None = None
    above: int | None = None
    named: Named | None = None
    overruled: dict[int, Kind] = field(default_factory=dict)
    labels: list[Kind] = field(default_factory=list)

    def blocks(self, blocks: Nodes) -> Nodes:
        """Return the blocks with notices, neighbours of one kind in one."""
        return list(boxes.joined(piece for block in blocks for piece in self.pieces(block)))

    def pieces(self, block: Node) -> list[Piece]:
        """Return the block, cut where its label changes."""
        last, self.last = self.last, None
        match block["t"]:
            case "Header":
                self.enter(block)
                return [(Kind.NONE, block)]
            case "Para" | "Plain":
                return self.paragraph(block)
            case "BulletList":
                return self.list_of(block["c"], _part_of(block), last)
            case "OrderedList":
                return self.list_of(block["c"][1], _part_of(block), last)
            case "Table":
                return [self.table(block)]
            case "BlockQuote":
                return self.quote(block)
            case "DefinitionList":
                return self.definitions(block)
            case "Div":
                return self.box(block)
        return [(self.other(block), block)]

    def enter(self, heading: Node) -> None:
        """Remember a heading as the context of what follows."""
        level, title = heading["c"][0], tree.text(heading["c"][2])
        self.headings = (*(h for h in self.headings if h[0] < level), (level, title))
        self.section += 1
        self.lead = None

    def judge(
        self, text: str, shape: str, lead: int | None = None, named: Named | None = None
    ) -> Kind:
        """Read one statement; return its label where it is known."""
        at = len(self.statements)
        titles = tuple(title for _, title in self.headings)
        text = " ".join(text.split())
        above = self.above if lead is None else None
        self.statements.append(Statement(text, shape, titles, self.section, lead, above))
        label, cues = self.verdicts[at] if self.verdicts else NOTHING
        held_for = label if len(self.sentences) in self.decided else None
        if overruling := self.overruling(label, lead, named or self.named):
            label, cues = overruling
            self.overruled[at] = label
        section = titles[-1] if titles else None
        self.sentences.append(Sentence(text, label, section, shape, cues, held_for))
        self.labels.append(label)
        return label

    def overruling(self, label: Kind, lead: int | None, named: Named | None) -> Verdict | None:
        """Return what wins over the verdict: a person's decision, or the author's own mark.

        Items follow a line that was overruled, save those that are an emergency.
        """
        if decision := self.decided.get(len(self.sentences)):
            kind, reason = decision
            return kind, (reason,)
        if named and (named.firm or label is not Kind.EMERGENCY):
            return named.kind, (named.reason,)
        led = Kind.NONE if lead is None else self.overruled.get(lead, Kind.NONE)
        if led is not Kind.NONE and label is not Kind.EMERGENCY:
            return led, (self.rules.words["led"],)
        return None

    def paragraph(self, block: Node) -> list[Piece]:
        """Cut a paragraph into runs of sentences with one label."""
        inlines = tree.inlines_of(block) or []
        text = tree.text(inlines)
        if not text.strip():
            return [(Kind.NONE, block)]
        spans = sentences.split(text)
        named = self.named or authors.beginning(self.rules, text)
        first = len(self.sentences)
        labels = [self.judge(text[start:end], "para", named=named) for start, end in spans]
        firm = [at in self.decided for at in range(first, len(self.sentences))]
        labels = cutting.together(spans, cutting.bridged(labels, firm))
        leads = bool(spans) and self.rules.leads_in(text[slice(*spans[-1])])
        self.last = len(self.statements) - 1
        self.lead = self.last if leads else None
        runs = [
            (label, list(run)) for label, run in groupby(range(len(spans)), key=labels.__getitem__)
        ]
        if len(runs) == 1:
            return [(labels[0], block)]
        cuts = [spans[run[0]][0] for _, run in runs[1:]]
        parts = cutting.cut(inlines, cuts)
        return [
            (label, {"t": "Para", "c": part}) for (label, _), part in zip(runs, parts, strict=True)
        ]

    def list_of(
        self, items: list[Nodes], part: Callable[[int, list[Nodes]], Node], above: int | None
    ) -> list[Piece]:
        """Mark a list where its items agree, else item by item; `part` makes a part of it."""
        lead, self.lead, self.above = self.lead, None, above
        led = Kind.NONE if lead is None else self.labels[lead]
        made = [self.item(item, lead) for item in items]
        self.above = None
        return boxes.listed([kind for kind, _ in made], [item for _, item in made], part, led)

    def item(self, item: Nodes, lead: int | None) -> tuple[Kind, Nodes]:
        """Label a list item and what is nested in it: all of it, or inside where they differ."""
        has_list = any(block["t"] in _LISTS for block in item)
        labels: list[Kind] = []
        for at, (text, named) in enumerate(leaves.leaves(item)):
            named = named or authors.beginning(self.rules, text)
            labels.append(self.judge(text, "item", lead, named))
            if at == 0 and has_list and self.rules.leads_in(text):
                lead = len(self.statements) - 1
        if len(set(labels)) > 1 and has_list:
            return Kind.NONE, list(boxes.joined(_inside(item, iter(labels))))
        return boxes.worst(labels), item

    def box(self, block: Node) -> list[Piece]:
        """Mark what stands in a box that the author named; all of it is one notice."""
        named = authors.name_of(block)
        before, self.named = self.named, named or self.named
        pieces = [piece for child in block["c"][1] for piece in self.pieces(child)]
        self.named = before
        kind = named.kind if named else Kind.NONE
        return [
            (kind if label is Kind.NONE and not boxes.has_notice(inner) else label, inner)
            for label, inner in pieces
        ]

    def table(self, block: Node) -> Piece:
        """Label each row, and mark those; a table that mostly agrees is marked whole."""
        _, caption, _, (_, head), *_ = block["c"]
        for text in leaves.texts(caption[1]):
            self.judge(text, "caption")
        section = self.headings[-1][1] if self.headings else None
        self.sentences += [
            Sentence(leaves.row_text(row), Kind.NONE, section, "row-header") for row in head
        ]
        first = len(self.sentences)
        heads = leaves.cells(head[-1]) if head else []
        labels = [self.row(row, heads) for row in boxes.rows_of(block)]
        rows = enumerate(self.sentences[first:], first)
        # A row that a person took out of the notice does not stand in one.
        taken_out = any(at in self.decided and row.label is Kind.NONE for at, row in rows)
        return boxes.tabled(block, labels, whole=not taken_out)

    def row(self, row: Any, heads: Sequence[str]) -> Kind | None:
        """Label a row of a table; None where it is empty."""
        text = leaves.row_text(row)
        named = leaves.row_name(self.rules, row, heads)
        return self.judge(text, "row", self.lead, named) if text else None

    def quote(self, block: Node) -> list[Piece]:
        """Mark a quotation whole where all of it agrees, else inside."""
        inner = [piece for child in block["c"] for piece in self.pieces(child)]
        labels = {label for label, _ in inner}
        if len(labels) == 1:
            return [(labels.pop(), block)]
        return [(Kind.NONE, {"t": "BlockQuote", "c": list(boxes.joined(inner))})]

    def definitions(self, block: Node) -> list[Piece]:
        """Label each term with what it means, and cut the list where the label changes."""
        labels = [
            boxes.worst(
                [self.judge(text, "item", named=named) for text, named in leaves.leaves(entry)]
            )
            for entry in block["c"]
        ]
        return [
            (kind, {"t": "DefinitionList", "c": block["c"][start:end]})
            for kind, start, end in boxes.runs(labels)
        ]

    def other(self, block: Node) -> Kind:
        """Record the text of a block of another kind (code, line block) without marking it."""
        for text in leaves.texts(block):
            self.sentences.append(
                Sentence(text, Kind.NONE, self.headings[-1][1] if self.headings else None)
            )
        return Kind.NONE

    def footnotes(self, blocks: Nodes) -> list[Sentence]:
        """Return the footnotes' sentences: they come last, each note once, and are not marked."""
        notes: dict[str, Nodes] = {}
        for node in tree.walk(blocks):
            if node["t"] == "Note":
                notes.setdefault(repr(node["c"]), node["c"])
        return [
            Sentence(text, Kind.NONE, None, "footnote")
            for note in notes.values()
            for text in leaves.texts(note)
        ]


def _inside(blocks: Nodes, labels: Iterator[Kind]) -> list[Piece]:
    """Return an item's blocks, each with its label; `labels` has one for each text in them."""
    pieces: list[Piece] = []
    for block in blocks:
        if block["t"] not in _LISTS:
            pieces.append((boxes.worst([next(labels) for _ in leaves.leaves(block)]), block))
            continue
        items = block["c"] if block["t"] == "BulletList" else block["c"][1]
        kinds = [boxes.worst([next(labels) for _ in leaves.leaves(item)]) for item in items]
        led = pieces[-1][0] if pieces else Kind.NONE
        pieces += boxes.listed(kinds, items, _part_of(block), led)
    return pieces


def _part_of(block: Node) -> Callable[[int, list[Nodes]], Node]:
    """Return what makes a part of a list, of some of its items: a number goes on where it was."""

    def part(at: int, items: list[Nodes]) -> Node:
        if block["t"] == "BulletList":
            return {"t": "BulletList", "c": items}
        first, *style = block["c"][0]
        return {"t": "OrderedList", "c": [[first + at, *style], items]}

    return part
