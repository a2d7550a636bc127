"""Cells beyond the columns of a Markdown table stop the run; no other text does."""

from __future__ import annotations

from pathlib import Path

import pytest

from clinicpress import reading
from clinicpress.content import WordsLostError

HEAD = "| Medicine | Dose |\n|---|:-:|\n"
LOST = {
    "one": (HEAD + "| Aspirin | 1 g | never with alcohol |\n", ["never with alcohol"]),
    "rows": (HEAD + "|A|1|\n| B | 2 | | x |\n| C | 3 | y | z |\n", ["x", "y z"]),
    "without bars around": ("a | b\n---|---\n1 | 2 | three\n", ["three"]),
    "in a quotation": ("> | a | b |\n> |---|---|\n> | 1 | 2 | three |\n", ["three"]),
    "in a list": ("- x\n\n  | a | b |\n  |---|---|\n  | 1 | 2 | three\n", ["three"]),
    "one column": ("| a |\n|---|\n| 1 | two |\n", ["two"]),
    "a bar in code": (HEAD + "| `x | y` | 5 ml |\n", ["5 ml"]),
}
KEPT = {
    "no more cells": HEAD + "| Aspirin | 1 g |\n| Codeine |\n| Iron | 1 \\| 2 | |\n",
    "code": f"```\n{HEAD}| 1 | 2 | three |\n```\n",
    "code by its margin": "Text.\n\n    | a | b |\n    |---|---|\n    | 1 | 2 | three |\n",
    "no table": "| a | b | c |\n|---|---|\n| 1 | 2 | three |\n",
    "behind a table": HEAD + "| Aspirin | 1 g |\n\nOne | two | three.\n",
}


def read(folder: Path, markdown: str) -> str:
    path = folder / "pain.md"
    path.write_text(f"# Pain relief\n\nRest well.\n\n{markdown}\nAsk us.\n", encoding="utf-8")
    return str(reading.read(path).blocks)


@pytest.mark.parametrize(("given", "words"), LOST.values(), ids=LOST)
def test_cells_that_no_page_shows_stop_the_run(
    given: str, words: list[str], tmp_path: Path
) -> None:
    with pytest.raises(WordsLostError) as raised:
        read(tmp_path, given)
    assert [loss.words for loss in raised.value.losses] == words
    assert "as many columns" in raised.value.remedy


@pytest.mark.parametrize("given", KEPT.values(), ids=KEPT)
def test_what_is_read_stops_nothing(given: str, tmp_path: Path) -> None:
    read(tmp_path, given)
