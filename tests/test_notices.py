"""Which sentences are marked, why, and that marking changes neither wording nor order."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from clinicpress import build, conservation, notices, tree, writing
from clinicpress.model import Kind, Marked, Sentence
from clinicpress.notices import boxes, concepts, judging, marker, reasons, rules
from clinicpress.notices.evidence import Statement
from clinicpress.notices.judging import Verdict
from clinicpress.notices.rules import Rules
from clinicpress.rendering import render
from clinicpress.tree import Node, Nodes
from conftest import CASES, ROOT

LANGUAGES = rules.languages()
GOLD = sorted((CASES / "notices").glob("*.gold.json"))
KINDS = [kind for kind in Kind if kind is not Kind.NONE]
EN = notices.load("en")

RED = "Call 999 now."
AMBER = "Do not drive after the procedure."
BLUE = "Check that your practitioner is registered with the regulator."
PLAIN = "The clinic is on the first floor."


def judged(text: str, headings: tuple[str, ...] = ()) -> Verdict:
    """Judge one sentence that stands alone."""
    return judging.judge([Statement(text, "para", headings)], EN)[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_cue_finds_its_own_example(language: str) -> None:
    loaded = notices.load(language)
    cues = [*loaded.cues, *loaded.headings]
    assert [cue.example for cue in cues if not cue.pattern.search(cue.example)] == []
    assert [cue.why for cue in cues if not cue.weight or not cue.why or cue.kind is Kind.NONE] == []
    doubled = Counter(cue.example for cue in cues)
    assert [example for example, times in doubled.items() if times > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_all_its_words(language: str) -> None:
    loaded = notices.load(language)
    assert loaded.language == language
    assert set(loaded.titles) == set(KINDS)
    assert all(loaded.titles.values())
    assert set(loaded.words) == set(EN.words)
    assert loaded.function_words
    assert {cue.kind for cue in loaded.cues if cue.weight > 0} == set(KINDS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_words_for_the_same_concepts(language: str) -> None:
    loaded = concepts.load(language)
    assert [c.name for c in loaded] == [c.name for c in concepts.load("en")]
    assert len({c.why for c in loaded}) == len(loaded)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_word_of_a_concept_is_found_and_not_within_another(language: str) -> None:
    folder = Path(concepts.__file__).parent / "concepts"
    data = tomllib.loads((folder / f"{language}.toml").read_text("utf-8"))
    for concept in concepts.load(language):
        for word in data[concept.name]["words"]:
            assert concept.said(f"({word.replace('*', 'xyz').upper()})")
            if word.isalpha():
                assert not concept.said(f"q{word}q")


def test_there_are_rules_for_three_languages() -> None:
    assert LANGUAGES == ["en", "es", "fr"]


@pytest.mark.parametrize(
    ("tag", "language"),
    [("en-GB", "en"), ("ES", "es"), ("fr-CA", "fr"), ("de", "en"), ("", "en"), ("../en", "en")],
)
def test_a_language_without_rules_has_those_for_english(tag: str, language: str) -> None:
    assert notices.load(tag).language == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("You may feel sore for a day or two, and this is usual.", "en"),
        ("Puede sentir molestias durante uno o dos días, y es lo normal.", "es"),
        ("Vous pouvez avoir mal pendant un ou deux jours, et c’est habituel.", "fr"),
        ("", "en"),
        ("Xyzzy 12", "en"),
        ("手术前不要吃东西", "zh"),
        ("Hip pain. No running, no sport, no alcohol. Call 999: no feeling below.", "en"),
        ("No smoking. No air, no swallow: call 999.", "en"),
        ("Sin deporte ni alcohol.", "es"),
        ("Rufen Sie 112 an, wenn Sie Atemnot haben.", "de"),
        ("Proszę zadzwonić pod 112, jeśli pacjent nie może oddychać.", "pl"),
        ("Pas de sport, pas d’alcool.", "fr"),
        ("لا تأكل قبل 6 ساعات من العملية. Paracetamol 500 mg.", "ar"),
        ("קחו את התרופה עם מים.", "he"),
        ("اگر درد دارید با ما تماس بگیرید و چای گرم ننوشید.", "fa"),
        ("ڈاکٹر سے بات کریں اگر بڑھے یا ٹھیک نہ ہو۔", "ur"),
        ("Please ask for a leaflet in your language: العربية, עברית.", "en"),
    ],
)
def test_guess_language(text: str, language: str) -> None:
    assert notices.guess_language(text) == language


SISTER = "No tome el sol en la zona y use protector. La piel se pone roja, pero es normal. " * 3
SPANISH = "Llame al 112 si tiene fiebre o dolor y no puede respirar. " * 2


@pytest.mark.parametrize(
    ("text", "said", "language"),
    [
        ("الربو مرض في الرئة. خذ الدواء مع Ventolin كل يوم.", "", "ar"),
        ("الربو مرض في الرئة.", "en-GB", "ar"),
        ("آسم یک بیماری ریه است.", "fa", "fa"),
        ("אסתמה היא מחלת ריאות.", "", "he"),
        ("Позвоните врачу, если больно.", "", "ru"),
        ("吸入器使用后请漱口。", "", "zh"),
        ("Asthma (الربو) is a disease of the lungs.", "", "en"),
        ("", "", "en"),
    ],
)
def test_letters_tell_a_language_too(text: str, said: str, language: str) -> None:
    assert rules.guess_language(text, said) == language


@pytest.mark.parametrize(
    ("text", "said", "language"),
    [
        ("You may feel sore for a day.", "en-GB", "en-GB"),
        (SPANISH, "es-MX", "es-MX"),
        (SPANISH, "en-US", "es"),  # a template's language
        ("Dolor. Llame al 112.", "en", "en"),  # too little to be sure of
        (SPANISH, "pt", "es"),
        (SISTER, "fr-FR", "es"),  # most of its common words are French words too
        (SPANISH, "gl", "gl"),  # a language that we do not know
        ("手术前不要吃东西", "zh", "zh"),
        ("لا تأكل قبل 6 ساعات من العملية", "en-GB", "ar"),
        ("لا تأكل قبل 6 ساعات من العملية", "ps-AF", "ps-AF"),
        ("קחו את התרופה עם מים.", "en-US", "he"),
        ("קחו את התרופה עם מים.", "yi", "yi"),
    ],
)
def test_a_language_that_the_file_names_wrongly_gives_way_to_its_words(
    text: str, said: str, language: str
) -> None:
    assert notices.guess_language(text, said) == language


@pytest.mark.parametrize(
    ("text", "kind"),
    [(RED, Kind.EMERGENCY), (AMBER, Kind.SAFETY), (BLUE, Kind.CREDENTIAL), (PLAIN, Kind.NONE)],
)
def test_a_sentence_is_judged_with_its_cues(text: str, kind: Kind) -> None:
    kind_judged, cues = judged(text)
    assert kind_judged is kind
    assert bool(cues) == (kind is not Kind.NONE)


def test_an_instruction_to_get_help_is_not_outvoted() -> None:
    cautious = "Tell your practitioner if you take warfarin, do not drive"
    side = "if there is a serious side effect such as bleeding"
    assert judged(f"{cautious}, and ring us {side}.")[0] is Kind.SAFETY
    assert judged(f"{cautious}, and call 999 {side}.")[0] is Kind.EMERGENCY


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Hives all over, a swollen tongue, tight chest: 911."),
        ("en", "Swallowed by a child? Call Poison Control on 1-800-222-1222."),
        ("en", "Take her straight to the hospital."),
        ("en", "Make your way to the nearest A&E."),
        ("en", "He needs an ambulance."),
        ("es", "Si piensa en hacerse daño, llame al 024."),
        ("es", "Busque ayuda médica urgente."),
        ("es", "Andá ya a la guardia."),
        ("es", "Vaya al hospital más cercano."),
        ("fr", "Demandez une aide médicale urgente."),
        ("fr", "Une douleur qui serre la poitrine, c’est le 15."),
        ("fr", "Appelez le centre antipoison."),
        ("fr", "Allez tout de suite à l’hôpital."),
    ],
)
def test_a_plain_instruction_to_get_help_is_an_emergency(language: str, text: str) -> None:
    assert notices.load(language).outright(text)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "You do not need to call 999 for a bruise."),
        ("en", "If it is not an emergency, ring the clinic on 01632 960 999."),
        ("en", "112 patients took part in the study."),
        ("en", "It costs £999."),
        ("en", "Ask your insurer if it pays for the ambulance."),
        ("en", "You will go to the hospital on the day of the operation."),
        ("en", "She will come to see you at home after you leave hospital."),
        ("es", "Llame al 600 123 456 para pedir cita."),
        ("es", "No llame al 112 por un moratón."),
        ("es", "Vaya al hospital a las ocho, en ayunas."),
        ("fr", "Faites 15 flexions."),
        ("fr", "N’appelez pas le 15 pour un bleu."),
        ("fr", "Venez à l’hôpital le 15 mars, au 112 rue des Lilas."),
        ("fr", "Appelez le 01 99 00 15 18."),
    ],
)
def test_numbers_and_hospitals_alone_are_no_emergency(language: str, text: str) -> None:
    assert not notices.load(language).outright(text)


def test_a_number_is_one_word_with_all_its_groups() -> None:
    assert (
        concepts.words("Ring 9-8-8 or 999. 1,000 of 2.5 mg") == "ring 988 or 999 0 of 0 mg".split()
    )
    assert concepts.words("(0341) 555-0164, le 15, 18") == "phone le 15 0".split()


def test_the_end_of_a_telephone_number_is_no_emergency_number() -> None:
    alone = concepts.spoken_of("Ring 999.", "en")
    assert "emergency_number" in alone
    assert set(concepts.spoken_of("Ring 01632 960 999.", "en")) < set(alone)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "You do not need to call 999 for a small bruise."),
        ("en", "There is no need to go to A&E."),
        ("es", "No hace falta llamar al 112 por un moratón."),
        ("fr", "Il n’est pas nécessaire d’appeler le 15 pour un bleu."),
    ],
)
def test_a_sentence_that_nobody_need_call_is_no_emergency(language: str, sentence: str) -> None:
    rules = notices.load(language)
    urgent = Statement(
        {
            "en": "Call 999 if you cannot breathe.",
            "es": "Llame al 112 si se ahoga.",
            "fr": "Appelez le 15 si vous étouffez.",
        }[language],
        "para",
    )
    kinds = [kind for kind, _ in judging.judge([urgent, Statement(sentence, "para")], rules)]
    assert kinds[0] is Kind.EMERGENCY
    assert kinds[1] is not Kind.EMERGENCY
    assert not rules.outright(sentence)
    assert rules.outright(f"{sentence[:-1]}, but {rules.calm.sub('', urgent.text)}")


BETWEEN = {
    "en": ("Call 999 if you cannot breathe.", "We serve soup at noon.", "Soup | Noon | Kitchen"),
    "es": ("Llame al 112 si se ahoga.", "La sopa se sirve a mediodía.", "Sopa | Mediodía"),
    "fr": ("Appelez le 15 si vous étouffez.", "La soupe est servie à midi.", "Soupe | Midi"),
}


@pytest.mark.parametrize("language", BETWEEN)
def test_what_speaks_of_nothing_urgent_is_no_emergency_for_standing_between_two(
    language: str,
) -> None:
    told, soup, row = BETWEEN[language]
    headings = ("Help",)
    for text, shape in ((soup, "para"), (row, "row")):
        around = [Statement(told, shape, headings, 1), Statement(text, shape, headings, 1)]
        verdicts = judging.judge([*around, around[0]], notices.load(language))
        assert [kind is Kind.EMERGENCY for kind, _ in verdicts] == [True, False, True]


def test_a_heading_that_sends_for_help_leads_the_list_below_it() -> None:
    told = "Call 999 if"
    listed = [Statement("you feel faint", "item", (told,)), Statement("Rest.", "para", (told,))]
    verdicts = judging.judge(listed, EN)
    assert verdicts[0] == (Kind.EMERGENCY, (EN.words["heading"].format(heading=told),))
    assert verdicts[1][1] != verdicts[0][1]
    assert judging.judge([Statement("you feel faint", "item", ("Rest",))], EN)[0] != verdicts[0]


def test_a_heading_adds_its_weight_and_is_named() -> None:
    kind, cues = judged("You may feel tired.", ("Risks and side effects",))
    assert kind is Kind.SAFETY
    assert any("“Risks and side effects”" in cue for cue in cues)


def p(text: str, tag: str = "Para") -> Node:
    return {"t": tag, "c": tree.string(text)}


def items(*texts: str) -> Node:
    return {"t": "BulletList", "c": [[p(text, "Plain")] for text in texts]}


def table(head: list[str], *rows: list[str]) -> Node:
    def row(cells: list[str]) -> list[object]:
        made = [[tree.attr(), {"t": "AlignDefault"}, 1, 1, [p(c, "Plain")]] for c in cells]
        return [tree.attr(), made]

    widths = [[{"t": "AlignDefault"}, {"t": "ColWidthDefault"}] for _ in head]
    bodies = [[tree.attr(), 0, [], [row(cells) for cells in rows]]]
    caption = [None, [p("A caption", "Plain")]]
    headed = [tree.attr(), [row(head)]]
    return {
        "t": "Table",
        "c": [tree.attr(), caption, widths, headed, bodies, [tree.attr(), []]],
    }


def plainly(statements: Sequence[Statement], _: Rules = EN) -> list[Verdict]:
    """Judge by a word: what is judged how is another test's matter."""
    words = {"999": RED, "drive": AMBER, "Tell us": AMBER, "registered": BLUE}
    kinds = {RED: Kind.EMERGENCY, AMBER: Kind.SAFETY, BLUE: Kind.CREDENTIAL}
    return [
        next(((kinds[words[w]], (w,)) for w in words if w in s.text), (Kind.NONE, ()))
        for s in statements
    ]


