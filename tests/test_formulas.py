"""Formulas and readings of web pages and books as text of one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from clinicpress import build
from clinicpress.errors import ClinicpressError
from clinicpress.report import Report
from clinicpress.web import formulas, ruby
from test_epub import PAGE, book

X, TWO = "<mi>x</mi>", "<mn>2</mn>"
HALF = f"<mfrac><mn>1</mn>{TWO}</mfrac>"
SQUARE = f"<msup>{X}{TWO}</msup>"
WRITTEN = {
    "compared": ("<mn>5</mn><mo>&le;</mo><mi>x</mi>", "5 ≤ x"),
    "with its TeX": (
        f"<semantics><mrow>{X}</mrow><annotation encoding='application/x-tex'>\\x</annotation>"
        "</semantics>", "x"),
    "a power": (SQUARE, "x<sup>2</sup>"),
    "lowered": (f"<msub><mi>H</mi>{TWO}</msub><mi>O</mi>", "H<sub>2</sub>O"),
    "both": (f"<msubsup>{X}<mn>1</mn>{TWO}</msubsup>", "x<sub>1</sub><sup>2</sup>"),
    "a fraction": (f"<mi>BMI</mi><mo>=</mo><mfrac><mi>weight</mi>{SQUARE}</mfrac>",
                   "BMI = weight / x<sup>2</sup>"),
    "two and a half": (f"{TWO}<mo>&#x2064;</mo><mstyle>{HALF}</mstyle>", "2 1/2"),
    "a sum over": (f"<mfrac><mrow>{X}<mo>+</mo>{TWO}</mrow>{TWO}</mfrac>", "(x+2) / 2"),
    "a root": (f"<msqrt>{X}<mo>-</mo>{TWO}</msqrt>", "√(x−2)"),
    "a power of brackets": (f"<mo>(</mo>{X}<msup><mo>)</mo>{TWO}</msup>", "(x)<sup>2</sup>"),
    "fenced": (f"<mfenced open='['>{X}{TWO}</mfenced>", "[x,2)"),
    "degrees": ("<msup><mn>37</mn><mo>∘</mo></msup><mi>C</mi>", "37°C"),
    "words": ("<mn>5</mn> <mtext>\n mg </mtext><mspace/><mi>sin</mi><mo>&#x2061;</mo><mi>x</mi>",
              "5 mg sin x"),
    "slanted": ("<mi>𝑥</mi><mn>10⁵</mn>", "x10⁵"),
    "text with marks": ("<mtext>a<b>b</b></mtext>", "ab"),
    "signs of HTML": ("<mi>x</mi><mo>&lt;</mo><mn>5</mn>", "x &lt; 5"),
    "nothing": ("", ""),
}  # fmt: skip


@pytest.mark.parametrize(("inner", "expected"), WRITTEN.values(), ids=WRITTEN)
def test_a_formula_is_text_of_one_line(inner: str, expected: str) -> None:
    html = f"<p>Take <math display='block'>{inner}</math> now.</p>"
    assert formulas.written(html, "a.html").html == f"<p>Take {expected} now.</p>"


UNREADABLE = {
    "a table": "<mtable><mtr><mtd><mi>x</mi></mtd></mtr></mtable>",
    "below": "<munder><mi>x</mi><mi>i</mi></munder>",
    "nothing divided": f"<mfrac linethickness='0'>{X}{TWO}</mfrac>",
    "too few": f"<msup>{X}</msup>",
    "text between": f"<mrow>x{X}</mrow>",
    "more in a text": f"<mtext>x{HALF}</mtext>",
    "a root of a third kind": f"<mroot>{X}{TWO}</mroot>",
    "not seen": f"<mphantom>{X}</mphantom>",
    "too deep": "<mrow>" * 150 + X + "</mrow>" * 150,
}


@pytest.mark.parametrize("inner", UNREADABLE.values(), ids=UNREADABLE)
def test_a_formula_that_no_line_can_say_stops_the_run(inner: str) -> None:
    with pytest.raises(ClinicpressError, match="the formula “x") as stopped:
        formulas.written(f"<p><math>{inner}</math></p>", "a.html")
    assert "picture" in stopped.value.remedy


def test_a_formula_that_never_ends_stops_the_run() -> None:
    with pytest.raises(ClinicpressError, match="the formula “x y”"):
        formulas.written("<p><math><mi>x</mi> y", "a.html")


def test_a_page_without_formulas_stays_as_it_is() -> None:
    assert formulas.written("<p>math</p></math>", "a") == formulas.Formulas("<p>math</p></math>")
    assert formulas.written("<math/>x", "a").html == "x"


def press(folder: Path, name: str, data: bytes) -> Report:
    (folder / name).write_bytes(data)
    return build.press(folder / name, name, "leaflet")


PARTS = f"<h1>Ear</h1><p>So <math>{HALF}</math> of <ruby>薬<rt>くすり</rt></ruby>, {{}}.</p>"


def test_formulas_and_readings_come_to_the_page_and_are_told(tmp_path: Path) -> None:
    page = PARTS.format(f"<math>{SQUARE}</math>")
    for name, data in (
        ("ear.html", page.encode()),
        ("ear.epub", book(one=PAGE.format(page.replace("<rt>", "<rp>(</rp><rt>")))),
        ("ear.md", page.encode()),
    ):
        report = press(tmp_path, name, data)
        assert "So 1/2 of 薬(くすり), x^2^." in " ".join(report.pages.values())
        told = " ".join(report.leaflet.removed)
        assert "in one line now: “1/2”" in told
        assert "readings above words, which stand in brackets behind them now: 1" in told


def test_a_book_may_give_formulas_a_prefix(tmp_path: Path) -> None:
    prefixed = "<m:math><m:msup><m:mi>m</m:mi><m:mn>2</m:mn></m:msup></m:math>"
    report = press(tmp_path, "ear.epub", book(one=PAGE.format(f"<h1>A</h1><p>3 {prefixed}.</p>")))
    assert "3 m^2^." in " ".join(report.pages.values())


READINGS = {
    "brackets of its own": ("漢<rp>(</rp><rt>かん</rt><rp>)</rp>字<rp>(</rp><rt>じ</rt>",
                            "漢(かん)字(じ)"),
    "open parts": ("<rb>a<rt>b<rb>c<rt>d", "a (b)c (d)"),
    "nothing above": ("漢<rt> </rt>", "漢 "),
    "Latin": ("<b>GP</b><rt>doctor</rt>", "<b>GP</b> (doctor)"),
}  # fmt: skip


@pytest.mark.parametrize(("inner", "expected"), READINGS.values(), ids=READINGS)
def test_readings_stand_in_brackets(inner: str, expected: str) -> None:
    assert ruby.written(f"<ruby>{inner}</ruby>.").html == f"{expected}."


def test_readings_out_of_place_are_left() -> None:
    assert ruby.written("<rt>x</rt>").html == "<rt>x</rt>"
    assert ruby.written("<ruby>a<rt>b").html == "a (b)"
    assert ruby.written("<ruby>a<rt>b<p>c").html == "a (b)<p>c"
