"""The bytes of a text to its letters: UTF-8, or the alphabet that a page names; none is guessed."""

from __future__ import annotations

import codecs

from clinicpress.errors import ClinicpressError

SAVE_AS = "Open it in its own program and save it as .docx, or as text in UTF-8."


def text(data: bytes, place: str, charset: str = "") -> str:
    """Return the text of a file; `charset` is what it says of itself.

    Raises ClinicpressError with the line where a byte is no letter.
    """
    if b"\0" in data:
        raise ClinicpressError(place, "this is not a text file", SAVE_AS)
    try:
        return data.decode(charset if _is_known(charset) else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ClinicpressError(
            f"{place}:{line}",
            "a letter here is not in UTF-8, so it might come out as a wrong one",
            "Open the file in its own program and save it as text with the encoding UTF-8.",
        ) from None


def _is_known(charset: str) -> bool:
    try:
        return codecs.lookup(charset).name not in ("utf-8", "ascii")
    except LookupError:
        return False