def mark(*blocks: Node) -> Marked:
    """Mark, and hold that wording and order are as they were."""
    marked = marker.mark(list(blocks), EN, plainly)
    assert conservation.tree_words(marked.blocks) == conservation.tree_words(list(blocks))
    return marked


def shape(blocks: Nodes) -> list[object]:
    """Write a notice as its kind and what is in it, any other block as its tag."""
    return [
        (str(boxes.kind_of(block)), *shape(block["c"][1]))
        if boxes.kind_of(block) is not Kind.NONE
        else block["t"]
        for block in blocks
    ]


def labels(marked: Marked) -> list[tuple[str, str]]:
    return [(sentence.shape, str(sentence.label)) for sentence in marked.sentences]


def test_neighbours_of_a_kind_share_a_notice() -> None:
    marked = mark(p(PLAIN), p(AMBER), items(AMBER, AMBER), p(RED), p(BLUE), p(BLUE), p(PLAIN))
    assert shape(marked.blocks) == [
        "Para",
        ("safety", "Para", "BulletList"),
        ("emergency", "Para"),
        ("credential", "Para", "Para"),
        "Para",
    ]


def test_a_column_that_sends_for_help_makes_its_rows_emergencies() -> None:
    marked = mark(table(["Sign", "Call 999 if"], ["Itch", "No"], ["Rash", "it spreads"], ["", ""]))
    rows = [s for s in marked.sentences if s.shape == "row"]
    assert [s.label for s in rows] == [Kind.NONE, Kind.EMERGENCY]
    assert rows[1].cues == (EN.words["heading"].format(heading="Call 999 if"),)
    asked = mark(table(["Sign", "Call 999?"], ["Rash", "Yes"]))
    assert asked.sentences[-1].label is not Kind.EMERGENCY


