"""Pandoc's tree as data: built, read, walked, rewritten."""

from __future__ import annotations

import pytest

from clinicpress import conservation, tree
from clinicpress.tree import Node, Nodes

STRONG: Node = {"t": "Strong", "c": tree.string("very much")}
LINK: Node = {"t": "Link", "c": [tree.attr(), tree.string("a b"), ["#c", ""]]}
NOTE: Node = {"t": "Note", "c": [tree.para("below")]}


@pytest.mark.parametrize(
    ("inlines", "text"),
    [
        (tree.string("one  two"), "one  two"),
        (tree.string(""), ""),
        ([STRONG, {"t": "SoftBreak"}, LINK], "very much a b"),
        ([{"t": "LineBreak"}], "\n"),
        ([{"t": "Code", "c": [tree.attr(), "x y"]}], "x y"),
        ([{"t": "Quoted", "c": [{"t": "DoubleQuote"}, tree.string("so")]}], "“so”"),
        ([{"t": "Quoted", "c": [{"t": "SingleQuote"}, tree.string("so")]}], "‘so’"),
        ([NOTE], ""),
        ([{"t": "Span", "c": [tree.attr(), [STRONG]]}], "very much"),
    ],
)
def test_text(inlines: Nodes, text: str) -> None:
    assert tree.text(inlines) == text


@pytest.mark.parametrize("node", [STRONG, LINK, tree.para("x"), tree.header(2, [], "y")])
def test_other_inlines_go_where_the_inlines_were(node: Node) -> None:
    before = str(node)
    changed = tree.with_inlines(node, tree.string("new"))
    assert tree.inlines_of(changed) == tree.string("new")
    assert tree.with_inlines(changed, tree.inlines_of(node) or []) == node
    assert str(node) == before


def test_a_node_without_inlines_has_none() -> None:
    assert tree.inlines_of({"t": "Str", "c": "x"}) is None
    assert tree.inlines_of({"t": "HorizontalRule"}) is None


def test_an_attribute_is_read_from_where_it_stands() -> None:
    assert tree.value(tree.header(1, [], reason="because"), "reason") == "because"
    assert tree.value(tree.header(1, []), "reason") == ""
    div = {"t": "Div", "c": [tree.attr("", ("notice",), kind="safety"), []]}
    assert tree.value(div, "kind") == "safety"


def test_walk_goes_in_reading_order() -> None:
    blocks = [tree.header(1, tree.string("a")), {"t": "Para", "c": [STRONG, NOTE]}]
    words = [node["c"] for node in tree.walk(blocks) if node["t"] == "Str"]
    assert words == ["a", "very", "much", "below"]


def test_rewrite_can_drop_double_and_replace_and_leaves_the_old_tree() -> None:
    changes = {"a": [], "b": tree.string("b b"), "very": tree.string("much")}

    def change(node: Node) -> Nodes:
        return changes.get(node["c"], [node]) if node["t"] == "Str" else [node]

    blocks = [{"t": "Para", "c": [*tree.string("a b"), STRONG]}, {"t": "HorizontalRule"}]
    before = str(blocks)
    changed = tree.rewrite(blocks, change)
    assert tree.text(changed[0]["c"]) == " b bmuch much"
    assert changed[1] == {"t": "HorizontalRule"}
    assert str(blocks) == before


def test_rewrite_with_no_change_gives_an_equal_tree() -> None:
    blocks = [tree.raw("x"), {"t": "Para", "c": [STRONG, LINK, NOTE]}]
    assert tree.rewrite(blocks, lambda node: [node]) == blocks


@pytest.mark.parametrize(
    ("node", "words"),
    [
        ({"t": "Para", "c": [*tree.string("a"), NOTE, *tree.string("b")]}, "a ⟦ below ⟧ b"),
        ({"t": "Para", "c": [STRONG, *tree.string("er")]}, "very mucher"),
        ({"t": "CodeBlock", "c": [tree.attr(), "x\n  y"]}, "x y"),
        ({"t": "BulletList", "c": [[tree.para("a")], [tree.para("b")]]}, "a b"),
        (tree.raw("/// x"), ""),
        ({"t": "Para", "c": [{"t": "Image", "c": [tree.attr(), tree.string("x"), ["y", ""]]}]}, ""),
        (
            {"t": "Para", "c": [{"t": "Quoted", "c": [{"t": "SingleQuote"}, [STRONG]]}]},
            "‘very much’",
        ),
        (tree.header(1, tree.string("a b"), "id", reason="because"), "a b"),
        ({"t": "LineBlock", "c": [tree.string("a"), tree.string("b")]}, "a b"),
        ({"t": "DefinitionList", "c": [[tree.string("a"), [[tree.para("b")]]]]}, "a b"),
        ({"t": "HorizontalRule"}, ""),
    ],
)
def test_the_words_of_a_tree(node: Node, words: str) -> None:
    assert " ".join(conservation.tree_words([node])) == words
