"""Pages to Markdown, all of a leaflet in one call of pandoc."""

from __future__ import annotations

import hashlib
import json
import re
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

from clinicpress import dates, notices, pandoc, tree
from clinicpress.decisions import SignOff
from clinicpress.model import Kind, Leaflet, Page, TitleFrom
from clinicpress.notices.boxes import kind_of
from clinicpress.pages import LANDING
from clinicpress.rendered import ROW_NOTICE
from clinicpress.tree import Node, Nodes

# Signs that mean something to Python-Markdown, and nothing to pandoc, which leaves them bare.
# Not part of what is searched: a list of titles would be found for every word in them.
UNFOUND = 'data-search-exclude: "true"'
NUMBER = re.compile(r"\d+[.)]")
NOTHING = frozenset({"Space", "SoftBreak", "LineBreak", "Strong", "Emph"})
BARE_SIGNS = re.compile(r"[{}\\]|&(?=#?\w+;)|^///|!(?=\[)|#+$|^#+|^:|^=+$|^-+$|^\+")
OPENS, CLOSES = "///", "///"


def write(leaflet: Leaflet, source: str, signed: SignOff | None = None) -> dict[str, str]:
    """Return each page's Markdown by its file name; `source` names the document in front matter.

    Without a sign-off the pages say that they are not reviewed.
    """
    review = _review(leaflet.document.lang, signed)
    return {
        page.name: _front_matter(leaflet, page, source, review) + body
        for page, body in _bodies(leaflet)
    }


def body_of(text: str) -> str:
    """Return a page without its front matter."""
    return text.split("\n---\n", 1)[1] if text.startswith("---\n") else text


def _bodies(leaflet: Leaflet) -> Iterator[tuple[Page, str]]:
    """Write pages and footnotes as one document with seams, and cut it there.

    A document can't contain its own digest, so no text in it can be taken for a seam.
    """
    seam = (
        "seam" + hashlib.sha256(json.dumps([p.blocks for p in leaflet.pages]).encode()).hexdigest()
    )
    rules = notices.load(leaflet.document.lang)
    parts = [
        part
        for page in leaflet.pages
        for part in (_blocks(leaflet, page, rules), *page.notes.values())
    ]
    blocks: Nodes = []
    for part in parts:
        blocks += [tree.raw(seam), *_prepared(part, rules)]
    written = iter(pandoc.write(blocks, leaflet.document.name).split(seam)[1:])
    for page in leaflet.pages:
        body = next(written).strip("\n")
        notes = [_definition(label, next(written)) for label in page.notes]
        yield page, "\n\n".join([body, *notes]) + "\n"


def _definition(label: str, text: str) -> str:
    indented = textwrap.indent(text.strip("\n"), "    ", lambda line: bool(line.strip()))
    return f"[^{label}]: {indented.lstrip()}"


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


def _prepared(blocks: Nodes, rules: notices.Rules) -> Nodes:
    """Write notices as fences, and signs that pandoc would leave bare as escapes."""

    def change(node: Node) -> Nodes:
        kind = kind_of(node)
        if kind is not Kind.NONE and node["t"] == "Span":
            return _row_notice(kind, rules.row_titles, node["c"][0][0])
        if kind is not Kind.NONE:
            opens = _fence(kind, rules.titles, node["c"][0][0])
            return [tree.raw(opens), *node["c"][1], tree.raw(CLOSES)]
        match node:
            case {"t": "Header"}:
                return [_plain_header(node)]
            case {"t": "Table"}:
                return [tree.rewrite(_with_spaced_cells(node), _as_entity)]
            case {"t": "DefinitionList", "c": entries}:
                return [
                    {"t": "DefinitionList", "c": [[t, [*map(_spaced, ds)]] for t, ds in entries]}
                ]
            case {"t": "BulletList", "c": items}:
                return [{"t": "BulletList", "c": [*map(_spaced_item, items)]}]
            case {"t": "OrderedList", "c": [style, items]}:
                return [{"t": "OrderedList", "c": [style, [*map(_spaced_item, items)]]}]
            case {"t": "Code", "c": [_, str(code)]} if not code.strip() or "`" in code:
                # Python-Markdown has no way to write these as code; the text stays.
                return [inline for plain in tree.string(code) for inline in _written(plain)]
        return _written(node)

    prepared: Nodes = tree.rewrite(tree.rewrite(blocks, _tight), change)
    return prepared