@pytest.mark.parametrize("item", ["a fever or a chest infection", "a seizure in the last month"])
def test_a_heading_that_keeps_people_away_sends_nobody_for_help(item: str) -> None:
    headings = ("Stay on dry land if you have",)
    items = [Statement(item, "item", headings, 1), Statement("chest pain", "item", headings, 1)]
    assert [kind for kind, _ in judging.judge(items, EN)] == [Kind.SAFETY, Kind.SAFETY]


@pytest.mark.parametrize(
    ("text", "is_emergency"),
    [
        ("Out of hours, ring 111 for anything less urgent.", False),
        ("Ring 111 if it is not urgent, and call 999 if you have chest pain.", True),
    ],
)
def test_what_can_wait_is_no_emergency(text: str, is_emergency: bool) -> None:
    kind, _ = judged(text, ("Get help now",))
    assert (kind is Kind.EMERGENCY) is is_emergency


def test_a_heading_that_invites_makes_no_list_a_notice() -> None:
    items = [Statement("you want a faster appointment", "item", ("Book online if",), 1)]
    assert [kind for kind, _ in judging.judge(items, EN)] == [Kind.NONE]


def test_a_heading_parts_two_notices_and_is_in_none() -> None:
    marked = mark(p(AMBER), tree.header(1, tree.string("Do not drive")), p(AMBER))
    assert shape(marked.blocks) == [("safety", "Para"), "Header", ("safety", "Para")]
    assert [sentence.section for sentence in marked.sentences] == [None, "Do not drive"]


