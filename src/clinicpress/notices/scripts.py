"""The language of a text by its letters, where they are of no language that has rules or words."""

from __future__ import annotations

import re
from collections.abc import Mapping

# How much of a text has to be in such letters: names of medicines are often in others.
MOST = 0.5
ARABIC, HEBREW = re.compile(r"[\u0620-\u064a\u066e-\u06d3]"), re.compile(r"[\u05d0-\u05ea]")
# Letters that Arabic has not, and who has them.
OWN: Mapping[str, re.Pattern[str]] = {
    "ur": re.compile(r"[\u0679\u0688\u0691\u06ba\u06be\u06d2]"),
    "fa": re.compile(r"[\u067e\u0686\u0698\u06af\u06cc]"),
}
WRITTEN: Mapping[str, frozenset[str]] = {
    "ar": frozenset({"ar", "ckb", "fa", "ku", "ps", "sd", "ug", "ur"}),
    "he": frozenset({"he", "iw", "yi"}),
}


def language(text: str, said: str) -> str:
    """Return the language of a text in Arabic or Hebrew letters, "" of one in others.

    What its file says counts where that is written so.
    """
    letters = sum(map(str.isalpha, text))
    for tag, script in (("ar", ARABIC), ("he", HEBREW)):
        if letters and len(script.findall(text)) > MOST * letters:
            is_so = said.partition("-")[0].lower() in WRITTEN[tag]
            return said if is_so else _of_arabic(text) if tag == "ar" else tag
    return ""


def _of_arabic(text: str) -> str:
    return next((tag for tag, own in OWN.items() if len(own.findall(text)) > 2), "ar")
