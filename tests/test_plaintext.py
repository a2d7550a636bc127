"""Pasted text to title, headings, lists, tables: each case a text and the outline it must have."""

from __future__ import annotations

import codecs
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinicpress import decoding, plaintext, tree
from clinicpress.tree import Node, Nodes
from conftest import CASES, ROOT

TEXTS = sorted((CASES / "plaintext").glob("*.txt"))
EVERY_TEXT = sorted(p for top in (CASES, ROOT / "documents") for p in top.rglob("*.txt"))


def outline(text: str) -> str:
    """Write a title as `= `, a heading as `# `, `## `, and blocks as `p `, `- `, `1. `, `| `."""
    title, blocks = plaintext.blocks(text)
    lines = [f"= {title}" if title else "=", *(row for b in blocks for row in shown(b))]
    return "\n".join(lines) + "\n"


def shown(block: Node) -> Iterator[str]:
    match block:
        case {"t": "Header", "c": [level, _, inlines]}:
            yield f"{'#' * level} {tree.text(inlines)}"
        case {"t": "Para", "c": inlines}:
            yield f"p {tree.text(inlines)}"
        case {"t": "BulletList", "c": items}:
            for first, *inner in items:
                yield f"- {words([first])}"
                yield from ("  " + row for below in inner for row in shown(below))
        case {"t": "OrderedList", "c": [[start, *_], items]}:
            yield from (f"{start + n}. {words(item)}" for n, item in enumerate(items))
        case {"t": "Table", "c": [_, _, _, [_, head], [[_, _, _, body]], _]}:
            yield from ("|= " + cells(row) for row in head)
            yield from ("| " + cells(row) for row in body)
        case _:
            raise AssertionError(block)


def cells(row: list[list[list[Nodes]]]) -> str:
    return " | ".join(words(cell[4]) for cell in row[1])


def words(blocks: Nodes) -> str:
    return " ".join(tree.text(block["c"]) for block in blocks)


def letters(text: str) -> str:
    return "".join(c for c in text if c.isalpha())


def letters_of(text: str) -> str:
    title, blocks = plaintext.blocks(text)
    strings = (node["c"] for node in tree.walk(blocks) if node["t"] == "Str")
    return letters((title or "") + "".join(strings))


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_outline(path: Path) -> None:
    text = path.read_bytes().decode()
    assert outline(text) == path.with_suffix(".outline").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", EVERY_TEXT, ids=lambda path: path.stem)
def test_no_letter_is_lost_in_any_document(path: Path) -> None:
    text = path.read_bytes().decode("utf-8-sig")
    assert letters_of(text) == letters(text)


LINES = st.one_of(
    st.sampled_from(
        [
            "Your stay",
            "WHAT TO BRING",
            "1. First",
            "2) Second",
            "2.1 Below",
            "• a towel",
            "- soap",
            "Day | Dose",
            "Ward   Phone",
            "Tell us if you have:",
            "Is it safe?",
            "and goes on in lower case without an end to it for quite a while so that it wraps",
            "\tTabbed\tline\f",
            "***",
            "",
            "",
        ]
    ),
    st.text(st.characters(codec="utf-8"), max_size=40),
)