def test_a_paragraph_is_cut_where_its_label_changes() -> None:
    marked = mark(p(f"{PLAIN} {AMBER} {AMBER} {PLAIN} {RED}"))
    assert shape(marked.blocks) == [
        "Para",
        ("safety", "Para"),
        "Para",
        ("emergency", "Para"),
    ]
    assert tree.text(marked.blocks[1]["c"][1][0]["c"]) == f"{AMBER} {AMBER}"


def test_one_ordinary_sentence_does_not_tear_a_notice() -> None:
    (made,) = mark(p(f"{AMBER} {PLAIN} {AMBER}")).blocks
    assert shape([made]) == [("safety", "Para")]
    marked = mark(p(f"{AMBER} {PLAIN} {AMBER}"))
    assert [str(s.label) for s in marked.sentences] == ["safety", "none", "safety"]
    torn = shape(mark(p(f"{AMBER} {PLAIN} {PLAIN} {AMBER}")).blocks)
    assert torn == [("safety", "Para"), "Para", ("safety", "Para")]
    urgent = shape(mark(p(f"{RED} {PLAIN} {RED}")).blocks)
    assert urgent == [("emergency", "Para"), "Para", ("emergency", "Para")]

    def decide(_: Sequence[Sentence]) -> marker.Decided:
        return {1: (Kind.NONE, "decided by a person")}

    decided = marker.mark([p(f"{AMBER} {PLAIN} {AMBER}")], EN, plainly, decide).blocks
    assert shape(decided) == torn


