"""How well the notices of leaflets that nothing was learned from are marked.

    python bench/accuracy.py        precision, recall and F1 by language and kind, over characters

The leaflets are those that tests/cases/labelled/held-out.list names. `bench/train_notices.py`
never trains on them.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import labelled

from clinicpress import notices
from clinicpress.model import Kind
from clinicpress.notices import judging
from clinicpress.notices.evidence import Features, Statement, evidence
from clinicpress.notices.learned import KINDS, Model

CASES = Path(__file__).parents[1] / "tests" / "cases"
NAMES = [kind.value for kind in KINDS]


@dataclass(frozen=True)
class Leaflet:
    """The statements of a leaflet, each with the labels that are right."""

    name: str
    language: str
    statements: list[Statement]
    labels: list[tuple[str, ...]]
    found: list[Features]


def leaflets() -> list[Leaflet]:
    """Return every labelled leaflet, in the order of their names."""
    rows = [_of_text(path) for path in sorted((CASES / "labelled").glob("*.txt"))]
    rows += [_of_gold(path) for path in sorted((CASES / "notices").glob("*.gold.json"))]
    return [
        Leaflet(name, language, statements, labels, evidence(statements, notices.load(language)))
        for name, language, statements, labels in rows
    ]


Labels = tuple[str, ...]
Row = tuple[str, str, list[Statement], list[Labels]]
Line = tuple[str, str, tuple[str, ...], int, Labels]  # text, shape, headings, section, labels


def _of_text(path: Path) -> Row:
    leaflet = labelled.read(path)
    heads: list[str] = []
    rows: list[Line] = []
    section = 0
    for shape, text, labels in leaflet.lines:
        if shape in ("h1", "h2"):
            heads = [*heads[: int(shape[1]) - 1], text]
            section += 1
        elif labels:
            kind = {"row": "row", "para": "para"}.get(shape, "item")
            rows.append((text, kind, tuple(heads), section, labels))
    return _row(path.stem, leaflet.facts["lang"], rows)


def _of_gold(path: Path) -> Row:
    gold = json.loads(path.read_text(encoding="utf-8"))
    rows: list[Line] = []
    section, last = 0, object()
    for sentence in gold["sentences"]:
        if sentence["kind"] in ("row-header", "footnote"):
            continue
        heading = sentence["section"]
        section += heading != last
        last = heading
        either = sentence["label"] == "either"
        labels = tuple(sentence["accept"]) if either else (sentence["label"],)
        heads = (heading,) if heading else ()
        rows.append((sentence["text"], sentence["kind"], heads, section, labels))
    return _row(gold["id"], gold["language"], rows)


def _row(name: str, language: str, rows: list[Line]) -> Row:
    statements: list[Statement] = []
    lead: int | None = None
    above: int | None = None
    for at, (text, shape, heads, section, _) in enumerate(rows):
        inside = shape in ("item", "row")
        fresh = bool(at) and rows[at - 1][3] != section
        if not inside or fresh:
            lead = None
        above = None if fresh else above
        led, below = (lead, above) if inside else (None, None)
        below = below if shape == "item" and led is None else None
        statements.append(Statement(text, shape, heads, section, led, below))
        above = above if inside else at
        if not inside and notices.load(language).leads_in(text):
            lead = at
    return name, language.split("-")[0], statements, [row[4] for row in rows]


Judged = tuple[Leaflet, int, str]


def judged(given: Iterable[Leaflet], model: Model | None = None) -> list[Judged]:
    """Return each statement of leaflets with the kind it is judged to be."""
    return [
        (leaflet, at, kind.value)
        for leaflet in given
        for at, (kind, _) in enumerate(
            judging.judge(leaflet.statements, notices.load(leaflet.language), model)
        )
    ]


def figures(
    rows: Iterable[Judged], kinds: Sequence[Kind] = KINDS[1:]
) -> tuple[float, float, float]:
    """Return precision, recall and F1 over characters, borderline statements left out."""
    said = real = right = 0
    for leaflet, at, kind in rows:
        labels, size = leaflet.labels[at], len(leaflet.statements[at].text)
        if len(labels) == 1:
            said += size * (kind in kinds)
            real += size * (labels[0] in kinds)
            right += size * (kind in kinds and kind == labels[0])
    return right / max(said, 1), right / max(real, 1), 2 * right / max(said + real, 1)


def show(rows: list[Judged]) -> None:
    """Print the figures by language and kind, what is taken for what, and the worst leaflets."""
    groups = {"all": rows} | {
        language: [row for row in rows if row[0].language == language]
        for language in sorted({row[0].language for row in rows})
    }
    for group, members in groups.items():
        for name, kinds in [*((kind.value, [kind]) for kind in KINDS[1:]), ("micro", KINDS[1:])]:
            precision, recall, f1 = figures(members, kinds)
            print(f"{group:4} {name:11} P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}")
    taken = Counter(
        (leaflet.labels[at][0], kind) for leaflet, at, kind in rows if len(leaflet.labels[at]) == 1
    )
    print("is \\ judged ", *(f"{name:>11}" for name in NAMES))
    for name in NAMES:
        print(f"{name:12}", *(f"{taken[name, other]:11}" for other in NAMES))
    by_leaflet: dict[str, list[Judged]] = {}
    for row in rows:
        by_leaflet.setdefault(row[0].name, []).append(row)
    worst = sorted(by_leaflet, key=lambda name: figures(by_leaflet[name])[2])[:8]
    print("worst:", ", ".join(f"{name} {figures(by_leaflet[name])[2]:.2f}" for name in worst))


def held_out() -> set[str]:
    """Return the names of the leaflets that are never trained on."""
    return set((CASES / "labelled" / "held-out.list").read_text(encoding="utf-8").split())


if __name__ == "__main__":
    held = held_out()
    show(judged([leaflet for leaflet in leaflets() if leaflet.name in held]))
