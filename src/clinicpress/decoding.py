"""The bytes of a text to its letters: UTF-8, or what the file says of itself; none is guessed.

What browsers take for granted of a web page is in `web/charsets`.
"""

from __future__ import annotations

import codecs

from clinicpress.errors import ClinicpressError

SAVE_AS = "Open it in its own program and save it as .docx, or as text in UTF-8."

# How a file begins that was saved as "Unicode" in Notepad: two bytes a letter, or four.
MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def text(data: bytes, place: str, charset: str = "") -> str:
    """Return the text of a file; `charset` is the codec that it names, if it does.

    Raises ClinicpressError with the line where a byte is no letter.
    """
    marked = next((name for mark, name in MARKS if data.startswith(mark)), "")
    if b"\0" in data and not marked:
        raise ClinicpressError(place, "this is not a text file", SAVE_AS)
    try:
        given = data.decode(marked or charset or "utf-8-sig")
    except UnicodeDecodeError as error:
        if marked:
            raise ClinicpressError(place, "the file is cut short or broken", SAVE_AS) from None
        line = data.count(b"\n", 0, error.start) + 1
        raise ClinicpressError(
            f"{place}:{line}",
            "a letter here is not in UTF-8, so it might come out as a wrong one",
            "Open the file in its own program and save it as text with the encoding UTF-8.",
        ) from None
    if "\0" in given:
        raise ClinicpressError(place, "this is not a text file", SAVE_AS)
    return given
