"""Sections to pages: names, links, footnotes, descriptions, the page for emergencies."""

from __future__ import annotations

import pytest

from clinicpress import pages, tree
from clinicpress.model import Document, Kind, Leaflet, Marked, Page, TitleFrom
from clinicpress.notices.boxes import notice
from clinicpress.tree import Node, Nodes


def leaflet(*blocks: Node) -> Leaflet:
    document = Document("l.md", "Title", TitleFrom.TEXT, "en", list(blocks))
    return pages.compose("l", document, Marked(list(blocks), ()))


def h(level: int, text: str, address: str = "") -> Node:
    return tree.header(level, tree.string(text), address)


def p(*inlines: Node | str) -> Node:
    nodes = ([tree.string(i) if isinstance(i, str) else [i] for i in inlines]) or [[]]
    return {"t": "Para", "c": [node for part in nodes for node in part]}


def link(target: str, text: str = "there") -> Node:
    return {"t": "Link", "c": [tree.attr(), tree.string(text), [target, ""]]}


def note(text: str) -> Node:
    return {"t": "Note", "c": [tree.para(text)]}


def names(made: Leaflet) -> list[str]:
    return [page.name for page in made.pages]


def targets(page: Page) -> list[str]:
    return [node["c"][2][0] for node in tree.walk(page.blocks) if node["t"] == "Link"]


def levels(page: Page) -> list[int]:
    return [block["c"][0] for block in page.blocks if block["t"] == "Header"]


def test_a_text_without_headings_is_one_page() -> None:
    made = leaflet(p("All of it."))
    assert names(made) == ["index.md"]
    assert made.pages[0].blocks == [p("All of it.")]
    assert made.pages[0].title == "Title"


def test_no_blocks_at_all_are_an_empty_landing_page() -> None:
    (landing,) = leaflet().pages
    assert (landing.blocks, landing.description) == ([], "Title")


def test_text_before_the_first_heading_is_on_the_landing_page() -> None:
    landing, first = leaflet(p("Before."), h(1, "One"), p("In one.")).pages
    assert landing.blocks == [p("Before.")]
    assert first.title == "One"
    assert tree.text(first.blocks[1]["c"]) == "In one."


def test_one_heading_above_all_others_stays_on_the_landing_page() -> None:
    made = leaflet(p("Before."), h(1, "All"), p("Lead."), h(2, "One"), h(2, "Two"))
    assert names(made) == ["index.md", "one.md", "two.md"]
    assert [block["t"] for block in made.pages[0].blocks] == ["Para", "Header", "Para"]
    assert levels(made.pages[0]) == [2]


def test_one_heading_with_one_below_it_is_a_page() -> None:
    assert names(leaflet(h(1, "All"), h(2, "One"))) == ["index.md", "all.md"]


def test_repeated_headings_have_their_own_names_and_links() -> None:
    made = leaflet(
        p(link("#first"), link("#second"), link("#risks-2")),
        h(1, "Risks", "first"),
        h(1, "Risks", "second"),
        h(1, "Other"),
        h(2, "Risks"),
        h(2, "Risks"),
    )
    assert names(made) == ["index.md", "risks.md", "risks-2.md", "other.md"]
    assert targets(made.pages[0]) == ["risks.md", "risks-2.md", "other.md#risks-2"]
    anchors = [b["c"][1][0] for page in made.pages for b in page.blocks if b["t"] == "Header"]
    assert len(anchors) == len(set(anchors))


@pytest.mark.parametrize("title", ["Index", "README", "404", "Search", "Sitemap", "Images"])
def test_a_heading_takes_no_reserved_name(title: str) -> None:
    assert names(leaflet(h(1, title), h(1, title))) == [
        "index.md",
        f"{title.lower()}-2.md",
        f"{title.lower()}-3.md",
    ]


def test_a_heading_of_only_punctuation_has_a_name() -> None:
    assert names(leaflet(h(1, "?!"), h(1, "***"))) == ["index.md", "section.md", "section-2.md"]


def test_links_find_their_heading_on_whichever_page_it_is() -> None:
    made = leaflet(
        p(link("#one"), link("#deep")),
        h(1, "One", "one"),
        p(link("#one"), link("#deep"), link("#two")),
        h(2, "Deep", "deep"),
        h(1, "Two", "two"),
        p(link("#deep"), link("https://example.org/#deep"), link("mailto:a@example.org")),
    )
    landing, one, two = made.pages
    assert targets(landing) == ["one.md", "one.md#deep"]
    assert targets(one) == ["one.md", "#deep", "two.md"]
    assert targets(two) == ["one.md#deep", "https://example.org/#deep", "mailto:a@example.org"]


def test_a_link_to_a_heading_on_the_landing_page_goes_there() -> None:
    made = leaflet(h(1, "All", "all"), h(2, "One"), p(link("#all")), h(2, "Two"))
    assert targets(made.pages[1]) == ["index.md#all"]


def test_a_link_to_nothing_becomes_its_text() -> None:
    made = leaflet(p("See ", link("#nowhere", "the table"), link("#", "top")))
    assert targets(made.pages[0]) == []
    assert tree.text(made.pages[0].blocks[0]["c"]) == "See the tabletop"


def test_a_link_in_a_footnote_is_aimed_too() -> None:
    noted: Node = {"t": "Note", "c": [p(link("#two"), link("#nowhere"))]}
    made = leaflet(h(1, "One"), p("Text", noted), h(1, "Two", "two"))
    (content,) = made.pages[1].notes.values()
    assert [n["c"][2][0] for n in tree.walk(content) if n["t"] == "Link"] == ["two.md"]


