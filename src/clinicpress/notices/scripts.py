"""The language of a text by its letters, where they are of no language that has rules or words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping

LOOKED_AT = 4000  # letters
# Languages by the script they are written in, the commonest first.
WRITTEN: Mapping[str, tuple[str, ...]] = {
    "ARABIC": ("ar", "ckb", "fa", "ku", "ps", "sd", "ug", "ur"),
    "BENGALI": ("bn", "as"),
    "CJK": ("zh", "ja", "yue"),
    "CYRILLIC": ("ru", "uk", "bg", "be", "sr", "mk", "kk", "ky", "mn", "tg"),
    "DEVANAGARI": ("hi", "mr", "ne", "sa"),
    "GREEK": ("el",),
    "GUJARATI": ("gu",),
    "GURMUKHI": ("pa",),
    "HANGUL": ("ko",),
    "HEBREW": ("he", "iw", "yi"),
    "HIRAGANA": ("ja",),
    "TAMIL": ("ta",),
    "THAI": ("th",),
}
# Letters that Arabic has not, and who has them.
OWN: Mapping[str, re.Pattern[str]] = {
    "ur": re.compile(r"[\u0679\u0688\u0691\u06ba\u06be\u06d2]"),
    "fa": re.compile(r"[\u067e\u0686\u0698\u06af\u06cc]"),
}


def language(text: str, said: str) -> str:
    """Return the language of a text mostly in letters of one of these scripts, "" of another.

    What its file says counts where that is written so. Half of the letters are enough, for names
    of medicines are often in others.
    """
    letters = [sign for sign in text if sign.isalpha()][:LOOKED_AT]
    counts = Counter(unicodedata.name(sign, "").partition(" ")[0] for sign in letters)
    script, count = max(counts.items(), key=lambda item: item[1], default=("", 0))
    if script not in WRITTEN or 2 * count <= len(letters):
        return ""
    if said.partition("-")[0].lower() in WRITTEN[script]:
        return said
    return _of_arabic(text) if script == "ARABIC" else WRITTEN[script][0]


def _of_arabic(text: str) -> str:
    return next((tag for tag, own in OWN.items() if len(own.findall(text)) > 2), "ar")
