"""The numbers and marks of lists: patients read what Word and LibreOffice show."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from clinicpress import build
from clinicpress.office import archive, counting, listlabels, numbering
from clinicpress.report import Report
from documents import item, open_document, p, run, word

HEAD = p("Knee injection", "Title") + p("Before", "Heading1") + p("Rest for two days after it.")
AFTER = p("After", "Heading1") + p("Tell us if you are in pain.")


def level(at: int, form: str, text: str, more: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/>{more}</w:lvl>'
    )


def kind(name: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{name}">{"".join(levels)}</w:abstractNum>'


def num(name: int, of: int, start: int | None = None) -> str:
    override = f'<w:startOverride w:val="{start}"/>'
    held = f'<w:lvlOverride w:ilvl="0">{override}</w:lvlOverride>' if start is not None else ""
    return f'<w:num w:numId="{name}"><w:abstractNumId w:val="{of}"/>{held}</w:num>'


def press(path: Path) -> Report:
    return build.press(path, path.name, "leaflet")


def made(tmp_path: Path, inner: str, lists: str, styles: str = "") -> Report:
    parts = {"numbering": lists, **({"styles": styles} if styles else {})}
    return press(word(tmp_path / "knee.docx", HEAD + inner + AFTER, parts))


def items(report: Report) -> list[str]:
    """Return the lines of lists on the page, as Markdown without its escapes."""
    lines = report.pages["before.md"].replace("\\", "").splitlines()
    plain = (re.sub(r"(-|\d+\.) +", r"\1 ", line, count=1) for line in lines)
    return [line for line in plain if re.match(r" *(-|\d+\.) ", line)]


DECIMAL = kind(1, level(0, "decimal", "%1."), level(1, "lowerLetter", "%2)"))


def test_lists_of_one_definition_share_their_count(tmp_path: Path) -> None:
    lists = DECIMAL + num(1, 1) + num(2, 1) + num(3, 1, start=1)
    inner = item("Wash", 1) + item("Dry", 1) + p("Then:") + item("Rest", 2) + item("Walk", 2)
    inner += p("On the day:") + item("Come", 3) + p("And:") + item("Sit", 1)
    assert items(made(tmp_path, inner, lists)) == [
        "1. Wash", "2. Dry", "3. Rest", "4. Walk", "1. Come", "2. Sit",
    ]  # fmt: skip


def test_letters_and_words_of_a_label_are_text(tmp_path: Path) -> None:
    steps = kind(2, level(0, "decimal", "Step %1:"), level(1, "lowerRoman", "(%2)"))
    lists = DECIMAL + steps + num(1, 1) + num(2, 2)
    inner = item("Wash", 1) + item("hands", 1, 1) + item("feet", 1, 1) + p("Then:")
    inner += item("Draw up", 2) + item("slowly", 2, 1) + item("Inject", 2)
    assert items(made(tmp_path, inner, lists)) == [
        "1. Wash", "    - a) hands", "    - b) feet",
        "- Step 1: Draw up", "    - (i) slowly", "- Step 2: Inject",
    ]  # fmt: skip


def test_numbers_of_several_levels_are_text_that_others_can_refer_to(tmp_path: Path) -> None:
    legal = kind(1, *(level(n, "decimal", ".".join(f"%{m}" for m in range(1, n + 2)))
                      for n in range(3)))  # fmt: skip
    inner = item("Main", 1) + item("Eat", 1, 1) + item("Fast", 1, 1) + item("6 hours", 1, 2)
    inner += item("Second", 1) + item("see 1.2", 1, 1)
    assert items(made(tmp_path, inner, legal + num(1, 1))) == [
        "1. Main", "    - 1.1 Eat", "    - 1.2 Fast", "        - 1.2.1 6 hours",
        "2. Second", "    - 2.1 see 1.2",
    ]  # fmt: skip


WINGDINGS = '<w:rPr><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/></w:rPr>'


def test_marks_that_say_something_are_kept(tmp_path: Path) -> None:
    lists = kind(1, level(0, "bullet", "✗")) + kind(2, level(0, "bullet", "\uf0fc", WINGDINGS))
    lists += kind(3, level(0, "bullet", "\uf0b7")) + num(1, 1) + num(2, 2) + num(3, 3)
    inner = item("Smoke", 1) + item("Drive", 1) + p("But:") + item("Swim", 2)
    inner += p("And:") + item("Eat", 3)
    report = made(tmp_path, inner, lists)
    assert items(report) == ["- ✗ Smoke", "- ✗ Drive", "- ✓ Swim", "- Eat"]
    assert report.leaflet.removed == ()


def test_plus_and_minus_are_kept_where_both_are_there(tmp_path: Path) -> None:
    lists = kind(1, level(0, "bullet", "+")) + kind(2, level(0, "bullet", "–"))
    inner = item("less pain", 1) + p("But:") + item("a scar", 2)
    shown = items(made(tmp_path, inner, lists + num(1, 1) + num(2, 2)))
    assert shown == ["- + less pain", "- – a scar"]


STYLES = (
    '<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style>'
) + "".join(
    f'<w:style w:type="paragraph" w:styleId="LB{n}"><w:name w:val="List Bullet{at}"/>'
    f'<w:pPr><w:numPr><w:numId w:val="{n}"/></w:numPr></w:pPr></w:style>'
    for n, at in ((1, ""), (2, " 2"), (3, " 3"))
)


def test_words_own_styles_for_lists_in_lists(tmp_path: Path) -> None:
    lists = kind(1, level(0, "bullet", "•")) + num(1, 1) + num(2, 1) + num(3, 1)
    inner = p("Fruit", "LB1") + p("apples", "LB2") + p("red ones", "LB3")
    shown = items(made(tmp_path, inner + p("Bread", "LB1"), lists, STYLES))
    assert shown == ["- Fruit", "    - apples", "        - red ones", "- Bread"]


def test_a_letter_after_a_dot_of_another_list_goes_on(tmp_path: Path) -> None:
    lists = DECIMAL + kind(2, level(0, "bullet", "•")) + num(1, 1) + num(2, 2)
    inner = item("four", 1) + item("a", 1, 1) + item("dot", 2) + item("b", 1, 1)
    shown = items(made(tmp_path, inner, lists))
    assert shown == ["1. four", "    - a) a", "- dot", "    - b) b"]


def test_a_list_goes_on_where_a_level_never_begins_anew(tmp_path: Path) -> None:
    on = level(1, "lowerLetter", "%2)", '<w:lvlRestart w:val="0"/>')
    lists = kind(1, level(0, "decimal", "%1."), on) + num(1, 1)
    inner = item("One", 1) + item("x", 1, 1) + item("Two", 1) + item("y", 1, 1)
    assert items(made(tmp_path, inner, lists)) == ["1. One", "    - a) x", "2. Two", "    - b) y"]


def test_a_style_puts_paragraphs_in_a_list_and_one_without_number_takes_them_out(
    tmp_path: Path,
) -> None:
    lists = kind(1, level(0, "decimal", "Part %1:")) + num(1, 1)
    out = p("With honey", "LB1", more='<w:numPr><w:numId w:val="0"/></w:numPr>')
    shown = made(tmp_path, p("Tea", "LB1") + out + p("Milk", "LB1"), lists, STYLES)
    assert items(shown) == ["- Part 1: Tea", "- Part 2: Milk"]
    assert "With honey" in shown.pages["before.md"].split("Part 1: Tea")[1]


def test_what_was_deleted_is_not_counted(tmp_path: Path) -> None:
    by = 'w:id="1" w:author="A" w:date="2026-01-01T00:00:00Z"'
    where = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    gone = (
        f"<w:p><w:pPr>{where}<w:rPr><w:del {by}/></w:rPr></w:pPr>"
        f"<w:del {by}><w:r><w:delText>Dry</w:delText></w:r></w:del></w:p>"
    )
    lists = kind(1, level(0, "decimal", "Step %1:")) + num(1, 1)
    shown = items(made(tmp_path, item("Wash", 1) + gone + item("Rest", 1), lists))
    assert shown == ["- Step 1: Wash", "- Step 2: Rest"]


SPANISH = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="es-ES"/></w:rPr></w:rPrDefault>'
    "</w:docDefaults>"
)


def test_a_number_in_words_is_text(tmp_path: Path) -> None:
    lists = kind(1, level(0, "ordinalText", "%1:"), level(1, "ordinal", "%2")) + num(1, 1)
    inner = item("Wash", 1) + item("Dry", 1, 1) + item("Rest", 1)
    shown = items(made(tmp_path, inner, lists))
    assert shown == ["- First: Wash", "    - 1st Dry", "- Second: Rest"]


def test_a_number_in_words_of_another_language_is_told(tmp_path: Path) -> None:
    lists = kind(1, level(0, "cardinalText", "%1")) + num(1, 1)
    names = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
        for key, name in (("Title", "Title"), ("Heading1", "heading 1"))
    )
    report = made(tmp_path, item("Wash", 1), lists, SPANISH + names)
    assert report.leaflet.removed == (
        "the mark or number of items of a list (the form “cardinalText”): 1",
    )  # fmt: skip


def test_a_level_that_is_missing_is_told(tmp_path: Path) -> None:
    lists = kind(1, level(0, "decimal", "%1."), level(1, "decimal", "%1.%2")) + num(1, 1)
    report = made(tmp_path, item("Tea", 1, 1) + item("Milk", 1) + item("Honey", 1), lists)
    assert items(report) == ["- 1.1 Tea", "1. Milk", "2. Honey"]
    (told,) = report.leaflet.removed
    assert told == f"the mark or number of items of a list ({listlabels.SKIPPED}): 2"


def test_the_numbers_of_headings_are_told(tmp_path: Path) -> None:
    where = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    inner = p("Risks", "Heading1", more=where) + p("It may bleed.") + p(run("Ask."))
    (told,) = made(tmp_path, inner, DECIMAL + num(1, 1)).leaflet.removed
    assert told == "the numbers that Word shows before headings (“1”): 1"


@pytest.mark.parametrize(
    "lists",
    [
        "<w:abstractNum><w:lvl/></w:abstractNum><w:num/>",
        kind(1, level(99, "decimal", "%1.")) + num(1, 1),
        kind(1, level(0, "decimal", "%9%8%1." * 3)) + num(1, 1),
        kind(1, level(0, "lowerLetter", "%1", start=999_999_999)) + num(1, 1),
        kind(1, level(0, "decimal", "%1." * 999)) + num(1, 1),
        kind(1, '<w:lvl w:ilvl="0"><w:start w:val="-5"/><w:numFmt w:val="decimal"/></w:lvl>')
        + num(1, 1),
        '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="LB1"/></w:abstractNum>'
        + num(1, 1),
        num(1, 77),
    ],
)
def test_odd_lists_keep_their_words(lists: str, tmp_path: Path) -> None:
    report = made(tmp_path, item("Wash", 1) + item("Dry", 1, 8) + item("Rest", 1, 99), lists)
    shown = report.pages["before.md"]
    assert [word for word in ("Wash", "Dry", "Rest") if word not in shown] == []


def test_a_broken_numbering_part_is_left_and_told(tmp_path: Path) -> None:
    path = word(tmp_path / "knee.docx", HEAD + item("Wash", 1), {"numbering": DECIMAL + num(1, 1)})
    data = path.read_bytes()
    assert numbering.shown(data)[0] != data
    part = {"word/numbering.xml": b'<w:numbering><w:num w:numId="1"></w:num><w:num'}
    broken = archive.with_parts(data, part)
    assert numbering.shown(broken) == (broken, (numbering.NOT_READ,))


@pytest.mark.parametrize(
    ("number", "form", "shown"),
    [(27, "lowerLetter", "aa"), (4, "upperRoman", "IV"), (3, "decimalZero", "03"), (9, "x", None),
     (781, "lowerLetter", None), (0, "lowerRoman", None), (1990, "lowerRoman", "mcmxc"),
     (1, "ordinal", "1st"), (12, "ordinal", "12th"), (22, "ordinal", "22nd"),
     (1, "ordinalText", "First"), (20, "ordinalText", "Twentieth"),
     (21, "ordinalText", "Twenty-first"), (9, "ordinalText", "Ninth"), (4, "cardinalText", "Four"),
     (40, "cardinalText", "Forty"), (100, "ordinalText", None)],
)  # fmt: skip
def test_numbers_in_other_forms(number: int, form: str, shown: str | None) -> None:
    assert counting.formed(number, form) == shown


# --- OpenDocument

LEVELS = (
    '<text:list-style style:name="L"><text:list-level-style-number text:level="1" '
    'style:num-suffix="." style:num-format="1"/><text:list-level-style-number text:level="2" '
    'style:num-suffix=")" style:num-format="a"/></text:list-style>'
    '<text:list-style style:name="M"><text:list-level-style-number text:level="1" '
    'style:num-format="1"/><text:list-level-style-number text:level="2" text:display-levels="2" '
    'style:num-format="1"/></text:list-style>'
    '<text:list-style style:name="S"><text:list-level-style-number text:level="1" '
    'style:num-prefix="Step " style:num-suffix=":" style:num-format="1"/></text:list-style>'
    '<text:list-style style:name="No"><text:list-level-style-bullet text:level="1" '
    'text:bullet-char="✗"/></text:list-style>'
    '<text:list-style style:name="Yes"><text:list-level-style-bullet text:level="1" '
    'text:bullet-char="\uf0fc"><style:text-properties style:font-name="Wingdings"/>'
    "</text:list-level-style-bullet></text:list-style>"
    '<text:list-style style:name="Dot"><text:list-level-style-bullet text:level="1" '
    'text:bullet-char="•"/><text:list-level-style-bullet text:level="2" text:bullet-char="◦"/>'
    "</text:list-style>"
    '<text:list-style style:name="Odd"><text:list-level-style-number text:level="1" '
    'style:num-format="一"/></text:list-style>'
)


def li(words: str, inner: str = "", more: str = "") -> str:
    return f"<text:list-item{more}><text:p>{words}</text:p>{inner}</text:list-item>"


def ul(style: str, *held: str, more: str = "") -> str:
    named = f' text:style-name="{style}"' if style else ""
    return f"<text:list{named}{more}>{''.join(held)}</text:list>"


def opened(tmp_path: Path, body: str) -> Report:
    head = '<text:h text:outline-level="1">{}</text:h><text:p>Rest for two days after it.</text:p>'
    whole = head.format("Before") + body + head.format("After")
    return press(open_document(tmp_path / "knee.odt", whole, LEVELS))


ON = ' text:continue-numbering="true"'


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (ul("L", li("x", more=' text:start-value="7"'), li("y")), ["7. x", "8. y"]),
        (ul("L", li("x"), li("y", more=' text:start-value="5"')), ["1. x", "5. y"]),
        (ul("L", li("x")) + "<text:p>Then</text:p>" + ul("L", li("y"), more=ON), ["1. x", "2. y"]),
        (ul("L", li("x"), more=' xml:id="a"') + ul("M", li("z"))
         + ul("L", li("y"), more=' text:continue-list="a"'), ["1. x", "1. z", "2. y"]),
        (ul("L", li("x")) + ul("M", li("z")) + ul("L", li("y"), more=ON),
         ["1. x", "1. z", "1. y"]),
        (ul("L", li("x", ul("", li("in"), li("on"))), li("y")),
         ["1. x", "    - a) in", "    - b) on", "2. y"]),
        (ul("M", li("x"), li("y", ul("", li("in")))), ["1. x", "2. y", "    - 2.1 in"]),
        (ul("S", li("x"), li("y")), ["- Step 1: x", "- Step 2: y"]),
        (ul("No", li("x")) + ul("Yes", li("y")) + ul("Dot", li("z", ul("", li("in")))),
         ["- ✗ x", "- ✓ y", "- z", "    - in"]),
        (ul("L", li("x"), "<text:list-header><text:p>head</text:p></text:list-header>", li("y")),
         ["1. x", "2. y"]),
        (ul("No", "<text:list-item><text:p/></text:list-item>", li("x")), ["- ✗", "- ✗ x"]),
        (ul("S", li("x", ul("Dot", "<text:list-item/>", li("y")))),
         ["- Step 1: x", "    - &nbsp;", "    - y"]),
        (ul("Odd", li("x")), ["- x"]),
        (ul("", li("x")) + ul("Gone", li("y")), ["1. x", "1. y"]),
    ],
)  # fmt: skip
def test_open_document_lists_are_as_libreoffice_shows_them(
    body: str, shown: list[str], tmp_path: Path
) -> None:
    assert [line for line in items(opened(tmp_path, body)) if line.strip() != "-"] == shown


def test_a_number_of_an_open_document_that_can_not_be_had_is_told(tmp_path: Path) -> None:
    (told,) = opened(tmp_path, ul("Odd", li("x"))).leaflet.removed
    assert told == "the mark or number of items of a list (the form “一”): 1"


def test_open_document_lists_deep_in_others_keep_their_words(tmp_path: Path) -> None:
    body = li("end")
    for _ in range(12):
        body = li("x", ul("L", body))
    assert "end" in opened(tmp_path, ul("L", body)).pages["before.md"]
