"""Pages to Markdown, all of a leaflet in one call of pandoc."""

from __future__ import annotations

import hashlib
import json
import re
import textwrap
from collections.abc import Iterator, Mapping

from clinicpress import dates, notices, pandoc, streams, tree, writable
from clinicpress.clinic import regulators, wording
from clinicpress.clinic.wording import NO_WORDS, Own
from clinicpress.model import Kind, Leaflet, Page, TitleFrom
from clinicpress.notices import boxes
from clinicpress.notices.boxes import kind_of
from clinicpress.pages import LANDING
from clinicpress.review.decisions import Standing
from clinicpress.tree import Node, Nodes
from clinicpress.writable import CLOSES, OPENS

TABLE = re.compile(r"<(/?)table\b")
# What means something to Markdown in a text; tags are passed over whole.
SIGN = re.compile(r"<[^<>]*>|[*_`\[\]~^\\{}!]")
# Not part of what is searched: a list of titles would be found for every word in them.
UNFOUND = 'data-search-exclude: "true"'


def write(
    leaflet: Leaflet, source: str, standing: Standing | None = None, own: Own = NO_WORDS
) -> dict[str, str]:
    """Return each page's Markdown by its file name; `source` names the document in front matter.

    Without a sign-off the pages say that they are not reviewed, or changed since they were.
    `own` are the clinic's words around leaflets in languages that have none of ours.
    """
    lang = leaflet.document.lang
    rules = wording.rules(lang, own)
    given = {"source": source} | _review(lang, rules, standing)
    return {
        page.name: _front_matter(leaflet, page, rules.words, given) + body
        for page, body in _bodies(leaflet, rules)
    }


def body_of(text: str) -> str:
    """Return a page without its front matter."""
    return text.split("\n---\n", 1)[1] if text.startswith("---\n") else text


def _bodies(leaflet: Leaflet, rules: notices.Rules) -> Iterator[tuple[Page, str]]:
    """Write pages and footnotes as one document with seams, and cut it there.

    A document can't contain its own digest, so no text in it can be taken for a seam.
    """
    seam = (
        "seam" + hashlib.sha256(json.dumps([p.blocks for p in leaflet.pages]).encode()).hexdigest()
    )
    parts = [
        part
        for page in leaflet.pages
        for part in (_blocks(leaflet, page, rules), *page.notes.values())
    ]
    blocks: Nodes = []
    for part in parts:
        blocks += [tree.raw(seam), *writable.blocks(part, rules)]
    text = pandoc.write(blocks, leaflet.document.name)
    written = iter(writable.finished(text).split(seam)[1:])
    for page in leaflet.pages:
        body = next(written).strip("\n")
        notes = [_definition(label, next(written)) for label in page.notes]
        yield page, "\n\n".join([body, *notes]) + "\n"


def _definition(label: str, text: str) -> str:
    # A table stands in a note as HTML that Python-Markdown reads as a line, signs and all.
    text = _with_plain_tables(text).strip("\n")
    if text.startswith("    "):
        # Code right behind the label would be text.
        text = f"&nbsp;\n\n{text}"
    indented = textwrap.indent(text.strip("\n"), "    ", lambda line: bool(line.strip()))
    return f"[^{label}]: {indented.lstrip()}"


def _with_plain_tables(text: str) -> str:
    """Return a note with entities for the signs in its tables, those in tables too."""
    out: list[str] = []
    at = depth = 0
    for tag in TABLE.finditer(text):
        piece, at = text[at : tag.start()], tag.start()
        out.append(SIGN.sub(_entity, piece) if depth else piece)
        depth = max(0, depth + (-1 if tag[1] else 1))
    return "".join([*out, text[at:]])


def _entity(sign: re.Match[str]) -> str:
    return f"&#{ord(sign[0])};" if len(sign[0]) == 1 else sign[0]


def _blocks(leaflet: Leaflet, page: Page, rules: notices.Rules) -> Nodes:
    if page.name != LANDING:
        return page.blocks
    title = tree.header(1, tree.string(leaflet.document.title))
    others = leaflet.pages[1:]
    if not others:
        return [title, *page.blocks]
    items = [[{"t": "Plain", "c": [_link(other)]}] for other in others]
    label = json.dumps(rules.words["sections"], ensure_ascii=False)
    return [
        title,
        *page.blocks,
        tree.raw(
            f"{OPENS} html | nav.leaflet-sections\n    attrs: {{aria-label: {label}, {UNFOUND}}}"
        ),
        {"t": "BulletList", "c": items},
        tree.raw(CLOSES),
    ]


def _link(page: Page) -> Node:
    return {"t": "Link", "c": [tree.attr(), tree.string(page.title), [page.name, ""]]}


def _review(lang: str, rules: notices.Rules, standing: Standing | None) -> dict[str, str]:
    """Return what a page says of its review: dates to read and as data, or that there was none."""
    words = rules.words
    signed = standing.signed if standing else None
    if signed is None:
        more = words["changed_more" if standing and standing.changed else "unreviewed_more"]
        return {"unreviewed": words["unreviewed"], "unreviewed_more": more}
    return {
        "reviewed": signed.reviewed,
        "reviewed_label": words["reviewed"],
        "reviewed_written": dates.written(signed.reviewed, lang, rules.dates),
        "review_due": signed.due,
        "review_due_label": words["due"],
        "review_due_written": dates.written(signed.due, lang, rules.dates),
    }


def _front_matter(
    leaflet: Leaflet, page: Page, words: Mapping[str, str], given: Mapping[str, str]
) -> str:
    document = leaflet.document
    fields: dict[str, object] = {
        "title": inert(page.title),
        "description": inert(page.description).replace('"', "&quot;"),
        "source": given["source"],
        "leaflet": document.title,
        "landing": f"{leaflet.slug}/index.html",
        "lang": document.lang,
        "tags": [str(kind) for kind in page.kinds],
        "regulators": regulators.named(_of_kind(page.blocks, Kind.CREDENTIAL)),
    }
    first = next((p for p in leaflet.pages if p.emergency), None)
    if first is not None:
        fields["emergency"] = f"{leaflet.slug}/{first.emergency.replace('.md', '.html', 1)}"
        fields["emergency_label"] = words["emergency"]
    fields |= given
    fields["pdf"] = f"{leaflet.slug}/{leaflet.slug}.pdf"
    fields["pdf_label"] = words["pdf"]
    lines = (
        f"{key}: {json.dumps(given, ensure_ascii=False)}" for key, given in fields.items() if given
    )
    return "---\n" + "\n".join(lines) + "\n---\n\n"


def _of_kind(blocks: Nodes, kind: Kind) -> str:
    """Return what stands in the notices of a kind, rows of tables included."""
    boxed = [node["c"][1] for node in tree.walk(blocks) if kind_of(node) is kind]
    rows = [
        [cell[4] for cell in row[1]]
        for node in tree.walk(blocks)
        if node["t"] == "Table"
        for row in boxes.rows_of(node)
        if boxes.row_kind(row) is kind
    ]
    return " ".join(s.word for s in streams.of_tree([*boxed, *rows]))


def inert(text: str) -> str:
    """Return text that stays text where a template puts it into HTML as it is, as Material's do."""
    return re.sub(r"&(?=#?\w+;)", "&amp;", text).replace("<", "&lt;").replace(">", "&gt;")


def title_is_words(leaflet: Leaflet) -> bool:
    """Say whether the landing page's title is text of the source rather than our own."""
    return leaflet.document.title_from is TitleFrom.TEXT
