"""Blocks to sections and back: nothing between may be lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinicpress import sections, tree
from clinicpress.model import Section
from clinicpress.tree import Node, Nodes

BLOCKS = st.lists(st.integers(0, 6)).map(lambda levels: blocks(levels))
Shape = tuple[int, list["Shape"]]


def blocks(levels: list[int]) -> Nodes:
    """Make a heading of each level, and a paragraph of each 0."""
    return [block(level, str(n)) for n, level in enumerate(levels)]


def block(level: int, text: str) -> Node:
    return tree.header(level, tree.string(text)) if level else tree.para(text)


def shape(section: Section) -> list[Shape]:
    return [
        (sections.level(child.heading), shape(child)) for child in section.children if child.heading
    ]


@given(BLOCKS)
def test_flatten_is_the_inverse_of_split(given_blocks: Nodes) -> None:
    assert sections.flatten(sections.split(given_blocks)) == given_blocks


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ([], []),
        ([0, 0], []),
        ([1, 2, 2, 1], [(1, [(2, []), (2, [])]), (1, [])]),
        ([2, 4, 3, 2], [(2, [(4, []), (3, [])]), (2, [])]),
        ([3, 1, 2], [(3, []), (1, [(2, [])])]),
        ([1, 3, 0, 2, 3], [(1, [(3, []), (2, [(3, [])])])]),
    ],
)
def test_shape(levels: list[int], expected: list[Shape]) -> None:
    assert shape(sections.split(blocks(levels))) == expected


def test_blocks_stay_with_the_heading_above_them() -> None:
    root = sections.split(blocks([0, 1, 0, 0, 2, 0]))
    (first,) = root.children
    (second,) = first.children
    assert [len(s.blocks) for s in (root, first, second)] == [1, 2, 1]
    assert root.heading is None


@given(BLOCKS)
def test_no_child_is_as_high_as_its_parent(given_blocks: Nodes) -> None:
    def check(section: Section, above: int) -> None:
        for child in section.children:
            assert child.heading is not None
            assert sections.level(child.heading) > above
            check(child, sections.level(child.heading))

    check(sections.split(given_blocks), 0)
