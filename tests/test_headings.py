"""What a line looks like, and the level and reason that follow from it."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinicpress import build, headings
from clinicpress.headings import Look

LEVELS = st.lists(st.integers(1, 6))


@pytest.mark.parametrize(
    ("line", "look"),
    [
        ("2. After the operation", Look(number="2")),
        ("2.1 Wound care", Look(number="2.1")),
        ("2.1.3) Stitches", Look(number="2.1.3")),
        ("Section 4: Risks", Look(number="4", title_case=True)),
        ("Sección 2 Riesgos", Look(number="2", title_case=True)),
        ("WHAT TO BRING", Look(capitals=True, title_case=True)),
        ("INFORMACIÓN PARA USTED", Look(capitals=True, title_case=True)),
        ("A", Look()),
        ("Going Home and Resting", Look(title_case=True)),
        ("Is it safe?", Look(question=True)),
        ("Is it “safe?”", Look(question=True)),
        ("¿Es seguro?", Look(question=True)),
        ("Your medicines", Look()),
        ("***", Look()),
        ("", Look()),
    ],
)
def test_look(line: str, look: Look) -> None:
    assert headings.look(line) == look


@pytest.mark.parametrize(
    "line",
    [
        "Before you come",
        "¿Qué es?",
        "« Avant »",
        "3. Risks",
        "Going home:",
        "手术前",
        "“Do I need it?”",
        "DO NOT TAKE IF",
        "Do not drive for 24 hours",
        "Dr Foster’s exercises for the back",
        "3 Ways to Rest",
        "NO SMOKING",
    ],
)
def test_lines_that_could_be_headings(line: str) -> None:
    assert headings.heading_like(line)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "***",
        "12 / 5",
        "because it starts small",
        "• and so does this",
        "It ends like a sentence.",
        "Or like this!”",
        "Yours sincerely,",
        "One thing; another;",
        "To be continued…",
        "Word " * 15,
        "W" * 91,
        "Edinburgh EH3 9AB",
        "Call 0131 496 0000",
        "Tel: 5",
        "Write to hands@example.org",
        "See www.example.org",
        "See https://example.org/a",
        "Last reviewed: May 2026",
        "Version 2",
        "Date: 3 May 2026",
        "Leaflet HT-017",
        "Figure 1",
        "Tabla 2 Dosis",
        "Fig. 3 A splint",
        "Mr J Smith, Consultant",
        "Dr Amy Lee",
        "Monday to Friday",
        "Emergency number 111",
        "DO NOT DRIVE FOR 24 HOURS",
        "NO CONDUZCA DURANTE 24 HORAS",
        "NE CONDUISEZ PAS PENDANT 24 HEURES",
    ],
)
def test_lines_that_are_not_headings(line: str) -> None:
    assert not headings.heading_like(line)


@pytest.mark.parametrize(
    ("lines", "levels"),
    [
        ([], []),
        (["Before", "After"], [1, 1]),
        (["1. Before", "1.1 Food", "1.1.1 Drink", "2. After"], [1, 2, 3, 1]),
        (["1. Before", "Food", "2. After", "3. Later"], [1, 2, 1, 1]),
        (["Before", "1. Food", "After"], [1, 1, 1]),
        (["BEFORE", "Food", "AFTER", "LATER"], [1, 2, 1, 1]),
        (["BEFORE", "Food", "After"], [1, 1, 1]),
    ],
)
def test_levels(lines: list[str], levels: list[int]) -> None:
    assert headings.levels(lines) == levels


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("2.1 Wound care", "a short line numbered 2.1, with text after it"),
        ("WOUND CARE", "a short line in capitals, with text after it"),
        ("Is it safe?", "a short question on a line of its own, with text after it"),
        ("Wound care", "a short line of its own without a full stop, with text after it"),
    ],
)
def test_reason(line: str, reason: str) -> None:
    assert headings.reason(line) == reason


@pytest.mark.parametrize(
    ("found", "nested"),
    [
        ([], []),
        ([2, 2, 4, 3], [1, 1, 2, 2]),
        ([3, 1, 6, 6, 2], [1, 1, 2, 2, 2]),
        ([1, 2, 3, 2], [1, 2, 3, 2]),
    ],
)
def test_nested(found: list[int], nested: list[int]) -> None:
    assert headings.nested(found) == nested


@given(LEVELS)
def test_nested_begins_at_one_skips_none_and_keeps_the_order(found: list[int]) -> None:
    nested = headings.nested(found)
    assert all(b <= a + 1 for a, b in pairwise([0, *nested]))
    for (a, b), (x, y) in zip(pairwise(found), pairwise(nested), strict=True):
        assert (b > a) == (y > x)
        assert (b == a) <= (y == x)
    assert headings.nested(nested) == nested


BOLD_LINES = (
    "# Ear care\n\nWhat it is and why.\n\n**Before you come**\n\nBring a friend with you.\n\n"
    "**After the visit**\n\n**Do not drive** for a day after the visit.\n"
)


def test_lines_in_bold_are_headings_of_markdown_that_marks_no_other(tmp_path: Path) -> None:
    path = tmp_path / "ear.md"
    path.write_text(BOLD_LINES, encoding="utf-8")
    found = build.press(path, path.name, "ear").leaflet.headings
    assert [h.text for h in found] == ["Before you come", "After the visit"]
    assert all("bold" in h.reason for h in found)
    path.write_text(BOLD_LINES + "\n## Help\n\nRing us.\n\n**Bold text**\n\nAnd more.\n", "utf-8")
    assert [h.text for h in build.press(path, path.name, "ear").leaflet.headings] == ["Help"]


def test_lines_of_a_web_page_below_a_marked_title_are_headings(tmp_path: Path) -> None:
    path = tmp_path / "ear.html"
    lines = BOLD_LINES.replace("# ", "").replace("**", "").split("\n\n")
    body = "".join(f'<p style="font-size: 18pt">{line}</p>' for line in lines[1:])
    path.write_text(f"<html><body><h1>{lines[0]}</h1>{body}</body></html>", encoding="utf-8")
    found = build.press(path, path.name, "ear").leaflet.headings
    assert [h.text for h in found] == ["Before you come", "After the visit"]
