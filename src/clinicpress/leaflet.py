"""A leaflet's pages to one tagged PDF. The only module that imports typst."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from importlib import resources
from itertools import chain, islice
from pathlib import Path, PurePosixPath
from typing import Any, Final

import yaml

from clinicpress import conservation, notices, pandoc, rendering, tree, writing
from clinicpress.clinic import cards, countries, wording
from clinicpress.clinic.settings import Clinic
from clinicpress.errors import ClinicpressError
from clinicpress.model import Kind
from clinicpress.notices import boxes
from clinicpress.rendered import ROW_NOTICE, RenderedPage
from clinicpress.review import phrases
from clinicpress.tree import Node, Nodes

# ISO 14289-1. The compiler refuses what the standard does not allow: no title, no alternative text.
STANDARD: Final = "ua-1"


def make(
    docs: Path, pages: Sequence[str], pdf: Path, clinic: Clinic | None = None, today: str = ""
) -> None:
    """Write the PDF of the leaflet whose pages, landing page first, are below `docs`.

    It says where it is overdue for review on `today`, an ISO date.

    Paper goes where no website does, so the clinic's name and numbers stand on it. It is made from
    the pages and not from the document, so that what was edited by hand is in it.
    """
    texts = [(docs / page).read_text(encoding="utf-8") for page in pages]
    meta = yaml.safe_load(texts[0].split("---\n")[1]) if texts[0].startswith("---\n") else {}
    meta |= _overdue(meta, today)
    blocks = _blocks(pages, texts)
    source = _source(meta, str(meta.get("title") or pages[0]), blocks, clinic)
    folder = docs / PurePosixPath(pages[0]).parent
    pictures = chain(_pictures(blocks, folder), _logo(docs, clinic))
    pdf.parent.mkdir(parents=True, exist_ok=True)
    pdf.write_bytes(_compile(source, pictures, pages[0]))


def _blocks(pages: Sequence[str], texts: Sequence[str]) -> Nodes:
    """Return the blocks of all pages as one document, no word of them missing."""
    rendered = [rendering.render(writing.body_of(text)) for text in texts]
    names = [PurePosixPath(page).name for page in pages]
    # Pandoc keeps what a <nav> holds and not that it is one.
    marked = (html.replace("<nav ", "<div ").replace("</nav>", "</div>") for html in rendered)
    wrapped = (f"<div>{html}</div>" for html in marked)
    read = pandoc.read_html("\n".join(wrapped), pages[0])
    divs = [node for node in read["blocks"] if node["t"] == "Div"]
    expected = [word for html in rendered for word in RenderedPage(html).words()]
    blocks = [
        block
        for name, div in zip(names, divs, strict=True)
        for block in _page_blocks(name, div["c"][1])
    ]
    difference = conservation.compare(expected, conservation.tree_words(blocks))
    if difference is not None:
        problem = f"the PDF would lose words after “… {difference.before}”: “{difference.source}”"
        raise ClinicpressError(pages[0], problem, "Please report this with the page.")
    return _resolved(blocks)


def _page_blocks(name: str, blocks: Nodes) -> Nodes:
    """Return a page's blocks with footnotes in place, notices marked, addresses its own."""
    notes = {
        div["c"][0][0]: div["c"][1]
        for div in tree.walk(blocks)
        if div["t"] == "Div" and div["c"][0][0].startswith("fn:")
    }

    def change(node: Node) -> Nodes:
        match node:
            case {"t": "Link", "c": [[_, ["footnote-ref"], _], _, [target, _]]}:
                return [
                    {"t": "Note", "c": tree.rewrite(notes.get(target[1:], []), _without_backlinks)}
                ]
            case {"t": "Superscript", "c": [{"t": "Note"} as note]}:
                return [note]
            case {"t": "Link", "c": [[_, classes, _], inner, [target, _]]}:
                return [] if "headerlink" in classes else [_link(name, inner, target)]
            case {"t": "Header", "c": [level, [identifier, *_], inlines]}:
                return [tree.header(level, inlines, _label(name, identifier if level > 1 else ""))]
            case {"t": "Div", "c": [[_, classes, _], inner]}:
                return _div(classes, inner)
            case {"t": "Span", "c": [[_, classes, _], inner]}:
                return _span(classes, inner)
        return [node]

    blocks = [block for block in blocks if not _is_furniture(block)]
    changed: Nodes = tree.rewrite(blocks, change)
    return changed


def _is_furniture(block: Node) -> bool:
    return block["t"] == "Div" and bool({"footnote", "leaflet-sections"} & set(block["c"][0][1]))


def _without_backlinks(node: Node) -> Nodes:
    if node["t"] == "Link" and "footnote-backref" in node["c"][0][1]:
        return []
    if node["t"] == "Str":
        return [{"t": "Str", "c": node["c"].rstrip("\xa0")}]
    return [node]