def test_a_bold_span_over_a_cut_is_bold_in_both_parts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judging, "judge", plainly)
    path = tmp_path / "leaflet.md"
    path.write_text("# Leaflet\n\nWe **are near. Do not drive** here.\n", encoding="utf-8")
    page = build.press(path, path.name, "leaflet").pages["index.md"]
    assert "\nWe **are near.**\n" in page
    assert "\n**Do not drive** here.\n" in page


def test_a_link_and_a_quotation_over_a_cut_keep_their_words() -> None:
    link = {"t": "Link", "c": [tree.attr(), tree.string(f"floor. {AMBER}"), ["x.md", ""]]}
    quoted = {"t": "Quoted", "c": [{"t": "DoubleQuote"}, tree.string(f"{PLAIN} {AMBER}")]}
    code = {"t": "Code", "c": [tree.attr(), f"{PLAIN} {AMBER}"]}
    for inline in (link, quoted, code):
        mark({"t": "Para", "c": [*tree.string("The first"), {"t": "Space"}, inline]})


def test_a_footnote_mark_at_a_cut_stays_with_the_sentence_before_it() -> None:
    note = {"t": "Note", "c": [p("Since 2019.")]}
    marked = mark(
        {"t": "Para", "c": [*tree.string(PLAIN), note, {"t": "Space"}, *tree.string(AMBER)]}
    )
    assert marked.blocks[0]["c"][-1] == note


def test_a_paragraph_without_words_is_left() -> None:
    assert shape(mark(p(""), {"t": "Para", "c": [{"t": "LineBreak"}]}).blocks) == ["Para", "Para"]


def test_a_list_takes_the_sense_of_the_line_before_it() -> None:
    lead = Statement("Tell us if:", "para")
    listed = ("you like tea", "you wear lenses", RED)
    items = [Statement(text, "item", lead=0) for text in listed]
    verdicts = judging.judge([lead, *items], EN)
    assert [str(kind) for kind, _ in verdicts] == ["safety", "safety", "safety", "emergency"]
    assert EN.words["led"] in verdicts[1][1]


def test_the_marker_says_which_line_leads_in_which_list() -> None:
    seen: list[Statement] = []
    blocks = [p("Tell us if:"), items("tea", RED), items("Tea"), p(PLAIN), items("Tea")]
    marker.mark(blocks, EN, lambda statements, _: seen.extend(statements) or plainly(statements))  # type: ignore[func-returns-value]
    assert [statement.lead for statement in seen] == [None, 0, 0, None, None, None]


@pytest.mark.parametrize(
    ("language", "sentence", "leads"),
    [
        ("en", "Call 999 straight away if any of these happen.", True),
        ("en", "Ring us if you have", True),
        ("en", "Call 999 if you cannot breathe.", False),
        ("es", "Acuda a urgencias si aparece alguno de estos signos.", True),
        ("es", "Llame al 112 si no puede respirar.", False),
        ("fr", "Appelez le 15 devant l’un de ces signes.", True),
        ("fr", "Appelez le 15 si vous respirez mal.", False),
    ],
)
def test_a_sentence_leads_in_the_list_it_announces(
    language: str, sentence: str, leads: bool
) -> None:
    assert notices.load(language).leads_in(sentence) is leads
    assert notices.load(language).leads_in(f"{sentence[:-1]}:")
    seen: list[Statement] = []
    given = [p(f"{PLAIN} {sentence}"), items("one", "two")]
    rules = notices.load(language)
    marker.mark(given, rules, lambda told, _: seen.extend(told) or plainly(told))  # type: ignore[func-returns-value]
    assert [statement.lead for statement in seen] == [None, None, *([1 if leads else None] * 2)]


def test_a_list_goes_on_with_the_emergency_above_it_where_an_item_is_one() -> None:
    call = "Go to A&E if your calf is swollen or you are short of breath."
    red = "Chest pain: call 999"
    cases = {(red, "a rash"): [Kind.EMERGENCY] * 2, ("Rest.", "Drink water."): [Kind.NONE] * 2}
    for listed, expected in cases.items():
        marked = notices.mark([p(call), items(*listed)], EN)
        assert [sentence.label for sentence in marked.sentences] == [Kind.EMERGENCY, *expected]
    marked = notices.mark([p(call), p(PLAIN), items(red, "Drink water.")], EN)
    assert marked.sentences[-1].label is not Kind.EMERGENCY


@pytest.mark.parametrize("ordered", [False, True])
def test_a_mixed_list_is_marked_item_by_item(ordered: bool) -> None:
    block = items("Bring a book.", AMBER, "Wear loose clothes.")
    style = [1, {"t": "Decimal"}, {"t": "Period"}]
    block = {"t": "OrderedList", "c": [style, block["c"]]} if ordered else block
    (marked,) = mark(block).blocks
    assert marked["t"] == block["t"]
    made = marked["c"][1] if ordered else marked["c"]
    assert [shape(item) for item in made] == [["Plain"], [("safety", "Para")], ["Plain"]]


