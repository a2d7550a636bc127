"""Any text stays that text on a page: never markup, an attribute, a block or a template."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from clinicpress import build, conservation, pages, proof, tree, writing
from clinicpress.cleaning import CONTROLS
from clinicpress.model import Document, Kind, Leaflet, Marked, TitleFrom
from clinicpress.rendered import RenderedPage
from clinicpress.rendering import render
from clinicpress.tree import Node, Nodes
from conftest import CASES

# One a line: what means something to Markdown, one of its extensions, HTML or a template.
STRINGS = (CASES / "writing" / "signs.list").read_text(encoding="utf-8").rstrip("\n").split("\n")


def composed(blocks: Nodes, title: str = "Leaflet", lang: str = "en") -> Leaflet:
    document = Document("l.md", title, TitleFrom.TEXT, lang, blocks)
    return pages.compose("l", document, Marked(blocks, ()))


def plain(text: str) -> Node:
    return {"t": "Plain", "c": tree.string(text)}


def table(*rows: list[str]) -> Node:
    def row(cells: list[str]) -> list[Any]:
        made = [[tree.attr(), {"t": "AlignDefault"}, 1, 1, [plain(cell)]] for cell in cells]
        return [tree.attr(), made]

    widths = [[{"t": "AlignDefault"}, {"t": "ColWidthDefault"}] for _ in rows[0]]
    head, *body = map(row, rows)
    bodies = [[tree.attr(), 0, [], body]]
    none: list[object] = [None, []]
    return {
        "t": "Table",
        "c": [tree.attr(), none, widths, [tree.attr(), [head]], bodies, [tree.attr(), []]],
    }


def everywhere(text: str) -> Nodes:
    """Put a text in each place that text can be in."""
    inlines = tree.string(text)
    style = [1, {"t": "Decimal"}, {"t": "Period"}]
    note: Node = {"t": "Note", "c": [tree.para(text)]}
    line = [*tree.string("a"), {"t": "LineBreak"}, *inlines, {"t": "SoftBreak"}, *inlines]
    return [
        tree.para(text),
        {"t": "Para", "c": [{"t": "Strong", "c": inlines}, {"t": "Space"}, note]},
        {
            "t": "BulletList",
            "c": [[plain(text)], [plain("a"), {"t": "BulletList", "c": [[plain(text)]]}]],
        },
        {"t": "OrderedList", "c": [style, [[plain(text)], [tree.para(text), tree.para(text)]]]},
        table(["a", text], [text, "b"]),
        tree.header(1, inlines),
        {"t": "Para", "c": line},
        {"t": "BlockQuote", "c": [tree.para(text)]},
        tree.header(2, inlines),
        {"t": "DefinitionList", "c": [[inlines, [[plain(text)]]]]},
        {
            "t": "Para",
            "c": [{"t": "Link", "c": [tree.attr(), inlines, ["https://example.org", ""]]}],
        },
        {"t": "CodeBlock", "c": [tree.attr(), text]},
    ]


def tags(html: str) -> set[str]:
    """Return the tags of a page as rendered."""
    seen: set[str] = set()

    class Reader(RenderedPage):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            seen.add(tag)
            super().handle_starttag(tag, attrs)

    Reader(html)
    return seen


def rendered(leaflet: Leaflet) -> set[str]:
    """Write, prove, and return the tags on all the pages."""
    written = writing.write(leaflet, "l.md")
    proof.prove(leaflet, written)
    bodies = (render(writing.body_of(text)) for text in written.values())
    return set().union(*(tags(body) for body in bodies))


USUAL = rendered(composed(everywhere("word")))


@pytest.mark.parametrize("text", STRINGS)
def test_signs_stay_signs_wherever_they_stand(text: str) -> None:
    assert rendered(composed(everywhere(text), title=text)) <= USUAL


@pytest.mark.parametrize(
    "markdown",
    [
        "- x\n-\n\nText",
        "- > quoted\n- b",
        "1. a\n2. > quoted\n   >\n   > more",
        "-     code\n- b",
        "- <br>text\n- b",
        "- a<br>2\\. b<br>#1 c\n- d",
        "a\\\n#1 b\\\n2. c",
        "- | a | b |\n  |---|---|\n  | c | d |\n- b",
        "<table><tr><td><p>a</p><p>b *x*</p></td><td>c</td></tr></table>",
        "3. x\n4.\n5. y",
        "-\n- x",
        "- x\n  -\n- y",
        "**&nbsp;x** y",
        "**x&nbsp;** y",
        "<p><b>&nbsp;x</b> y</p>",
        "*x\u00a0*y",
        "~~&nbsp;x~~",
        "x^&nbsp;2^",
        "## Care \\##",
        "## Care #\\#",
        "[!\\[x\\](y)](https://example.org)",
        "| a\\|b | `c\\|d` |\n|---|---|\n| \\# | \\- |",
        "- - - x",
        "1. 2. x",
        "Text\\\n# x",
        "Text\\\n- x",
        "`` ` ``",
        "` `",
        "    code {: #a}",
        "```\ncode\n```\n\n    more code\n\n```\nmore yet\n```",
        "- ```\n  code\n  ```\n\n      more code\n- b",
        '<div class="line-block">one two<br>three four</div>',
    ],
)
def test_marks_of_a_markdown_file_are_conserved(tmp_path: Path, markdown: str) -> None:
    path = tmp_path / "leaflet.md"
    path.write_text(f"# Leaflet\n\nRest.\n\n{markdown}\n", encoding="utf-8")
    assert build.press(path, path.name, "leaflet").words >= 2


@pytest.mark.parametrize("text", [*STRINGS, "\x02x\x03"])
def test_signs_of_a_text_file_stay_signs(tmp_path: Path, text: str) -> None:
    path = tmp_path / "leaflet.txt"
    path.write_text(f"Title\n\nRest.\n{text}\n\nAfter the day\n\n• {text}\n", encoding="utf-8")
    report = build.press(path, path.name, "leaflet")
    for page in report.pages.values():
        assert not tags(render(writing.body_of(page))) & {"script", "code", "em", "del"}


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12))
@settings(max_examples=40)
def test_any_signs_stay_signs(text: str) -> None:
    words = " ".join(text.split()) or "x"
    assert rendered(composed(everywhere(words), title=words)) <= USUAL


def front_matter(title: str, description: str, lang: str = "en") -> dict[str, Any]:
    leaflet = composed([tree.para(description), tree.header(1, tree.string("One"))], title, lang)
    (first, *_) = writing.write(leaflet, "documents/l.md").values()
    head = first.split("\n---\n")[0].removeprefix("---\n")
    found: dict[str, Any] = yaml.safe_load(head)
    return found


@pytest.mark.parametrize(
    "title",
    [
        *STRINGS,
        '<script>alert("x")</script>',
        "a: b",
        "it's",
        "---",
        "Yes",
        "12",
        "- x",
        "a\u2028b",
    ],
)
def test_front_matter_is_yaml_and_inert(title: str) -> None:
    found = front_matter(title, title)
    assert found["leaflet"] == title
    for text in (found["title"], found["description"]):
        assert isinstance(text, str)
        assert "<" not in text
        assert ">" not in text
    assert '"' not in found["description"]


def test_front_matter_says_where_a_page_comes_from_and_what_is_on_it(tmp_path: Path) -> None:
    path = tmp_path / "leaflet.txt"
    path.write_text(
        "Ear care\n\nBefore\n\nRest.\n\nAfter\n\nDo not swim. Call 999 if you faint.\n",
        encoding="utf-8",
    )
    made = build.press(path, "documents/leaflet.txt", "ear")
    heads = [yaml.safe_load(text.split("\n---\n")[0][4:]) for text in made.pages.values()]
    expected = {
        "title": "After",
        "description": "Do not swim.",
        "source": "documents/leaflet.txt",
        "leaflet": "Ear care",
        "lang": "en",
        "tags": ["safety", "emergency"],
        "emergency": "ear/after.html#get-help-now",
        "pdf": "ear/ear.pdf",
    }
    assert {key: heads[2][key] for key in expected} == expected
    assert {head["emergency"] for head in heads} == {"ear/after.html#get-help-now"}
    assert "tags" not in heads[1]


def test_a_leaflet_of_one_page_has_no_list_of_sections() -> None:
    (page,) = writing.write(composed([tree.para("Rest.")]), "l.md").values()
    assert writing.body_of(page) == "\n# Leaflet\n\nRest.\n"
    assert writing.body_of("no front matter") == "no front matter"


@pytest.mark.parametrize(("lang", "label"), [("en", "In this leaflet"), ("es", "En este folleto")])
def test_the_landing_page_lists_the_sections_in_the_leaflets_language(
    lang: str, label: str
) -> None:
    blocks = [tree.header(1, tree.string("One")), tree.header(1, tree.string("Two"))]
    page = writing.write(composed(blocks, lang=lang), "l.md")["index.md"]
    attributes = f'{{aria-label: {json.dumps(label)}, data-search-exclude: "true"}}'
    assert f"    attrs: {attributes}" in page
    assert "[One](one.md)" in page
    assert "[Two](two.md)" in page


def test_footnotes_of_several_blocks_are_defined_below_the_page() -> None:
    code: Node = {"t": "CodeBlock", "c": [tree.attr(), "a\n\nb"]}
    note: Node = {"t": "Note", "c": [tree.para("First."), code, tree.para("Last.")]}
    leaflet = composed([{"t": "Para", "c": [*tree.string("See"), note, note]}])
    (page,) = writing.write(leaflet, "l.md").values()
    assert page.count("[^1]: ") == 1
    assert proof.prove(leaflet, {"index.md": page})


def test_two_writings_are_the_same_bytes() -> None:
    leaflet = composed(everywhere("a *b*"))
    assert writing.write(leaflet, "l.md") == writing.write(leaflet, "l.md")


def test_stray_end_tags_end_nothing() -> None:
    assert RenderedPage("</p>Rest.</div></br> Walk.").words() == ["Rest.", "Walk."]


def test_what_our_writing_never_makes_is_named() -> None:
    page = RenderedPage("<p onclick='x' class='y'>a</p><script>x</script><svg/>")
    assert page.strange == ["p onclick=", "<script>", "<svg>"]


def test_control_characters_in_a_documents_properties_reach_no_page(tmp_path: Path) -> None:
    path = tmp_path / "leaflet.md"
    path.write_text('---\ntitle: "a\\x07\\x7f\\x85b"\n---\n\nRest.\n', encoding="utf-8")
    (page,) = build.press(path, path.name, "leaflet").pages.values()
    assert not CONTROLS.search(page)
    assert yaml.safe_load(page.split("\n---\n")[0][4:])["leaflet"] == "ab"


def test_a_list_keeps_the_number_that_it_begins_with(tmp_path: Path) -> None:
    path = tmp_path / "leaflet.md"
    path.write_text("# Leaflet\n\n3. Wash.\n4. Dry.\n\nThen:\n\n5. Rest.\n", encoding="utf-8")
    html = render(writing.body_of(build.press(path, path.name, "l").pages["index.md"]))
    assert re.findall(r"<ol( start=.\d.)?>", html) == [' start="3"', ' start="5"']


ROWS = """\
# Leaflet

