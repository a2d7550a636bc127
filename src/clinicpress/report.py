"""What a split found and decided: for a person to read, and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from clinicpress import notices
from clinicpress.model import Finding, Kind, Leaflet, Origin, Sentence
from clinicpress.notices.reasons import told
from clinicpress.review.decisions import Standing

MARKED = "marked as a heading in the file"
MAX_QUOTE = 70

UNKNOWN_LANGUAGE = " (there are no rules for it: mark its notices yourself, see the README)"


@dataclass(frozen=True, slots=True)
class Report:
    """A leaflet, the text of its pages by file name, and how many words it has.

    They are `proved` to be on the pages as in the source, unless a person allowed a difference.
    `standing` says how it was decided on and signed off; `findings` are its links that lead
    nowhere and its pictures without a description. Once it is stored, `adopted` are its pages that
    a person has taken over, `moved` says where each of its earlier pages leads now, and `earlier`
    what its document was called before, if it has a new name.
    """

    leaflet: Leaflet
    pages: Mapping[str, str]
    words: int
    proved: bool
    standing: Standing
    findings: tuple[Finding, ...] = ()
    adopted: tuple[str, ...] = ()
    moved: Mapping[str, str] = field(default_factory=dict)
    earlier: str = ""


def lines(report: Report, details: bool = True) -> Iterator[str]:
    """Yield the report for the terminal: headings, notices with cues, words in and out."""
    leaflet, rules = report.leaflet, notices.load(report.leaflet.document.lang)
    inferred = [heading for heading in leaflet.headings if heading.reason != MARKED]
    counts = Counter(sentence.label for sentence in leaflet.sentences)
    document = leaflet.document
    yield f"{document.name}: “{document.title}” (title from the {document.title_from})"
    if said := _said(document.origin):
        yield f"  file      {said} (its own properties, on no page)"
    known = notices.is_known(document.lang)
    yield f"  language  {document.lang}" + ("" if known else UNKNOWN_LANGUAGE)
    yield f"  pages     {len(report.pages)}"
    yield f"  headings  {len(leaflet.headings)}, of which inferred {len(inferred)}"
    if details:
        yield from (
            f"            “{_short(heading.text)}”: {heading.reason}" for heading in inferred
        )
    marked = [kind for kind in reversed(Kind) if kind is not Kind.NONE]
    yield "  notices   " + ", ".join(f"{kind} {counts[kind]}" for kind in marked) + " (sentences)"
    if details:
        for sentence in leaflet.sentences:
            if sentence.label is not Kind.NONE:
                yield f"            {sentence.label:<10} “{_short(sentence.text)}”"
                yield f"                       {told(sentence, rules)}"
    yield from (f"  removed   {what}" for what in leaflet.removed)
    for loss in document.losses:
        yield f"  lost      “{loss.words}” (in “{_short(loss.where)}”), as --allow-loss allowed"
    yield from _kept(report)
    words = report.words
    shown = f"{words} on the pages: once each, in order" if report.proved else "see what is lost"
    yield f"  words     {words} in the source, {shown}"


def _kept(report: Report) -> Iterator[str]:
    """Yield what became of pages that were there before."""
    yield from (
        f"  yours     {path}: no longer written from the document" for path in report.adopted
    )
    if report.earlier:
        yield f"  renamed   it was {report.earlier}: its pages keep their addresses"
    if report.moved:
        yield f"  moved     {len(report.moved)} earlier addresses lead on to these pages"


def _said(origin: Origin) -> str:
    """Return what a file says of itself, in a line."""
    parts = {"by": origin.author, "written": origin.created, "last changed": origin.changed}
    return ", ".join(f"{what} {said}" for what, said in parts.items() if said)


def as_json(report: Report) -> dict[str, Any]:
    """Return the report as data: headings with level, sentences with label, and more."""
    leaflet = report.leaflet
    return {
        "document": leaflet.document.name,
        "title": leaflet.document.title,
        "title_from": str(leaflet.document.title_from),
        "language": leaflet.document.lang,
        "file": asdict(leaflet.document.origin),
        "pages": list(report.pages),
        "words": {"source": report.words, "pages": report.words},
        "removed": list(leaflet.removed),
        "lost": [{"words": loss.words, "where": loss.where} for loss in leaflet.document.losses],
        "adopted": list(report.adopted),
        "moved": dict(report.moved),
        "earlier": report.earlier,
        "findings": [
            {"rule": f.rule, "place": str(f.place), "problem": f.problem, "remedy": f.remedy}
            for f in report.findings
        ],
        "review": _review(report.standing),
        "headings": [
            {"text": h.text, "level": h.level, "reason": h.reason} for h in leaflet.headings
        ],
        "sentences": [_sentence(sentence) for sentence in leaflet.sentences],
    }


def _sentence(sentence: Sentence) -> dict[str, Any]:
    return {
        "text": sentence.text,
        "label": str(sentence.label),
        "section": sentence.section,
        "kind": sentence.shape,
        "cues": list(sentence.cues),
    }


def _review(standing: Standing) -> dict[str, Any]:
    """Return who signed which digest; `signed` is false where that is not the present one."""
    given = standing.review.sign_off
    by = {"name": given.name, "role": given.role} if given else {}
    dates = {"reviewed": given.reviewed, "due": given.due} if given else {}
    return {"digest": standing.digest, "signed": standing.signed is not None, **by, **dates}


def _short(text: str) -> str:
    return text if len(text) <= MAX_QUOTE else text[: MAX_QUOTE - 1].rsplit(" ", 1)[0] + " …"