def test_what_is_nested_in_an_item_is_marked_with_it_or_inside() -> None:
    nested = [p("Afterwards", "Plain"), items("Rest.", AMBER)]
    agreed = [p(AMBER, "Plain"), items(AMBER, AMBER)]
    (marked,) = mark(
        {"t": "BulletList", "c": [[p("Bring a book.", "Plain")], nested, agreed]}
    ).blocks
    assert [shape(item) for item in marked["c"]] == [
        ["Plain"],
        ["Plain", "BulletList"],
        [("safety", "Para", "BulletList")],
    ]
    within = marked["c"][1][1]["c"]
    assert [shape(item) for item in within] == [["Plain"], [("safety", "Para")]]


@pytest.mark.parametrize("ordered", [False, True])
def test_neighbours_in_a_list_share_a_notice_and_its_numbers_go_on(ordered: bool) -> None:
    block = items("Bring a book.", AMBER, AMBER, "Wear a coat.", BLUE, "Eat lightly.")
    style = [3, {"t": "Decimal"}, {"t": "Period"}]
    block = {"t": "OrderedList", "c": [style, block["c"]]} if ordered else block
    first, boxed, last = mark(block).blocks
    assert shape([boxed]) == [("safety", block["t"])]
    inner = boxed["c"][1][0]
    if ordered:
        assert [part["c"][0][0] for part in (first, inner, last)] == [3, 4, 6]
        first, inner, last = ({"c": part["c"][1]} for part in (first, inner, last))
    assert [len(part["c"]) for part in (first, inner, last)] == [1, 2, 3]
    assert [shape(item) for item in last["c"]] == [["Plain"], [("credential", "Para")], ["Plain"]]


def test_a_list_stays_with_the_line_that_warns_before_it() -> None:
    lead = p("Tell us if you are:")
    marked = mark(lead, items("Tell us 1", RED, "Tell us 2"))
    assert shape(marked.blocks) == [
        ("safety", "Para", "BulletList"),
        ("emergency", "BulletList"),
        ("safety", "BulletList"),
    ]
    marked = mark(lead, items("Tell us 1", "Bring a book.", "Tell us 2"))
    assert shape(marked.blocks) == [("safety", "Para", "BulletList"), "BulletList"]


def test_a_definition_list_is_cut_where_its_label_changes() -> None:
    entries = [[tree.string(term), [[p(said, "Plain")]]] for term, said in (
        ("Soreness", PLAIN), ("Bleeding", AMBER), ("Fever", AMBER)
    )]  # fmt: skip
    marked = mark({"t": "DefinitionList", "c": entries})
    assert shape(marked.blocks) == ["DefinitionList", ("safety", "DefinitionList")]
    assert [len(b["c"]) for b in (marked.blocks[0], marked.blocks[1]["c"][1][0])] == [1, 2]


def test_a_heading_in_an_item_is_judged_as_part_of_it() -> None:
    marked = mark({"t": "BulletList", "c": [[tree.header(2, tree.string("Do not drive")), p("")]]})
    assert labels(marked) == [("item", "safety")]


def kinds_of_rows(block: Node) -> list[str]:
    return [str(boxes.row_kind(row)) for row in boxes.rows_of(block)]


def test_a_row_is_marked_by_itself() -> None:
    marked = mark(table(["Effect", "How many"], ["Soreness", "1 in 4"], [AMBER, "all"]))
    (block,) = marked.blocks
    assert kinds_of_rows(block) == ["none", "safety"]
    assert labels(marked) == [
        ("caption", "none"),
        ("row-header", "none"),
        ("row", "none"),
        ("row", "safety"),
    ]
    assert marked.sentences[3].text == f"{AMBER} | all"
    assert shape(mark(table(["Day", "Open"], ["Monday", "9 to 5"])).blocks) == ["Table"]


def test_a_table_that_mostly_agrees_is_marked_whole() -> None:
    rows = [[AMBER, "1"], ["", ""], [AMBER, "2"], [RED, "3"], [PLAIN, ""], [AMBER, ""]]
    (boxed,) = mark(table(["Effect", "How many"], *rows)).blocks
    assert shape([boxed]) == [("safety", "Table")]
    assert kinds_of_rows(boxed["c"][1][0]) == ["none"] * 3 + ["emergency"] + ["none"] * 2


def test_a_table_is_an_emergency_as_a_whole_only_where_all_its_rows_are() -> None:
    (boxed,) = mark(table(["Sign", "Do"], [RED, "1"], ["", ""], [RED, "2"])).blocks
    assert shape([boxed]) == [("emergency", "Table")]
    (mixed,) = mark(table(["Sign", "Do"], [RED, "1"], [RED, "2"], [PLAIN, "3"])).blocks
    assert kinds_of_rows(mixed) == ["emergency", "emergency", "none"]


