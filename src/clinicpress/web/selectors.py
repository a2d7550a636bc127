"""The rules of a page's styles for text before or behind elements, and which element each is for.

Such a rule may name what its element stands in (`.dont li::before`), right in it or not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, pairwise

from clinicpress.web import stylesheet
from clinicpress.web.stylesheet import MAX_RULES, NAME, SELECTOR, Declared, Sheet

ENDING = re.compile(r"(.*?)::?(before|after|marker)", re.I | re.S)
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


def of(sheet: Sheet) -> list[Rule]:
    """Return the rules of a page's sheets for such text, as they stand."""
    return list(islice((rule for text in sheet.texts for rule in _told(text)), MAX_RULES))


def _told(text: str) -> Iterator[Rule]:
    for selectors, declarations in stylesheet.blocks(text):
        says = stylesheet.declared(declarations)
        for selector in selectors.split(",") if says else ():
            if ending := ENDING.fullmatch(selector.strip()):
                yield Rule(ending[0], _parts(ending[1]), ending[2].lower(), says)


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
