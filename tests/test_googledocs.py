"""Web pages as Google Docs saves them: its comments, and its lists in lists."""

from __future__ import annotations

from pathlib import Path

import pytest

from clinicpress import build
from clinicpress.report import Report
from clinicpress.web import googledocs

SHEET = (
    '<style>.lst-kix_n-0>li:before{content:"" counter(lst-ctn-kix_n-0,decimal) ". "}'
    '.lst-kix_n-1>li:before{content:"(" counter(lst-ctn-kix_n-1,lower-latin) ") "}'
    '.lst-kix_m-1>li:before{content:"" counter(lst-ctn-kix_m-0,decimal) "." counter('
    'lst-ctn-kix_m-1,decimal) ". "}.lst-kix_b-0>li:before{content:"\\0025cf  "}'
    "ol.lst-kix_n-0{list-style-type:none}.c9{text-decoration:line-through}</style>"
)


def press(folder: Path, body: str) -> Report:
    page = f"<html><head><title>Ear</title>{SHEET}</head><body><h1>Ear</h1>{body}</body></html>"
    (folder / "ear.html").write_text(page, encoding="utf-8")
    return build.press(folder / "ear.html", "ear.html", "leaflet")


def made(kind: str, name: str, *items: str, more: str = "") -> str:
    inner = "".join(f'<li class="c0 li-bullet-0"><span>{item}</span></li>' for item in items)
    return f'<{kind} class="c2 lst-kix_{name} {more}">{inner}</{kind}>'


LISTS = {
    "within": (made("ul", "b-0", "a") + made("ul", "b-1", "x", "y") + made("ul", "b-0", "c"),
               "- a …- x …- y - c"),
    "numbers go on": (made("ol", "n-0", "a") + made("ol", "n-1", "x", "y") + made("ol", "n-0", "c"),
                      "1. a …- \\(a\\) x …- \\(b\\) y 2. c"),
    "two levels at once": (made("ul", "b-0", "a") + made("ul", "b-2", "x") + made("ul", "b-1", "y")
                           + made("ul", "b-0", "c"),
                           "<ul> <li>a <ul> <li>x</li> </ul> <ul> <li>y</li> </ul></li> "
                           "<li>c</li> </ul>"),
    "of another kind": (made("ol", "n-0", "a") + made("ul", "b-1", "x") + made("ol", "n-0", "c"),
                        "1. a …- x 2. c"),
    "to the end": (made("ul", "b-0", "a") + made("ul", "b-1", "x"), "- a …- x"),
    "another list": (made("ul", "b-0", "a") + made("ul", "b-1", "x") + made("ul", "q-0", "c"),
                     "- a …- x <!-- --> - c"),
    "text between": (made("ul", "b-0", "a") + "<p>And so on.</p>" + made("ul", "b-1", "x"),
                     "- a And so on. - x"),
    "deeper first": (made("ul", "b-1", "a") + made("ul", "b-0", "x"), "- a <!-- --> - x"),
}  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), LISTS.values(), ids=LISTS)
def test_lists_in_lists_are_in_their_items(body: str, expected: str, tmp_path: Path) -> None:
    report = press(tmp_path, f"<p>So:</p>{body}<p>Then.</p>")
    assert report.proved
    lines = report.pages["index.md"].split("So:", 1)[1].split("\n")
    depths = ["…" * ((len(line) - len(line.lstrip())) // 4) + line.strip() for line in lines]
    assert f"{expected} Then." in " ".join(" ".join(depths).split())


def test_numbers_of_several_parts_are_told(tmp_path: Path) -> None:
    report = press(tmp_path, made("ol", "m-0", "a") + made("ol", "m-1", "x"))
    assert report.leaflet.removed == (googledocs.OF_SEVERAL,)


CALLED = '<sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup>'
SAID = (
    '<div class="c5"><p class="c1"><a href="#cmnt_ref1" id="cmnt1">[a]</a><span>Is this right?'
    "</span></p><p>Yes.</p></div>"
)


def test_comments_are_left_out_and_counted(tmp_path: Path) -> None:
    body = f"<p><span class=c9>Do not</span> take it{CALLED} now.</p><p>Rest.</p>{SAID}"
    report = press(tmp_path, body)
    assert report.leaflet.removed == ("a comment of an author or reviewer: 1",)
    assert "~~Do not~~ take it now.\n\nRest.\n" in report.pages["index.md"]
    assert "right" not in report.pages["index.md"]


@pytest.mark.parametrize("body", [CALLED, SAID, f"{CALLED}{SAID.replace('cmnt1', 'cmnt2')}"])
def test_half_a_comment_is_text(body: str) -> None:
    assert googledocs.read(body).html == body
