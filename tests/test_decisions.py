"""What a person decides wins, survives changes around it, and is reported where it can't be."""

from __future__ import annotations

from pathlib import Path

import pytest

from clinicpress import build, conservation, dates, reading
from clinicpress.model import Kind
from clinicpress.notices.boxes import kind_of
from clinicpress.report import Report
from clinicpress.review import deciding, preview, reviewfile, sheet
from clinicpress.tree import walk
from conftest import CASES, ROOT

TEXT = """\
# Ear care

Before all of it.

## Before you come

Do not swim. Bring a friend.[^1]

- Rest today.
- Do not swim.

## Important points

Bring a friend.

### Small print

The clinic is here. It’s “blue”.

| what | how |
|---|---|
| ear | wet |

[^1]: Only in a note.
"""


def press(folder: Path, decided: str, text: str = TEXT, name: str = "l.md") -> Report:
    (folder / name).write_text(text, encoding="utf-8")
    (folder / f"{name.rpartition('.')[0]}.review.yml").write_text(decided, encoding="utf-8")
    return build.press(folder / name, f"documents/{name}", "l")


def kind(text: str, kind: str, more: str = "") -> str:
    return f"sentences:\n  - {{text: '{text}', kind: {kind}{more}}}\n"


def heading(text: str, fate: str, more: str = "") -> str:
    return f"headings:\n  - {{text: '{text}', as: {fate}{more}}}\n"


def labels(made: Report) -> list[tuple[str, str]]:
    return [(s.text, str(s.label)) for s in made.leaflet.sentences]


def heads(made: Report) -> list[tuple[str, int]]:
    return [(h.text, h.level) for h in made.leaflet.headings]


# --- Sentences


@pytest.mark.parametrize("wanted", ["safety", "credential", "emergency"])
def test_a_sentence_gets_the_kind_decided_and_says_who_did(wanted: str, tmp_path: Path) -> None:
    made = press(tmp_path, kind("the clinic  is here.", wanted, ", by: Dr Example"))
    (sentence,) = [s for s in made.leaflet.sentences if s.text == "The clinic is here."]
    assert sentence.label == wanted
    assert sentence.cues == ("decided by Dr Example in documents/l.review.yml:2",)
    assert f"/// {wanted}" in made.pages["important-points.md"]
    assert made.standing.findings == ()


def test_a_sentence_can_be_decided_to_be_no_notice(tmp_path: Path) -> None:
    assert ("Rest today.", "none") in labels(press(tmp_path, ""))
    made = press(tmp_path, kind("Do not swim.", "none", ", occurrence: all"))
    assert {label for _, label in labels(made)} == {"none"}
    assert not [node for page in made.leaflet.pages for node in walk(page.blocks) if kind_of(node)
                is not Kind.NONE]  # fmt: skip


def test_quotes_and_case_do_not_matter_and_rows_can_be_decided(tmp_path: Path) -> None:
    made = press(tmp_path, kind("it''s \"BLUE\".", "safety"))
    assert ("It’s “blue”.", "safety") in labels(made)
    made = press(tmp_path, kind("ear | wet", "emergency"))
    assert ("ear | wet", "emergency") in labels(made)


def test_the_sentence_most_like_one_that_is_gone_is_named(tmp_path: Path) -> None:
    made = press(tmp_path, kind("Bring your friends.", "safety") + kind("Zebras", "none")[11:])
    near, gone = made.standing.findings
    assert near.remedy.startswith("Is it this one now: “Bring a friend.”? Copy the sentence")
    assert gone.remedy.startswith("Copy the sentence")


