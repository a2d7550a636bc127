"""Equations of OpenDocument: on the page as text in one line, or the run stops and names them."""

from __future__ import annotations

from pathlib import Path

import pytest

from clinicpress import build
from clinicpress.errors import ClinicpressError
from clinicpress.office import openequations
from clinicpress.office.written_out import Written
from clinicpress.report import Report
from documents import open_document

SPACE = "http://www.w3.org/1998/Math/MathML"
OBJECT = '<draw:object xlink:href="./Object 1"/>'
FRAME = f'<draw:frame draw:name="One">{OBJECT}<svg:desc>formula</svg:desc></draw:frame>'
LINE = f"<text:p>We count {FRAME} as we told you.</text:p>"


def pressed(folder: Path, inner: str, body: str = LINE) -> Report:
    note = '<annotation encoding="StarMath 5.0">a over b</annotation>'
    whole = f'<math xmlns="{SPACE}"><semantics><mrow>{inner}</mrow>{note}</semantics></math>'
    path = folder / "knee.odt"
    open_document(path, body, files={"Object 1/content.xml": whole.encode()})
    return build.press(path, path.name, "leaflet")


def shown(report: Report) -> str:
    return " ".join(report.pages["index.md"].replace("\\", "").split())


def i(text: str) -> str:
    return f"<mi>{text}</mi>"


def n(text: str) -> str:
    return f"<mn>{text}</mn>"


def o(text: str) -> str:
    return f'<mo stretchy="false">{text}</mo>'


@pytest.mark.parametrize(
    ("inner", "page"),
    [
        (i("BMI") + o("=") + f"<mfrac>{i('weight')}<msup>{i('height')}{n('2')}</msup></mfrac>",
         "BMI = weight / height^2^"),
        (f"<mfrac>{n('1')}{n('2')}</mfrac>", "1/2"),
        (f"<msub>{i('H')}{n('2')}</msub>{i('O')}", "H~2~O"),
        (f"<msubsup>{i('x')}{i('a')}{n('2')}</msubsup>", "x~a~^2^"),
        (f"<msqrt>{i('a')}{o('+')}{i('b')}</msqrt>", "√(a+b)"),
        (i("dose") + o("≤") + n("2") + o("×") + i("day") + i("rate"), "dose ≤ 2×day rate"),
        (o("−") + n("5") + o("&lt;") + i("x"), "−5 < x"),
        (f"<mfrac><mrow>{i('a')}{o('+')}{i('b')}</mrow>{i('c')}</mfrac>", "(a+b) / c"),
        (f"<mtext> if ill </mtext>{o('(')}{n('3')}{o(')')}", "if ill(3)"),
    ],
)  # fmt: skip
def test_an_equation_stands_in_one_line(inner: str, page: str, tmp_path: Path) -> None:
    assert f"We count {page} as we told you." in shown(pressed(tmp_path, inner))


def test_a_fraction_in_one_line_is_told(tmp_path: Path) -> None:
    report = pressed(tmp_path, f"<mfrac>{i('a')}{i('b')}</mfrac>")
    assert report.leaflet.removed == ("an equation, which stands in one line now: “a / b”",)


def test_an_equation_on_a_line_of_its_own_is_a_paragraph(tmp_path: Path) -> None:
    body = f"<text:p>We count so.</text:p>{FRAME}<text:p>That is all.</text:p>"
    assert "We count so. a = b That is all." in shown(
        pressed(tmp_path, i("a") + o("=") + i("b"), body)
    )


@pytest.mark.parametrize(
    "inner",
    [
        f"<mroot>{i('wt')}{n('3')}</mroot>",
        f"<mover>{i('wt')}{o('¯')}</mover>",
        f'<mfrac linethickness="0">{i("wt")}{i("k")}</mfrac>',
        f"<msup>{i('wt')}<msup>{i('b')}{i('c')}</msup></msup>",
        f"<mfrac>{i('wt')}</mfrac>",
        "<mrow>" * 150 + i("wt") + "</mrow>" * 150,
    ],
)
def test_an_equation_that_fits_in_no_line_stops_the_run(inner: str, tmp_path: Path) -> None:
    with pytest.raises(ClinicpressError, match="equation wt"):
        pressed(tmp_path, inner)


@pytest.mark.parametrize("part", [b"", b"<math>", b"<office:document-content/>"])
def test_another_object_is_left_as_it_is(part: bytes, tmp_path: Path) -> None:
    path = tmp_path / "knee.odt"
    data = open_document(path, LINE, files={"Object 1/content.xml": part}).read_bytes()
    assert openequations.spelled(data).data == data


@pytest.mark.parametrize("data", [b"", b"PK"])
def test_what_is_broken_is_left_as_it_is(data: bytes) -> None:
    assert openequations.spelled(data) == Written(data)
