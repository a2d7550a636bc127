"""The text of a leaflet in Typst, with what the paper says of its review and of the clinic."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib import resources
from pathlib import PurePosixPath
from typing import Any

from clinicpress import notices, pandoc, tree
from clinicpress.clinic import cards, wording
from clinicpress.clinic.settings import Clinic
from clinicpress.model import Kind
from clinicpress.notices import boxes
from clinicpress.review import phrases
from clinicpress.tree import Node, Nodes


def written(meta: Mapping[str, Any], title: str, blocks: Nodes, clinic: Clinic | None) -> str:
    """Return the Typst of a leaflet: its blocks below the template, with what that is told."""
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
    template = (resources.files("clinicpress.paper") / "leaflet.typ").read_text(encoding="utf-8")
    return f"{template}\n#show: leaflet.with({settings})\n\n{body}"


def _with_ground(node: Node) -> Nodes:
    """Give the rows of a table that are notices the ground of their kind."""

    def change(row: Any) -> Any:
        kind = boxes.row_kind(row)
        if kind is Kind.NONE:
            return row
        ground = ["", [], [["typst:fill", f"notice-colours.{kind}.at(1)"]]]
        return [row[0], [[ground, *cell[1:]] for cell in row[1]]]

    return [boxes.with_rows(node, change)] if node["t"] == "Table" else [node]


def overdue(meta: Mapping[str, Any], today: str) -> dict[str, str]:
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
    numbers = [country.emergency[0] for country in clinic.countries[:1]]
    calls = [words["call"].replace("{number}", number) for number in numbers]
    shown = " · ".join([clinic.name, *filter(None, [clinic.phone]), *calls])
    said = {"clinic": shown, "name": clinic.name}
    if clinic.colors:
        said |= {"ink": clinic.colors.accent, "ground": clinic.colors.primary}
    if clinic.logo:
        said["logo"] = place_of_logo(clinic.logo)
    return said | ({"example": words["made_up"]} if clinic.example else {})


def place_of_logo(name: str) -> str:
    """Return a name beside the source that no picture of a leaflet has."""
    return f"clinicpress-logo{PurePosixPath(name).suffix.lower()}"


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
