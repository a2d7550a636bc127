"""Sections to pages: one each, links and footnotes aimed anew, a landing page in front."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import PurePosixPath
from urllib.parse import unquote

from clinicpress import addresses, headings, sections, sentences, slugs, tree
from clinicpress.addresses import Told
from clinicpress.model import Document, Heading, Kind, Leaflet, Marked, Page, Section
from clinicpress.notices.boxes import kind_of
from clinicpress.tree import Node, Nodes

LANDING = "index.md"
EMERGENCY_ANCHOR = "get-help-now"
OUTSIDE = re.compile(r"^(?:[a-zA-Z][a-zA-Z0-9+.-]*:|//)")
MAX_DESCRIPTION = 155
# Page names that mean something else to an engine, a host or Windows.
RESERVED = "index readme 404 search sitemap images aux con nul prn".split()


@dataclass(frozen=True, slots=True)
class Known:
    """What is known beside a document.

    `others` has the folders of other documents by their names, for links from this one to them;
    `earlier` the text of the pages that this one has had, by file name.
    """

    others: Mapping[str, str] = field(default_factory=dict)
    earlier: Mapping[str, str] = field(default_factory=dict)


NOTHING = Known()


def compose(
    slug: str,
    document: Document,
    marked: Marked,
    known: Known = NOTHING,
    level: int | None = None,
) -> Leaflet:
    """Return the leaflet as pages: what precedes the first section is on the landing page.

    Headings of `level` and above become pages; without it, those at the highest level.
    """
    blocks = _identified(marked.blocks)
    root = _page_level(sections.split(blocks)) if level is None else _pages_at(blocks, level)
    names = addresses.names([_told(child) for child in root.children], known.earlier, RESERVED)
    landing = _page(LANDING, document.title, _relevelled(root.blocks))
    pages = [
        landing,
        *(_section_page(f"{n}.md", s) for n, s in zip(names, root.children, strict=True)),
    ]
    links = _Links(document.name, pages, known.others)
    pages = _with_notes([links.aimed(page) for page in pages])
    found, broken = tuple(_headings(marked.blocks)), tuple(links.broken)
    pages_ = _with_emergency(pages)
    return Leaflet(slug, document, pages_, found, marked.sentences, document.removed, broken)


def _text(section: Section) -> str:
    text = " ".join(tree.text(section.heading["c"][2]).split()) if section.heading else ""
    return text or "…"


def _told(section: Section) -> Told:
    said = (n["c"] for b in sections.flatten(section)[1:] for n in tree.walk(b) if n["t"] == "Str")
    return Told(_text(section), " ".join(said))


def _identified(blocks: Nodes) -> Nodes:
    """Give each heading an address of its own: the one it has, else its slug."""
    heads = [block for block in blocks if block["t"] == "Header"]
    given = [block["c"][1][0] or slugs.slug(tree.text(block["c"][2])) for block in heads]
    addresses = iter(slugs.unique(given))
    return [
        {"t": "Header", "c": [block["c"][0], [next(addresses), *block["c"][1][1:]], block["c"][2]]}
        if block["t"] == "Header"
        else block
        for block in blocks
    ]


def _page_level(root: Section) -> Section:
    """Return a root whose children are the pages.

    One heading over all the others stays on the landing page, with its sections as pages.
    """
    if len(root.children) == 1 and len(root.children[0].children) > 1:
        only = root.children[0]
        own = [only.heading] if only.heading else []
        return Section(None, [*root.blocks, *own, *only.blocks], only.children)
    return root


def _pages_at(blocks: Nodes, wanted: int) -> Section:
    """Return a root whose children are the pages of a level and above it.

    A heading with nothing of its own below it keeps the next one on its page.
    """
    starts: list[int] = []
    for at, block in enumerate(blocks):
        if block["t"] == "Header" and sections.level(block) <= wanted:
            above = blocks[at - 1] if starts and starts[-1] == at - 1 else None
            if above is None or sections.level(above) >= sections.level(block):
                starts.append(at)
    cuts = [*starts, len(blocks)]
    children = (Section(blocks[a], blocks[a + 1 : b]) for a, b in pairwise(cuts))
    return Section(None, blocks[: cuts[0]], tuple(children))


def _section_page(name: str, section: Section) -> Page:
    heading, *rest = sections.flatten(section)
    title = {"t": "Header", "c": [1, *heading["c"][1:]]}
    return _page(name, _text(section), [title, *_relevelled(rest)])


def _page(name: str, title: str, blocks: Nodes) -> Page:
    kinds = Counter(kind_of(node) for node in tree.walk(blocks))
    return Page(
        name=name,
        title=title,
        description=_description(blocks) or title,
        blocks=blocks,
        kinds=tuple(kind for kind in Kind if kind is not Kind.NONE and kinds[kind]),
    )


def _relevelled(blocks: Nodes) -> Nodes:
    """Put the headings below a page's title at level 2 and down, none skipped."""
    levels = iter(headings.nested([sections.level(b) for b in blocks if b["t"] == "Header"]))
    return [
        {"t": "Header", "c": [min(next(levels) + 1, 6), *block["c"][1:]]}
        if block["t"] == "Header"
        else block
        for block in blocks
    ]


