"""Which letters the bytes of a web page stand for, as browsers take them.

(WHATWG, Encoding; HTML, 13.2.3 "The input byte stream".) A page that names none and is not in UTF-8
is in windows-1252 to browsers of the Western world, and to those only.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping

from clinicpress import decoding
from clinicpress.errors import ClinicpressError

WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Browsers look no further; what they find there as UTF-16 can't be, so it is UTF-8.
LOOKED_THROUGH = 4096
NAMED = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
NAMED_AS_XML = re.compile(rb"\s*<\?xml\b[^>]*?\bencoding\s*=\s*[\"']\s*([\w.:-]+)", re.I)
LANGUAGE = re.compile(rb"<html\b[^>]*?\blang\s*=\s*[\"']?([a-z]{2,3})", re.I)
# The names of old alphabets stand for the larger ones of Windows, which have “ ” and €.
TAKEN_AS: Mapping[str, str] = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874",
    "tis-620": "cp874", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932",
    "euc_kr": "cp949", "big5": "big5hkscs", "utf-8": "", "utf-16": "", "utf-16-le": "",
    "utf-16-be": "",
}  # fmt: skip
ALSO_CALLED: Mapping[str, str] = {
    "windows-874": "cp874", "windows-31j": "cp932", "x-sjis": "cp932", "x-gbk": "gb18030",
    "x-cp1250": "cp1250", "x-cp1251": "cp1251", "x-cp1252": "cp1252", "x-mac-roman": "mac-roman",
}  # fmt: skip
KNOWN = frozenset(TAKEN_AS.values()) | frozenset(
    "cp866 cp1250 cp1251 cp1253 cp1255 cp1256 cp1257 cp1258 euc_jp iso2022_jp iso8859-2 iso8859-3 "
    "iso8859-4 iso8859-5 iso8859-6 iso8859-7 iso8859-8 iso8859-10 iso8859-13 iso8859-14 "
    "iso8859-15 iso8859-16 koi8-r koi8-u mac-cyrillic mac-roman".split()
)
WESTERN = "cp1252"
# Browsers set to these languages take another alphabet for such a page (HTML, 13.2.3.2).
OTHERS = frozenset(
    b"ar az be bg bs cs el et fa he hr hu ja kk ko ku ky lt lv mk pl ru sah sk sl sr tg th tr tt "
    b"uk vi zh".split()
)
# In words these are letters of another alphabet: “¹” is a Polish “ą”.
ODD = re.compile("[^\\W\\d_][¡-©«-®¯±-´¶¸¹»-¿×÷¤][^\\W\\d_]")
MOST_ACCENTS = 0.3
TOLD = (
    "the page does not say in which alphabet it is stored; it is read as browsers do "
    "(windows-1252): check “ ”, é and € in it"
)


def text(data: bytes, place: str) -> tuple[str, tuple[str, ...]]:
    """Return the text of a web page, and a line for the report where its alphabet is a default.

    Raises ClinicpressError where a byte is no letter, as `decoding.text` does.
    """
    if data[:2] in WIDE:
        return _wide(data, place), ()
    named = "" if data.startswith(codecs.BOM_UTF8) else _named(data[:LOOKED_THROUGH])
    try:
        return decoding.text(data, place, named or ""), ()
    except ClinicpressError:
        if named is not None or (western := _western(data)) is None:
            raise
        return western, (TOLD,)


def _named(begins: bytes) -> str | None:
    """Return the codec that a page names, "" for UTF-8, None where it names none of the web's."""
    found = NAMED.search(begins) or NAMED_AS_XML.match(begins)
    called = found[1].decode().lower() if found else ""
    try:
        name = codecs.lookup(ALSO_CALLED.get(called, called)).name
    except LookupError:
        return None
    taken = TAKEN_AS.get(name, name)
    return taken if taken in KNOWN else None


def _western(data: bytes) -> str | None:
    """Return a page read as windows-1252, None where that would be no text."""
    language = LANGUAGE.search(data[:LOOKED_THROUGH])
    if b"\0" in data or (language and language[1].lower() in OTHERS):
        return None
    try:
        given = data.decode(WESTERN)
    except UnicodeDecodeError:
        return None
    letters = [letter for letter in given if letter.isalpha()]
    accents = sum(not letter.isascii() for letter in letters)
    return None if ODD.search(given) or accents > MOST_ACCENTS * len(letters) else given


def _wide(data: bytes, place: str) -> str:
    """Return the text of a page that begins with the mark of UTF-16, as some programs save it."""
    given = data.decode("utf-16", "replace")
    if "\0" in given or "\ufffd" in given:
        raise ClinicpressError(place, "this is not a text file", decoding.SAVE_AS)
    return given