def test_a_row_that_a_person_took_out_stands_in_no_notice() -> None:
    block = table(["Effect", "How many"], [AMBER, "1"], [AMBER, "2"], [PLAIN, "3"])

    def decide(sentences: Sequence[Sentence]) -> marker.Decided:
        at = next(n for n, s in enumerate(sentences) if s.text == f"{PLAIN} | 3")
        return {at: (Kind.NONE, "decided by a person")}

    (made,) = marker.mark([block], EN, plainly, decide).blocks
    assert kinds_of_rows(made) == ["safety", "safety", "none"]


def test_a_list_in_an_item_takes_the_sense_of_that_item() -> None:
    inner = items("warfarin")
    outer = {"t": "BulletList", "c": [[p(f"{AMBER[:-1]}:", "Plain"), inner], [p("tea", "Plain")]]}
    statements: list[Statement] = []

    def judge(given: Sequence[Statement], of: Rules) -> list[Verdict]:
        statements[:] = given
        return judging.judge(given, of)

    marked = marker.mark([outer], EN, judge)
    assert [str(sentence.label) for sentence in marked.sentences] == ["safety", "safety", "none"]
    assert [statement.lead for statement in statements] == [None, 0, None]


def test_a_row_whose_first_cell_is_empty_or_a_list_is_marked_too() -> None:
    block = table(["Effect", "How many"], ["", AMBER], ["Tea", PLAIN], [AMBER, ""], ["Tea", PLAIN])
    boxes.rows_of(block)[2][1][0][4] = [items(AMBER)]
    boxes.rows_of(block)[0][1][0][4] = []
    (made,) = mark(block).blocks
    rows = boxes.rows_of(made)
    assert kinds_of_rows(made) == ["safety", "none", "safety", "none"]
    assert [block["t"] for block in rows[2][1][0][4]] == ["Plain", "BulletList"]


def test_a_quotation_is_marked_whole_or_inside() -> None:
    assert shape(mark({"t": "BlockQuote", "c": [p(AMBER), p(AMBER)]}).blocks) == [
        ("safety", "BlockQuote")
    ]
    (mixed,) = mark({"t": "BlockQuote", "c": [p(PLAIN), p(AMBER)]}).blocks
    assert shape(mixed["c"]) == ["Para", ("safety", "Para")]


def test_an_empty_quotation_and_an_empty_list_are_left() -> None:
    empty: Nodes = [{"t": "BlockQuote", "c": []}, {"t": "BulletList", "c": []}]
    assert mark(*empty).blocks == empty


def test_code_and_lines_are_listed_and_not_marked() -> None:
    lines: Node = {"t": "LineBlock", "c": [tree.string(AMBER), tree.string(RED)]}
    marked = mark({"t": "CodeBlock", "c": [tree.attr(), AMBER]}, lines, {"t": "HorizontalRule"})
    assert shape(marked.blocks) == ["CodeBlock", "LineBlock", "HorizontalRule"]
    assert labels(marked) == [("para", "none")] * 3


def test_footnotes_come_last_once_each_and_unmarked() -> None:
    note = {"t": "Note", "c": [p(AMBER)]}
    first: Node = {"t": "Para", "c": [*tree.string("The clinic"), note, *tree.string(" is near.")]}
    marked = mark(first, {"t": "Para", "c": [*tree.string("It opens"), note]}, p(RED))
    assert labels(marked) == [
        ("para", "none"),
        ("para", "none"),
        ("para", "emergency"),
        ("footnote", "none"),
    ]
    assert marked.sentences[-1].text == AMBER


def test_no_sentence_is_empty() -> None:
    hard: Node = {
        "t": "Para",
        "c": [*tree.string("One."), {"t": "LineBreak"}, *tree.string("Two.")],
    }
    assert all(sentence.text for sentence in mark(hard).sentences)


@pytest.mark.parametrize(
    "text",
    [
        "手术后请打 999。然后回家。",
        "手术后请打 999！然后回家。",
        "**Rest.\u00a0Do not drive.**",
        "**Rest today. Do not drive.** We close at five.",
        "*You can eat. Call 999 if you cannot breathe.*",
        "[We are near. Do not drive.](https://example.org)",
        "We are near.[^1] Do not drive.[^1]\n\n[^1]: A note. Do not drive.",
        "We are near.\\\nDo not drive.\\\nWe close at five.",
        "`We are near. Do not drive.` Do not swim.",
        "> We are near. Do not drive.\n>\n> - Tea\n> - Call 999.",
    ],
)
def test_a_cut_leaf_is_conserved_all_the_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setattr(judging, "judge", plainly)
    path = tmp_path / "leaflet.md"
    path.write_text(f"# Leaflet\n\n{text}\n", encoding="utf-8")
    page = build.press(path, path.name, "leaflet").pages["index.md"]
    html = render(writing.body_of(page))
    assert "admonition" in html
    assert not set("*`[]") & set(re.sub(r"<[^>]*>", "", html))


