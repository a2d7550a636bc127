"""Where a page went: what leads on from pages that a new version of a leaflet no longer has.

A page that leads on is Markdown too: its front matter names the template that makes a redirect of
it, and without that template its link still shows.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from clinicpress.likeness import HEADING, SAME, alike, bag, matched

LANDING = "index.md"
TEMPLATE = "redirect.html"
# The share of words in common that is enough between the same neighbors; else it is SAME.
SAME_BETWEEN = 0.2
# How far, in places, a page may have gone for its text to be compared: bounds the work.
REACH = 25
# Signs of Markdown that could make something else of a title.
ESCAPED = r"\\\1"
SIGNS = re.compile(r"([\\`*_{}\[\]<>&!~^])")


def moves(
    old: Mapping[str, str], new: Mapping[str, str], earlier: Mapping[str, str]
) -> dict[str, str]:
    """Return where each page that is gone leads now, by file name, no chain of two.

    `old` and `new` have the text of the pages by file name, in reading order; `earlier` says where
    pages that were gone before lead. A page goes to the heading that has its name now, else to
    the new page most like it, else to the leaflet's first page.
    """
    gone = [name for name in old if name not in new]
    found = _renamed(gone, old, new)
    anchors = _anchors(new)
    moved = {name: anchors.get(_stem(name)) or found.get(name) or LANDING for name in gone}
    for name, target in earlier.items():
        if name not in new:
            page = target.partition("#")[0]
            moved[name] = target if page in new else moved.get(page, LANDING)
    return moved


def page(address: str, title: str, words: Mapping[str, str], lang: str) -> str:
    """Return the text of a page that leads to an address of the site: `folder/page.md#anchor`.

    `title` is that of the page there; `words` are the tool's own in the leaflet's language.
    """
    fields = {
        "title": words["moved"].rstrip(" :"),
        "lang": lang,
        "template": TEMPLATE,
        "redirect": address.replace(".md", ".html", 1),
    }
    lines = [f"{key}: {json.dumps(given, ensure_ascii=False)}" for key, given in fields.items()]
    front = "\n".join([*lines, "search:", "  exclude: true"])
    link = f"[{SIGNS.sub(ESCAPED, title)}]({address.rpartition('/')[2]})"
    return f"---\n{front}\n---\n\n{words['moved']} {link}\n"


def _stem(name: str) -> str:
    return name.removesuffix(".md")


def _renamed(gone: Sequence[str], old: Mapping[str, str], new: Mapping[str, str]) -> dict[str, str]:
    """Return the new page of each gone one that has one, those most alike first, each once."""
    fresh = [name for name in new if name not in old]
    places = {name: at for at, name in enumerate(gone)}, {name: at for at, name in enumerate(fresh)}
    bags = {name: bag(old[name]) for name in gone} | {name: bag(new[name]) for name in fresh}
    before, after = _neighbors(old, new), _neighbors(new, old)
    pairs = []
    for name in gone:
        around = places[0][name] * max(len(fresh), 1) // max(len(gone), 1)
        for other in fresh[max(0, around - REACH) : around + REACH]:
            share = alike(bags[name], bags[other])
            if share >= (SAME_BETWEEN if before[name] == after[other] else SAME):
                distance = abs(places[0][name] - places[1][other])
                pairs.append((-share, distance, places[0][name], name, other))
    return matched(pairs)


def _neighbors(pages: Mapping[str, str], others: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Return the nearest pages on both sides of each page that the other version has too."""
    names = list(pages)
    before, after = _last_common(names, others), _last_common(names[::-1], others)
    return {name: (before[name], after[name]) for name in names}


def _last_common(names: Sequence[str], others: Mapping[str, str]) -> dict[str, str]:
    found, last = {}, ""
    for name in names:
        found[name] = last
        last = name if name in others else last
    return found


def _anchors(pages: Mapping[str, str]) -> dict[str, str]:
    """Return the address of each heading within a page that says its own, by its anchor."""
    return {
        match.group(2): f"{name}#{match.group(2)}"
        for name, text in pages.items()
        for match in HEADING.finditer(text)
        if match.group(2)
    }
