"""What a Rich Text file has beside its text and no page shows, for a person to judge."""

from __future__ import annotations

import re
from collections.abc import Iterator

from clinicpress.errors import quoted

MAX_KINDS = 20
MAX_LETTERS = 400
A_WORD = re.compile(r"[^\W\d_]{2}")
NUMBERS = re.compile(r"[0-9A-Fa-f\s]*")


class Beside:
    """Text in groups that nothing is known of, and signs of fonts whose look is a guess."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}
        self._signs: dict[str, str] = {}

    def text(self, group: str, text: str) -> None:
        """Take text in a group that begins with a word not known, which readers are to skip."""
        _take(self._texts, group, text)

    def sign(self, font: str, sign: str) -> None:
        """Take a sign of a font that may look otherwise than what stands for it."""
        _take(self._signs, font, sign)

    def told(self) -> Iterator[str]:
        """Yield a line for each kind of thing."""
        for font, signs in self._signs.items():
            seen = "".join(dict.fromkeys(signs))
            yield f"signs of the font “{font}”, which may look otherwise here: {quoted(seen)}"
        for group, text in self._texts.items():
            if A_WORD.search(text) and not NUMBERS.fullmatch(text):
                plain = " ".join(text.split())
                yield f"text in a part that programs skip (\\{group}): {quoted(plain)}"


def _take(kinds: dict[str, str], key: str, text: str) -> None:
    if key in kinds or len(kinds) < MAX_KINDS:
        kinds[key] = (kinds.get(key, "") + text)[:MAX_LETTERS]