def test_lines_to_copy_decide_on_just_that_sentence(tmp_path: Path) -> None:
    made = press(tmp_path, "")
    said = made.leaflet.sentences
    for at, sentence in enumerate(said):
        if sentence.shape not in deciding.SHAPES:
            continue
        lines = reviewfile.entry(sentence, deciding.occurrence(sentence, said))
        given = reviewfile.parse(f"sentences:\n{lines}".encode(), "r")
        decided, failed = deciding.kinds(given, said)
        assert given.findings == ()
        assert failed == []
        assert {n: which for n, (which, _) in decided.items()} == {at: sentence.label}
    (heading, *_) = made.leaflet.headings
    given = reviewfile.parse(f"headings:\n{reviewfile.heading_entry(heading.text)}".encode(), "r")
    assert [(d.wording.text, d.is_heading) for d in given.headings] == [(heading.text, False)]


def test_a_title_can_not_leave_the_style_sheet_of_the_sheet(tmp_path: Path) -> None:
    path = tmp_path / "l.md"
    path.write_text('---\ntitle: "a\\"; } </style><b>c"\n---\n\n# One\n\nText.\n', "utf-8")
    html = sheet.page(build.press(path, path.name, "l"), "2026-11-23")
    assert html.count("</style>") == 1
    assert "<b>c" not in html
    assert "; }" not in html.split("@top-left")[1].split("font:")[0].removesuffix("; ")


def test_twins_are_told_apart_by_section_or_by_count(tmp_path: Path) -> None:
    made = press(tmp_path, kind("Bring a friend.", "safety"))
    (finding,) = made.standing.findings
    assert "it matches 2 times" in finding.problem
    assert "(under “" in finding.problem
    assert "`occurrence: 2`" in finding.remedy
    assert finding.place.line == 2
    assert ("Bring a friend.", "safety") not in labels(made)
    made = press(tmp_path, kind("Bring a friend.", "safety", ", section: important POINTS"))
    assert [x for t, x in labels(made) if t == "Bring a friend."] == ["none", "safety"]
    made = press(tmp_path, kind("Bring a friend.", "safety", ", occurrence: 1"))
    assert [x for t, x in labels(made) if t == "Bring a friend."] == ["safety", "none"]
    made = press(tmp_path, kind("Bring a friend.", "safety", ", occurrence: 3"))
    assert "2 times only" in made.standing.findings[0].problem


@pytest.mark.parametrize(
    ("decided", "problem"),
    [
        (kind("Gone.", "safety"), "matches no sentence"),
        (kind("Rest today.", "safety", ", section: Elsewhere"), "no section “Elsewhere”"),
        (kind("Rest today.", "safety", ", section: Small print"), "not under “Small print”"),
        (kind("Gone.", "safety", ", section: Elsewhere"), "matches no sentence"),
        (kind("Only in a note.", "safety"), "in a footnote"),
        (kind("what | how", "safety"), "a table’s head"),
        (heading("Gone", "text"), "matches no heading"),
        (heading("Bring a friend.", "heading", ", occurrence: 9"), "once only"),
        ("page-level: 3\n", "no heading has level 3"),
        (
            kind("Rest today.", "none") + "  - {text: Rest today., kind: safety, occurrence: 1}\n",
            "another decision has its sentence",
        ),
    ],
)
def test_what_can_not_be_followed_is_found(decided: str, problem: str, tmp_path: Path) -> None:
    made = press(tmp_path, decided)
    (finding,) = made.standing.findings
    assert problem in finding.problem
    assert finding.place.path == "documents/l.review.yml"
    assert finding.remedy
    assert made.standing.signed is None


def test_a_decision_survives_changes_around_it(tmp_path: Path) -> None:
    decided = kind("Rest today.", "safety") + heading("Small print", "text")
    before = press(tmp_path, decided)
    text = "# Ear care\n\nNew.\n\n## New section\n\nNew text. Rest  today.\n\nSmall print\n"
    after = press(tmp_path, decided, text.replace("Small", "## Small"))
    for made in (before, after):
        assert made.standing.findings == ()
        assert ("Rest today.", "safety") in labels(made)
        assert "Small print" not in dict(heads(made))


# --- Headings and pages


