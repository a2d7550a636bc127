"""What a person decided about a leaflet, matched to its text and applied; and what they signed.

Decisions win over every rule. They are matched by wording, so they survive changes around it.
"""

from __future__ import annotations

import difflib
import hashlib
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from clinicpress import conservation, headings, sections, tree
from clinicpress.model import Document, Finding, Kind, Leaflet, Place, Sentence, TitleFrom
from clinicpress.notices.marker import Decided
from clinicpress.tree import Node, Nodes

RULE = "decision"
# For so many sentences that are not there the nearest is looked for, which takes time.
LIKE = 5
# In these a notice can stand; not in a footnote, a caption or a table's head.
SHAPES = frozenset({"para", "item", "row"})
# What changes the meaning of text without being text: a power, an index, words struck out.
SENSE = frozenset({"Superscript", "Subscript", "Strikeout"})
TAKE_OUT = "Copy the sentence again from `clinicpress review`, or take this decision out."


@dataclass(frozen=True, slots=True)
class Wording:
    """Which text is meant: `section` or `occurrence` (from 1; 0: all) tells twins apart."""

    text: str
    line: int
    section: str = ""
    occurrence: int | None = None


@dataclass(frozen=True, slots=True)
class KindDecision:
    """The kind of a sentence, item or row."""

    wording: Wording
    kind: Kind
    by: str = ""


@dataclass(frozen=True, slots=True)
class HeadingDecision:
    """Whether a line is a heading, of which level (None: that of the one before), or text."""

    wording: Wording
    is_heading: bool
    level: int | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class SignOff:
    """Who approved which digest, when, and until when. Dates are ISO dates."""

    name: str
    role: str
    reviewed: str
    due: str
    digest: str
    line: int = 1


