"""The labelled leaflets are as their format says, and a slip in one is told with its line."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from conftest import CASES, ROOT

LEAFLETS = sorted((CASES / "labelled").glob("*.txt"))


def checked(*files: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "bench" / "labelled.py"), *map(str, files)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


def test_every_leaflet_is_as_the_format_says() -> None:
    done = checked(*LEAFLETS)
    assert done.returncode == 0, done.stderr
    rows = done.stdout.splitlines()
    assert [row.split()[0] for row in rows] == [*(path.stem for path in LEAFLETS), "all"]
    for label in ("none", "safety", "credential", "emergency"):
        assert f"'{label}':" in rows[-1]


def test_each_language_has_leaflets() -> None:
    tags = {path.read_text("utf-8").split(maxsplit=2)[1][:2] for path in LEAFLETS}
    assert tags == {"en", "es", "fr"}


@pytest.mark.parametrize(
    "line", ["X An unknown label.", "N", "Bare text", "N/Q Half of one.", "- S A dash."]
)
def test_a_slip_is_told_with_its_line(line: str, tmp_path: Path) -> None:
    slipped = tmp_path / "slip.txt"
    slipped.write_text(f"lang: en\ntitle: T\nvoice: V\n\n{line}\n", encoding="utf-8")
    done = checked(slipped)
    assert done.returncode == 1
    assert "slip.txt:5:" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_missing_fact_is_told(tmp_path: Path) -> None:
    slipped = tmp_path / "slip.txt"
    slipped.write_text("lang: en\n\nN Text.\n", encoding="utf-8")
    assert "no title, voice" in checked(slipped).stderr
