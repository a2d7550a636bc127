"""Train the weights of `clinicpress.notices.learned`, and measure them.

    pip install scikit-learn                 needed here alone, never to run Clinicpress
    python bench/train_notices.py            measure: each leaflet judged by what others teach
    python bench/train_notices.py --curve    how the figures grow with the number of leaflets
    python bench/train_notices.py --write    train on all but those held out, write the weights

The leaflets are those of tests/cases/labelled and tests/cases/notices; those held out are never
trained on: `bench/accuracy.py` measures on them. The order, and so the result, is always
the same.
"""

from __future__ import annotations

import json
import re
import sys
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
from accuracy import NAMES, Judged, Leaflet, figures, held_out, judged, leaflets, show

from clinicpress import notices
from clinicpress.model import Kind
from clinicpress.notices import learned
from clinicpress.notices.evidence import Features, evidence
from clinicpress.notices.learned import UNIT, Model, Weights

ROOT = Path(__file__).parents[1]
WEIGHTS = ROOT / "src/clinicpress/notices/learned.json"
FOLDS, INNER = 6, 4
ALONE, TOGETHER = 3.0, 1.0  # inverse strength of regularisation of the two models
TURNED = 4  # one leaflet in so many is learned from in another order too
BORDERLINE = 0.3  # how much a borderline statement counts in training
# Leaflets written to be hard, with few of the usual words, count for less than ordinary ones.
HARD, LESS = re.compile(r"(?:en|es|fr)(?:[5-9]|10)-"), 0.5

Example = tuple[Features, str, float]
"""What speaks in a statement, its label, and how much it counts."""


def train(given: Sequence[Leaflet]) -> Model:
    """Fit the first model, then the second on how the first judges leaflets it has not seen.

    Some are learned from twice, the second time with their latter half first: where a statement
    stands must not count for too much.
    """
    given = [*given, *map(turned, given[::TURNED])]
    folds = [range(n, len(given), INNER) for n in range(INNER)]
    unseen: dict[int, list[learned.Shares]] = {}
    for fold in folds:
        rest = [leaflet for at, leaflet in enumerate(given) if at not in fold]
        weights = _fit(_examples(rest), ALONE)
        for at in fold:
            unseen[at] = [learned.likely(found, weights) for found in given[at].found]
    second = [
        (found, labels[0], _trust(leaflet, labels))
        for at, leaflet in enumerate(given)
        for found, labels in zip(
            learned.neighbours(leaflet.statements, unseen[at]), leaflet.labels, strict=True
        )
        if found
    ]
    return Model(_fit(_examples(given), ALONE), _fit(second, TOGETHER))


def turned(leaflet: Leaflet) -> Leaflet:
    """Return a leaflet that begins with the section in its middle."""
    given = leaflet.statements
    starts = [at for at, (a, b) in enumerate(pairwise(given), 1) if a.section != b.section]
    middle = min(starts, key=lambda at: abs(at - len(given) / 2), default=0)
    order = [*range(middle, len(given)), *range(middle)]
    now = {before: at for at, before in enumerate(order)}
    statements = [
        replace(
            given[at],
            section=given[at].section + (len(given) if at < middle else 0),
            lead=None if given[at].lead is None else now[given[at].lead],
            above=None if given[at].above is None else now[given[at].above],
        )
        for at in order
    ]
    found = evidence(statements, notices.load(leaflet.language))
    labels = [leaflet.labels[at] for at in order]
    return Leaflet(leaflet.name, leaflet.language, statements, labels, found)


def _examples(given: Iterable[Leaflet]) -> list[Example]:
    return [
        (found, labels[0], _trust(leaflet, labels))
        for leaflet in given
        for found, labels in zip(leaflet.found, leaflet.labels, strict=True)
    ]


def _trust(leaflet: Leaflet, labels: tuple[str, ...]) -> float:
    """Return how much a statement counts in training."""
    less = LESS if HARD.match(leaflet.name) else 1.0
    return less if len(labels) == 1 else less * BORDERLINE


def _fit(examples: list[Example], strength: float) -> Weights:
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    table = DictVectorizer()
    cells = table.fit_transform([found for found, *_ in examples])
    right = np.array([NAMES.index(label) for _, label, _ in examples])
    trust = np.array([trust for *_, trust in examples])
    model = LogisticRegression(C=strength, max_iter=300, fit_intercept=False)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model.fit(cells, right, sample_weight=trust)
    hundredths = np.rint(model.coef_.T * UNIT).astype(int).tolist()
    return {
        name: row for name, row in zip(table.feature_names_, hundredths, strict=True) if any(row)
    }


def across(given: Sequence[Leaflet]) -> list[Judged]:
    """Judge each leaflet by a model trained on leaflets of other folds."""
    out: list[Judged] = []
    for fold in range(FOLDS):
        rest = [leaflet for at, leaflet in enumerate(given) if at % FOLDS != fold]
        out += judged(given[fold::FOLDS], train(rest))
    return out


def main() -> None:
    held = held_out()
    every = leaflets()
    given = [leaflet for leaflet in every if leaflet.name not in held]
    if "--write" in sys.argv:
        model = train(given)
        parts = {"alone": model.alone, "together": model.together}
        text = ",\n".join(
            f'"{part}": {{\n'
            + ",\n".join(f"{json.dumps(k)}: {json.dumps(v)}" for k, v in sorted(rows.items()))
            + "\n}"
            for part, rows in parts.items()
        )
        WEIGHTS.write_text("{\n" + text + "\n}\n", encoding="utf-8")
    elif "--curve" in sys.argv:
        tested = [leaflet for leaflet in every if leaflet.name in held]
        for share in (8, 4, 2, 1):
            rows = judged(tested, train(given[::share]))
            emergency = figures(rows, [Kind.EMERGENCY])
            print(
                f"{len(given[::share]):4} leaflets: micro F1 {figures(rows)[2]:.3f},"
                f" emergency P {emergency[0]:.3f} R {emergency[1]:.3f}"
            )
    else:
        show(across(given))


if __name__ == "__main__":
    main()
