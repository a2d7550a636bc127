"""A web page that leaves out end tags reads as one that has them all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from clinicpress import build
from clinicpress.web import endtags

OPTIONAL = re.compile(
    r"</(?:td|th|tr|thead|tbody|tfoot|caption|colgroup|li|dt|dd|p|option|optgroup)>"
)
WHOLE = {
    "a table": "<table><caption>Doses</caption><thead><tr><th>Drug</th><th>Dose</th></tr></thead>"
    "<tbody><tr><td>Aspirin</td><td>1 g</td></tr><tr><td>Codeine</td><td>60 mg</td></tr></tbody>"
    "<tfoot><tr><td>Both</td><td>2</td></tr></tfoot></table>",
    "columns": "<table><caption>Doses</caption><colgroup><col><col></colgroup><tr><td>Aspirin</td>"
    "<td>1 g</td></tr><tr><td>Codeine</td><td>60 mg</td></tr></table>",
    "a table in a table that sets out the page": "<table role=presentation><tr><td><h2>Risks</h2>"
    "<p>Bleeding is rare.</p><table><tr><th>Drug</th><th>Dose</th></tr><tr><td>Aspirin</td><td>1 g"
    "</td></tr></table></td></tr><tr><td><p>Rest at home.</p></td></tr></table>",
    "lists in lists": "<ul><li>One<ol start=3><li>three</li><li><p>four</p></li></ol></li><li><div>"
    "Two</div></li><li hidden>Unseen</li><li>Three</li></ul>",
    "terms": "<dl><dt>Warfarin</dt><dd>Stop 5 days before.</dd><dd><p>Go on then.</p><ul><li>At "
    "night.</li></ul></dd><dt>Aspirin</dt><dd>Go on.</dd></dl>",
    "paragraphs": "<p>Drink water.</p><p hidden>For staff.</p><p>Eat well.</p><div><p>Rest at home."
    "</p></div><hr><p>Walk.</p><ul><li>Far.</li></ul><section><p>Sleep.</p></section>",
    "a list in a cell": "<table><tr><th>Do</th><th>Do not</th></tr><tr><td><ul><li>walk</li><li>"
    "swim</li></ul></td><td><p>run</p></td></tr></table>",
    "choices": "<div>Choose.</div><select><optgroup><option>Left</option><option>Right</option>"
    "</optgroup></select><p>Thank you.</p>",
}


def pages(folder: Path, body: str, name: str = "knee.html") -> Mapping[str, str]:
    heading = "# Knee\n\n" if name.endswith(".md") else "<title>Knee</title><h1>Knee</h1>"
    (folder / name).write_text(f"{heading}<p>Before.</p>\n{body}", encoding="utf-8")
    report = build.press(folder / name, name, "leaflet")
    assert report.proved
    return report.pages


@pytest.mark.parametrize("body", WHOLE.values(), ids=WHOLE)
@pytest.mark.parametrize("name", ["knee.html", "knee.md"])
def test_a_page_without_end_tags_reads_as_one_with_them(
    name: str, body: str, tmp_path: Path
) -> None:
    left_out = OPTIONAL.sub("", body)
    assert pages(tmp_path, left_out, name) == pages(tmp_path, body, name)


def test_the_names_of_tags_may_be_capitals(tmp_path: Path) -> None:
    body = "<TABLE><TR><TH>Drug<TH>Dose<TR><TD>Aspirin<TD>1 g</TABLE>"
    assert "| Aspirin | 1 g  |" in pages(tmp_path, body)["knee.md"]


@pytest.mark.parametrize("body", WHOLE.values(), ids=WHOLE)
def test_a_whole_page_stays_as_it_is(body: str) -> None:
    assert endtags.written(body) == body


WRITTEN = {
    # The end of a paragraph that a block has ended begins one, as in a browser.
    "<p>a<div>b</div>c</p>d": "<p>a</p><div>b</div>c<p></p>d",
    "<p>a</p></p>b": "<p>a</p></p>b",
    "<p><b>a<p>b</b>c": "<p><b>a</b></p><p>b</b>c</p>",
    "<b><p>a</b>c<p>d": "<b><p>a</b>c</p><p>d</p>",
    "<p>a<hr/>b<br/>c": "<p>a</p><hr/>b<br/>c",
    "<ul><li><div>a<li>b</ul>": "<ul><li><div>a</div></li><li>b</li></ul>",
    # What is around is not ended.
    "<p>a<button>b<p>c</button>d": "<p>a<button>b<p>c</p></button>d</p>",
    "<td>a<table><tr><td>b</table>c": "<td>a<table><tr><td>b</td></tr></table>c</td>",
    "<li>a<section><li>b": "<li>a<section><li>b</li></section></li>",
    # Only a browser knows where these end.
    "<nav><a>b</a><div>c": "<nav><a>b</a><div>c",
    "<script>'<p>'</script>": "<script>'<p>'</script>",
}


@pytest.mark.parametrize(("given", "written"), WRITTEN.items(), ids=list(WRITTEN))
def test_end_tags_stand_where_a_browser_ends_an_element(given: str, written: str) -> None:
    assert endtags.written(given) == written


def test_many_elements_take_little_time() -> None:
    given = "<ul>" + "<li><b>a" * 20_000
    assert endtags.written(given).count("</li>") == 20_000