| What | When |
|------|------|
| Sit. | today |
| Park behind the house. | any day |
| Ring. | if you bleed |
| Bus | 12 |
"""
DECIDED = """\
sentences:
  - {text: Sit. | today, kind: safety}
  - {text: Park behind the house. | any day, kind: none}
  - {text: Ring. | if you bleed, kind: emergency}
  - {text: Bus | 12, kind: none}
"""


def test_a_row_that_is_a_notice_says_so_before_its_words(tmp_path: Path) -> None:
    path = tmp_path / "leaflet.md"
    path.write_text(ROWS, encoding="utf-8")
    (tmp_path / "leaflet.review.yml").write_text(DECIDED, encoding="utf-8")
    made = build.press(path, path.name, "l")
    assert made.standing.findings == ()
    page = made.pages["index.md"]
    emergency = '<span id="get-help-now" class="row-notice emergency">Emergency:</span>'
    assert '\n| <span class="row-notice safety">Safety:</span> Sit. | today |\n' in page
    assert f"\n| {emergency} Ring. | if you bleed |\n" in page
    assert "\n| Park behind the house. | any day |\n" in page
    assert "///" not in page
    assert made.leaflet.pages[0].kinds == (Kind.SAFETY, Kind.EMERGENCY)
    assert made.leaflet.pages[0].emergency == "index.md#get-help-now"
    words = "Leaflet What When Sit. today Park behind the house. any day Ring. if you bleed Bus 12"
    assert made.words == len(words.split())
    undecided = tmp_path / "other.md"
    undecided.write_text(ROWS, encoding="utf-8")
    plain = build.press(undecided, undecided.name, "l")
    assert conservation.tree_words(plain.leaflet.document.blocks) == conservation.tree_words(
        made.leaflet.document.blocks
    )


def test_no_document_can_write_the_word_of_a_notice(tmp_path: Path) -> None:
    path = tmp_path / "leaflet.md"
    text = 'A <span class="row-notice safety">Safety:</span> tea and [b]{.row-notice .safety} here.'
    path.write_text(f"# Leaflet\n\n{text}\n", encoding="utf-8")
    html = render(writing.body_of(build.press(path, path.name, "l").pages["index.md"]))
    assert 'class="row-notice' not in html
    assert "Safety:" in RenderedPage(html).words()


@pytest.mark.parametrize("merged", [' rowspan="2"', ""])
def test_signs_in_a_table_with_merged_cells_stay_too(merged: str, tmp_path: Path) -> None:
    path = tmp_path / "l.html"
    said = r"{a} \ &amp;amp; ![x] # : = - + *s* /// b"
    last = "<td>y</td>" if merged else "<td>y</td><td>w</td>"
    rows = f"<tr><td{merged}>{said}</td><td>z</td></tr><tr>{last}</tr>"
    path.write_text(f"<h1>T</h1><table><tr><th>A</th><th>B</th></tr>{rows}</table>", "utf-8")
    html = render(writing.body_of(build.press(path, path.name, "l").pages["index.md"]))
    assert r"{a} \ &amp; ![x] # : = - + *s* /// b z" in " ".join(RenderedPage(html).words())


@pytest.mark.parametrize(
    "html",
    [
        "<p>1.<br>Rest.</p>",
        "<p><b></b>1. Rest.</p>",
        "<p><br>12) Rest.</p>",
        "<blockquote><h2>Pain</h2> 1. <br>Rest.</blockquote>",
        "<ul><li>1.<br>Rest.</li></ul>",
    ],
)
def test_a_number_that_begins_a_paragraph_stays_its_text(html: str, tmp_path: Path) -> None:
    path = tmp_path / "leaflet.html"
    path.write_text(f"<h1>Leaflet</h1><p>Before.</p>{html}<p>After.</p>", encoding="utf-8")
    made = build.press(path, path.name, "l")
    shown = render(writing.body_of(made.pages["index.md"]))
    assert "<ol" not in shown
    assert re.search(r"\d+[.)]", " ".join(RenderedPage(shown).words()))


def test_spaces_at_the_ends_of_code_keep_words_apart(tmp_path: Path) -> None:
    path = tmp_path / "leaflet.md"
    path.write_text("A 0` A 0`B ` C ` D\n", encoding="utf-8")
    made = build.press(path, path.name, "l")
    shown = RenderedPage(render(writing.body_of(made.pages["index.md"])))
    assert " ".join(shown.words()).endswith("A 0 A 0B C D")
