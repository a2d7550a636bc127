"""Nothing that could act is left in a document, and no word that can be read is lost."""

from __future__ import annotations

import pytest

from clinicpress import cleaning, tree
from clinicpress.tree import Node, Nodes


def clean(*blocks: Node, image: str | None = None) -> tuple[Nodes, tuple[str, ...]]:
    return cleaning.clean(list(blocks), lambda _: image)


def inline(*inlines: Node) -> tuple[Nodes, tuple[str, ...]]:
    (block,), removed = clean({"t": "Para", "c": list(inlines)})
    return block["c"], removed


def link(address: str) -> Node:
    return {
        "t": "Link",
        "c": [tree.attr("i", ("c",), onclick="x"), tree.string("text"), [address, "t"]],
    }


def raw(text: str, tag: str = "RawInline") -> Node:
    return {"t": tag, "c": ["html", text]}


UNSAFE = [
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    " java\tscript:alert(1)",
    "java\nscript:alert(1)",
    "\x01javascript:alert(1)",
    "java\u200bscript:alert(1)",
    "\u00a0javascript:alert(1)",
    "\ufeffjavascript:x",
    "data:text/html,<script>",
    "vbscript:x",
    "file:///etc/passwd",
    "blob:x",
    "view-source:javascript:x",
    "ms-word:ofe|u|x",
]
SAFE = [
    "https://example.org/a?b=c:d",
    "HTTP://example.org",
    "mailto:a@example.org",
    "tel:+34123",
    "sms:112",
    "page.md",
    "../a/b.html#c",
    "#here",
    "//example.org/a",
    "?a=javascript:x",
    "./a:b",
    "",
]


@pytest.mark.parametrize("address", UNSAFE)
def test_a_link_that_could_act_is_its_text(address: str) -> None:
    inlines, removed = inline(link(address))
    assert inlines == tree.string("text")
    assert removed == ("a link that could run a program (its text is kept): 1",)


@pytest.mark.parametrize("address", SAFE)
def test_other_links_stay_without_attributes(address: str) -> None:
    inlines, removed = inline(link(address))
    assert inlines == [{"t": "Link", "c": [tree.attr(), tree.string("text"), [address, ""]]}]
    assert removed == ()


@pytest.mark.parametrize(
    ("html", "what"),
    [
        ("<script>x</script>", "raw HTML <script>"),
        ("</DIV>", "raw HTML <div>"),
        ("  <my-thing onclick='x'>", "raw HTML <my-thing>"),
        ("<!-- a\nnote -->", "a comment in the source"),
        ("\\newpage", "raw markup"),
        ("<?php x ?>", "raw markup"),
    ],
)
@pytest.mark.parametrize("tag", ["RawInline", "RawBlock"])
def test_raw_markup_is_taken_out_and_named(html: str, what: str, tag: str) -> None:
    if tag == "RawInline":
        assert inline(raw(html)) == ([], (f"{what}: 1",))
    else:
        assert clean(raw(html, tag)) == ([], (f"{what}: 1",))


def test_what_is_removed_is_counted_by_kind() -> None:
    _, removed = clean(raw("<hr>", "RawBlock"), raw("<b>", "RawBlock"), raw("</b>", "RawBlock"))
    assert removed == ("raw HTML <b>: 2", "raw HTML <hr>: 1")


@pytest.mark.parametrize("html", ["<br>", "<BR/>", "<br />"])
def test_a_line_break_in_html_stays_one(html: str) -> None:
    assert inline(raw(html)) == ([{"t": "LineBreak"}], ())
    assert clean(raw(html, "RawBlock")) == ([], ())


@pytest.mark.parametrize(
    ("html", "has_text"),
    [
        ("<p>Rest.</p>", True),
        ("Rest", True),
        ("<p> </p>", False),
        ("<!-- Rest. -->", False),
        ("<!-- Rest.", False),
        ("<script>Rest.</script>", False),
        ("<style>p{}</style >", False),
        ("<script>Rest.", False),
        ("<!-- a --><b>Rest.</b>", True),
        ("<img alt='Rest'>", False),
    ],
)
def test_text_in_html_is_seen(html: str, has_text: bool) -> None:
    assert cleaning.has_text(html) == has_text


