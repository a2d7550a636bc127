"""What an author marks as a notice is one, with all of its wording and a reason that says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from clinicpress import build, notices, report
from clinicpress.notices import authors, rules
from clinicpress.report import Report
from test_formats import p, word

PLAIN = "The floor is blue."
STYLES = (
    '<?xml version="1.0"?><w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/'
    '2006/main">{}</w:styles>'
)
LINK = (
    '<?xml version="1.0"?><Relationships '
    'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="s" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" '
    'Target="styles.xml"/></Relationships>'
)


def press(folder: Path, text: str, name: str = "l.md") -> Report:
    (folder / name).write_text(text, encoding="utf-8")
    return build.press(folder / name, name, "l")


def found(made: Report) -> list[tuple[str, str, str]]:
    return [(s.text, str(s.label), "; ".join(s.cues)) for s in made.leaflet.sentences]


@pytest.mark.parametrize("language", rules.languages())
def test_each_mark_finds_its_example_in_its_language(language: str) -> None:
    loaded = notices.load(language)
    assert {mark.kind for mark in loaded.marks} == set(loaded.titles)
    for mark in loaded.marks:
        named = authors.beginning(loaded, mark.example)
        assert named is not None
        assert (named.kind, named.firm) == (mark.kind, mark.firm)
        assert all(rules.names()[name].kind is mark.kind for name in mark.names)


MARKED = {
    "::: warning\nThe floor is blue.\n:::": ("safety", "box “warning”"),
    "::: {.credentials}\nThe floor is blue.\n:::": ("credential", "box “credentials”"),
    "::: advertencia\nThe floor is blue.\n:::": ("safety", "box “advertencia”"),
    "> [!WARNING]\n> The floor is blue.": ("safety", "alert “[!WARNING]”"),
    "> [!Important]\n> The floor is blue.": ("safety", "alert “[!Important]”"),
    "> [!warning] The floor is blue.": ("safety", "alert “[!warning]”"),
    "> [!EMERGENCY]\n> The floor is blue.": ("emergency", "alert “[!EMERGENCY]”"),
    "/// safety\nThe floor is blue.\n///": ("safety", "box “safety”"),
    "/// credential | Check credentials\n    attrs: {a: b}\n\nThe floor is blue.\n\n///": (
        "credential", "box “credential”"
    ),
}  # fmt: skip


@pytest.mark.parametrize("source", MARKED)
def test_a_box_or_an_alert_names_its_notice(source: str, tmp_path: Path) -> None:
    made = press(tmp_path, f"# Ears\n\n## One\n\nText.\n\n{source}\n\nMore text.\n")
    kind, reason = MARKED[source]
    (_, one, _), (text, label, cues), (_, three, _) = found(made)
    assert (text, label, one, three) == (PLAIN, kind, "none", "none")
    assert reason in cues
    page = made.pages["one.md"]
    assert page.count(PLAIN) == 1
    assert f"/// {kind} |" in page
    assert ":::" not in page
    assert "[!" not in page


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Warning: the floor is wet. It is blue.", "safety"),
        ("**CAUTION!** The floor is wet. It is blue.", "safety"),
        ("⚠ Danger – the floor is wet. It is blue.", "safety"),
        ("Emergency: the floor is wet. It is blue.", "emergency"),
        ("Credentials: the floor is wet. It is blue.", "credential"),
    ],
)
def test_a_first_word_names_the_whole_paragraph(text: str, kind: str, tmp_path: Path) -> None:
    made = press(tmp_path, f"# Ears\n\n{text}\n\nMore text.\n")
    labels = [label for _, label, _ in found(made)]
    assert labels == [kind] * (len(labels) - 1) + ["none"]
    assert "begins it with" in found(made)[0][2]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("es", "Advertencia: el suelo está mojado."),
        ("fr", "Attention : le sol est mouillé."),
        ("fr", "Attention\u00a0: le sol est mouillé."),
        ("fr", "Mise en garde\u202f: le sol est mouillé."),
    ],
)
def test_other_languages_have_their_own_words(lang: str, text: str, tmp_path: Path) -> None:
    made = press(tmp_path, f"---\nlang: {lang}\n---\n\n# Un\n\n{text}\n")
    assert [label for _, label, _ in found(made)] == ["safety"]


@pytest.mark.parametrize(
    "text",
    ["The warning: it is blue.", "Attention to detail matters.", "Warnings are in the shop.",
     "Emergency exits are blue.", "> [!NOTE]\n> It is blue.", "> [!FOO]\n> It is blue.",
     "::: elsewhere\nIt is blue.\n:::", "```\n/// safety\nIt is blue.\n///\n```",
     "/// other\n\nIt is blue.\n\n///", '<div class="named-by-author">It is blue.</div>'],
)  # fmt: skip
def test_what_is_no_mark_marks_nothing(text: str, tmp_path: Path) -> None:
    made = press(tmp_path, f"# Ears\n\nThe clinic is here.\n\n{text}\n")
    assert {label for _, label, _ in found(made)} == {"none"}


def test_a_warning_that_says_to_get_help_at_once_stays_an_emergency(tmp_path: Path) -> None:
    text = "Warning: the floor is wet. Call 999 if you cannot breathe."
    made = press(tmp_path, f"# Ears\n\n{text}\n\n::: safety\nCall 999 now.\n:::\n")
    assert [label for _, label, _ in found(made)] == ["safety", "emergency", "safety"]


def test_items_and_rows_can_be_named_and_a_line_names_its_list(tmp_path: Path) -> None:
    text = (
        "# Ears\n\n- Warning: it is wet.\n- It is blue.\n\nWarning:\n\n- red\n- green\n\n"
        "| what | how |\n|---|---|\n| Caution: wet | 1 |\n| dry | 2 |\n\n"
        "::: warning\n- a\n\n      code\n:::\n"
    )
    made = press(tmp_path, text)
    rows = [(text, label) for text, label, _ in found(made)]
    assert rows[:5] == [
        ("Warning: it is wet.", "safety"), ("It is blue.", "none"), ("Warning:", "safety"),
        ("red", "safety"), ("green", "safety"),
    ]  # fmt: skip
    assert ("Caution: wet | 1", "safety") in rows
    assert ("dry | 2", "none") in rows


def test_a_heading_in_a_box_stays_a_heading_and_a_title_of_ones_own_stays(tmp_path: Path) -> None:
    text = "# Ears\n\n::: warning\nOne.\n\n## Wet\n\nTwo.\n:::\n\n/// safety | My title\nX.\n///\n"
    made = press(tmp_path, text)
    assert [h.text for h in made.leaflet.headings] == ["Wet"]
    assert [(t, label) for t, label, _ in found(made)] == [
        ("One.", "safety"), ("Two.", "safety"), ("My title", "safety"), ("X.", "safety"),
    ]  # fmt: skip


def test_a_word_style_names_its_notice(tmp_path: Path) -> None:
    names = ["Warning", "Aviso de Emergencia", "Credential Box", "Quiet"]
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="s{at}"><w:name w:val="{name}"/></w:style>'
        for at, name in enumerate(names)
    )
    body = "".join(
        p(f"Sentence {at} is about floors and colors here.", f"s{at}") for at in range(4)
    )
    more = {"word/styles.xml": STYLES.format(styles), "word/_rels/document.xml.rels": LINK}
    made = build.press(word(tmp_path / "s.docx", body, **more), "s.docx", "s")
    assert [label for _, label, _ in found(made)] == ["safety", "emergency", "credential", "none"]
    assert "the author’s style “Aviso de Emergencia”" in "\n".join(report.lines(made))


@pytest.mark.parametrize("opens", ["::: warning", "/// safety", ":::: {.credentials}"])
def test_a_box_that_is_never_closed_is_found_with_its_line(opens: str, tmp_path: Path) -> None:
    closes = opens[: opens.index(" ")]
    box = f"# A\n\n```\n::: no box\n```\n\n{opens}\n\nTea.\n\nCLOSES\n\n## Later\n\n{PLAIN}\n"
    made = press(tmp_path, box.replace("CLOSES", ""))
    (finding,) = made.findings
    assert (finding.rule, str(finding.place)) == ("box-unclosed", "l.md:7")
    assert opens in finding.problem
    made = press(tmp_path, box.replace("CLOSES", closes))
    assert made.findings == ()
    assert found(made)[-1][:2] == (PLAIN, "none")
