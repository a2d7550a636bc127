r"""Rich Text as programs save it: lists, tables in tables, signs, and what only some of them read.

The files are written as Word (\listtext with \ls), Word 95 and WordPad (\pntext with \pn),
LibreOffice and TextEdit write theirs.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from clinicpress import build, conservation, pandoc, reading, tree
from clinicpress.errors import ClinicpressError
from clinicpress.model import Document
from clinicpress.tree import Node

FONTS = (
    r"{\fonttbl{\f0\froman\fcharset0\fprq2{\*\panose 02020603050405020304}Times New Roman;}"
    r"{\f2\froman\fcharset2\fprq2{\*\panose 05050102010706020507}Symbol;}"
    r"{\f10\fnil\fcharset2\fprq2 Wingdings;}{\f11\fdecor\fcharset2 Webdings;}"
    r"{\f12\froman\fprq2\fcharset0 Wingdings;}{\f13\froman\fprq2\fcharset0 Symbol;}"
    r"{\f14\fnil\fcharset204 Wingdings;}}"
)
HEAD = r"{\rtf1\adeflang1025\ansi\ansicpg1252\uc1\deff0" + FONTS
LISTS = (
    r"{\*\listtable{\list\listtemplateid-1\listhybrid{\listlevel\levelnfc23\levelnfcn23\leveljc0"
    r"\leveljcn0\levelfollow0\levelstartat1\levelspace360\levelindent0{\leveltext\leveltemplateid1"
    r"\'01\u-3913 ?;}{\levelnumbers;}\f2\fbias0\hres0\chhres0 \fi-360\li720\lin720 }{\listlevel"
    r"\levelnfc0\levelstartat1\levelfollow0{\leveltext\'02\'01.;}{\levelnumbers\'01;}\fi-360\li1440}"
    r"{\listname ;}\listid100}{\list{\listlevel\levelnfc0\levelfollow0\levelstartat3"
    r"{\leveltext\'02\'00.;}{\levelnumbers\'01;}\fi-360\li720}{\listname ;}\listid200}}"
    r"{\*\listoverridetable{\listoverride\listid100\listoverridecount0\ls1}"
    r"{\listoverride\listid200\listoverridecount0\ls2}}"
)
SHEET = r"{\stylesheet{\ql Normal;}{\s1\outlinelevel0 heading 1;}}"
DOT = r"{\listtext\pard\plain\ltrpar \f2\fs22 \loch\af2\loch\f2 \'b7\tab}"


def number(text: str) -> str:
    return (
        r"{\listtext\pard\plain\ltrpar \f0\fs22 \hich\af0\dbch\af31505\loch\f0 " + text + r"\tab}"
    )


ITEM = r"\pard \ltrpar\ql \fi-360\li720\ri0\widctlpar\wrapdefault\ls%d\adjustright\lin720 "
PN_DOT = r"{\*\pn\pnlvlblt\pnf2\pnindent0{\pntxtb\'B7}}"
PN_NUMBER = r"{\*\pn\pnlvlbody\pnf0\pnindent0\pnstart%d\pndec{\pntxta.}}"


def read(folder: Path, body: str, head: str = HEAD) -> Document:
    path = folder / "leaflet.rtf"
    path.write_text(head + body + "}", encoding="latin-1")
    return reading.read(path, path.name)


def words(document: Document) -> str:
    return " ".join(conservation.tree_words(document.blocks))


def outline(blocks: list[Node]) -> list[object]:
    """Blocks as nested lists: a paragraph its text, a list its kind, start and items."""
    found: list[object] = []
    for block in blocks:
        match block:
            case {"t": "OrderedList", "c": [[start, *_], items]}:
                found.append((start, [outline(item) for item in items]))
            case {"t": "BulletList", "c": items}:
                found.append(("•", [outline(item) for item in items]))
            case {"t": "Table"}:
                found.append([outline(cell) for cell in cells(block)])
            case _:
                found.append(tree.text(tree.inlines_of(block) or []))
    return found


def cells(table: Node) -> list[list[Node]]:
    _, _, _, head, bodies, _ = table["c"]
    rows = [*head[1], *(row for body in bodies for row in [*body[2], *body[3]])]
    return [cell[4] for row in rows for cell in row[1]]


COUNTED = (
    r"{\*\listtable{\list{\listlevel\levelnfc0\levelstartat1}{\listlevel\levelnfc4\levelstartat1}"
    r"{\listlevel\levelnfc2\levelstartat1}\listid7}}"
    r"{\listoverridetable{\listoverride\listid7\listoverridecount0\ls1}}"
)


def libre(text: str, level: int = 0) -> str:
    label = r"{\listtext\pard\plain  " + text + r"\tab}"
    return r"\pard\plain \s22" + label + rf"\ilvl{level}\ls1 \li0\ri0 "


BEFORE = r"\pard\plain \f0\fs22 Do this, please.\par "
AFTER = r"\pard\plain \f0\fs22 Then go home.\par "
PN_FIRST = r"\pard{\pntext\f2\'B7\tab}" + PN_DOT + r"\fi-360\li720\sa200\sl276\slmult1 "
SAVED = {
    "Word": (
        LISTS + BEFORE + DOT + ITEM % 1 + r"Eat.\par " + DOT + r"Drink.\par "
        + number("1.") + r"\pard \fi-360\li1440\ls1\ilvl1 Tea.\par " + AFTER,
        ["Do this, please.", ("•", [["Eat."], ["Drink.", (1, [["Tea."]])]]), "Then go home."],
    ),
    "Word, on from 3": (
        LISTS + BEFORE + number("3.") + ITEM % 2 + r"Eat.\par " + number("4.") + r"Drink.\par "
        + AFTER,
        ["Do this, please.", (3, [["Eat."], ["Drink."]]), "Then go home."],
    ),
    "LibreOffice": (
        LISTS + BEFORE
        + r"\pard\plain \s0\ilvl0\ls1\li720\ri0\lin720\rin0\fi-360{\listtext\pard\plain "
        + r"\u8226\'95\tab}\rtlch \ltrch\loch Eat.\par \pard\plain \s0\ilvl0\ls1\li720{\listtext"
        + r"\pard\plain \u8226\'95\tab}\ltrch\loch Drink.\par " + AFTER,
        ["Do this, please.", ("•", [["Eat."], ["Drink."]]), "Then go home."],
    ),
    "WordPad": (
        BEFORE + PN_FIRST + r"Eat.\par{\pntext\f2\'B7\tab}Drink.\par" + AFTER,
        ["Do this, please.", ("•", [["Eat."], ["Drink."]]), "Then go home."],
    ),
    "WordPad, numbered from 2": (
        BEFORE + r"\pard{\pntext\f0 2.\tab}" + PN_NUMBER % 2 + r"\fi-360\li720 Eat.\par"
        r"{\pntext\f0 3.\tab}Drink.\par" + AFTER,
        ["Do this, please.", (2, [["Eat."], ["Drink."]]), "Then go home."],
    ),
    "two of WordPad's": (
        BEFORE + PN_FIRST + r"Eat.\par" + AFTER + PN_FIRST + r"Sleep.\par" + AFTER,
        ["Do this, please.", ("•", [["Eat."]]), "Then go home.", ("•", [["Sleep."]]),
         "Then go home."],
    ),
    "TextEdit": (
        LISTS + BEFORE + r"\pard\tx220\tx720\pardirnatural\ls1\ilvl0\cf0 {\listtext	"
        + "\\uc0\\u8226 	}Eat.\\\n{\\listtext	\\uc0\\u8226 	}Drink.\\\n" + AFTER,
        ["Do this, please.", ("•", [["Eat."], ["Drink."]]), "Then go home."],
    ),
    "LibreOffice, on behind a list in an item, and from 7": (
        COUNTED + BEFORE + libre("1.") + r"Eat.\par " + libre("a)", 1) + r"Tea.\par "
        + libre("2.") + r"Drink.\par " + AFTER + libre("3.") + r"Rest.\par "
        + libre("7.") + r"Walk.\par " + libre("8.") + r"Sleep.\par " + AFTER,
        ["Do this, please.", (1, [["Eat.", ("•", [["a) Tea."]])], ["Drink."]]), "Then go home.",
         (3, [["Rest."]]), (7, [["Walk."], ["Sleep."]]), "Then go home."],
    ),
    "numbers that no list has": (
        COUNTED + BEFORE + libre("2.1") + r"Eat.\par " + libre("Step 3:") + r"Drink.\par "
        + libre("4.") + r"Rest.\par " + AFTER,
        ["Do this, please.", ("•", [["2.1 Eat."], ["Step 3: Drink."]]), (4, [["Rest."]]),
         "Then go home."],
    ),
    "numbers that nothing shows": (
        COUNTED + BEFORE + r"\pard\plain\ls1\ilvl0 Eat.\par Drink.\par " + AFTER
        + r"\pard\plain\ls1\ilvl0 Rest.\par " + AFTER,
        ["Do this, please.", (1, [["Eat."], ["Drink."]]), "Then go home.", (3, [["Rest."]]),
         "Then go home."],
    ),
    "a list that is not in the tables": (
        BEFORE + libre("5.") + r"Eat.\par " + libre("6.") + r"Drink.\par " + AFTER,
        ["Do this, please.", (5, [["Eat."], ["Drink."]]), "Then go home."],
    ),
    "dots that say something": (
        LISTS + BEFORE + libre(r"{\f10 \'fc}") + r"Eat.\par " + libre(r"\u10007 ?") + r"Smoke.\par "
        + libre(r"\u8226 ?") + r"Rest.\par " + AFTER,
        ["Do this, please.", ("•", [["✓ Eat."], ["✗ Smoke."], ["Rest."]]), "Then go home."],
    ),
    "letters and Roman numbers": (
        COUNTED + BEFORE + libre("IV)") + r"Eat.\par " + libre("(b)") + r"Drink.\par "
        + libre("01") + r"Sleep.\par " + AFTER + r"\pard\plain\ls1\ilvl2 Rest.\par Walk.\par "
        + libre("a)", 1) + r"Run.\par " + r"\pard\plain\ls1\ilvl1 Sit.\par " + AFTER,
        ["Do this, please.", ("•", [["IV) Eat."], ["(b) Drink."], ["01 Sleep."]]), "Then go home.",
         ("•", [["i. Rest."], ["ii. Walk."]]), ("•", [["a) Run."], ["b. Sit."]]), "Then go home."],
    ),
    "a picture first, a note and a box within": (
        COUNTED + BEFORE + libre("3.") + r"{\pict\pngblip 89504e47}Eat"
        + r"{\footnote\pard Well.\par} it.\par " + libre("4.")
        + r"Drink{\shp{\*\shpinst{\shptxt\pard Tea\par}}} it.\par "
        + libre("5.") + r"Rest.\par " + AFTER,
        ["Do this, please.", (3, [["Eat it."], ["Drink"]]), "Tea", "it.",
         (5, [["Rest."]]), "Then go home."],
    ),
    "no list": (
        BEFORE + r"\pard\ls0\ilvl0 Eat.\par " + AFTER,
        ["Do this, please.", "Eat.", "Then go home."],
    ),
    "a number without a list": (
        BEFORE + r"\pard{\pntext 1.\tab}Eat.\par " + AFTER,
        ["Do this, please.", "1. Eat.", "Then go home."],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), SAVED.values(), ids=SAVED)
def test_a_list_is_one(body: str, expected: list[object], tmp_path: Path) -> None:
    assert outline(read(tmp_path, body).blocks) == expected


# --- Lines and tables

ROW = r"\trowd \trgaph108\trleft-108\cellx3000\cellx6000 "
CELL = r"\pard\plain \ltrpar\ql \li0\ri0\widctlpar\intbl\itap%d \f0\fs22 "
INNER = (
    r"{\*\nesttableprops\trowd \trgaph108\clvertalt\cellx1000\cellx2000\nestrow}"
    r"{\nonesttables \par }"
)


def test_a_table_in_a_cell_stands_in_it_in_its_order(tmp_path: Path) -> None:
    inner = CELL % 2 + r"Day\nestcell{\nonesttables\par }" + r"Dose\nestcell " + INNER
    inner += r"One\nestcell Two\nestcell " + INNER
    body = ROW + CELL % 1 + r"When\par " + inner + CELL % 1 + r"And so on\cell Rest.\cell "
    document = read(tmp_path, BEFORE + body + "{" + ROW + r"\row }" + AFTER)
    found = outline(document.blocks)
    in_order = ["When", "Day", "Dose", "One", "Two", "And so on"]
    assert found == ["Do this, please.", [in_order, ["Rest."]], "Then go home."]


def test_a_list_in_a_cell_stays_there_with_its_dots_and_numbers(tmp_path: Path) -> None:
    body = ROW + DOT + ITEM % 1 + r"\intbl Eat.\par " + DOT + r"Drink.\cell " + number("3.")
    body += ITEM % 2 + r"\intbl Sleep.\cell " + "{" + ROW + r"\row }" + AFTER
    found = outline(read(tmp_path, LISTS + BEFORE + body).blocks)
    assert found[1] == [["• Eat.", "• Drink."], ["3. Sleep."]]


def test_a_list_before_a_table_stays_there(tmp_path: Path) -> None:
    table = ROW + r"\pard\intbl Day\cell Dose\cell\row "
    body = COUNTED + BEFORE + libre("1.") + r"Eat.\par " + table + libre("2.") + r"Drink.\par "
    found = outline(read(tmp_path, body + table + AFTER).blocks)
    cells = [["Day"], ["Dose"]]
    assert found[1:-1] == [(1, [["Eat."]]), cells, (2, [["Drink."]]), cells]


def test_a_heading_with_a_number_is_a_heading(tmp_path: Path) -> None:
    names = ("Before", "After")
    body = "".join(
        number(f"{at}.") + r"\pard\plain \s1\ql\keepn\ls2\outlinelevel0 \b\f0 " + name + r"\par "
        + BEFORE for at, name in enumerate(names, start=1)
    )  # fmt: skip
    document = read(tmp_path, SHEET + LISTS + BEFORE + body)
    heads = [tree.text(b["c"][2]) for b in document.blocks if b["t"] == "Header"]
    assert heads == ["1. Before", "2. After"]


@pytest.mark.parametrize("word", ["page", "column", "sect", "sect\\sectd"])
def test_a_break_ends_the_line_it_is_in(word: str, tmp_path: Path) -> None:
    found = outline(
        read(tmp_path, BEFORE + rf"\pard Rest here.\{word} Then walk.\par " + AFTER).blocks
    )
    assert found == ["Do this, please.", "Rest here.", "Then walk.", "Then go home."]


def test_a_break_within_a_paragraph_stays_one(tmp_path: Path) -> None:
    given = r"\pard\line {\b Rest}\line walk{\line }sleep.{\v\line unseen}{\deleted\line}\line\par "
    body = BEFORE + given + ROW + CELL % 1 + r"Tea\line or milk\cell Rest.\cell \row " + AFTER
    document = read(tmp_path, body)
    found = outline(document.blocks)
    assert found[1] == "Rest\nwalk\nsleep."
    assert found[2] == [["Tea\nor milk"], ["Rest."]]
    path = tmp_path / "leaflet.rtf"
    pages = " ".join(build.press(path, path.name, "leaflet").pages.values())
    assert "**Rest**<br>walk" in pages or "**Rest**  \nwalk" in pages


IN_ONE_LINE = "columns made with tabs stand as text in one line: "
STOPS = r"\pard\plain\tx2000\tx4000 "
TABBED = {
    "a gap, with stops": (
        STOPS + r"{\b Drug\tab Morning}\tab Night\par Warfarin\tab\tab 5 mg\par ",
        [["Drug"], ["Morning"], ["Night"], ["Warfarin"], [], ["5 mg"]],
        "lines with columns made with tabs are a table now, from “Drug Morning Night”",
    ),
    "no gap": (
        r"\pard Mon\tab 9 to 5\par Tue\tab {\b closed}\par ",
        [["Mon"], ["9 to 5"], ["Tue"], ["closed"]],
        "lines with columns made with tabs are a table now, from “Mon 9 to 5”",
    ),
    "a gap, without stops": (
        r"\pard Drug\tab Morning\tab Night\par Warfarin\tab\tab 5 mg\par ",
        ["Drug Morning Night", "Warfarin 5 mg"],
        IN_ONE_LINE + "2, first in “Drug Morning Night”",
    ),
    "beyond a stop": (
        STOPS + r"Drug\tab Morning\tab Night\par Warfarin, the pink one\tab\tab 5 mg\par ",
        ["Drug Morning Night", "Warfarin, the pink one 5 mg"],
        IN_ONE_LINE + "2, first in “Drug Morning Night”",
    ),
    "one line": (
        r"\pard Room\tab 12\tab 3.\par ", ["Room 12 3."], IN_ONE_LINE + "1, first in “Room 12 3.”"
    ),
    "not as many": (
        r"\pard Room\tab 12.\par Room\tab 12\tab 3.\par ",
        ["Room 12.", "Room 12 3."],
        IN_ONE_LINE + "2, first in “Room 12.”",
    ),
    "indented": (r"\pard\tab Eat.\par\tab Drink.\tab\par ", ["Eat.", "Drink."], ""),
    "typed items": (
        r"\pard\bullet\tab Eat.\par 1.\tab Drink.\par ", [("•", [["Eat."]]), "1. Drink."], ""),
}  # fmt: skip


@pytest.mark.parametrize(("body", "expected", "told"), TABBED.values(), ids=TABBED)
def test_columns_made_with_tabs_are_a_table_or_told(
    body: str, expected: list[object], told: str, tmp_path: Path
) -> None:
    document = read(tmp_path, BEFORE + body + AFTER)
    found = outline(document.blocks)[1:-1]
    assert (found[0] if document.blocks[1]["t"] == "Table" else found) == expected
    assert document.removed == ((told,) if told else ())
    path = tmp_path / "leaflet.rtf"
    assert build.press(path, path.name, "leaflet").pages


MERGED = {
    "Word": r"\trowd\clvmgf\cellx2000\cellx4000\pard\intbl Codeine\cell 30 mg\cell\row"
    r"\trowd\clvmrg\cellx2000\cellx4000\pard\intbl\cell 60 mg\cell\row",
    "LibreOffice": r"\trowd\cellx2000\cellx3000\cellx4000\pard\intbl A\cell b\cell c\cell\row\pard"
    r"\trowd\cellx2000\cellx4010\pard\intbl\cell 60 mg\cell\row",
}


@pytest.mark.parametrize("given", MERGED.values(), ids=MERGED)
def test_rows_with_merged_cells_are_told(given: str, tmp_path: Path) -> None:
    document = read(tmp_path, BEFORE + given + r"\pard " + AFTER)
    (told,) = document.removed
    assert "merged cells of tables" in told
    assert "in 1 rows; the first is at “60 mg”" in told


SINGLE = {
    "alike": r"\trowd\cellx2000\cellx4000\pard\intbl A\cell b\cell\row"
    r"\intbl C\par c\cell d\cell\row",
    "narrower": r"\trowd\cellx2000\cellx4000\pard\intbl A\cell b\cell\row"
    r"\trowd\cellx2000\intbl C\cell\row",
    "two tables": r"\trowd\cellx2000\cellx4000\pard\intbl A\cell b\cell\row\pard Then.\par"
    r"\trowd\cellx4000\pard\intbl C\cell\row\trowd\cellx4000\pard\intbl D\cell\row",
}


@pytest.mark.parametrize("given", SINGLE.values(), ids=SINGLE)
def test_rows_of_single_cells_are_not(given: str, tmp_path: Path) -> None:
    document = read(tmp_path, BEFORE + given + r"\pard " + AFTER)
    assert not any("merged" in line for line in document.removed)


# --- Signs and letters

SIGNS = {
    "Symbol": (r"{\f2 \'a3}5 ml, {\f2 D}, {\f2\'b7}", "≤5 ml, Δ, •"),
    "Symbol as Word has it": (
        r"5 {\field{\*\fldinst SYMBOL 179 \\f}{\fldrslt\f2\u-3917 ?}} 4",
        "5 ≥ 4",
    ),
    "Wingdings": (r"{\f10 \'fc} yes {\f10 \u-3845\'fb} no", "✓ yes ✗ no"),
    "Wingdings, by numbers of letters": (
        r"{\f10 \u251\'fb} drive {\f10\u8226\'b7} a",
        "✗ drive • a",
    ),
    "LibreOffice": (
        r"{\f12\loch \u61691\'fb}{ drink }{\f13\loch\u61619\'3f}{ 5, }{\f12\u-3844\'3f}{ eat}",
        "✗ drink ≥ 5, ✓ eat",
    ),
    "letters of an alphabet": (r"{\f14 \'e4\'e0}", "да"),
    "Webdings": (r"{\f11 a} yes {\f11 r} no", "✓ yes ✗ no"),
    "back to letters": (r"{\f2 a}a \f2 b\f0 b \f2 g\plain g", "αa βb γg"),
    "an ordinary number": (r"{\f2\u176 ?} and \u-1280 ?", "° and \ufb00"),
    "both alphabets": (r"A {\upr{B}{\*\ud{\u1041 ?\u1042 ?}}} C", "A БВ C"),
    "both alphabets, in bold": (r"A {\b{\upr{B}{\*\ud B{\i D}}}C}", "A BDC"),
}


@pytest.mark.parametrize(("given", "expected"), SIGNS.values(), ids=SIGNS)
def test_signs_are_those_a_reader_sees(given: str, expected: str, tmp_path: Path) -> None:
    document = read(tmp_path, BEFORE + rf"\pard\plain\f0 {given}.\par " + AFTER)
    assert outline(document.blocks)[1] == f"{expected}."
    assert document.removed == ()


def test_signs_whose_look_is_a_guess_are_told(tmp_path: Path) -> None:
    document = read(tmp_path, BEFORE + r"\pard\plain {\f11 de} {\f10 \'ff} end.\par " + AFTER)
    assert outline(document.blocks)[1] == "□□ □ end."
    told = " / ".join(document.removed)
    assert "“Webdings”" in told
    assert "“□”" in told
    assert "“Wingdings”" in told


def test_signs_of_a_font_that_the_file_says_has_letters_are_told(tmp_path: Path) -> None:
    document = read(
        tmp_path, BEFORE + r"\pard\plain {\f12 \u251\'fb} smoke, {\f13 m}g.\par " + AFTER
    )
    assert outline(document.blocks)[1] == "✗ smoke, μg."
    told = " / ".join(document.removed)
    assert "“Wingdings”, which may look otherwise here: “✗”" in told
    assert "“Symbol”, which may look otherwise here: “μ”" in told


MOVED = {
    "LibreOffice": (
        r"10{\loch{\*\updnprop8000}\up8\loch 5} H{\loch{\*\updnprop8000}\dn2\loch 2}O",
        "10^5^ H~2~O",
    ),
    "set back": (r"10\up8\fs14 5\up0\fs22  H\dn4 2\dn0 O", "10^5^ H~2~O"),
    "one after the other": (r"a\up6 b\dn6 c\plain d\dn e\dn0 ", "a^b^~c~d~e~"),
    "below by a minus": (r"a\up-6 b\dn-6 c\up0 d", "a~b~^c^d"),
    "raised otherwise": (r"10{\super\up0 5}, 10{\super 6}", "10^5^, 10^6^"),
}


@pytest.mark.parametrize(("given", "expected"), MOVED.values(), ids=MOVED)
def test_text_above_and_below_its_line_stays_there(
    given: str, expected: str, tmp_path: Path
) -> None:
    document = read(tmp_path, BEFORE + rf"\pard\plain\f0 {given}.\par " + AFTER)
    assert pandoc.write([document.blocks[1]], "").strip() == f"{expected}."


# --- What only some programs read


def test_text_that_programs_skip_is_told_and_not_shown(tmp_path: Path) -> None:
    more = r"{\*\somenew Never drive home.{\i Really}}{\*\otherdata 00ffAB12}{\*\company Example}"
    document = read(tmp_path, BEFORE + rf"\pard Rest.{more}\par " + AFTER)
    assert "drive" not in words(document)
    assert [line for line in document.removed if "programs skip" in line] == [
        r"text in a part that programs skip (\somenew): “Never drive home.Really”"
    ]


def test_names_of_styles_are_no_text_that_is_told(tmp_path: Path) -> None:
    sheet = (
        r"{\stylesheet{\ql Normal;}{\*\cs10 Default Paragraph Font;}{\*\cs16{\*\new A b}Bullets;}}"
    )
    assert read(tmp_path, sheet + BEFORE + AFTER).removed == ()


def test_comments_are_counted_and_text_boxes_named(tmp_path: Path) -> None:
    body = r"\pard {\*\atnid A}{\*\annotation\pard Is it{\*\annotation ?}\par}Rest."
    body += r"{\*\annotation No.}\par"
    body += (
        r"{\shp{\*\shpinst{\shptxt In a {\b box}.\par So}}{\shprslt{\*\do{\dptxbxtext In.\par}}}}"
    )
    body += r"Here{\shp{\*\shpinst{\shptxt Or\par}}}there.\par"
    document = read(tmp_path, BEFORE + body + AFTER)
    assert outline(document.blocks)[1:-1] == ["Rest.", "In a box.", "So", "Here", "Or", "there."]
    assert document.removed == (
        "a text box: its text “In a box. So” now stands where it is anchored in the text",
        "a text box: its text “Or” now stands where it is anchored in the text",
        "a comment of an author or reviewer: 2",
    )


def check(data: str, result: str = "") -> str:
    data = r"{\*\formfield{\fftype1" + data + "}}" if data else ""
    return r"{\field{\*\fldinst { FORMCHECKBOX " + data + r"}}{\fldrslt " + result + "}}"


def choice(data: str) -> str:
    data = r"{\*\formfield{\fftype2" + data + r"{\*\ffl 5 mg}{\*\ffl 10 mg}}}"
    return r"{\field\flddirty{\*\fldinst {\f0 FORMDROPDOWN" + data + r"}}{\fldrslt {}}}"


FORMS = {
    "ticked": (check(r"\ffres1\ffdefres0"), "☒"),
    "not ticked": (check(r"\ffres0\ffdefres1"), "☐"),
    "ticked from the beginning": (check(r"\ffres25\ffdefres1"), "☒"),
    "text for it": (check(r"\ffres1", "yes"), "yes"),
    "chosen": (choice(r"\ffres1\ffhaslistbox1"), "10 mg"),
    "chosen from the beginning": (choice(r"\ffres25\ffdefres0"), "5 mg"),
    "another field": (r"{\field{\*\fldinst PAGE}{\fldrslt 3}}", "3"),
}


@pytest.mark.parametrize(("given", "expected"), FORMS.values(), ids=FORMS)
def test_what_a_form_shows_is_text(given: str, expected: str, tmp_path: Path) -> None:
    document = read(tmp_path, BEFORE + rf"\pard Take {given} a day.\par " + AFTER)
    assert outline(document.blocks)[1] == f"Take {expected} a day."
    assert document.removed == ()


def test_what_can_not_be_known_of_a_form_is_told(tmp_path: Path) -> None:
    body = rf"\pard Take {check('')} this {choice('')} a day.\par "
    document = read(tmp_path, BEFORE + body + check("") + r"Sleep.\par " + AFTER)
    assert [line[:25] + line[-3:] for line in document.removed] == [
        "a check box of a form, of: 2", "a list to choose from in : 1"
    ]  # fmt: skip


def test_a_formula_is_told(tmp_path: Path) -> None:
    given = r"\pard {\mmath{\*\moMathPara{\*\moMath{\mr x=2}}}}\par "
    with pytest.raises(ClinicpressError, match="formula") as raised:
        read(tmp_path, BEFORE + given)
    assert ".docx" in raised.value.remedy


def test_a_note_in_a_cell_stays_there(tmp_path: Path) -> None:
    note = r"{\footnote\pard Daily\u233 ?.\par\pard Or not.\par}"
    first = ROW + r"\pard\intbl Day{\b x}\cell Dose" + note + r"s\cell\row "
    second = ROW
    second += r"\pard\intbl A{\*\footnote\pard {\super\chftn} Also.\par}\cell B\cell\row "
    body = BEFORE + first + second + r"\pard C{\footnote\pard Last.\par}d.\par " + AFTER
    document = read(tmp_path, body)
    assert words(document) == (
        "Do this, please. Dayx Dose ⟦ Dailyé. Or not. ⟧ s A ⟦ Also. ⟧ B C ⟦ Last. ⟧ d. "
        "Then go home."
    )
    path = tmp_path / "leaflet.rtf"
    assert "[^1]: Dailyé.\n\n    Or not." in build.press(path, path.name, "l").pages["index.md"]
    after = ROW + r"\pard\intbl Day\cell Dose\cell\row \pard A{\footnote\pard Daily.\par}b.\par "
    assert "⟦ Daily. ⟧" in words(read(tmp_path, BEFORE + after + AFTER))


@pytest.mark.parametrize(
    ("kind", "labels"), [(4, "aa. ab."), (3, "AA. AB."), (1, "XXVII. XXVIII."), (22, "27. 28.")]
)
def test_numbers_that_the_file_does_not_show_are_counted(
    kind: int, labels: str, tmp_path: Path
) -> None:
    counted = COUNTED.replace(r"levelnfc0\levelstartat1", rf"levelnfc{kind}\levelstartat27", 1)
    body = counted + BEFORE + libre("") + r"Eat.\par " + libre("") + r"Drink.\par " + AFTER
    found = outline(read(tmp_path, body).blocks)[1]
    first, second = labels.replace("ab", "bb").replace("AB", "BB").split()
    assert found in [
        ("•", [[f"{first} Eat."], [f"{second} Drink."]]), (27, [["Eat."], ["Drink."]])
    ]  # fmt: skip


def test_every_word_comes_to_the_pages(tmp_path: Path) -> None:
    for body, _ in SAVED.values():
        path = tmp_path / "leaflet.rtf"
        path.write_text(HEAD + body + "}", encoding="latin-1")
        pages = " ".join(build.press(path, path.name, "leaflet").pages.values())
        assert "Then go home." in pages