@pytest.mark.parametrize("tag", ["Emph", "Strong", "Strikeout", "Superscript", "Subscript"])
def test_spaces_at_the_ends_of_emphasis_go_outside(tag: str) -> None:
    space: Node = {"t": "Space"}
    word: Node = {"t": "Str", "c": "word"}
    assert tree.tight({"t": tag, "c": [space, word, space, word, {"t": "SoftBreak"}]}) == [
        space,
        {"t": tag, "c": [word, space, word]},
        {"t": "SoftBreak"},
    ]
    assert tree.tight({"t": tag, "c": [space]}) == [space]
    assert tree.tight({"t": tag, "c": []}) == []


def test_looks_without_meaning_are_unwrapped() -> None:
    inner = tree.string("text")
    span: Node = {"t": "Span", "c": [tree.attr("i", ("c",), style="x"), inner]}
    assert inline(span)[0] == inner
    div: Node = {
        "t": "Div",
        "c": [tree.attr(), [{"t": "Div", "c": [tree.attr(), [tree.para("x")]]}]],
    }
    assert clean(div)[0] == [tree.para("x")]


def test_code_loses_its_attributes_and_keeps_its_text() -> None:
    assert inline({"t": "Code", "c": [tree.attr("", ("x",)), "a"]})[0] == [
        {"t": "Code", "c": [tree.attr(), "a"]}
    ]
    assert clean({"t": "CodeBlock", "c": [tree.attr("", ("x",)), "a"]})[0] == [
        {"t": "CodeBlock", "c": [tree.attr(), "a"]}
    ]


def test_control_characters_are_taken_out() -> None:
    assert inline({"t": "Str", "c": "a\x00\x07\x1b\x85b"})[0] == [{"t": "Str", "c": "ab"}]


IMAGE: Node = {
    "t": "Image",
    "c": [tree.attr("i"), tree.string("A splint"), ["http://x/a.png", "t"]],
}


def test_a_picture_that_can_be_had_is_kept_with_its_description() -> None:
    (block,), removed = clean({"t": "Para", "c": [IMAGE]}, image="images/1.png")
    assert block["c"] == [
        {"t": "Image", "c": [tree.attr(), tree.string("A splint"), ["images/1.png", ""]]}
    ]
    assert removed == ()


def test_a_picture_from_elsewhere_leaves_its_description() -> None:
    inlines, removed = inline(IMAGE)
    assert inlines == tree.string("A splint")
    assert removed == ("a picture that is not beside the document (its description is kept): 1",)


def test_a_figure_is_its_picture_and_its_caption() -> None:
    figure: Node = {
        "t": "Figure",
        "c": [tree.attr(), [None, [tree.para("Caption")]], [tree.para("x")]],
    }
    assert clean(figure)[0] == [tree.para("x"), tree.para("Caption")]


def test_a_heading_inside_something_is_a_strong_line() -> None:
    heading = tree.header(2, tree.string("Care"))
    line: Node = {"t": "Para", "c": [{"t": "Strong", "c": tree.string("Care")}]}
    assert clean({"t": "BlockQuote", "c": [heading]})[0] == [{"t": "BlockQuote", "c": [line]}]
    assert clean({"t": "BulletList", "c": [[heading]]})[0] == [{"t": "BulletList", "c": [[line]]}]
    assert clean(heading, {"t": "HorizontalRule"})[0] == [heading, {"t": "HorizontalRule"}]


def test_a_heading_inside_a_wrapper_is_a_heading() -> None:
    heading = tree.header(2, tree.string("Care"))
    assert clean({"t": "Div", "c": [tree.attr(), [heading]]})[0] == [heading]


def test_a_footnote_in_a_heading_is_cleaned_too() -> None:
    note: Node = {"t": "Note", "c": [{"t": "Para", "c": [link("javascript:x")]}]}
    heading: Node = {"t": "Header", "c": [1, tree.attr(), [*tree.string("Rest"), note]]}
    cleaned = {"t": "Note", "c": [tree.para("text")]}
    assert clean(heading)[0][0]["c"][2] == [*tree.string("Rest"), cleaned]