@dataclass(frozen=True, slots=True)
class Review:
    """A review file as it was read; `findings` is what is wrong with it."""

    place: str
    kinds: tuple[KindDecision, ...] = ()
    headings: tuple[HeadingDecision, ...] = ()
    page_level: int | None = None
    page_level_line: int = 1
    sign_off: SignOff | None = None
    findings: tuple[Finding, ...] = ()

    def found(self, line: int, problem: str, remedy: str) -> Finding:
        """Return a finding at a line of the file."""
        return Finding(RULE, Place(self.place, line), problem, remedy)

    def reason(self, by: str, line: int) -> str:
        """Return, for the report, who decided and where."""
        return f"decided by {by or 'a person'} in {self.place}:{line}"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a leaflet stands: its review file, all that is wrong with it, its present digest."""

    review: Review
    digest: str
    findings: tuple[Finding, ...] = ()

    @property
    def signed(self) -> SignOff | None:
        """Return the sign-off where it is of this very leaflet and nothing is in doubt."""
        given = self.review.sign_off
        return given if given and given.digest == self.digest and not self.findings else None


def normal(text: str) -> str:
    """Return text as it is compared: one kind of quotes, dashes and spaces, no case."""
    plain = unicodedata.normalize("NFKC", text.translate(conservation.INVISIBLE))
    for pattern, sign in (("[‘’‚′`´]", "'"), ("[“”„«»″]", '"'), ("[‐‑‒–—―−]", "-")):
        plain = re.sub(pattern, sign, plain)
    return " ".join(plain.casefold().split())


def kinds(review: Review, sentences: Sequence[Sentence]) -> tuple[Decided, list[Finding]]:
    """Return the kind and the reason of each decided sentence by its number, and what failed."""
    decided: dict[int, tuple[Kind, str]] = {}
    findings: list[Finding] = []
    places: dict[str, list[int]] = {}
    for at, sentence in enumerate(sentences):
        places.setdefault(normal(sentence.text), []).append(at)
    for each in review.kinds:
        alike = places.get(normal(each.wording.text), [])
        fit = [at for at in alike if sentences[at].shape in SHAPES]
        if alike and not fit:
            where = "it stands where no notice can be: in a footnote, a caption or a table’s head"
            findings.append(_failed(review, each.wording, where, "Take this decision out."))
            continue
        wording = each.wording
        if wording.section:
            wanted = normal(wording.section)
            fit = [at for at in fit if normal(sentences[at].section or "") == wanted]
        titles = [sentences[at].section or "" for at in fit]
        chosen, finding = _chosen(review, wording, fit, "sentence", titles)
        if finding and not alike and len(findings) < LIKE:
            finding = [_with_nearest(finding[0], wording, places, sentences)]
        findings += finding
        reason = review.reason(each.by, wording.line)
        findings += [
            _failed(review, wording, "another decision has its sentence", "Keep one of the two.")
            for at in chosen
            if at in decided
        ][:1]
        decided |= {at: (each.kind, reason) for at in chosen if at not in decided}
    return decided, findings


def occurrence(sentence: Sentence, sentences: Sequence[Sentence]) -> int | None:
    """Return which of those with the same wording a sentence is, from 1; None for the only one."""
    same = normal(sentence.text)
    alike = [s for s in sentences if s.shape in SHAPES and normal(s.text) == same]
    at = next((n for n, each in enumerate(alike, 1) if each is sentence), 0)
    return at if len(alike) > 1 else None


def with_headings(document: Document, review: Review) -> tuple[Document, list[Finding]]:
    """Return the document with headings as decided, the levels below one another, what failed."""
    if not review.headings:
        return document, []
    document = _with_title(document, review)
    blocks = list(document.blocks)
    findings: list[Finding] = []
    for each in review.headings:
        fit = [at for at, b in enumerate(blocks) if _heads(b) and _is(b, each.wording.text)]
        chosen, finding = _chosen(review, each.wording, fit, "heading or paragraph")
        findings += finding
        for at in chosen:
            blocks[at] = _fated(blocks, at, each, review)
    return replace(document, blocks=nested(blocks)), findings


def nested(blocks: Nodes) -> Nodes:
    """Put the highest headings at level 1, whatever their marks, with none skipped below."""
    levels = iter(headings.nested([b["c"][0] for b in blocks if b["t"] == "Header"]))
    return [
        {"t": "Header", "c": [next(levels), *block["c"][1:]]} if block["t"] == "Header" else block
        for block in blocks
    ]


def page_level(review: Review, document: Document) -> list[Finding]:
    """Return a finding where the pages' level is one that no heading has."""
    level = review.page_level
    found = {sections.level(block) for block in document.blocks if block["t"] == "Header"}
    if not level or level in found:
        return []
    have = ", ".join(map(str, sorted(found))) or "none"
    problem = f"no heading has level {level}, so the pages can’t be made there"
    remedy = f"Levels in this leaflet: {have}."
    return [review.found(review.page_level_line, problem, remedy)]


def digest(leaflet: Leaflet) -> str:
    """Return the digest of what a patient gets: every word in order, kinds, headings, links.

    It is not of Markdown or addresses of our own making, so another version of this tool that
    writes the same leaflet in another way has the same digest.
    """
    document = leaflet.document
    content = [
        document.lang,
        document.title,
        [*_body(document.blocks)],
        [*_runs(leaflet.sentences)],
        [*_targets(document.blocks)],
        [*_pictures(document)],
        [[n["t"], tree.text(n["c"])] for n in tree.walk(document.blocks) if n["t"] in SENSE],
    ]
    text = unicodedata.normalize("NFC", json.dumps(content, ensure_ascii=False))
    return "sha256:" + hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def _chosen(
    review: Review, wording: Wording, fit: list[int], what: str, titles: Sequence[str] = ()
) -> tuple[list[int], list[Finding]]:
    """Return which of the places that fit are meant, and what is wrong with the answer."""
    if not fit:
        problem = f"it matches no {what}: the text is gone or was changed"
        return [], [_failed(review, wording, problem, TAKE_OUT)]
    if wording.occurrence == 0:
        return fit, []
    if wording.occurrence is not None:
        if wording.occurrence <= len(fit):
            return [fit[wording.occurrence - 1]], []
        remedy = f"Write a number from 1 to {len(fit)}."
        return [], [_failed(review, wording, f"it stands there {len(fit)} times only", remedy)]
    if len(fit) == 1:
        return fit, []
    where = ", ".join(f"under “{title}”" for title in dict.fromkeys(titles) if title)
    named = f"`section: {titles[-1]}`, or " if len(set(titles)) > 1 and titles[-1] else ""
    remedy = f"Say which: add {named}`occurrence: 2` for the second, or `occurrence: all`."
    problem = f"it matches {len(fit)} times" + (f" ({where})" if where else "")
    return [], [_failed(review, wording, problem, remedy)]