def test_a_heading_can_be_decided_to_be_text(tmp_path: Path) -> None:
    made = press(tmp_path, heading("Important points", "text"))
    assert heads(made) == [("Before you come", 1), ("Small print", 2)]
    assert "Important points" in [text for text, _ in labels(made)]
    assert list(made.pages) == ["index.md", "before-you-come.md"]


def test_a_paragraph_can_be_decided_to_be_a_heading(tmp_path: Path) -> None:
    made = press(tmp_path, heading("Before all of it.", "heading"))
    assert heads(made)[0] == ("Before all of it.", 1)
    reason = made.leaflet.headings[0].reason
    assert reason == "decided by a person in documents/l.review.yml:2"
    made = press(tmp_path, heading("Important points", "heading", ", level: 2"))
    assert heads(made) == [("Before you come", 1), ("Important points", 2), ("Small print", 2)]


def test_a_title_can_be_decided_to_be_text(tmp_path: Path) -> None:
    text = "Wash your ears\n\nText of it, and a full stop.\n\nCare\n\nMore text of it.\n"
    made = press(tmp_path, heading("Wash your ears", "text"), text, "ear-care.txt")
    assert (made.leaflet.document.title, heads(made)) == ("Ear care", [("Care", 1)])
    assert labels(made)[0] == ("Wash your ears", "none")
    made = press(tmp_path, heading("Wash your ears", "heading"), text, "ear-care.txt")
    assert heads(made) == [("Wash your ears", 1), ("Care", 1)]


@pytest.mark.parametrize(
    ("level", "pages"),
    [
        (0, ["index.md"]),
        (1, ["index.md", "before-you-come.md", "important-points.md"]),
        (2, ["index.md", "before-you-come.md", "important-points.md", "small-print.md"]),
    ],
)
def test_the_level_of_pages_can_be_decided(level: int, pages: list[str], tmp_path: Path) -> None:
    made = press(tmp_path, f"page-level: {level}\n")
    assert list(made.pages) == pages
    assert made.standing.findings == ()


def test_a_heading_with_no_text_of_its_own_keeps_the_next_on_its_page(tmp_path: Path) -> None:
    text = "# T\n\n## Part\n\n### One\n\nText.\n\n### Two\n\nText.\n\n## Next\n\n### Three\n\nT.\n"
    made = press(tmp_path, "page-level: 2\n", text)
    assert list(made.pages) == ["index.md", "part.md", "two.md", "next.md"]


@pytest.mark.parametrize("case", sorted((CASES / "notices").glob("*.docx")))
def test_no_word_is_lost_whatever_is_decided(case: Path, tmp_path: Path) -> None:
    read = reading.read(case)
    texts = [h.text for h in build.press(case, case.name, "l").leaflet.headings]
    rows = "".join(f"  - {{text: {text!r}, as: text, occurrence: all}}\n" for text in texts)
    given = reviewfile.parse(
        f"headings:\n{rows}  - {{text: {read.title!r}, as: text}}\n".encode(), "r"
    )
    decided, findings = deciding.with_headings(read, given)
    assert [b for b in decided.blocks if b["t"] == "Header"] == []
    words = conservation.tree_words(decided.blocks)
    assert words[-len(conservation.tree_words(read.blocks)) :] == conservation.tree_words(
        read.blocks
    )
    assert not findings or "matches no" in findings[0].problem


# --- The digest


def digest(folder: Path, text: str = TEXT, decided: str = "") -> str:
    return press(folder, decided, text).standing.digest


