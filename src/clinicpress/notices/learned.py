"""What labelled leaflets teach: how much each piece of evidence weighs for each kind.

Two linear models. The first judges a statement by itself. The second weighs that judgement with
those of the statements around it: an item with its list, a sentence with its neighbours. Their
weights are data beside this module; `bench/train_notices.py` makes and measures them. The same
text always has the same answer.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from clinicpress.model import Kind
from clinicpress.notices.evidence import Features, Statement

KINDS = (Kind.NONE, Kind.EMERGENCY, Kind.SAFETY, Kind.CREDENTIAL)
# Weights are kept as whole hundredths.
UNIT = 100
_LEAST = 1e-3  # the smallest share whose logarithm is looked at
_STRENGTH = 2.0  # how much a neighbour's share counts before anything is learned of it

Weights = Mapping[str, Sequence[float]]
Shares = Sequence[float]  # one for each of KINDS, 0 to 1, together 1


@dataclass(frozen=True, slots=True)
class Model:
    """The weights of both models, by the name of each piece of evidence."""

    alone: Weights
    together: Weights

    def by_itself(self, found: Sequence[Features]) -> list[Shares]:
        """Return how likely each kind is for each statement, judged by itself."""
        return [likely(features, self.alone) for features in found]

    def among(self, statements: Sequence[Statement], alone: Sequence[Shares]) -> list[Shares]:
        """Return how likely each kind is for each statement among those around it."""
        return [
            likely(near, self.together) if near else own
            for own, near in zip(alone, neighbours(statements, alone), strict=True)
        ]


def likely(found: Features, weights: Weights) -> Shares:
    """Return the share of each of `KINDS`."""
    scores = [0.0] * len(KINDS)
    for name, strength in found.items():
        if (row := weights.get(name)) is not None:
            for kind, weight in enumerate(row):
                scores[kind] += strength * weight / UNIT
    top = max(scores)
    powers = [math.exp(score - top) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]


def neighbours(statements: Sequence[Statement], alone: Sequence[Shares]) -> list[Features]:
    """Return, for each statement, its own shares and those of the statements around it.

    Nothing for a statement that is alone in its section: it is judged by itself.
    """
    sections = _groups((statement.section, at) for at, statement in enumerate(statements))
    lists = _groups((s.lead, at) for at, s in enumerate(statements) if s.lead is not None)
    section_sums = {key: _sums(alone[at] for at in places) for key, places in sections.items()}
    list_sums = {key: _sums(alone[at] for at in places) for key, places in lists.items()}
    out: list[Features] = []
    for at, statement in enumerate(statements):
        own, section = alone[at], statement.section
        if len(sections[section]) == 1:
            out.append({})
            continue
        found = {"always": 1.0}
        found |= {f"own {kind}": math.log(own[n] + _LEAST) for n, kind in enumerate(KINDS)}
        if at > sections[section][0]:
            found |= _shares("before", alone[at - 1])
        if at < sections[section][-1]:
            found |= _shares("after", alone[at + 1])
        found |= _others("section", section_sums[section], own, len(sections[section]))
        if statement.lead is not None:
            found |= _shares("lead", alone[statement.lead])
            items = len(lists[statement.lead])
            found |= _others("list", list_sums[statement.lead], own, items)
        out.append(found)
    return out


def _groups(pairs: Iterable[tuple[int, int]]) -> dict[int, list[int]]:
    groups: dict[int, list[int]] = {}
    for key, at in pairs:
        groups.setdefault(key, []).append(at)
    return groups


def _sums(rows: Iterable[Shares]) -> Shares:
    return [sum(column) for column in zip(*rows, strict=True)]


def _shares(where: str, shares: Shares) -> Features:
    return {f"{where} {kind}": _STRENGTH * shares[n] for n, kind in enumerate(KINDS)}


def _others(where: str, sums: Shares, own: Shares, count: int) -> Features:
    """Return the mean share among the others of a group."""
    if count == 1:
        return {}
    return _shares(where, [(s - o) / (count - 1) for s, o in zip(sums, own, strict=True)])


@cache
def load() -> Model:
    """Return the model that comes with the package."""
    source = resources.files("clinicpress.notices") / "learned.json"
    data = json.loads(source.read_text(encoding="utf-8"))
    return Model(data["alone"], data["together"])
