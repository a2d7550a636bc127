"""Apply what a person decided: it wins over every rule.

Decisions are matched by wording, so they survive changes around it.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import replace

from clinicpress import headings, sections, tree
from clinicpress.model import Document, Finding, Kind, Sentence, TitleFrom
from clinicpress.notices.marker import Decided
from clinicpress.review.decisions import HeadingDecision, Review, Wording, normal
from clinicpress.tree import Node, Nodes

# For so many sentences that are not there the nearest is looked for, which takes time.
LIKE = 5
# In these a notice can stand; not in a footnote, a caption or a table's head.
SHAPES = frozenset({"para", "item", "row"})
TAKE_OUT = "Copy the sentence again from `clinicpress review`, or take this decision out."


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
        everywhere, fit = fit, _within(wording, fit, sentences)
        if everywhere and not fit:
            findings.append(_elsewhere(review, wording, everywhere, sentences))
            continue
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


def _within(wording: Wording, fit: list[int], sentences: Sequence[Sentence]) -> list[int]:
    """Return those that stand under the heading that is named, if any is."""
    wanted = normal(wording.section)
    return [at for at in fit if not wanted or normal(sentences[at].section or "") == wanted]


def _elsewhere(
    review: Review, wording: Wording, fit: list[int], sentences: Sequence[Sentence]
) -> Finding:
    """Return a finding for a sentence that is there, and not under the heading that is named."""
    titles = list(dict.fromkeys(sentences[at].section or "" for at in fit))
    is_there = any(normal(s.section or "") == normal(wording.section) for s in sentences)
    problem = (
        f"the sentence is there, but not under “{wording.section}”"
        if is_there
        else f"there is no section “{wording.section}”"
    )
    where = ", ".join(f"`section: {title}`" for title in titles if title)
    remedy = f"It stands in: {where}. Write it so" if where else "It stands under no heading"
    remedy += ", or take `section` out."
    return _failed(review, wording, problem, remedy)


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
        once = len(fit) == 1
        remedy = "Take `occurrence` out." if once else f"Write a number from 1 to {len(fit)}."
        problem = "it stands there " + ("once only" if once else f"{len(fit)} times only")
        return [], [_failed(review, wording, problem, remedy)]
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