def test_a_footnote_in_a_heading_and_used_twice_is_defined_once_a_page() -> None:
    made = leaflet(
        h(1, "One"),
        p("a", note("same"), "b", note("same"), "c", note("other")),
        {"t": "Header", "c": [1, tree.attr(), [*tree.string("Two"), note("same")]]},
        p("text", note("third")),
    )
    _, one, two = made.pages
    assert list(one.notes) == ["1", "2"]
    assert list(two.notes) == ["1", "3"]
    assert one.notes["1"] == two.notes["1"] == [tree.para("same")]
    references = [n["c"][1] for n in tree.walk(one.blocks) if n["t"] == "RawInline"]
    assert references == ["[^1]", "[^1]", "[^2]"]
    assert two.title == "Two"


def test_the_page_that_says_most_about_emergencies_is_named() -> None:
    def red(*texts: str) -> Node:
        return notice(Kind.EMERGENCY, [tree.para(text) for text in texts])

    made = leaflet(
        h(1, "One"),
        red("Call 112."),
        h(1, "Two"),
        red("Call 112 at once.", "Go to hospital."),
        h(1, "Three"),
        red("Call 112."),
        notice(Kind.SAFETY, [tree.para("A great many words about safety.")]),
    )
    assert [page.emergency for page in made.pages] == ["", "", "two.md", ""]
    assert made.pages[3].kinds == (Kind.SAFETY, Kind.EMERGENCY)


def test_a_notice_further_down_its_page_has_an_address_to_jump_to() -> None:
    red = notice(Kind.EMERGENCY, [tree.para("Call 112.")])
    made = leaflet(h(1, "One"), tree.para("Rest."), red, tree.para("Rest."), red)
    assert made.pages[1].emergency == "one.md#get-help-now"
    addresses = [block["c"][0][0] for block in made.pages[1].blocks if block["t"] == "Div"]
    assert addresses == ["get-help-now", ""]


def test_the_address_of_a_notice_is_not_that_of_a_heading_too() -> None:
    red = notice(Kind.EMERGENCY, [tree.para("Call 112.")])
    made = leaflet(h(1, "One"), h(2, "Get help now"), tree.para("Rest."), red, h(1, "Two"))
    assert made.pages[1].emergency == "one.md#get-help-now-2"
    addresses = [
        b["c"][0][0] if b["t"] == "Div" else b["c"][1][0]
        for b in made.pages[1].blocks
        if b["t"] != "Para"
    ]
    assert addresses == ["one", "get-help-now", "get-help-now-2"]


def test_footnotes_stand_in_the_order_their_page_refers_to_them() -> None:
    made = leaflet(
        h(1, "One"), p("a", note("first"), "b", note("second")),
        h(1, "Two"), p("c", note("third"), "d", note("first")),
    )  # fmt: skip
    assert list(made.pages[2].notes) == ["3", "1"]


def test_no_page_is_named_where_nothing_is_an_emergency() -> None:
    made = leaflet(h(1, "One"), notice(Kind.SAFETY, [tree.para("Take care.")]))
    assert not any(page.emergency for page in made.pages)


def description(*blocks: Node) -> str:
    return leaflet(*blocks).pages[0].description


def test_the_description_is_the_first_sentence() -> None:
    bullets = {"t": "BulletList", "c": [[{"t": "Plain", "c": tree.string("An item")}]]}
    assert description(p(""), p("Rest. Then walk.")) == "Rest."
    assert description(bullets) == "An item"
    assert description({"t": "HorizontalRule"}) == "Title"


def test_a_long_description_is_cut_at_a_word() -> None:
    cut = description(p("word, " * 60 + "end."))
    assert cut.endswith("word…")
    assert len(cut) <= pages.MAX_DESCRIPTION + 1
    exact = "w" * (pages.MAX_DESCRIPTION - 1) + "."
    assert description(p(exact)) == exact
    assert len(description(p("w" * 400))) <= pages.MAX_DESCRIPTION + 1


@pytest.mark.parametrize(
    ("found", "made"),
    [
        ([1, 2, 3], [1, 2, 3]),
        ([1, 3, 3], [1, 2, 2]),
        ([2, 4, 6, 3], [1, 2, 3, 2]),
        ([1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 5, 6]),
    ],
)
def test_levels_begin_at_one_and_skip_none(found: list[int], made: list[int]) -> None:
    composed = leaflet(h(found[0], "Other"), *(h(n, str(n)) for n in found))
    assert levels(composed.pages[2]) == made


def test_levels_deeper_than_six_stay_at_six() -> None:
    only = leaflet(h(1, "All"), *(h(n, f"h{n}") for n in range(2, 9)), h(2, "End"))
    assert max(levels(only.pages[1])) <= 6


def test_headings_are_reported_with_their_levels_and_reasons() -> None:
    given: Nodes = [h(1, "One"), tree.header(2, tree.string("Two  b"), reason="because")]
    found = leaflet(*given).headings
    assert [(x.text, x.level, x.reason) for x in found] == [("One", 1, ""), ("Two b", 2, "because")]


def test_the_blocks_of_all_pages_are_those_of_the_document() -> None:
    blocks = [p("a"), h(2, "One"), p("b"), h(4, "Two"), p("c"), h(1, "Three"), p("d")]
    text = [
        tree.text(tree.inlines_of(b) or []) for page in leaflet(*blocks).pages for b in page.blocks
    ]
    assert text == [tree.text(tree.inlines_of(b) or []) for b in blocks]


@pytest.mark.parametrize("empty", ["", " "])
def test_a_heading_without_words_makes_no_page_without_a_name(empty: str) -> None:
    made = leaflet(h(1, empty), p("Text."), h(1, "B"), p("More."))
    assert all(page.title.strip() for page in made.pages)