def _div(classes: list[str], inner: Nodes) -> Nodes:
    kind = next((kind for kind in Kind if kind in classes), None)
    if kind is None or "admonition" not in classes:
        return list(inner)
    return [boxes.notice(kind, inner[1:])]


def _span(classes: list[str], inner: Nodes) -> Nodes:
    """Return a row's notice as one, and of any other span what is in it."""
    if ROW_NOTICE not in classes:
        return list(inner)
    return [boxes.row_notice(kind) for kind in Kind if kind in classes]


def _with_ground(node: Node) -> Nodes:
    """Give the rows of a table that are notices the ground of their kind."""

    def change(row: Any) -> Any:
        kind = boxes.row_kind(row)
        if kind is Kind.NONE:
            return row
        ground = ["", [], [["typst:fill", f"notice-colours.{kind}.at(1)"]]]
        return [row[0], [[ground, *cell[1:]] for cell in row[1]]]

    return [boxes.with_rows(node, change)] if node["t"] == "Table" else [node]


def _link(page: str, inner: Nodes, target: str) -> Node:
    """Aim a link between pages at its place in the one document."""
    address, _, anchor = target.partition("#")
    if "://" not in target:
        address = address.replace(".html", ".md")  # as a link in a table's HTML has it
    if "://" not in target and (address.endswith(".md") or not address):
        target = "#" + _label(address or page, anchor)
    return {"t": "Link", "c": [tree.attr(), inner, [target, ""]]}


def _label(page: str, anchor: str) -> str:
    return f"{page.removesuffix('.md')}--{anchor}" if anchor else page.removesuffix(".md")


def _resolved(blocks: Nodes) -> Nodes:
    """Take the title off, raise the landing page's headings, drop links that lead nowhere."""
    labels = {node["c"][1][0] for node in tree.walk(blocks) if node["t"] == "Header"}
    title = tree.header(1, [], "index")

    def change(node: Node) -> Nodes:
        if (
            node["t"] == "Link"
            and node["c"][2][0].startswith("#")
            and node["c"][2][0][1:] not in labels - {"index"}
        ):
            return list(node["c"][1])
        if node["t"] == "DefinitionList":  # a term of Typst is one line
            node = {"t": "DefinitionList", "c": [[_one_line(t), m] for t, m in node["c"]]}
        if node["t"] == "Header" and node["c"][1][0].startswith("index--"):
            return [{"t": "Header", "c": [node["c"][0] - 1, *node["c"][1:]]}]
        return [node]

    rest = [
        block for block in blocks if block["t"] != "Header" or block["c"][1][0] != title["c"][1][0]
    ]
    resolved: Nodes = tree.rewrite(rest, change)
    return resolved


def _one_line(inlines: Nodes) -> Nodes:
    return [{"t": "Space"} if node["t"] == "LineBreak" else node for node in inlines]


def _source(meta: Mapping[str, Any], title: str, blocks: Nodes, clinic: Clinic | None) -> str:
    lang = str(meta.get("lang") or "en")
    own = clinic.words if clinic else {}
    rules = wording.rules(lang, own)
    said = "" if wording.is_there(lang, own) else f", said: {_string(notices.FALLBACK)}"

    def change(node: Node) -> Nodes:
        kind = boxes.kind_of(node)
        if node["t"] == "Image":
            return [_picture(node, rules.words["picture"])]
        if kind is Kind.NONE:
            return [node]
        if node["t"] == "Span":
            sign = f"#row-notice({_string(kind)}, {_string(rules.row_titles[kind])})"
            return [{"t": "RawInline", "c": ["typst", sign]}]
        opens = f"#notice({_string(kind)}, {_string(rules.titles[kind])}{said})["
        return [_typst(opens), *node["c"][1], _typst("]")]

    body = pandoc.write_typst(tree.rewrite(tree.rewrite(blocks, _with_ground), change), title)
    language, _, region = lang.partition("-")
    page = _string(rules.words["page"])
    settings = f"title: {_string(title)}, lang: {_string(language)}, page-word: {page}"
    settings += said + (f", region: {_string(region)}" if len(region) == 2 else "")
    shown = _review(meta) | _clinic(clinic, lang)
    settings += "".join(f", {key}: {_string(text)}" for key, text in shown.items())
    template = (resources.files("clinicpress") / "leaflet.typ").read_text(encoding="utf-8")
    return f"{template}\n#show: leaflet.with({settings})\n\n{body}"


def _overdue(meta: Mapping[str, Any], today: str) -> dict[str, str]:
    """Return the banner of a leaflet whose next review was due before `today`."""
    due = str(meta.get("review_due") or "")
    if not today or not due or due >= today:
        return {}
    words, day = phrases.load(str(meta.get("lang") or "en")), meta.get("review_due_written", due)
    return {"overdue": words.say("overdue"), "overdue_more": words.say("was_due", day=day)}


