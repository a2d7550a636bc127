"""Rich Text: read whole as Word, LibreOffice and TextEdit write it, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from clinicpress import build, conservation, reading, tree
from clinicpress.errors import ClinicpressError
from clinicpress.model import Document
from clinicpress.richtext import plain
from conftest import clinicpress, told
from documents import PNG

HEAD = r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Arial;}}"
WORD = (
    HEAD
    + r"{\stylesheet{\s1\outlinelevel0 heading 1;}}{\info{\title Ear drops}{\author A. Example}}"
    + r"{\header\pard Example Clinic\par}{\footerf\pard Page one\par}"
    + r"\pard\s1\outlinelevel0\b Before you start\b0\par"
    + r"\pard\plain\f0\fs22 Caf\'e9 \endash  it\rquote s {\i fine}"
    + r"{\footnote\pard A note.\par}.\par"
    + r"\pard {\v unseen} shown {\deleted gone}{\revised new} words.\par"
    + r"{\shp{\*\shpinst{\sp{\sn shapeType}{\sv 202}}{\shptxt\pard In a box.\par}}"
    + r"{\shprslt{\*\do{\dptxbxtext In a box.\par}}}}"
    + r'{\field{\*\fldinst HYPERLINK "https://example.org/"}{\fldrslt a link}}.\par'
    + r"\trowd\cellx1000\cellx2000\pard\intbl One\cell Two\cell\row\pard {\xe entry}End.\par}"
)
LIBRE = (
    HEAD
    + r"\pard{\b Risks}\par\pard Some.{\super \chftn{\*\footnote \chftn\pard A note here.\par}}\par"
    + r"{\*\shppict{\pict\pngblip "
    + PNG.hex()
    + r"}}\par\pard {\*\annotation not this}Old {\*\do{\dptxbxtext\pard box\par}}.\par}"
)
TEXTEDIT = r"""{\rtf1\ansi\ansicpg1252\cocoartf2639
{\fonttbl\f0\fcharset0 Helvetica-Bold;\f1\fcharset0 Helvetica;}
{\*\listtable{\list{\listlevel\levelnfc0\levelstartat3{\leveltext\'02\'00.;}}\listid1}}
{\*\listoverridetable{\listoverride\listid1\listoverridecount0\ls1}}
\pard\f0\b\fs36 Knee pain\
\f1\b0\fs24 Rest. It\'92s fine \uc0\u55357 \u56898 , they say.\
\pard\ls1\ilvl0{\listtext	3.	}First one\
{\listtext	4.	}Second one\
\pard Done.}"""


def read(folder: Path, text: str | bytes) -> Document:
    path = folder / "leaflet.rtf"
    path.write_bytes(text if isinstance(text, bytes) else text.encode("latin-1"))
    return reading.read(path, path.name)


def words(document: Document) -> str:
    return " ".join(conservation.tree_words(document.blocks))


def kinds(document: Document) -> list[str]:
    return [node["t"] for node in tree.walk(document.blocks)]


def test_word_is_read_whole(tmp_path: Path) -> None:
    document = read(tmp_path, WORD)
    assert document.title == "Ear drops"
    for text in ("Before you start Café – it’s fine ⟦ A note. ⟧", "shown new words.", "One Two"):
        assert text in words(document)
    assert words(document).count("In a box.") == 1
    for text in ("unseen", "gone", "entry", "Example"):
        assert text not in words(document)
    assert {"Header", "Emph", "Note", "Link", "Table"} <= set(kinds(document))


def test_what_stands_beside_the_text_is_named(tmp_path: Path) -> None:
    removed = read(tmp_path, WORD).removed
    assert "page header or footer: “Example Clinic”" in removed
    assert "page header or footer: “Page one”" in removed
    assert "hidden text: “unseen”" in removed


def test_notes_boxes_and_pictures_of_libreoffice_are_read(tmp_path: Path) -> None:
    document = read(tmp_path, LIBRE)
    assert "⟦ A note here. ⟧" in words(document)
    assert "box" in words(document)
    assert "not this" not in words(document)
    assert list(document.media.values()) == [PNG]


def test_textedit_is_read_with_its_lists_and_signs(tmp_path: Path) -> None:
    document = read(tmp_path, TEXTEDIT)
    assert document.title == "Knee pain"
    assert "It’s fine 🙂, they say." in words(document)
    lists = [block for block in document.blocks if block["t"] == "OrderedList"]
    assert [found["c"][0][0] for found in lists] == [3]


LETTERS = {
    "code page of the file": (r"{\rtf1\ansi\ansicpg1251 \'e0\'e1 end.\par}", "аб end."),
    "of the font": (HEAD + r"\f1 \'e0\f0 \'e0 end.\par}", "аà end."),
    "of a Mac": (r"{\rtf1\mac caf\'8e end.\par}", "café end."),
    "two bytes": (r"{\rtf1\ansi\ansicpg932 \'83A\'83\'43 end.\par}", "アイ end."),
    "fallback": (HEAD + r"\uc2 a\u960 xxb \uc0\u960 c\uc1\u-1280\'20d.\par}", "aπb πc\ufb00d."),
    "fallback in a group": (HEAD + r"{\uc3\u8217 abc}s end.\par}", "’s end."),
    "beyond": (HEAD + r"\u-10179?\u-8638? and \u128578? end.\par}", "🙂 and 🙂 end."),
    "signs": (HEAD + r"a\{b\}\\c\~d\_e\tab f.\par}", "a{b}\\c d‑e f."),
}


@pytest.mark.parametrize(("text", "expected"), LETTERS.values(), ids=LETTERS)
def test_letters_are_those_of_the_file(tmp_path: Path, text: str, expected: str) -> None:
    assert words(read(tmp_path, text)) == expected


def test_typewriter_letters_are_no_code(tmp_path: Path) -> None:
    fonts = r"{\rtf1\ansi{\fonttbl{\f0\fswiss Arial;}{\f1\fmodern Courier;}}"
    assert "Code" not in kinds(read(tmp_path, fonts + r"\f0 See \f1 a\u960?b us.\par}"))


def test_binary_data_is_stepped_over(tmp_path: Path) -> None:
    given = HEAD.encode() + rb"{\pict\pngblip\bin%d " % len(PNG) + PNG + rb"}\par Text.\par}"
    document = read(tmp_path, given)
    assert words(document) == "Text."
    assert list(document.media.values()) == [PNG]


STRANGE = {
    "not one": ("Just text.", "not a Rich Text"),
    "cut short": (WORD[:-40], "cut short"),
    "deep": (HEAD + "{" * 5000 + "x" + "}" * 5001, "nested too deeply"),
    "object": (HEAD + r"x{\object\objemb{\*\objdata 0105}{\result y}}\par}", "another program"),
    "more behind": (HEAD + r"x\par}} Take two.\par}", "behind its end"),
    "odd code page": (r"{\rtf1\ansi\ansicpg4711 x\par}", "code page 4711"),
    "no letter": (HEAD + r"a\'81b\par}", "own alphabet"),
    "half a letter": (HEAD + r"a\u-8638?b\par}", "own alphabet"),
    "other half": (HEAD + r"a\u55357?b\par}", "own alphabet"),
    "huge number": (HEAD + r"\bin999999999 x\par}", "cut short"),
    "empty": (HEAD + "}", "no text"),
}


@pytest.mark.parametrize(("text", "problem"), STRANGE.values(), ids=STRANGE)
def test_strange_files_are_told(tmp_path: Path, text: str, problem: str) -> None:
    with pytest.raises(ClinicpressError, match=problem):
        read(tmp_path, text)


def test_words_pandoc_drops_stop_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain, "RENAMED", {})
    with pytest.raises(ClinicpressError, match="“box”"):
        read(tmp_path, LIBRE)
    assert [x.words for x in reading.read(tmp_path / "leaflet.rtf", losses=None).losses] == ["box"]


def test_every_word_is_on_a_page(tmp_path: Path) -> None:
    for text in (WORD, LIBRE, TEXTEDIT):
        path = tmp_path / "leaflet.rtf"
        path.write_text(text, encoding="latin-1")
        assert build.press(path, path.name, "leaflet").leaflet.sentences


def test_the_command_tells_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "leaflet.rtf").write_text(WORD[:-40], encoding="latin-1")
    told(clinicpress("build", "leaflet.rtf", "-o", "out", cwd=tmp_path), "cut short", ".docx")
    assert not (tmp_path / "out").exists()
