"""The names of a leaflet's pages: of sections of one title, each keeps the name that it has had."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from clinicpress import slugs
from clinicpress.likeness import alike, bag, matched

LANDING = "index.md"
# The share of words in common that is enough where the title is the same; a page has a few more.
ENOUGH = 0.3
# What a page has around the words of a notice.
NOTICE = re.compile(r"^(?:///.*| +attrs: .*)$", re.M)
TITLE = re.compile(r'^title: "(.*)"$', re.M)


@dataclass(frozen=True, slots=True)
class Told:
    """A section as its page tells it: its title and its words."""

    title: str
    text: str


def names(
    sections: Sequence[Told], earlier: Mapping[str, str], taken: Iterable[str] = ()
) -> list[str]:
    """Return a name for the page of each section, by its title, no two alike.

    `earlier` has the text of the pages that there were, by file name. One that was inserted above
    another of its title takes no name from that: it has the longer one.
    """
    wanted = [slugs.slug(section.title) for section in sections]
    kept = _kept(sections, wanted, earlier)
    made = slugs.distinct(wanted, taken)
    if all(made[at] == name for at, name in kept.items()):
        return made
    used = {*taken, *kept.values()}
    longer = [
        _longer(wanted, made, at) if made[at] in used else made[at] for at in range(len(made))
    ]
    others = iter(slugs.unique([longer[at] for at in range(len(made)) if at not in kept], used))
    return [kept[at] if at in kept else next(others) for at in range(len(made))]


def _longer(wanted: Sequence[str], made: Sequence[str], at: int) -> str:
    """Return a section's name with that of the page before it."""
    return f"{made[at - 1]}-{wanted[at]}" if at else wanted[at]


def _kept(
    sections: Sequence[Told], wanted: Sequence[str], earlier: Mapping[str, str]
) -> dict[int, str]:
    """Return the name of each section that had one beside, or before, another of its title."""
    had: dict[str, list[str]] = {}
    for file, text in earlier.items():
        if file != LANDING and (found := TITLE.search(text)):
            had.setdefault(slugs.slug(found.group(1)), []).append(file.removesuffix(".md"))
    out: dict[int, str] = {}
    for title, files in had.items():
        places = [at for at, name in enumerate(wanted) if name == title]
        if len(places) > 1 or (places and files != [title]):
            texts = {at: sections[at].text for at in places}
            out |= _by_likeness(texts, {name: earlier[f"{name}.md"] for name in files})
    return out


def _by_likeness(texts: Mapping[int, str], pages: Mapping[str, str]) -> dict[int, str]:
    """Return which section has which page's name; where only one of each is left, these two."""
    bags = {name: bag(NOTICE.sub("", text)) for name, text in pages.items()}
    said = {at: bag(text) for at, text in texts.items()}
    order = {name: place for place, name in enumerate(pages)}
    scored = [
        (-score, abs(order[name] - place), str(at), name)
        for place, at in enumerate(texts)
        for name in pages
        if (score := alike(said[at], bags[name])) >= ENOUGH
    ]
    found = {int(at): name for at, name in matched(scored).items()}
    places = [at for at in texts if at not in found]
    free = [name for name in pages if name not in found.values()]
    return found | (dict(zip(places, free, strict=True)) if len(places) == len(free) == 1 else {})
