"""The alphabet of a web page: the one that it names, or what browsers take it for."""

from __future__ import annotations

from pathlib import Path

import pytest

from clinicpress import build
from clinicpress.errors import ClinicpressError
from clinicpress.report import Report
from clinicpress.web import charsets

WORDS = "<h1>Café</h1><p>Prenez 5 € – “oui”, l’été.</p>"
PLAIN = "Prenez 5 € – “oui”, l’été."


def press(folder: Path, data: bytes) -> Report:
    (folder / "page.html").write_bytes(data)
    return build.press(folder / "page.html", "page.html", "leaflet")


def test_a_page_that_names_none_is_in_that_of_browsers_and_told(tmp_path: Path) -> None:
    report = press(tmp_path, WORDS.encode("cp1252"))
    assert PLAIN in report.pages["index.md"]
    assert report.leaflet.removed == (charsets.TOLD,)
    report = press(tmp_path, WORDS.encode())
    assert (PLAIN in report.pages["index.md"], report.leaflet.removed) == (True, ())


NAMES = {
    "the name of the old one": ("<meta charset=iso-8859-1>", "cp1252"),
    "ascii": ("<meta http-equiv=Content-Type content='text/html; charset=us-ascii'>", "cp1252"),
    "as XML": ("<?xml version='1.0' encoding='windows-1252'?>", "cp1252"),
    "called otherwise": ("<meta charset='x-cp1252'>", "cp1252"),
    "in UTF-8 with a mark": ("\ufeff<meta charset=iso-8859-1>", "utf-8"),
    "wide, which it can't be": ("<meta charset=utf-16>", "utf-8"),
    "none of the web's": ("<meta charset=hex>", "utf-8"),
    "none that there is": ("<meta charset='x y'>", "utf-8"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "coding"), NAMES.values(), ids=NAMES)
def test_a_page_is_in_the_alphabet_that_it_names(name: str, coding: str) -> None:
    text, told = charsets.text((name + WORDS).encode(coding), "page.html")
    assert PLAIN in text
    assert told == ()


REFUSED = {
    "Polish": WORDS + "<p>Mo¿esz piæ wodê, ból g³owy.</p>",
    "Cyrillic": "<p>Ïðèíèìàéòå ïî îäíîé òàáëåòêå 3 ðàçà</p>",
    "of another language": f"<html lang='cs'>{WORDS}",
    "no letter": WORDS + "\x81",
    "named": "<meta charset=utf-8>" + WORDS,
}


@pytest.mark.parametrize("page", REFUSED.values(), ids=REFUSED)
def test_a_page_that_may_be_in_another_stops_the_run(page: str) -> None:
    data = page.replace("\x81", "").encode("cp1252") + (b"\x81" if "\x81" in page else b"")
    with pytest.raises(ClinicpressError, match="a letter here is not in UTF-8"):
        charsets.text(data, "page.html")
