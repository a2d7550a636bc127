"""Which letters the bytes, numbers and signs of a Rich Text file stand for."""

from __future__ import annotations

import codecs
from collections.abc import Mapping

SIGNS: Mapping[str, str] = {
    "tab": "\t",
    "emdash": "—",
    "endash": "–",
    "bullet": "•",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "emspace": " ",
    "enspace": " ",
    "qmspace": " ",
    "~": "\u00a0",
    "_": "\u2011",
    "-": "\u00ad",
    "{": "{",
    "}": "}",
    "\\": "\\",
}
# The alphabet of a font by its `fcharset`, where it is not that of the file.
CHARSETS: Mapping[int, str] = {
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    134: "gbk",
    136: "cp950",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
}
# The alphabet of a file by the word at its beginning.
PAGES: Mapping[str, str] = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
NOT_A_LETTER = "\ufffd"
"""Stands for bytes and numbers that are no letter."""


def page(number: int) -> str:
    """Return the codec of a code page by its number; LookupError where there is none."""
    name = {0: "cp1252", 10000: "mac_roman", 65001: "utf-8"}.get(number, f"cp{number}")
    return codecs.lookup(name).name


class Pairs:
    """Joins the halves that letters beyond the first 65,536 are written in."""

    def __init__(self) -> None:
        self._half = 0

    def letter(self, number: int) -> str:
        """Return the letter of a number, "" for a first half, what stood for none before it."""
        code = number % 0x10000 if number < 0x10000 else min(number, 0x10FFFF)
        half, self._half = self._half, 0
        if 0xDC00 <= code < 0xE000:
            pair = 0x10000 + ((half - 0xD800) << 10) + code - 0xDC00
            return chr(pair) if half else NOT_A_LETTER
        lone = NOT_A_LETTER if half else ""
        if 0xD800 <= code < 0xDC00:
            self._half = code
            return lone
        return lone + chr(code)

    def rest(self) -> str:
        """Return what stands for a first half that no other follows."""
        half, self._half = self._half, 0
        return NOT_A_LETTER if half else ""