def _with_nearest(
    finding: Finding, wording: Wording, places: Mapping[str, list[int]], all_of: Sequence[Sentence]
) -> Finding:
    """Return a finding that names the sentence which is most like one that is not there."""
    near = difflib.get_close_matches(normal(wording.text), places, n=1, cutoff=0.75)
    if not near:
        return finding
    text = all_of[places[near[0]][0]].text
    return replace(finding, remedy=f"Is it this one now: “{text}”? {finding.remedy}")


def _failed(review: Review, wording: Wording, problem: str, remedy: str) -> Finding:
    return review.found(wording.line, f"this decision can’t be followed: {problem}", remedy)


def _with_title(document: Document, review: Review) -> Document:
    """Put a title that is decided to be none of the kind back into the text."""
    for each in review.headings:
        if document.title_from is TitleFrom.TEXT and normal(each.wording.text) == normal(
            document.title
        ):
            first = tree.header(1, tree.string(document.title), reason="the first line")
            return replace(
                document,
                title=headings.title_of_file(document.name),
                title_from=TitleFrom.FILE_NAME,
                blocks=[first, *document.blocks],
            )
    return document


def _heads(block: Node) -> bool:
    return block["t"] in ("Header", "Para")


def _is(block: Node, text: str) -> bool:
    return normal(tree.text(tree.inlines_of(block) or [])) == normal(text)


def _fated(blocks: Nodes, at: int, each: HeadingDecision, review: Review) -> Node:
    """Return a block as the heading or the paragraph that it is decided to be."""
    block = blocks[at]
    inlines = tree.inlines_of(block) or []
    if not each.is_heading:
        return {"t": "Para", "c": inlines}
    before = [b["c"][0] for b in blocks[:at] if b["t"] == "Header"]
    own = block["c"][0] if block["t"] == "Header" else (before or [1])[-1]
    identifier = block["c"][1][0] if block["t"] == "Header" else ""
    reason = review.reason(each.by, each.wording.line)
    return tree.header(each.level or own, inlines, identifier, reason)


def _body(blocks: Nodes) -> Iterator[list[object]]:
    for is_heading, run in groupby(blocks, key=lambda block: block["t"] == "Header"):
        if is_heading:
            yield from ([sections.level(b), " ".join(conservation.tree_words([b]))] for b in run)
        else:
            yield [0, " ".join(conservation.tree_words(list(run)))]


def _runs(sentences: Sequence[Sentence]) -> Iterator[list[str]]:
    """Yield the text by its kind, so that where one sentence ends and another begins is no part."""
    for kind, run in groupby(sentences, key=lambda sentence: sentence.label):
        yield [str(kind), " ".join(sentence.text for sentence in run)]


def _targets(blocks: Nodes) -> Iterator[str]:
    """Yield where each link leads: to a heading by its text, whatever its address."""
    homes = {b["c"][1][0]: tree.text(b["c"][2]) for b in blocks if b["t"] == "Header"}
    for node in tree.walk(blocks):
        if node["t"] == "Link":
            address = node["c"][2][0]
            yield "#" + homes.get(address[1:], address) if address.startswith("#") else address


def _pictures(document: Document) -> Iterator[list[str]]:
    for node in tree.walk(document.blocks):
        if node["t"] == "Image":
            data = document.media.get(node["c"][2][0], b"")
            yield [hashlib.sha256(data).hexdigest(), tree.text(node["c"][1])]
