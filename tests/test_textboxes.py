"""Text boxes of Word, of whatever kind: their words stand below the paragraph that held them."""

from __future__ import annotations

from pathlib import Path

import pytest

import documents
from clinicpress import conservation, reading, tree
from clinicpress.office import shapes, textboxes
from documents import p, run

WARNING = p("Never skip a dose.")
OUTER = run("Outer text.")


def held(text: str) -> str:
    return f"<w:txbxContent>{text}</w:txbxContent>"


def old(text: str) -> str:
    """A text box as Word before 2010 draws it."""
    return f"<w:pict><v:shape><v:textbox>{held(text)}</v:textbox></v:shape></w:pict>"


def new(text: str) -> str:
    """A text box as Word draws it since 2010."""
    shape = f"<wps:wsp><wps:txbx>{held(text)}</wps:txbx></wps:wsp>"
    data = f'<a:graphic><a:graphicData uri="x">{shape}</a:graphicData></a:graphic>'
    return f'<w:drawing><wp:anchor><wp:docPr id="3" name="b"/>{data}</wp:anchor></w:drawing>'


def either(*choices: str) -> str:
    """The new kind for programs that know it, and the old for the others."""
    parts = [f'<mc:Choice Requires="wps">{choices[0]}</mc:Choice>'] if choices[0] else []
    parts += [f"<mc:Fallback>{other}</mc:Fallback>" for other in choices[1:]]
    return f"<mc:AlternateContent>{''.join(parts)}</mc:AlternateContent>"


def shown(folder: Path, body: str) -> list[str]:
    """The text of each block of a document with that between a first and a last paragraph."""
    path = documents.word(folder / "box.docx", p("Start.") + body + p("End."))
    return [tree.text([block]) or tree.text(block["c"]) for block in reading.read(path).blocks]


@pytest.mark.parametrize(
    "box",
    [old(WARNING), new(WARNING), either(new(WARNING), old(WARNING)), either(new(WARNING))],
    ids=["old", "new", "both", "new-alone"],
)
def test_a_text_box_stands_once_below_its_paragraph(box: str, tmp_path: Path) -> None:
    found = shown(tmp_path, p(f"<w:r>{box}</w:r>{OUTER}"))
    assert found == ["Start.", "Outer text.", "Never skip a dose.", "End."]


def test_a_box_that_only_old_programs_would_show_is_kept(tmp_path: Path) -> None:
    found = shown(tmp_path, p(f"<w:r>{either('', old(WARNING))}</w:r>{OUTER}"))
    assert found == ["Start.", "Outer text.", "Never skip a dose.", "End."]


def test_boxes_in_boxes_and_two_in_one_paragraph_keep_their_order(tmp_path: Path) -> None:
    inner = p(f"<w:r>{old(WARNING)}</w:r>{run('Middle.')}")
    two = f"<w:r>{old(inner)}</w:r><w:r>{new(p('Second box.'))}</w:r>{OUTER}"
    found = shown(tmp_path, p(two))
    assert found == [
        "Start.", "Outer text.", "Middle.", "Never skip a dose.", "Second box.", "End.",
    ]  # fmt: skip


def test_a_box_in_a_table_stays_in_its_cell(tmp_path: Path) -> None:
    cell = documents.cell("x").replace("</w:p>", f"<w:r>{old(WARNING)}</w:r></w:p>")
    path = documents.word(tmp_path / "box.docx", documents.table(cell, cell) + p("End."))
    words = conservation.tree_words(reading.read(path).blocks)
    assert " ".join(words).count("Never skip a dose.") == 2


@pytest.mark.parametrize("change", ["del", "moveFrom"])
@pytest.mark.parametrize("box", [old(WARNING), new(WARNING), either(new(WARNING), old(WARNING))])
def test_a_box_that_a_tracked_change_took_away_stays_away(
    change: str, box: str, tmp_path: Path
) -> None:
    gone = f'<w:{change} w:id="1" w:author="A"><w:r>{box}</w:r></w:{change}>{OUTER}'
    assert shown(tmp_path, f"<w:p>{gone}</w:p>") == ["Start.", "Outer text.", "End."]


def told(folder: Path, body: str) -> list[str]:
    removed = reading.read(documents.word(folder / "box.docx", body)).removed
    return [line for line in removed if "text box" in line]


def test_the_report_says_where_a_box_is_now(tmp_path: Path) -> None:
    boxed = f"<w:r>{either(new(WARNING), old(WARNING))}</w:r>"
    own, lone = p(boxed + OUTER), p(boxed)
    first = "a text box: its text “Never skip a dose.” now stands "
    assert told(tmp_path, own) == [first + "below “Outer text.”"]
    after = p("Risks", style="Heading1") + p("") + lone
    assert told(tmp_path, p("Start.") + after) == [first + "below “Risks”"]
    assert told(tmp_path, lone + p("End.")) == [first + "at the beginning"]


def test_what_the_report_says_of_boxes_is_short(tmp_path: Path) -> None:
    many = p(run("word " * 200) + f"<w:r>{old(p('x ' * 200))}</w:r>") * 30
    lines = told(tmp_path, many)
    assert len(lines) == 21
    assert lines[-1].endswith(": 10")
    assert max(map(len, lines)) < 300


