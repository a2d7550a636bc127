"""A document for each way in which clinics mark headings, and for each thing that is not one."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from clinicpress import build, titles, tree
from clinicpress.content import Content, WordsLostError, complete, repeated_title
from clinicpress.office import outlines
from clinicpress.report import Report
from clinicpress.tree import Node
from documents import PNG, cell, p, picture, relation, run, table, word

REST = p("Rest for two days after it, and drink water.")
BOLD, LARGE = "<w:b/>", '<w:sz w:val="32"/>'


def press(path: Path) -> Report:
    return build.press(path, path.name, "leaflet")


def found(report: Report) -> list[tuple[int, str]]:
    return [(heading.level, heading.text) for heading in report.leaflet.headings]


def heads(*styled: tuple[str, str, str]) -> str:
    """A body of headings (text, style, look), each with a sentence below it."""
    return "".join(p(text, style, look) + REST for text, style, look in styled)


def plain(*texts: str, style: str = "", look: str = "") -> str:
    return heads(*((text, style, look) for text in texts))


def styled(*styles: str) -> str:
    return heads(*((text, style, "") for text, style in zip(NAMES_3, styles, strict=True)))


NAMES_3 = ("Before", "Food", "After")
TITLE = p("Knee injection", "Title") + REST
THREE = [(1, "Before"), (1, "On the day"), (1, "After")]
NAMES = [text for _, text in THREE]

KNEE = "Knee injection"
# body, title, headings
WORD: dict[str, tuple[str, str, list[tuple[int, str]]]] = {
    "start at Heading 3": (
        TITLE + styled("Heading3", "Heading4", "Heading3"),
        "Knee injection",
        [(1, "Before"), (2, "Food"), (1, "After")],
    ),
    "skip levels": (
        TITLE + styled("Heading1", "Heading4", "Heading1"),
        "Knee injection",
        [(1, "Before"), (2, "Food"), (1, "After")],
    ),
    "Heading 1 for everything": (
        plain("Knee injection", *NAMES, style="Heading1"), "Knee injection", THREE,
    ),
    "Title style": (TITLE + plain(*NAMES, style="Heading2"), "Knee injection", THREE),
    "a title that the first heading repeats": (
        TITLE + plain("Knee injection", style="Heading1") + plain(*NAMES, style="Heading2"),
        "Knee injection", THREE,
    ),
    "bold": (plain("Knee injection", *NAMES, look=BOLD), "Knee injection", THREE),
    "underlined": (
        plain("Knee injection", *NAMES, look='<w:u w:val="single"/>'), "Knee injection", THREE,
    ),
    "larger": (plain("Knee injection", *NAMES, look=LARGE), "Knee injection", THREE),
    "larger by style": (plain("Knee injection", *NAMES, style="Big"), "Knee injection", THREE),
    "larger beside bold": (
        heads(
            ("Knee injection", "", '<w:b/><w:sz w:val="48"/>'), ("Before", "", LARGE),
            ("Food", "", BOLD), ("Drink", "", BOLD), ("After", "", LARGE),
        ),
        "Knee injection",
        [(1, "Before"), (2, "Food"), (2, "Drink"), (1, "After")],
    ),
    "capitals": (
        plain("KNEE INJECTION", "BEFORE YOU COME", "AFTER IT"),
        "KNEE INJECTION",
        [(1, "BEFORE YOU COME"), (1, "AFTER IT")],
    ),
    "numbered": (
        p("Knee injection") + REST + plain("1. Before", "2. Risks", "2.1 Common risks", "3. After"),
        "Knee injection",
        [(1, "1. Before"), (1, "2. Risks"), (2, "2.1 Common risks"), (1, "3. After")],
    ),
    "questions": (
        p("Knee injection") + REST + plain("What is it?", "Does it hurt?"),
        "Knee injection",
        [(1, "What is it?"), (1, "Does it hurt?")],
    ),
    "trailing colon": (
        p("Knee injection") + REST + plain("Before you come:", "Afterwards:"),
        "Knee injection",
        [(1, "Before you come:"), (1, "Afterwards:")],
    ),
    "bare": (p("Knee injection") + REST + plain(*NAMES), "Knee injection", THREE),
    "a preface above a lone Heading 1": (
        p("From the knee team of this clinic.")
        + p("Knee injection", "Heading1") + REST + plain(*NAMES, style="Heading2"),
        "Knee injection",
        THREE,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", WORD)
def test_headings_of_word(case: str, tmp_path: Path) -> None:
    body, title, headings = WORD[case]
    report = press(word(tmp_path / "knee.docx", body))
    assert report.leaflet.document.title == title
    assert found(report) == headings
    assert all(heading.reason for heading in report.leaflet.headings)


TEXT = (
    "Knee injection\n\nThis leaflet is for you.\n\n{}\n\nRest for two days after it, and drink "
    "water.\n\n{}\n\nTell us if you are in pain.\n"
)
WRAPPED = (
    "Knee injection\n\nThis leaflet tells you what the injection is, why you\nhave been "
    "offered it, and what happens on the day.\n\n{}\nRest for two days after the injection, and "
    "drink water\nas often as you like. Do not drive on the day itself.\n\n{}\nTell us if "
    "you are in pain for more than a few days\nor if your knee is red, hot or swollen.\n"
)
TEXTS = {
    "bare": (TEXT, "Before you come", "Afterwards"),
    "bare, wrapped": (WRAPPED, "Before you come", "Afterwards"),
    "capitals": (TEXT, "BEFORE YOU COME", "AFTERWARDS"),
    "numbered": (TEXT, "1. Before you come", "2. Afterwards"),
    "questions, wrapped": (WRAPPED, "What must I do before?", "And afterwards?"),
    "colons": (TEXT, "Before you come:", "Afterwards:"),
    "colons, wrapped": (WRAPPED, "Before you come:", "Afterwards:"),
}


@pytest.mark.parametrize("case", TEXTS)
def test_headings_of_text(case: str, tmp_path: Path) -> None:
    text, *heads = TEXTS[case]
    (tmp_path / "knee.txt").write_text(text.format(*heads), encoding="utf-8")
    report = press(tmp_path / "knee.txt")
    assert report.leaflet.document.title == "Knee injection"
    assert [text for _, text in found(report)] == heads


MARKDOWN = {
    "setext": "Knee injection\n===\n\nRest.\n\nBefore\n---\n\nEat.\n\nAfter\n---\n\nRest.\n",
    "atx from 3": "# Knee injection\n\nRest.\n\n### Before\n\nEat.\n\n### After\n\nRest.\n",
    "a preface": (
        "For adults.\n\n# Knee injection\n\nRest.\n\n## Before\n\nEat.\n\n## After\n\nRest.\n"
    ),
}  # fmt: skip


def test_a_title_that_a_heading_repeats_is_told(tmp_path: Path) -> None:
    body = p("Knee injection", "Title") + p("Knee injection", "Heading1") + REST
    report = press(word(tmp_path / "knee.docx", body))
    assert any("a second time" in what for what in report.leaflet.removed)
    assert "".join(report.pages.values()).count("# Knee injection") == 1


@pytest.mark.parametrize("link", [False, True])
def test_a_heading_that_repeats_the_title_goes(link: bool, tmp_path: Path) -> None:
    ahead = '<p style="font-size: 28pt">Knee injection</p><p>web team</p><h1 id="k">Knee injection'
    below = "</h1><p>Rest.</p><h2>Before</h2><p>Eat.</p><h2>After</h2><p>Rest{}.</p>"
    given = ahead + below.format(' as <a href="#k">said</a>' if link else "")
    (tmp_path / "knee.html").write_text(given, encoding="utf-8")
    report = press(tmp_path / "knee.html")
    assert [text for _, text in found(report)] == [*([KNEE] if link else []), "Before", "After"]
    assert any("a second time" in what for what in report.leaflet.removed) is not link


@pytest.mark.parametrize("name", ["Untitled Document", "Microsoft Word - knee.doc", "Document1"])
def test_a_title_that_no_person_gave_is_none(name: str, tmp_path: Path) -> None:
    given = (
        f"<head><title>{name}</title></head><h2>Before</h2><p>Eat.</p><h2>After</h2><p>Rest.</p>"
    )
    (tmp_path / "knee-injection.html").write_text(given, encoding="utf-8")
    assert press(tmp_path / "knee-injection.html").leaflet.document.title == KNEE


@pytest.mark.parametrize("lost", ["injection", "Stop the injection", f"{KNEE} {KNEE}"])
@pytest.mark.parametrize("repeated", [False, True])
def test_a_repeated_title_hides_no_lost_word(lost: str, repeated: bool) -> None:
    read = Content(KNEE, [tree.header(1, tree.string("Rest."))], {"title": meta(KNEE)})
    lines = [KNEE, *([KNEE] if repeated else []), "Rest.", lost]
    again = repeated_title(read, lines)
    assert again == ((KNEE,) if repeated else ())
    with pytest.raises(WordsLostError) as raised:
        complete(read, lines, "knee.docx", again)
    assert [loss.where for loss in raised.value.losses] == [lost]


def test_a_title_that_is_read_twice_is_not_said_to_be_removed() -> None:
    read = Content(KNEE, [tree.header(1, tree.string(KNEE))], {"title": meta(KNEE)})
    assert repeated_title(read, [KNEE, KNEE]) == ()
    assert repeated_title(Content(None, read.blocks, read.properties), [KNEE] * 3) == ()


def meta(text: str) -> Node:
    return {"t": "MetaString", "c": text}


# A title that readers of the file do not see, of a template or a website.
UNSEEN = {
    "knee.html": (
        "<title>Leaflets | A clinic</title><h1>Knee injection</h1><p>Rest.</p>"
        "<h2>Before</h2><p>Eat.</p><h2>After</h2><p>Rest.</p>"
    ),
    "knee.rtf": (
        r"{\rtf1\ansi{\info{\title Template}}{\pard\fs48\b Knee injection\par}"
        r"{\pard Rest for a day.\par}{\pard\fs32\b Before\par}{\pard Eat a meal.\par}"
        r"{\pard\fs32\b After\par}{\pard Rest again.\par}}"
    ),
}


@pytest.mark.parametrize("name", UNSEEN)
def test_a_heading_above_all_others_goes_before_a_title_nobody_sees(
    name: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_text(UNSEEN[name], encoding="utf-8")
    report = press(tmp_path / name)
    assert report.leaflet.document.title == "Knee injection"
    assert found(report) == [(1, "Before"), (1, "After")]


def test_a_title_nobody_sees_names_a_page_without_a_heading_above_the_others(
    tmp_path: Path,
) -> None:
    (tmp_path / "knee.html").write_text(UNSEEN["knee.html"].replace("h1", "h2"), "utf-8")
    report = press(tmp_path / "knee.html")
    assert report.leaflet.document.title == "Leaflets | A clinic"
    assert [text for _, text in found(report)] == ["Knee injection", "Before", "After"]


@pytest.mark.parametrize("case", MARKDOWN)
def test_headings_of_markdown(case: str, tmp_path: Path) -> None:
    (tmp_path / "knee.md").write_text(MARKDOWN[case], encoding="utf-8")
    report = press(tmp_path / "knee.md")
    assert report.leaflet.document.title == "Knee injection"
    assert found(report) == [(1, "Before"), (1, "After")]
    shown = "\n".join(report.pages.values())
    assert ("For adults." in shown) == (case == "a preface")


def test_two_headings_of_the_first_level_below_a_preface_are_sections(tmp_path: Path) -> None:
    (tmp_path / "knee.md").write_text(
        "For adults.\n\n# Before\n\nEat.\n\n# After\n\nRest.\n", "utf-8"
    )
    report = press(tmp_path / "knee.md")
    assert found(report) == [(1, "Before"), (1, "After")]
    assert report.leaflet.document.title == "Knee"


# --- What is not a heading

NOT = {
    "a short sentence": "Rest today.",
    "an address": "12 Lothian Road, Edinburgh EH3 9AB",
    "a phone line": "Call 0131 496 0000",
    "an e-mail line": "knee@example.org",
    "a date": "Last reviewed: May 2026",
    "a caption": "Figure 2 The knee from the side",
    "a greeting": "Yours sincerely,",
    "a street": "1 High Street, Newtown",
    "a French street": "12 rue de la Paix",
    "a Spanish street": "Calle Mayor 12",
    "hours": "Mon 9-5",
    "hours of a week": "Mon–Fri: 9am to 5pm",
    "a day off": "Sundays: closed",
    "an emergency number": "Emergency number 111",
    "a number behind a colon": "Emergency: 999",
    "whom to call": "Call us on 111",
    "a signature": "Mr J Smith, Consultant",
    "a signature without a title": "Amy Lee, Practice Nurse",
    "a doctor": "Dr Amy Lee",
    "a dose": "Paracetamol 500 mg",
    "a dose and how often": "1 sachet at night",
    "a dose in halves": "1/2 tablet",
    "hours when it is open": "Open Monday to Friday 9am to 5pm",
    "a line to fill in": "Date: ________ Time: ________",
    "a warning": "Do not drive for 24 hours",
    "a warning in few capitals": "NO SOLID FOOD",
    "what never to do": "Never mix with alcohol",
    "what one must not do": "You must not drink alcohol",
    "a request with a figure": "Stop warfarin 5 days before",
    "a call": "Ring 999 if you hit your head",
    "a Spanish warning": "No tome Sintrom",
    "a French warning": "Ne conduisez pas le jour même",
}


@pytest.mark.parametrize("look", ["", BOLD, LARGE])
@pytest.mark.parametrize("line", NOT.values(), ids=NOT)
def test_a_line_that_is_no_heading_stays_text(line: str, look: str, tmp_path: Path) -> None:
    body = p("Knee injection", look=BOLD) + REST + plain("Before", "After", look=BOLD)
    body += p(line, look=look) + REST
    report = press(word(tmp_path / "knee.docx", body))
    assert [text for _, text in found(report)] == ["Before", "After"]
    assert line.split()[-1].strip(",._") in "".join(report.pages.values())


@pytest.mark.parametrize(
    "line",
    [
        "Monday",
        "3 Your drive home",
        "Monitoring 2-4 weeks after",
        "Taking 500 mg tablets",
        "Step 2: Rest",
        "Keep your wound dry",
        "Contact us",
        "Don't wait",
        "When to call 999",
    ],
)
def test_a_heading_that_looks_a_little_like_such_a_line_is_one(line: str, tmp_path: Path) -> None:
    body = p("Knee injection", look=BOLD) + REST + plain("Before", line, look=BOLD)
    assert line in [text for _, text in found(press(word(tmp_path / "knee.docx", body)))]


def test_a_heading_above_a_number_to_call_is_one(tmp_path: Path) -> None:
    body = p(KNEE, look=BOLD) + REST + plain("Before", look=BOLD)
    body += p("Contact the clinic", look=BOLD) + p("Call us on 111") + REST
    report = press(word(tmp_path / "knee.docx", body))
    assert [text for _, text in found(report)] == ["Before", "Contact the clinic"]


def test_lines_below_a_name_and_above_a_signature_are_no_headings(tmp_path: Path) -> None:
    body = p(KNEE, look=BOLD) + REST + plain("Before", look=BOLD) + p("Contact us", look=BOLD)
    signed = ("Mr John Smith", "Consultant Surgeon", "Hernia Clinic", "Leeds", "Yes, I agree")
    body += "".join(p(line, look=BOLD) for line in signed) + p("Signed: ____ Date: ____")
    report = press(word(tmp_path / "knee.docx", body))
    assert [text for _, text in found(report)] == ["Before", "Contact us"]


def test_a_request_with_nothing_below_it_is_text(tmp_path: Path) -> None:
    body = p(KNEE, look=BOLD) + REST + plain("Before", look=BOLD)
    body += p("Drink plenty of water", look=BOLD) + plain("After", look=BOLD)
    report = press(word(tmp_path / "knee.docx", body))
    assert [text for _, text in found(report)] == ["Before", "After"]


def test_lines_in_capitals_are_headings_beside_lines_in_bold(tmp_path: Path) -> None:
    body = p(KNEE, look=BOLD) + REST + plain("Before", "After", look=BOLD) + plain("YOUR TABLETS")
    report = press(word(tmp_path / "knee.docx", body))
    assert [text for _, text in found(report)] == ["Before", "After", "YOUR TABLETS"]


# --- Lists that were typed


def typed(*lines: str) -> str:
    return "".join(map(p, lines))


@pytest.mark.parametrize(
    ("lines", "shown"),
    [
        (
            ("1. Take your tablets", "2. Eat a light breakfast", "3. Walk"),
            "1. Take your tablets\n2. Eat",
        ),
        (("3) Take your tablets", "4) Eat a light breakfast"), "3. Take your tablets\n4. Eat"),
        (("a) Take your tablets", "b) Eat a light breakfast"), "- a) Take your tablets\n- b) Eat"),
    ],
)
@pytest.mark.parametrize("look", ["", BOLD])
def test_typed_numbers_below_one_another_are_a_list(
    lines: tuple[str, ...], shown: str, look: str, tmp_path: Path
) -> None:
    body = p("Knee injection", look=BOLD) + REST + plain("Before", "After", look=look)
    report = press(word(tmp_path / "knee.docx", body + typed(*lines) + REST))
    assert [text for _, text in found(report)] == ["Before", "After"]
    page = re.sub(r" {2,}", " ", "".join(report.pages.values())).replace("\\", "")
    assert shown in page


@pytest.mark.parametrize(
    "body",
    [
        heads(("1. What is it?", "", ""), ("2. Risks", "", ""), ("3.2 Small risks", "", "")),
        heads(("1. What is it?", "", "")) + p("2. Risks") + heads(("3. After", "", "")),
        plain("1. What is it?") + typed("2. Risks") + plain("3. After") + plain("4. Rest"),
    ],
)
def test_numbers_above_text_are_headings(body: str, tmp_path: Path) -> None:
    report = press(word(tmp_path / "knee.docx", p("Knee injection") + REST + body))
    assert [text for _, text in found(report)][:2] == ["1. What is it?", "2. Risks"]


def test_a_list_below_a_heading_of_its_numbers_is_a_list(tmp_path: Path) -> None:
    body = plain("1. What is it?") + p("2. What to do") + typed("1. Rest", "2. Walk") + REST
    report = press(word(tmp_path / "knee.docx", p(KNEE) + REST + body + plain("3. After")))
    assert [text for _, text in found(report)] == ["1. What is it?", "2. What to do", "3. After"]


# --- A first line in bold


def first_line(text: str, look: str = BOLD) -> str:
    return p(run(text, look) + "<w:r><w:br/></w:r>" + run("Rest for two days, and drink water."))


def test_first_lines_in_bold_are_headings(tmp_path: Path) -> None:
    body = (
        p(KNEE, "Title") + first_line("Before") + REST + first_line("After:") + first_line("Food")
    )
    report = press(word(tmp_path / "knee.docx", body))
    assert found(report) == [(1, "Before"), (1, "Food")]


@pytest.mark.parametrize(
    "lines",
    [
        first_line("Before"),
        first_line("Before", "") + first_line("After", ""),
        first_line("Warning:") + first_line("Warning:"),
        first_line(":") + first_line(":"),
        first_line("Call 111 if:") + first_line("Call the ward if:"),
        first_line("Do not smoke.") + first_line("Do not drive."),
    ],
)
def test_other_first_lines_are_text(lines: str, tmp_path: Path) -> None:
    body = p(KNEE, "Title") + heads(("Care", "Heading1", "")) + lines
    assert found(press(word(tmp_path / "knee.docx", body))) == [(1, "Care")]


# --- Outline levels


def outlined(text: str, level: int, style: str = "", more: str = "") -> str:
    return p(text, style, more=f'{more}<w:outlineLvl w:val="{level}"/>') + REST


STYLE = (
    '<w:style w:type="paragraph" w:styleId="{0}"><w:name w:val="{0}"/>{1}'
    "<w:pPr>{2}</w:pPr></w:style>"
)
LEVEL = '<w:outlineLvl w:val="{}"/>'


def test_an_outline_level_makes_a_heading(tmp_path: Path) -> None:
    body = outlined("Before", 0) + outlined("What to bring with you today.", 1)
    body += "<w:p><w:pPr/><w:r><w:t>Ask us.</w:t></w:r></w:p>" + outlined("Text", 9)
    report = press(word(tmp_path / "knee.docx", p(KNEE, "Title") + body))
    assert found(report) == [(1, "Before"), (2, "What to bring with you today.")]


def test_a_style_with_an_outline_level_makes_a_heading(tmp_path: Path) -> None:
    sheet = STYLE.format("Section", "", LEVEL.format(0))
    sheet += STYLE.format("Part", '<w:basedOn w:val="Section"/>', LEVEL.format(1))
    sheet += STYLE.format("Same", '<w:basedOn w:val="Part"/>', "")
    body = plain("Before", style="Section") + plain("Food", style="Part")
    body += plain("Drink", style="Same") + outlined("After", 0, "Part")
    report = press(word(tmp_path / "knee.docx", p(KNEE) + REST + body, {"styles": sheet}))
    assert found(report) == [(1, "Before"), (2, "Food"), (2, "Drink"), (1, "After")]
    assert report.leaflet.headings[0].reason == titles.MARKED


def test_the_number_of_a_heading_by_its_level_is_told(tmp_path: Path) -> None:
    of_list = '<w:numPr><w:numId w:val="1"/></w:numPr>'
    sheet = STYLE.format("A &amp; B", "", of_list + LEVEL.format(0))
    count = '<w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    lists = f'<w:abstractNum w:abstractNumId="1">{count}</w:abstractNum>'
    lists += '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    body = p(KNEE) + REST + plain("Before", "After", style="A &amp; B")
    report = press(word(tmp_path / "knee.docx", body, {"styles": sheet, "numbering": lists}))
    assert found(report) == [(1, "Before"), (1, "After")]
    told = "the numbers that Word shows before headings (“1”, “2”): 2"
    assert report.leaflet.removed == (told,)


@pytest.mark.parametrize(
    "body",
    [
        table(f"<w:tc><w:tcPr/>{outlined('Before', 0)}</w:tc>"),
        outlined("Knee", 0, "Caption"),
        outlined("Rest for two days after it, and drink water as much as you can. " * 2, 0),
        outlined("", 0),
        "<w:p><w:pPr><w:outlineLvl w:val='0'/></w:pPr>" + picture("a knee") + "</w:p>",
    ],
)
def test_what_heads_nothing_is_no_heading_by_a_level(body: str, tmp_path: Path) -> None:
    whole = p(KNEE, "Title") + heads(("Care", "Heading1", "")) + body + REST
    path = tmp_path / "knee.docx"
    files = {"word/media/a.png": PNG}
    report = press(
        word(path, whole, files=files, relations=relation("rPic", "image", "media/a.png"))
    )
    assert found(report) == [(1, "Care")]


@pytest.mark.parametrize("data", [b"", b"PK", b"<w:p/>"])
def test_what_is_broken_has_no_outline(data: bytes) -> None:
    assert outlines.headed(data) == data


def inside_list() -> str:
    return p("• Before the injection", look=BOLD) + p("• After the injection", look=BOLD)


def inside_table() -> str:
    return table(cell("Before the injection") + cell("After the injection"))


def signature() -> str:
    return p("Ana Example") + p("Example Practitioner") + p("Example Clinic")


def letterhead() -> str:
    return p("Hillview Clinic", look=BOLD) + p("1 High Street, Newtown", look=BOLD) + REST


def letterhead_of_a_trust() -> str:
    return p("Hillview and District Hospital Trust", look=LARGE) + p("www.example.org")


@pytest.mark.parametrize(
    "make", [inside_list, inside_table, signature, letterhead, letterhead_of_a_trust]
)
def test_items_cells_and_signatures_are_no_headings(
    make: Callable[[], str], tmp_path: Path
) -> None:
    body = p("Knee injection") + REST + plain("Before", "After", look=BOLD) + make()
    report = press(word(tmp_path / "knee.docx", body))
    assert [text for _, text in found(report)] == ["Before", "After"]


def test_a_caption_by_style_is_no_heading(tmp_path: Path) -> None:
    body = (
        p("Knee injection", look=BOLD)
        + REST
        + p(picture("a knee"))
        + p("The knee", "Caption", BOLD)
    )
    body += REST + plain("Before", "After", look=BOLD)
    path = tmp_path / "knee.docx"
    word(
        path,
        body,
        files={"word/media/a.png": PNG},
        relations=relation("rPic", "image", "media/a.png"),
    )
    assert [text for _, text in found(press(path))] == ["Before", "After"]


@pytest.mark.parametrize(
    "inside",
    ["> **Before**\n>\n> Eat.\n", "> ## Before\n>\n> Eat.\n", "```\n## Before\nEat.\n```\n"],
)
def test_a_line_in_a_quotation_or_code_is_no_heading(inside: str, tmp_path: Path) -> None:
    text = f"# Knee injection\n\nRest.\n\n{inside}\n## After\n\nRest.\n"
    (tmp_path / "knee.md").write_text(text, encoding="utf-8")
    report = press(tmp_path / "knee.md")
    assert found(report) == [(1, "After")]
    assert "Before" in "".join(report.pages.values())


# --- Seen and overruled


def test_each_inferred_heading_says_why_and_can_be_overruled(tmp_path: Path) -> None:
    body = p("Knee injection", look=BOLD) + REST + p("Before", look=LARGE) + REST
    body += p("After", look=BOLD) + REST + p("Our promise") + REST
    path = word(tmp_path / "knee.docx", body)
    reasons = {heading.text: heading.reason for heading in press(path).leaflet.headings}
    assert "larger letters" in reasons["Before"]
    assert "bold" in reasons["After"]
    decisions = "headings:\n  - {text: After, as: text}\n  - {text: Our promise, as: heading}\n"
    (tmp_path / "knee.review.yml").write_text(decisions, encoding="utf-8")
    report = press(path)
    assert [text for _, text in found(report)] == ["Before", "Our promise"]
    assert "knee.review.yml" in report.leaflet.headings[1].reason