def _review(meta: Mapping[str, Any]) -> dict[str, str]:
    """Return what the paper says of its review: when it was, or that there was none."""
    given = {key: str(value) for key, value in meta.items() if value}
    wrong = next((key for key in ("unreviewed", "overdue") if key in given), "")
    said = {"banner": given[wrong], "banner-more": given.get(f"{wrong}_more", "")} if wrong else {}
    words = phrases.load(given.get("lang", "en"))
    parts = [
        words.say("labeled", label=given[f"{key}_label"], what=given[f"{key}_written"])
        for key in ("reviewed", "review_due")
        if f"{key}_label" in given and f"{key}_written" in given
    ]
    return said | ({"review": " · ".join(parts)} if parts else {})


def _clinic(clinic: Clinic | None, lang: str) -> dict[str, str]:
    """Return what the paper says of the clinic: whom to call, and whether it is made up."""
    if clinic is None:
        return {}
    words = {**cards.words(lang), **wording.of(lang, clinic.words)}
    codes = clinic.countries[:1]
    numbers = [countries.load()[code].emergency[0] for code in codes]
    calls = [words["call"].replace("{number}", number) for number in numbers]
    shown = " · ".join([clinic.name, *filter(None, [clinic.phone]), *calls])
    said = {"clinic": shown, "name": clinic.name}
    if clinic.colors:
        said |= {"ink": clinic.colors.accent, "ground": clinic.colors.primary}
    if clinic.logo:
        said["logo"] = _place_of_logo(clinic.logo)
    return said | ({"example": words["made_up"]} if clinic.example else {})


def _picture(image: Node, otherwise: str) -> Node:
    """Write a picture with its description, which pandoc leaves out and the standard asks for."""
    _, inlines, (address, _) = image["c"]
    said = tree.text(inlines).strip() or otherwise
    sign = f"#box(image({_string(address)}, alt: {_string(said)}))"
    return {"t": "RawInline", "c": ["typst", sign]}


def _typst(text: str) -> Node:
    return {"t": "RawBlock", "c": ["typst", text]}


def _string(text: str) -> str:
    """Return a Typst string, whose escapes are those of JSON for all that can stand in a title."""
    return json.dumps(" ".join(text.split()), ensure_ascii=False)


def _pictures(blocks: Nodes, folder: Path) -> Iterator[tuple[str, bytes]]:
    for node in tree.walk(blocks):
        if node["t"] == "Image":
            address = node["c"][2][0]
            yield address, (folder / address).read_bytes()


def _place_of_logo(name: str) -> str:
    """Return a name beside the source that no picture of a leaflet has."""
    return f"clinicpress-logo{PurePosixPath(name).suffix.lower()}"


def _logo(docs: Path, clinic: Clinic | None) -> Iterator[tuple[str, bytes]]:
    """Yield the clinic's logo, from docs/ or overrides/."""
    if clinic and clinic.logo:
        files = (folder / clinic.logo for folder in (docs, docs.parent / "overrides"))
        yield from (
            (_place_of_logo(clinic.logo), file.read_bytes())
            for file in islice(filter(Path.is_file, files), 1)
        )


def _compile(source: str, pictures: Iterator[tuple[str, bytes]], place: str) -> bytes:
    with tempfile.TemporaryDirectory(prefix="clinicpress-") as folder:
        for address, data in pictures:
            file = Path(folder) / address
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        main = Path(folder) / "leaflet.typ"
        main.write_text(source, encoding="utf-8")
        try:
            # The compiler's own font gives the same bytes everywhere; only where it lacks a letter
            # are the machine's fonts asked.
            return _typeset(main, own_font_only=True)
        except _RefusedError:
            return _typeset_with_any_font(main, place)


class _RefusedError(Exception):
    """The compiler will not make this PDF; its reason is the message."""


def _typeset(main: Path, own_font_only: bool) -> bytes:
    # Imported here: it brings its fonts into memory, which is better when pandoc is done with it.
    import typst

    try:
        return bytes(
            typst.compile(
                str(main),
                root=str(main.parent),
                ignore_system_fonts=own_font_only,
                pdf_standards=[STANDARD],
            )
        )
    except typst.TypstError as error:
        raise _RefusedError(str(error)) from None


def _typeset_with_any_font(main: Path, place: str) -> bytes:
    try:
        return _typeset(main, own_font_only=False)
    except _RefusedError as error:
        problem = f"the PDF could not be made ({str(error).splitlines()[0]})"
        remedy = "Mend the page, or report this with it."
        if "could not be displayed" in str(error):
            remedy = "Install a font that has these letters, such as Noto Sans for their script."
        raise ClinicpressError(place, problem, remedy) from None