def _description(blocks: Nodes) -> str:
    """Return the first sentence of a page, cut at a word, for search results.

    A table's first cell says nothing by itself, so no table is asked.
    """
    told = (node for block in blocks for node in tree.walk(tree.rewrite([block], _untabled)))
    text = next((t for t in map(_paragraph, told) if t), "")
    if not text:
        return ""
    start, end = sentences.split(text)[0]
    sentence = text[start:end]
    if len(sentence) <= MAX_DESCRIPTION:
        return sentence
    return sentence[:MAX_DESCRIPTION].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def _untabled(node: Node) -> Nodes:
    return [] if node["t"] == "Table" else [node]


def _paragraph(node: Node) -> str:
    return " ".join(tree.text(node["c"]).split()) if node["t"] in ("Para", "Plain") else ""


class _Links:
    """Aims the links within a document at the pages that now hold their targets.

    A link to another document goes to that leaflet; one that leads nowhere becomes its text, and
    `broken` has its address and the title of its page.
    """

    def __init__(self, document: str, pages: list[Page], others: Mapping[str, str]) -> None:
        self._folder = PurePosixPath(document).parent
        self._homes = {
            address: (page.name, anchor) for page in pages for address, anchor in _addresses(page)
        }
        self._others = others
        self.broken: list[tuple[str, str]] = []

    def aimed(self, page: Page) -> Page:
        """Return the page with its links aimed."""

        def change(node: Node) -> Nodes:
            if node["t"] == "Span" and kind_of(node) is Kind.NONE:
                return list(node["c"][1])
            if node["t"] != "Link" or OUTSIDE.match(node["c"][2][0]):
                return [node]
            target = self._target(node["c"][2][0], page.name)
            if target is None:
                self.broken.append((node["c"][2][0], page.title))
                return list(node["c"][1])
            return [{"t": "Link", "c": [node["c"][0], node["c"][1], [target, ""]]}]

        return replace(page, blocks=tree.rewrite(page.blocks, change))

    def _target(self, address: str, page: str) -> str | None:
        path, _, anchor = address.partition("#")
        if path:
            folder = self._others.get(str(self._folder / unquote(path)))
            return f"../{folder}/{LANDING}" if folder else None
        if anchor not in self._homes:
            return None
        name, there = self._homes[anchor]
        return (name if name != page or not there else "") + (f"#{there}" if there else "")


def _addresses(page: Page) -> Iterator[tuple[str, str]]:
    """Yield each address in a page and the anchor to use: none for the page's title.

    A place within the text has the anchor of the heading above it.
    """
    anchor = ""
    for position, block in enumerate(page.blocks):
        if block["t"] == "Header":
            is_title = position == 0 and page.name != LANDING
            anchor = "" if is_title else block["c"][1][0]
            yield block["c"][1][0], anchor
        yield from ((node["c"][0][0], anchor) for node in tree.walk(block) if node["t"] == "Span")


def _with_notes(pages: list[Page]) -> list[Page]:
    """Give each footnote one label in the whole leaflet, and each page the notes it refers to."""
    labels: dict[str, str] = {}

    def noted(page: Page) -> Page:
        notes: dict[str, Nodes] = {}

        def change(node: Node) -> Nodes:
            if node["t"] != "Note":
                return [node]
            label = labels.setdefault(repr(node["c"]), str(len(labels) + 1))
            notes[label] = node["c"]
            return [{"t": "RawInline", "c": ["markdown", f"[^{label}]"]}]

        blocks = tree.rewrite(page.blocks, change)
        return replace(page, blocks=blocks, notes=notes)

    return [noted(page) for page in pages]


def _with_emergency(pages: list[Page]) -> tuple[Page, ...]:
    """Name the page that says most about emergencies: every page of the leaflet points there."""
    counts = [_emergency_length(page) for page in pages]
    if not any(counts):
        return tuple(pages)
    most = counts.index(max(counts))
    return tuple(_pointed_at(page) if at == most else page for at, page in enumerate(pages))


def _pointed_at(page: Page) -> Page:
    """Give the first emergency notice of a page an address, unless it opens the page."""
    body = page.blocks[page.name != LANDING :]
    if body and kind_of(body[0]) is Kind.EMERGENCY:
        return replace(page, emergency=page.name)
    taken = (address for address, _ in _addresses(page))
    (anchor,) = slugs.unique([EMERGENCY_ANCHOR], taken)
    found: list[Node] = []

    def change(node: Node) -> Nodes:
        if kind_of(node) is not Kind.EMERGENCY or found:
            return [node]
        found.append(node)
        (_, classes, values), blocks = node["c"]
        return [{"t": node["t"], "c": [[anchor, classes, values], blocks]}]

    blocks = tree.rewrite(page.blocks, change)
    return replace(page, blocks=blocks, emergency=f"{page.name}#{anchor}")


def _emergency_length(page: Page) -> int:
    found = (node for node in tree.walk(page.blocks) if kind_of(node) is Kind.EMERGENCY)
    # One in a table's row has its text beside it: it counts as little, but it does count.
    return sum(
        1 + sum(len(re.sub(r"\s", "", _paragraph(inner))) for inner in tree.walk(node["c"][1]))
        for node in found
    )


def _headings(blocks: Nodes) -> Iterator[Heading]:
    for block in blocks:
        if block["t"] == "Header":
            text = " ".join(tree.text(block["c"][2]).split())
            yield Heading(text, sections.level(block), tree.value(block, "reason"))