def pressed(gold: Path) -> tuple[list[str], Counter[tuple[str, str]]]:
    (document,) = (p for p in gold.parent.glob(gold.name.split(".")[0] + ".*") if p != gold)
    made = build.press(document, document.name, "leaflet").leaflet
    marked = Counter((s.text, str(s.label)) for s in made.sentences if s.label is not Kind.NONE)
    return [heading.text for heading in made.headings], marked


@pytest.mark.parametrize("gold", GOLD, ids=lambda path: path.name)
def test_the_headings_are_those_a_person_found(gold: Path) -> None:
    wanted = json.loads(gold.read_text(encoding="utf-8"))["headings"]
    assert pressed(gold)[0] == [heading["text"] for heading in wanted]


def test_the_labels_agree_with_those_a_person_gave() -> None:
    right = wrong = 0
    for gold in GOLD:
        sentences = json.loads(gold.read_text(encoding="utf-8"))["sentences"]
        wanted = Counter((s["text"], s["label"]) for s in sentences if s["label"] != "none")
        found = pressed(gold)[1]
        right += (wanted & found).total()
        wrong += (wanted - found).total() + (found - wanted).total()
    assert 2 * right / (2 * right + wrong) >= 0.90


def test_leaflets_that_nothing_was_learned_from_are_judged_well() -> None:
    script = [sys.executable, str(ROOT / "bench" / "accuracy.py")]
    done = subprocess.run(script, capture_output=True, encoding="utf-8", check=True)
    figures = {tuple(row.split()[:2]): row.split() for row in done.stdout.splitlines()}
    # group, kind, "P", precision, "R", recall, "F1", F1
    assert float(figures["all", "emergency"][5]) >= 0.88
    assert float(figures["all", "emergency"][3]) >= 0.80
    assert float(figures["all", "credential"][7]) >= 0.85
    assert all(float(figures[group, "micro"][7]) >= 0.78 for group in ("all", *LANGUAGES))


def sentence(*cues: str) -> Sentence:
    return Sentence("Do not drink.", Kind.SAFETY, cues=cues)


@pytest.mark.parametrize(
    ("cues", "told"),
    [
        (("decided by A in l.review.yml:2",), "decided by A in l.review.yml:2"),
        (
            ("+1.8 says “do not” (what not to do)", "+1.0 says “do”", "-0.6 says “next” (x)"),
            "Mainly: says “do not” (what not to do). Against it: says “next” (x).",
        ),
        (
            ("+1.8 a", "+1.4 b", "+1.2 c", "+1.1 d", "-0.9 e", "-0.8 f", "-0.2 g"),
            "Mainly: a. Also: b; c. Against it: e.",
        ),
        (("+0.9 says “Do not” (a)", "-0.9 not for all (“do not”)"), "Mainly: says “Do not” (a)."),
        (("+0.4 says “tablet”", "-0.4 says “drink”"), "Mainly: says “tablet”."),
        (("-0.4 e", "fits"), f"Mainly: {EN.words['around']}. Against it: e."),
        (("+0.1 a", "-0.1 b"), f"Mainly: {EN.words['around']}."),
    ],
)
def test_reasons_are_told_without_figures_the_strongest_first(
    cues: tuple[str, ...], told: str
) -> None:
    assert reasons.told(sentence(*cues), EN) == told


def test_an_item_names_the_line_that_leads_in() -> None:
    lead = Statement(
        "You are welcome to bring any of these things along when you visit us:", "para"
    )
    texts = ("severe bleeding that does not stop", "a book")
    verdicts = judging.judge([lead, *(Statement(t, "item", lead=0) for t in texts)], EN)
    cues = [cue for _, found in verdicts for cue in found]
    assert all(cue.endswith("…”") for cue in cues if "follows the line" in cue)
    assert any("follows the line “You are welcome" in cue for cue in cues), cues


def test_words_are_quoted_as_they_are_written() -> None:
    (experience,) = (c for c in concepts.load("es") if c.name == "experience")
    assert experience.said("Tiene diez Años de práctica.") == "Años"
    assert experience.said("Rest.") == ""
    dotted = re.compile("i̇?stanbul")
    assert concepts.as_written("In İstanbul, Straße 3", re.compile("strasse 3")) == "Straße 3"
    assert concepts.as_written("In İstanbul", dotted) == "İstanbul"