@given(st.lists(LINES, max_size=16).map("\n".join))
def test_no_letter_is_lost_or_moved_in_any_text(text: str) -> None:
    assert letters_of(text) == letters(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "=\n"),
        ("\n \t\n", "=\n"),
        ("Only a title", "=\np Only a title\n"),
        ("A title\n\nIts text.", "= A title\np Its text.\n"),
        ("***\n\nText.", "=\np ***\np Text.\n"),
        ("1. About it\n\nText.", "=\n# 1. About it\np Text.\n"),
        ("The years\n\n1998. It began.", "= The years\np 1998. It began.\n"),
        ("The years\n\n1998. was one\n\nIt began.", "= The years\np 1998. was one\np It began.\n"),
        (
            "Ear\n\nRest well.\n\nTel: 01603 555123\n\nMr Smith\n\nIt is free.",
            "= Ear\np Rest well.\np Tel: 01603 555123\np Mr Smith\np It is free.\n",
        ),
        (
            "Ear\n\nTel: 01603 555123\n\nDr Smith answers\n\nIt is free.",
            "= Ear\np Tel: 01603 555123\n# Dr Smith answers\np It is free.\n",
        ),
        ("Steps\n\n3. Press.\n4. Wait.", "= Steps\n3. Press.\n4. Wait.\n"),
        ("Steps\n\n3. Press it.\n\n7. Wait.", "= Steps\np 3. Press it.\np 7. Wait.\n"),
        ("What helps:\n\nRest. Ice helps too.", "= What helps:\np Rest. Ice helps too.\n"),
        ("One\n\na | b | c\nd | e", "= One\n| a | b | c\n| d | e | \n"),
        ("One\n\nDay | Dose\nMonday | 2", "= One\n|= Day | Dose\n| Monday | 2\n"),
        ("One\n\nA range of 5 – 6 days.", "= One\np A range of 5 – 6 days.\n"),
        ("One\n\n-5 is cold.", "= One\np -5 is cold.\n"),
        ("Ear\n===\n\nRead.\n\nRisks\n-----\nSome.", "= Ear\np Read.\n## Risks\np Some.\n"),
        ("-----\nRisks\n-----\nSome.", "= Risks\np Some.\n"),
        ("*** Ear ***\n\nRead.\n\n== Risks ==\nSome.", "= Ear\np Read.\n# Risks\np Some.\n"),
        ("**Ear**\n\nRead.\n\n## Risks\n\nSome.", "= Ear\np Read.\n## Risks\np Some.\n"),
        ("Ear\n\nIt ends.\n------\nMore.", "= Ear\np It ends.\np ------\np More.\n"),
        ("Ear\n\nII. Risks\n\nThere are some.", "= Ear\n# II. Risks\np There are some.\n"),
        (
            "Ear\nIt hurts.\nRisks of having it:\nThere are some.\nAfter:\nRest.\n2.1 Then:\nGo.",
            "= Ear\np It hurts.\n# Risks of having it:\np There are some.\n# After:\np Rest.\n"
            "## 2.1 Then:\np Go.\n",
        ),
        ("One\n\n•\tSoap\n•Towel.", "= One\n- Soap\n- Towel.\n"),
    ],
)
def test_small_texts(text: str, expected: str) -> None:
    assert outline(text) == expected


BROKEN = {
    "before a number": (
        "It takes about 10 to\n15 minutes and you can go home.",
        "p It takes about 10 to 15 minutes and you can go home.\n",
    ),
    "in short lines": (
        "You should not drive\nfor 24 hours after a\ngeneral anaesthetic.",
        "p You should not drive for 24 hours after a general anaesthetic.\n",
    ),
    "in an item": ("- Take 5 to\n10 tablets.\n- Rest.", "- Take 5 to 10 tablets.\n- Rest.\n"),
    "after a comma": ("If you are ill,\n20 mg is enough.", "p If you are ill, 20 mg is enough.\n"),
    "a list without marks": (
        "Things to bring\nsoap\na towel\n\nThey help.",
        "p Things to bring\np soap\np a towel\np They help.\n",
    ),
    "led in": ("Please bring:\nsoap.", "# Please bring:\np soap.\n"),
    "lettered": ("Tell us if you\na) smoke.", "p Tell us if you\np a) smoke.\n"),
    "an address": (
        "Ask at Oakfield Surgery\n14 High Street.", "p Ask at Oakfield Surgery\np 14 High Street.\n"
    ),
    "of the web": ("See the page at\nwww.example.org.", "p See the page at\np www.example.org.\n"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), BROKEN.values(), ids=BROKEN)
def test_a_sentence_broken_anywhere_is_one(text: str, expected: str) -> None:
    before = "Your stay\n\nWe look forward to seeing you.\n\n"
    after = (
        "\nThis is how it goes, and there is nothing else that you have to know about it all now, "
    )
    found = outline(
        before + text + "\n" + after + "so that you can simply rest for as long as you like."
    )
    assert expected in found


def test_a_heading_carries_the_reason_it_was_found_for() -> None:
    _, blocks = plaintext.blocks("Title\n\nIs it safe?\n\nYes, it is.")
    assert tree.value(blocks[0], "reason").startswith("a short question")


def test_a_ruled_heading_says_so() -> None:
    _, blocks = plaintext.blocks("Title\n\nRead.\n\nRisks\n-----\n\nSome.")
    assert "rule of signs" in tree.value(blocks[1], "reason")


@pytest.mark.parametrize("width", range(50, 95, 5))
def test_where_a_text_was_wrapped_makes_no_difference(width: int) -> None:
    expected = (CASES / "plaintext" / "wrapped-with-a-long-item.outline").read_text("utf-8")
    marks = ("= ", "# ", "p ")
    rows = [row[2:] if row.startswith(marks) else row for row in expected.splitlines()]
    wrapped = "\n".join(line for row in rows for line in textwrap.wrap(row, width))
    assert outline(wrapped) == expected


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32"])
def test_text_is_read_as_notepad_saves_it(code: str) -> None:
    mark = codecs.BOM_UTF16_BE if code == "utf-16-be" else b""
    assert decoding.text(mark + "Ear drops – 5 µg".encode(code), "a.txt") == "Ear drops – 5 µg"
