"""A web page's text as a browser shows it: joined, raised, struck out, numbered and linked."""

from __future__ import annotations

from pathlib import Path

import pytest

from clinicpress import build, conservation
from clinicpress.phrasing import joined
from clinicpress.report import Report


def press(folder: Path, body: str, head: str = "") -> Report:
    page = f"<html><head><title>Ear wax</title>{head}</head><body><h1>Ear wax</h1>{body}</body>"
    (folder / "ear.html").write_text(page, encoding="utf-8")
    return build.press(folder / "ear.html", "ear.html", "leaflet")


def shown(folder: Path, body: str, head: str = "") -> str:
    report = press(folder, body, head)
    assert report.proved
    text = " ".join(text.split("---", 2)[-1] for text in report.pages.values())
    return " ".join(text.split())


TAGS = (
    "abbr acronym bdi bdo big blink cite code data dfn em font ins kbd label mark nobr output samp "
    "small span st1:place strong time tt u var"
).split()


@pytest.mark.parametrize("tag", TAGS)
def test_a_tag_within_a_word_parts_nothing(tag: str, tmp_path: Path) -> None:
    text = shown(tmp_path, f"<p>Take 5<{tag} class='x'>0</{tag}>mg a day, or hy<wbr>phen.</p>")
    assert "50mg" in text.replace("*", "").replace("`", "").replace("\\", "")
    assert "hyphen" in text


def test_a_tag_around_a_word_leaves_the_spaces_around_it(tmp_path: Path) -> None:
    text = shown(tmp_path, "<p>Ask <abbr title='doctors'>GP</abbr>s <mark>or</mark> <wbr/>us.</p>")
    assert "Ask GPs or us." in text


def test_a_place_in_such_a_tag_can_be_linked_to(tmp_path: Path) -> None:
    body = "<p><a href='#x'>See</a></p><h2>Two</h2><p><label id='x'>It</label> hurts.</p>"
    assert "[See](two.md)" in shown(tmp_path, body)


@pytest.mark.parametrize(
    "html",
    ["", "<", "<abbr", "<abbr>x", "x</abbr>y", "<abbr><mark>x</abbr></mark>", "a&ltb<wbr/>&#120;",
     "<script>'<mark>x</mark>'</script>", "<!-- <mark> -->x", "<mark/>x", "<p>x < y<kbd>\n</kbd"],
)  # fmt: skip
def test_no_text_is_lost_in_joining(html: str) -> None:
    there = conservation.letters("".join(conservation.html_paragraphs(html)))
    assert conservation.letters("".join(conservation.html_paragraphs(joined(html)))) == there
