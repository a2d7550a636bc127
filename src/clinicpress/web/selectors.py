"""The rules of a page's styles for text before or behind elements, and which element each is for.

Such a rule may name what its element stands in (`.dont li::before`), right in it or not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice, pairwise

from clinicpress.web import stylesheet
from clinicpress.web.stylesheet import NAME, SELECTOR, Declared, Sheet

ENDING = re.compile(r"(.*?)::?(before|after|marker)", re.I | re.S)
# Sheets of signs (Font Awesome) have thousands.
MAX_RULES = 10_000
COMBINATOR = re.compile(r"(\s*>\s*|\s+)")
Given = Mapping[str, str | None]
Element = tuple[str, Given]
"""An element's tag, and its attributes."""


@dataclass(frozen=True, slots=True)
class Part:
    """One element of a selector, and whether the one before it has to be right around it."""

    tag: str
    identifiers: frozenset[str]
    classes: frozenset[str]
    is_child: bool

    def fits(self, element: Element) -> bool:
        """Say whether an element is such a one."""
        tag, given = element
        is_named = self.identifiers <= {given.get("id") or ""}
        is_of = self.classes <= set((given.get("class") or "").split())
        return is_named and is_of and self.tag in ("", "*", tag)


@dataclass(frozen=True, slots=True)
class Rule:
    """What a rule says of the text at a place of an element; no `parts` where it can't be read."""

    selector: str
    parts: tuple[Part, ...]
    place: str
    says: Declared
    number: int

    @property
    def weight(self) -> tuple[int, int, int]:
        """Return how closely the rule names its element."""
        return (
            sum(len(part.identifiers) for part in self.parts),
            sum(len(part.classes) for part in self.parts),
            sum(part.tag not in ("", "*") for part in self.parts),
        )

    def fits(self, elements: list[Element]) -> bool:
        """Say whether the rule is for the last of elements that stand in one another."""
        if not self.parts or not self.parts[-1].fits(elements[-1]):
            return False
        at = len(elements) - 1
        for part, behind in reversed(list(pairwise(self.parts))):
            near = range(max(at - 1, 0), at) if behind.is_child else range(at)
            at = next((n for n in reversed(near) if part.fits(elements[n])), -1)
            if at < 0:
                return False
        return True


@dataclass(slots=True)
class Rules:
    """Rules by what the last element of each is: an id, a class or a tag."""

    by_key: dict[tuple[str, str], list[Rule]] = field(default_factory=dict)

    def add(self, rule: Rule) -> None:
        """Add a rule behind those that there are."""
        self.by_key.setdefault((rule.place, _key(rule)), []).append(rule)

    def at(self, place: str, elements: list[Element]) -> list[Rule]:
        """Return the rules for a place of the last of elements, what overrules the others last."""
        tag, given = elements[-1]
        classes = dict.fromkeys((given.get("class") or "").split())
        keys = ["", tag, f"#{given.get('id') or ''}", *(f".{name}" for name in classes)]
        found = [rule for key in keys for rule in self.by_key.get((place, key), ())]
        fits = [rule for rule in found if rule.fits(elements)]
        return sorted(fits, key=lambda rule: (rule.weight, rule.number))


def _key(rule: Rule) -> str:
    last = rule.parts[-1]
    if last.identifiers:
        return f"#{min(last.identifiers)}"
    return f".{min(last.classes)}" if last.classes else last.tag.replace("*", "")


def of(sheet: Sheet) -> list[Rule]:
    """Return the rules of a page's sheets for such text, as they stand."""
    told = (found for text in sheet.texts for found in _told(text))
    return [Rule(*found, number) for number, found in enumerate(islice(told, MAX_RULES))]


def _told(text: str) -> Iterator[tuple[str, tuple[Part, ...], str, Declared]]:
    for selectors, declarations in stylesheet.blocks(text):
        says = stylesheet.declared(declarations)
        for selector in selectors.split(",") if says else ():
            if ending := ENDING.fullmatch(selector.strip()):
                yield ending[0], _parts(ending[1]), ending[2].lower(), says


def _parts(selector: str) -> tuple[Part, ...]:
    """Return the elements that a selector names; none where it says more of them."""
    parts: list[Part] = []
    around = ""
    for piece in COMBINATOR.split(selector.strip()):
        found = SELECTOR.fullmatch(piece)
        if COMBINATOR.fullmatch(piece):
            around = piece
        elif found is None:
            return ()
        else:
            names = NAME.findall(found[2])
            identifiers = frozenset(name for sign, name in names if sign == "#")
            classes = frozenset(name for sign, name in names if sign == ".")
            tag = (found[1] or "").lower()
            parts.append(Part(tag, identifiers, classes, ">" in around))
    return tuple(parts)
