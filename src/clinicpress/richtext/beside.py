"""What a Rich Text file has beside its text, and pages don't show or show elsewhere: to be told."""

from __future__ import annotations

import re
from collections.abc import Iterator

from clinicpress.errors import quoted
from clinicpress.richtext.forms import NAMES, Forms

COMMENT = "a comment of an author or reviewer"
MAX_KINDS = 20
MAX_LETTERS = 400
A_WORD = re.compile(r"[^\W\d_]{2}")
NUMBERS = re.compile(r"[0-9A-Fa-f\s]*")


class Beside:
    """Text in groups that nothing is known of, signs whose look is a guess, boxes, comments."""

    def __init__(self, forms: Forms) -> None:
        self.comments = 0
        self._forms = forms
        self._boxes: list[str] = []
        self._texts: dict[str, str] = {}
        self._signs: dict[str, str] = {}

    def text(self, group: str, text: str) -> None:
        """Take text in a group that begins with a word not known, which readers are to skip."""
        _take(self._texts, group, text)

    def sign(self, font: str, sign: str) -> None:
        """Take a sign of a font that may look otherwise than what stands for it."""
        _take(self._signs, font, sign)

    def box(self) -> None:
        """Begin a text box."""
        self._boxes.append("")

    def in_box(self, text: str) -> None:
        """Take text of the last text box."""
        self._boxes[-1] = (self._boxes[-1] + text)[:MAX_LETTERS]

    def told(self) -> Iterator[str]:
        """Yield a line for each text box, and each kind of other things."""
        boxes = [plain for text in self._boxes if (plain := " ".join(text.split()))]
        for text in boxes[:MAX_KINDS]:
            yield f"a text box: its text {quoted(text)} now stands where it is anchored in the text"
        if len(boxes) > MAX_KINDS:
            yield f"more text boxes, each now where it is anchored: {len(boxes) - MAX_KINDS}"
        if self.comments:
            yield f"{COMMENT}: {self.comments}"
        for kind, count in self._forms.unknown.items():
            yield f"{NAMES[kind]}: {count}"
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