def _unbroken(inlines: Nodes) -> Nodes:
    """Return a paragraph without line breaks before it, which would part it from its list."""
    at = next((at for at, node in enumerate(inlines) if node["t"] not in tree.SPACES), 0)
    return inlines[at:]


def _no_list(inlines: Nodes) -> Nodes:
    """Return a paragraph's text that no first number of a line makes a list of.

    Pandoc sees to it, but not where a line break stands before or behind the number, or nothing
    before it.
    """
    out: Nodes = []
    begins = True
    for node in inlines:
        if begins and node["t"] == "Str" and NUMBER.fullmatch(node["c"]):
            digits, sign = node["c"][:-1], node["c"][-1]
            out += [{"t": "Str", "c": digits}, {"t": "RawInline", "c": ["markdown", f"\\{sign}"]}]
        else:
            out.append(node)
        begins = node["t"] == "LineBreak" or (begins and node["t"] in NOTHING and not node.get("c"))
    return out


def _tight(node: Node) -> Nodes:
    """Write emphasis as Markdown can: spaces outside, no underlining (it looks like a link)."""
    if node["t"] in ("Underline", "SmallCaps"):
        return list(node["c"])
    return tree.tight(node) if node["t"] in tree.EMPHASIS else [node]


def _spaced(blocks: Nodes) -> Nodes:
    """Put a blank line after text that has more below it: without one that would run on."""
    if len(blocks) == 1:
        return blocks
    return [{"t": "Para", "c": b["c"]} if b["t"] == "Plain" else b for b in blocks]


# What an item of a list may begin with, as Python-Markdown reads it.
_FIRST = frozenset({"Para", "Plain", "BulletList", "OrderedList"})
_SPACE: Node = {"t": "RawInline", "c": ["markdown", "&nbsp;"]}


def _with_spaced_cells(table: Node) -> Node:
    """Return a table in whose cells no text runs on into what is below it."""

    def spaced(rows: list[Any]) -> list[Any]:
        return [[a, [[*cell[:4], _spaced(cell[4])] for cell in cells]] for a, cells in rows]

    name, caption, widths, head, bodies, foot = table["c"]
    inner = [[a, count, spaced(heads), spaced(rows)] for a, count, heads, rows in bodies]
    ends = [[head[0], spaced(head[1])], inner, [foot[0], spaced(foot[1])]]
    return {"t": "Table", "c": [name, caption, widths, *ends]}


def _spaced_item(blocks: Nodes) -> Nodes:
    """Space an item out unless only lists follow its text: they may follow closely.

    One with nothing in it gets a space, for its sign alone would become text; so does one that
    begins with a quotation, a table or code, which would be taken for text.
    """
    if all(block["t"] in ("Para", "Plain") and not block["c"] for block in blocks):
        return [{"t": "Plain", "c": [_SPACE]}]
    if blocks[0]["t"] not in _FIRST:
        return [{"t": "Para", "c": [_SPACE]}, *_spaced(blocks)]
    tight = all(block["t"] in ("BulletList", "OrderedList") for block in blocks[1:])
    return blocks if tight else _spaced(blocks)


def _written(node: Node) -> Nodes:
    if node["t"] in ("Para", "Plain"):
        return [{"t": node["t"], "c": _no_list(_unbroken(node["c"]))}]
    if node["t"] == "Code":
        return _code(node)
    return _escaped(node["c"]) if node["t"] == "Str" else [node]


def _code(node: Node) -> Nodes:
    """Write the spaces at the ends of code outside it: Python-Markdown would drop them."""
    attributes, text = node["c"]
    inner = {"t": "Code", "c": [attributes, text.strip()]}
    before = [{"t": "Space"}] if text[:1].isspace() else []
    return [*before, inner, *([{"t": "Space"}] if text[-1:].isspace() else [])]


