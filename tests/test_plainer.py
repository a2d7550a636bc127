"""What Markdown has no way to say is written as HTML, and the site has it whole and linked."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from clinicpress import build, pages, pandoc, tree
from clinicpress.model import Document, Kind, Marked, TitleFrom
from clinicpress.notices import boxes
from clinicpress.plainer import plainer
from clinicpress.proof import UnlikeError
from clinicpress.rendered import RenderedPage
from clinicpress.report import Report
from clinicpress.tree import Node, Nodes
from conftest import clinicpress

PAGE = (
    "<html><head><title>Knee</title></head><body><h1>Knee care</h1><h2>Before</h2><p>Eat.</p>{}"
    '<h2 id="after">After</h2><p>Rest.</p></body></html>'
)
LINK = '<a href="#after">what comes after</a>'
# Each is lost or becomes another thing in Markdown, as Python-Markdown reads it.
HARD = {
    "raised in raised text": f"<p>See {LINK} and x<sup>a<sup>b</sup></sup></p>",
    "a break in a term": f"<dl><dt>One<br>two</dt><dd>Its {LINK}</dd></dl>",
    "code in a meaning": f"<dl><dt>{LINK}</dt><dd><pre>one\n  two</pre></dd></dl>",
}
TERM = "<dl><dt>One<br>two</dt><dd>Its meaning {}</dd></dl>"
SUPERSCRIPT: Node = {"t": "Superscript", "c": tree.string("b")}
WARNING = "<p>Call 999 if you cannot breathe.</p>"


def written(folder: Path, inner: str) -> Path:
    (folder / "knee.html").write_text(PAGE.format(inner), encoding="utf-8")
    return folder / "knee.html"


def built(folder: Path, inner: str, *words: str) -> str:
    """Build a site of a leaflet, and return its page; the run has to say these words."""
    done = clinicpress("build", written(folder, inner), "-o", "out", cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    assert [word for word in (*words, "Checks passed") if word not in done.stdout] == []
    return (folder / "out" / "knee" / "before.html").read_text(encoding="utf-8")


def press(path: Path) -> Report:
    return build.press(path, path.name, "leaflet")


@pytest.mark.parametrize("case", HARD)
def test_it_is_on_the_page_and_its_links_lead_on(case: str, tmp_path: Path) -> None:
    site = built(tmp_path, HARD[case], "once each, in order")
    assert re.search(r'<a href="after\.html">\s*what comes after</a>', site)


def test_the_rest_of_the_page_stays_markdown(tmp_path: Path) -> None:
    page = press(written(tmp_path, f"<p><b>Eat</b> it.</p>{TERM}"))
    text = page.pages["before.md"]
    assert "**Eat** it." in text
    assert "<dt>One<br />" in text


def test_what_is_in_a_notice_stays_there(tmp_path: Path) -> None:
    site = built(tmp_path, f"<ul><li>{WARNING}<p>x<sup>a<sup>b</sup></sup></p></li></ul>")
    _, notice = site.split('class="admonition emergency"')
    assert notice.index("Emergency: get help now") < notice.index("<sup>a<sup>b</sup></sup>")


def test_a_notice_within_it_is_one() -> None:
    warning = boxes.notice(Kind.EMERGENCY, [tree.para("Call 999.")])
    term = [*tree.string("One"), {"t": "LineBreak"}, *tree.string("two")]
    meant: Node = {"t": "DefinitionList", "c": [[term, [[tree.para("x")]]]]}
    item = [tree.para("First"), warning, meant]
    blocks: Nodes = [{"t": "BulletList", "c": [item]}]
    document = Document("knee.html", "Knee", TitleFrom.TEXT, "en", blocks)
    (page,) = plainer(pages.compose("knee", document, Marked(blocks, ()))).pages
    (html,) = page.blocks
    shown = RenderedPage(html["c"][1])
    assert shown.strange == []
    assert shown.words() == "First Call 999. One two x".split()
    assert 'class="admonition emergency" id="get-help-now" role="group"' in html["c"][1]


def test_a_link_in_a_table_with_lines_in_its_cells_leads_on(tmp_path: Path) -> None:
    table = f"<table><tr><td><p>One</p><p>Two: {LINK}</p></td><td>Three</td></tr></table>"
    assert 'href="after.html"' in built(tmp_path, table)


IN_NOTES = {
    "raised in raised text": ("<p>So<sup>a<sup>b</sup></sup> on.</p>", "So<sup>a^b^</sup> on."),
    "a break in struck text": ("<p>So <s>a<br>b</s> on.</p>", "So <s>a  \n    b</s> on."),
    "code": ("<pre>one\n  two</pre>", "[^1]: &nbsp;\n\n        one\n          two"),
    "signs in a table": (
        "<table><tr><td><p>a</p><table><tr><td><code>x*y</code> and*</td></tr></table><p>c*</p>"
        "</td><td>z_</td></tr></table><p>5*</p>", "<code>x&#42;y</code>"),
}  # fmt: skip


@pytest.mark.parametrize(("inner", "expected"), IN_NOTES.values(), ids=IN_NOTES)
def test_what_markdown_has_no_marks_for_in_a_note(
    inner: str, expected: str, tmp_path: Path
) -> None:
    note = f'<section role="doc-endnotes"><ol><li id="n1">{inner}</li></ol></section>'
    html = f'<h1>Knee</h1><p>Rest<a href="#n1" role="doc-noteref">1</a>.</p>{note}'
    (tmp_path / "knee.html").write_text(html, encoding="utf-8")
    report = build.press(tmp_path / "knee.html", "knee.html", "knee")
    assert report.proved
    assert expected in report.pages["index.md"]


def test_a_note_in_what_cannot_be_written_stops_the_run(tmp_path: Path) -> None:
    note = '<a href="#n1" role="doc-noteref" id="r1">1</a>'
    inner = TERM.format(note)
    inner += '<section role="doc-endnotes"><ol><li id="n1">Ask us.</li></ol></section>'
    with pytest.raises(UnlikeError, match=r"knee\.html"):
        press(written(tmp_path, inner))


def test_an_ordinary_leaflet_is_written_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object) -> str:
        raise AssertionError("it was written as HTML")

    monkeypatch.setattr(pandoc, "write_html", never)
    assert press(written(tmp_path, f"<p>Rest. {LINK}</p>{WARNING}")).proved
