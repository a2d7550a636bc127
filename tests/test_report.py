"""The report of a run: the reasons a person needs, and the same as data."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from clinicpress import build, report
from clinicpress.model import Place
from clinicpress.notices.reasons import told
from clinicpress.notices.rules import load
from clinicpress.report import Report

LEAFLET = """\
Ear care

Is it safe?

Yes. Do not swim for a week. Call 999 if you cannot breathe. The clinic is on the first floor of \
the building beside the station and not far from the river, so do not drive there by car.

After the ear wash

Rest and drink some water.
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Report:
    path = tmp_path_factory.mktemp("report") / "ear.txt"
    path.write_text(LEAFLET, encoding="utf-8")
    return build.press(path, "documents/ear.txt", "ear")


def test_json(made: Report) -> None:
    data = report.as_json(made)
    assert json.loads(json.dumps(data)) == data
    assert list(data) == [
        "document",
        "title",
        "title_from",
        "language",
        "file",
        "pages",
        "words",
        "removed",
        "lost",
        "adopted",
        "moved",
        "earlier",
        "findings",
        "review",
        "headings",
        "sentences",
    ]
    assert data["document"] == "documents/ear.txt"
    assert (data["title"], data["title_from"], data["language"]) == ("Ear care", "text", "en")
    assert data["pages"] == ["index.md", "is-it-safe.md", "after-the-ear-wash.md"]
    assert data["words"] == {"source": len(LEAFLET.split()), "pages": len(LEAFLET.split())}
    assert data["review"] == {"digest": made.standing.digest, "signed": False}
    assert data["headings"][0] == {
        "text": "Is it safe?",
        "level": 1,
        "reason": "a short question on a line of its own, with text after it",
    }
    assert [set(sentence) for sentence in data["sentences"]] == [
        {"text", "label", "section", "kind", "cues"}
    ] * 5
    marked = next(s for s in data["sentences"] if s["label"] == "emergency")
    assert marked["text"] == "Call 999 if you cannot breathe."
    assert (marked["section"], marked["kind"]) == ("Is it safe?", "para")
    assert marked["cues"]


def test_text_names_reason_and_cue_of_all_that_was_decided(made: Report) -> None:
    text = "\n".join(report.lines(made))
    assert "documents/ear.txt: “Ear care” (title from the text)" in text
    assert "  language  en\n  pages     3" in text
    assert "headings  2, of which inferred 2" in text
    for heading in made.leaflet.headings:
        assert f"“{heading.text}”: {heading.reason}" in text
    for sentence in made.leaflet.sentences:
        assert told(sentence, load("en")) in text
    assert "emergency  “Call 999 if you cannot breathe.”" in text
    words = len(LEAFLET.split())
    assert f"words     {words} in the source, {words} on the pages: once each, in order" in text


def test_a_long_sentence_is_quoted_in_short(made: Report) -> None:
    quotes = [line for line in report.lines(made) if "The clinic is on" in line]
    assert all(line.endswith(" …”") for line in quotes)
    assert len(quotes) == 1


def test_without_details_no_wording_of_the_leaflet_is_shown_but_its_title(made: Report) -> None:
    short = list(report.lines(made, details=False))
    assert [line.split()[0] for line in short[1:]] == [
        "language",
        "pages",
        "headings",
        "notices",
        "words",
    ]
    assert "999" not in "\n".join(short)


def test_a_heading_marked_in_the_file_is_not_called_inferred(tmp_path: Path) -> None:
    path = tmp_path / "ear.md"
    path.write_text("# Ear\n\n## Care\n\n<hr>\n\nRest.<!-- x -->\n", encoding="utf-8")
    text = "\n".join(report.lines(build.press(path, "ear.md", "ear")))
    assert "headings  1, of which inferred 0" in text
    assert "removed   a comment in the source: 1" in text
    assert "notices   emergency 0, credential 0, safety 0 (sentences)" in text


def test_a_place_is_a_path_with_its_line_where_that_is_known() -> None:
    assert str(Place("docs/a.md", 3)) == "docs/a.md:3"
    assert str(Place("docs/a.md")) == "docs/a.md"


def test_a_language_without_rules_is_told(tmp_path: Path) -> None:
    path = tmp_path / "knie.md"
    path.write_text("---\nlang: de\n---\n\n# Knie\n\nRufen Sie 112 an.\n", encoding="utf-8")
    text = "\n".join(report.lines(build.press(path, "knie.md", "knie")))
    assert "language  de (there are no rules for it: mark its notices yourself" in text