def _fence(kind: Kind, titles: Mapping[Kind, str], address: str) -> str:
    label = json.dumps(titles[kind], ensure_ascii=False)
    more = f", id: {address}" if address else ""
    return f"{OPENS} {kind} | {titles[kind]}\n    attrs: {{role: group, aria-label: {label}{more}}}"


def _row_notice(kind: Kind, titles: Mapping[Kind, str], address: str) -> Nodes:
    """Return the word that says what a table's row is: text for every reader, not of the source."""
    attributes = tree.attr(address, (ROW_NOTICE, str(kind)))
    words = tree.string(titles[kind])
    return [{"t": "Span", "c": [attributes, words]}, {"t": "Space"}]


def _plain_header(node: Node) -> Node:
    """Keep a heading's address, which links need, and drop the rest; a page's title needs none."""
    level, (identifier, *_), inlines = node["c"]
    return {"t": "Header", "c": [level, tree.attr(identifier if level > 1 else ""), inlines]}


def _escaped(word: str) -> Nodes:
    out: Nodes = []
    at = 0
    for sign in BARE_SIGNS.finditer(word):
        out += [{"t": "Str", "c": word[at : sign.start()]}] if sign.start() > at else []
        escaped = "".join(f"\\{character}" for character in sign.group())
        out.append({"t": "RawInline", "c": ["markdown", escaped]})
        at = sign.end()
    return out + ([{"t": "Str", "c": word[at:]}] if at < len(word) or not out else [])


def _as_entity(node: Node) -> Nodes:
    """Write an escape as HTML: one of Markdown is dropped where a table has to be written so."""
    match node:
        case {"t": "RawInline", "c": ["markdown", str(escape)]} if escape.startswith("\\"):
            entities = "".join(f"&#{ord(sign)};" for sign in escape[1::2])
            return [{"t": "RawInline", "c": ["html", entities]}]
    return [node]


def _review(lang: str, signed: SignOff | None) -> dict[str, str]:
    """Return what a page says of its review: dates to read and as data, or that there was none."""
    words = notices.load(lang).words
    if signed is None:
        return {key: words[key] for key in ("unreviewed", "unreviewed_more")}
    return {
        "reviewed": signed.reviewed,
        "reviewed_label": words["reviewed"],
        "reviewed_written": dates.written(signed.reviewed, lang),
        "review_due": signed.due,
        "review_due_label": words["due"],
        "review_due_written": dates.written(signed.due, lang),
    }


def _front_matter(leaflet: Leaflet, page: Page, source: str, review: Mapping[str, str]) -> str:
    document = leaflet.document
    fields: dict[str, object] = {
        "title": inert(page.title),
        "description": inert(page.description).replace('"', "&quot;"),
        "source": source,
        "leaflet": document.title,
        "landing": f"{leaflet.slug}/index.html",
        "lang": document.lang,
        "tags": [str(kind) for kind in page.kinds],
    }
    words = notices.load(document.lang).words
    first = next((p for p in leaflet.pages if p.emergency), None)
    if first is not None:
        fields["emergency"] = f"{leaflet.slug}/{first.emergency.replace('.md', '.html', 1)}"
        fields["emergency_label"] = words["emergency"]
    fields |= review
    fields["pdf"] = f"{leaflet.slug}/{leaflet.slug}.pdf"
    fields["pdf_label"] = words["pdf"]
    lines = (
        f"{key}: {json.dumps(given, ensure_ascii=False)}" for key, given in fields.items() if given
    )
    return "---\n" + "\n".join(lines) + "\n---\n\n"


def inert(text: str) -> str:
    """Return text that stays text where a template puts it into HTML as it is, as Material's do."""
    return re.sub(r"&(?=#?\w+;)", "&amp;", text).replace("<", "&lt;").replace(">", "&gt;")


def title_is_words(leaflet: Leaflet) -> bool:
    """Say whether the landing page's title is text of the source rather than our own."""
    return leaflet.document.title_from is TitleFrom.TEXT