LINKED = "# T\n\nSee [there](#care) and [a](https://example.org/).\n\n## Care\n\nx^2^ is it.\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (TEXT, TEXT.replace("Rest today", "Rest tomorrow")),
        (TEXT, TEXT.replace("# Ear care", "# Ears")),
        (TEXT, TEXT.replace("### Small", "## Small")),
        (TEXT, TEXT.replace("## Important points\n", "**Important points**\n")),
        (TEXT, TEXT.replace("Only in a note", "In a note")),
        (TEXT, TEXT.replace("It’s", "it’s")),
        (TEXT, "---\nlang: en-US\n---\n\n" + TEXT),
        (TEXT, TEXT.replace("- Rest today.\n- Do not swim.", "- Do not swim.\n- Rest today.")),
        (LINKED, LINKED.replace("example.org", "example.com")),
        (LINKED, LINKED.replace("x^2^", "x2")),
        (LINKED, LINKED.replace("(#care)", "(#t)")),
    ],
)
def test_any_change_of_the_leaflet_changes_the_digest(
    before: str, after: str, tmp_path: Path
) -> None:
    assert before != after
    assert digest(tmp_path, before) != digest(tmp_path, after)


def test_a_decision_changes_the_digest_and_a_comment_does_not(tmp_path: Path) -> None:
    plain = digest(tmp_path)
    assert digest(tmp_path, decided=kind("Rest today.", "safety")) != plain
    assert digest(tmp_path, decided=heading("Small print", "text")) != plain
    assert digest(tmp_path, decided="# a note\n") == plain
    assert digest(tmp_path, decided=kind("Rest today.", "none")) == plain


def test_how_the_source_is_written_does_not_change_the_digest(tmp_path: Path) -> None:
    other = (
        TEXT.replace("- Rest", "*   Rest")
        .replace("- Do", "*   Do")
        .replace(" swim. B", " swim.\nB")
    )
    other = other.replace("[^1]", "[^note]").replace("## Small print", "## Small print ##")
    assert other != TEXT
    assert digest(tmp_path, other) == digest(tmp_path)


def test_a_picture_is_part_of_the_digest(tmp_path: Path) -> None:
    text = "# T\n\nText ![an ear](ear.png) here.\n"
    (tmp_path / "ear.png").write_bytes(b"\x89PNG one")
    first = digest(tmp_path, text)
    assert digest(tmp_path, text.replace("an ear", "a nose")) != first
    (tmp_path / "ear.png").write_bytes(b"\x89PNG two")
    assert digest(tmp_path, text) != first


# --- Dates, and what a reviewer reads


@pytest.mark.parametrize(
    ("lang", "first", "last"),
    [
        ("en-GB", "1 January 2027", "31 December 2027"),
        ("en-US", "January 1, 2027", "December 31, 2027"),
        ("es", "1 de enero de 2027", "31 de diciembre de 2027"),
        ("fr-CA", "1er janvier 2027", "31 décembre 2027"),
        ("de", "1 January 2027", "31 December 2027"),
    ],
)
def test_dates_are_written_as_their_readers_write_them(lang: str, first: str, last: str) -> None:
    assert dates.written("2027-01-01", lang) == first
    assert dates.written("2027-12-31", lang) == last


DOCUMENTS = sorted(
    path
    for folder in ("notices", "hostile", "plaintext")
    for path in (CASES / folder).iterdir()
    if path.suffix in reading.FORMATS
)


@pytest.mark.parametrize("case", [*DOCUMENTS, *(ROOT / "documents").glob("*.md")], ids=str)
def test_each_notice_is_shown_with_the_sentences_in_it(case: Path) -> None:
    made = build.press(case, case.name, "l")
    shown = preview.explained(made.leaflet)
    notices = [
        [node for node in walk(page.blocks) if kind_of(node) is not Kind.NONE]
        for page in made.leaflet.pages
    ]
    assert [len(page) for page in shown] == [len(page) for page in notices]
    listed = [s for page in shown for own in page for s in own]
    marked = [s for s in made.leaflet.sentences if s.label is not Kind.NONE]
    inside = [s for s in marked if s.shape != "caption" and any(map(str.isalnum, s.text))]
    assert listed == inside
    lines = "\n".join(preview.lines(made))
    assert lines.count("   why “") == len(listed)
    html = sheet.page(made, "2026-11-23")
    assert html.count('class="why"><p>') == sum(bool(own) for page in shown for own in page)
    assert "<script" not in html
    assert ' src="' not in html.replace(' src="data:image/', "")
