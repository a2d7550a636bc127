"""A review file's text as decisions and sign-offs.

It is written by hand, so it is read with suspicion: whatever is wrong in it is a finding with its
line, and it is left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from ruamel.yaml.nodes import ScalarNode

from clinicpress.model import Kind, Sentence
from clinicpress.review import decisions, fields, signatures
from clinicpress.review.decisions import HeadingDecision, KindDecision, Review, Wording
from clinicpress.review.fields import EXAMPLE, Fields

SENTENCE_KEYS = ("text", "kind", "section", "occurrence", "by")
HEADING_KEYS = ("text", "as", "level", "occurrence", "by")
HEADING_EXAMPLE = 'Write it as in `- text: "Important points"` and below it `as: text`.'


def parse(data: bytes, place: str) -> Review:
    """Return a review file's content; what is wrong is left out and is among the findings."""
    found = Fields(Review(place))
    try:
        root = found.root(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        found.say(line, "a letter here is not in UTF-8", "Save the file as text in UTF-8.")
        root = None
    given = found.pairs(root, fields.KEYS) if root is not None else {}
    review = _with_page_level(_decided(Review(place), found, given), found, given)
    review = signatures.with_signatures(review, found, given)
    return replace(review, findings=tuple(found.findings))


def entry(sentence: Sentence, occurrence: int | None) -> str:
    """Return the lines that decide on a sentence as it is marked now, to be copied and changed."""
    lines = [f"  - text: {json.dumps(sentence.text, ensure_ascii=False)}"]
    lines += [f"    occurrence: {occurrence}"] if occurrence else []
    return "\n".join([*lines, f"    kind: {sentence.label}"]) + "\n"


def heading_entry(text: str) -> str:
    """Return the lines that decide that a heading is text."""
    return f"  - text: {json.dumps(text, ensure_ascii=False)}\n    as: text\n"


def _decided(empty: Review, found: Fields, given: Mapping[str, Any]) -> Review:
    """Return a review with the decisions that are in order."""
    kinds = (_kind(found, item) for item in found.items(given, "sentences", EXAMPLE))
    kinds_once = tuple(_once(found, filter(None, kinds)))
    heads = (_heading(found, item) for item in found.items(given, "headings", HEADING_EXAMPLE))
    return replace(empty, kinds=kinds_once, headings=tuple(_once(found, filter(None, heads))))


def _with_page_level(review: Review, found: Fields, given: Mapping[str, Any]) -> Review:
    if "page-level" not in given:
        return review
    line = fields.line_of(given["page-level"])
    level = found.number(given["page-level"], 0, 6)
    return replace(review, page_level=level, page_level_line=line)


def _kind(found: Fields, node: Any) -> KindDecision | None:
    given = found.pairs(node, SENTENCE_KEYS)
    wording = _wording(found, node, given, EXAMPLE)
    kind = found.one_of(node, given, "kind", [str(kind) for kind in Kind], EXAMPLE)
    if wording is None or kind is None:
        return None
    return KindDecision(wording, Kind(kind), found.text(given, "by"))


def _heading(found: Fields, node: Any) -> HeadingDecision | None:
    given = found.pairs(node, HEADING_KEYS)
    wording = _wording(found, node, given, HEADING_EXAMPLE)
    fate = found.one_of(node, given, "as", ["heading", "text"], HEADING_EXAMPLE)
    level = found.number(given["level"], 1, 6) if "level" in given else None
    if wording is None or fate is None:
        return None
    return HeadingDecision(wording, fate == "heading", level, found.text(given, "by"))


def _wording(found: Fields, node: Any, given: Mapping[str, Any], example: str) -> Wording | None:
    text = found.text(given, "text")
    if not decisions.normal(text):
        if "text" not in given or isinstance(given["text"], ScalarNode):
            found.say(fields.line_of(node), "it doesn't say which text is meant", example)
        return None
    occurrence = None
    if "occurrence" in given:
        every = found.text(given, "occurrence") == "all"
        occurrence = 0 if every else found.number(given["occurrence"], 1, 999)
        if occurrence is None:
            return None
    return Wording(text, fields.line_of(node), found.text(given, "section"), occurrence)


def _once(found: Fields, made: Iterable[Any]) -> Iterator[Any]:
    """Yield decisions, a second one about the same text left out."""
    seen: dict[tuple[object, ...], int] = {}
    for each in [*made]:
        w = each.wording
        same = (decisions.normal(w.text), decisions.normal(w.section), w.occurrence)
        if same not in seen:
            seen[same] = w.line
            yield each
            continue
        problem = f"there is a decision about this text in line {seen[same]} already"
        found.say(w.line, problem, "Take one of the two out.")