def test_a_box_within_a_box_is_told_with_it(tmp_path: Path) -> None:
    inner = p(f"<w:r>{old(WARNING)}</w:r>{run('Middle.')}")
    (line,) = told(tmp_path, p(f"<w:r>{old(inner)}</w:r>{OUTER}"))
    assert "Never skip a dose." in line
    assert "Middle." in line


def test_a_heading_in_a_box_is_a_heading(tmp_path: Path) -> None:
    box = old(p("Call us", style="Heading1") + WARNING)
    path = documents.word(tmp_path / "box.docx", p(f"<w:r>{box}</w:r>{OUTER}") + p("End."))
    kinds = [block["t"] for block in reading.read(path).blocks]
    assert kinds.count("Header") == 1


@pytest.mark.parametrize("part", [b"", b"<a", b"<w:p>", "<a/>".encode("utf-16"), b"\0"])
def test_what_is_broken_is_left_as_it_is(part: bytes) -> None:
    assert textboxes.moved(part) == part


def test_nothing_else_of_a_part_changes() -> None:
    part = b'<w:document a="x > y"><w:p  b=\'"\'>A &#233; <!-- c --></w:p></w:document>'
    assert textboxes.moved(part) == part
    box = b'<w:d><w:p><w:txbxContent z=">"><w:p>B</w:p></w:txbxContent>A</w:p >  C</w:d>'
    assert textboxes.moved(box) == (
        b'<w:d><w:p><w:txbxContent z=">"></w:txbxContent>A</w:p ><w:p>B</w:p>  C</w:d>'
    )
    box = b"<w:d><w:p><w:txbxContent><w:p>B</w:p></w:txbxContent>A</w:p>C</w:d>"
    assert textboxes.moved(box) == b"<w:d><w:p>A</w:p><w:p>B</w:p>C</w:d>"


# --- Frames of OpenDocument


def frame(inner: str) -> str:
    return f"<draw:frame><draw:text-box>{inner}</draw:text-box></draw:frame>"


def odt_shown(folder: Path, body: str) -> list[str]:
    path = documents.open_document(folder / "box.odt", f"<text:p>Start.</text:p>{body}")
    return [tree.text([block]) or tree.text(block["c"]) for block in reading.read(path).blocks]


def test_a_frame_of_an_open_document_stands_below_its_paragraph(tmp_path: Path) -> None:
    inner = "<text:p>Call 111.</text:p><text:p>Never <text:span>skip</text:span>.</text:p>"
    body = f"<text:p>{frame(inner)}Some <text:span>words</text:span>.</text:p><text:p>End.</text:p>"
    found = odt_shown(tmp_path, body)
    assert found == ["Start.", "Some words.", "Call 111.", "Never skip.", "End."]
    (line,) = reading.read(tmp_path / "box.odt").removed
    assert line == ("a text box: its text “Call 111. Never skip.” now stands below “Some words.”")


def test_frames_within_frames_and_in_headings_and_lists_are_read(tmp_path: Path) -> None:
    twice = frame(f"<text:p>Middle.{frame('<text:p>Inner.</text:p>')}</text:p>")
    body = f"<text:h text:outline-level='1'>Head{twice}</text:h><text:list><text:list-item>"
    body += f"<text:p>Item{frame('<text:p>Beside.</text:p>')}</text:p></text:list-item></text:list>"
    path = documents.open_document(tmp_path / "box.odt", f"<text:p>Start.</text:p>{body}")
    words = conservation.tree_words(reading.read(path).blocks)
    assert words == ["Start.", "Head", "Middle.", "Inner.", "Item", "Beside."]


def test_a_frame_around_a_picture_and_its_caption_stays_as_it_is(tmp_path: Path) -> None:
    image = "<draw:frame><draw:image xlink:href='Pictures/a.png'/></draw:frame>"
    body = f"<text:p>{frame(f'<text:p>{image}Figure 1: The knee</text:p>')}</text:p>"
    assert "Figure 1: The knee" in odt_shown(tmp_path, body)
    assert not any("text box" in line for line in reading.read(tmp_path / "box.odt").removed)


def test_a_shape_with_text_stands_below_its_paragraph(tmp_path: Path) -> None:
    drawn = "<draw:enhanced-geometry><draw:equation/></draw:enhanced-geometry>"
    empty = f"<draw:custom-shape svg:width='1cm'><text:p/>{drawn}</draw:custom-shape><draw:line/>"
    body = f"<draw:custom-shape><text:p>Call 111.</text:p>{drawn}</draw:custom-shape>"
    body += empty + "<draw:ellipse><text:p>Never skip.</text:p></draw:ellipse>"
    found = odt_shown(tmp_path, f"<text:p>Some words.{body}</text:p><text:p>End.</text:p>")
    assert found == ["Start.", "Some words.", "Call 111.", "Never skip.", "End."]
    assert len(reading.read(tmp_path / "box.odt").removed) == 2


@pytest.mark.parametrize("part", [b"<draw:rect>A", b"<draw:rect><draw:rect>A</draw:rect>", b""])
def test_a_shape_that_is_broken_or_in_another_is_left_or_opened_once(part: bytes) -> None:
    assert shapes.boxed(part).count(b"<draw:text-box>") <= 1


def test_what_a_content_control_holds_is_text(tmp_path: Path) -> None:
    inner = "<loext:content-control loext:alias='dose'>75 mg</loext:content-control>"
    assert odt_shown(tmp_path, f"<text:p>Take {inner} daily.</text:p>")[1:] == ["Take 75 mg daily."]
