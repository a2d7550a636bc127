r"""Check boxes and lists to choose from, in forms: what they show stands in no text of the file.

A field says what it is (`\fldinst`), and its data what is ticked or chosen (`\formfield`).
"""

from __future__ import annotations

from dataclasses import dataclass, field

TICKED, NOT_TICKED = "☒", "☐"
CHECK_BOX, LIST = "FORMCHECKBOX", "FORMDROPDOWN"
UNSET = 25
"""Stands for a field that nobody has touched: what it began with holds."""
MAX_TOLD = 400
NAMES = {
    CHECK_BOX: "a check box of a form, of which the file does not say whether it is ticked",
    LIST: "a list to choose from in a form, of which the file does not say what was chosen",
}


@dataclass
class _Field:
    """A field that is open: its instruction, its data, and whether the file shows text for it."""

    depth: int
    says: str = ""
    data: dict[str, int] = field(default_factory=dict)
    choices: list[str] = field(default_factory=list)
    has_text: bool = False


class Forms:
    """The fields that are open; `unknown` counts those of which nothing can be told."""

    def __init__(self) -> None:
        self._open: list[_Field] = []
        self.unknown: dict[str, int] = {}

    def begin(self, depth: int) -> None:
        """Begin a field, whose group is so deep."""
        self._open.append(_Field(depth))

    def take(self, word: str, number: int | None) -> None:
        """Take a word of a field's data; `ffl` begins one of its choices."""
        if not self._open:
            return
        if word == "ffl":
            self._open[-1].choices.append("")
        elif word in ("ffres", "ffdefres"):
            self._open[-1].data[word] = number or 0

    def text(self, group: str, text: str, is_shown: bool) -> None:
        """Take text that stands in a field."""
        if not self._open:
            return
        last = self._open[-1]
        if group == "fldinst":
            last.says = (last.says + text)[:MAX_TOLD]
        elif group == "ffl" and last.choices:
            last.choices[-1] = (last.choices[-1] + text)[:MAX_TOLD]
        elif is_shown and text.strip():
            last.has_text = True

    def end(self, depth: int) -> str:
        """End the field whose group is so deep; return what it shows and the file has nowhere."""
        if not self._open or self._open[-1].depth != depth:
            return ""
        ended = self._open.pop()
        kind = next((kind for kind in NAMES if ended.says.split()[:1] == [kind]), "")
        if not kind or ended.has_text:
            return ""
        if (shown := _shown(kind, ended)) is None:
            self.unknown[kind] = self.unknown.get(kind, 0) + 1
        return shown or ""


def _shown(kind: str, ended: _Field) -> str | None:
    """Return what a field shows, None where the file does not say."""
    at = ended.data.get("ffres", UNSET)
    at = ended.data.get("ffdefres", -1) if at == UNSET else at
    if kind == CHECK_BOX:
        return {0: NOT_TICKED, 1: TICKED}.get(at)
    return ended.choices[at] if 0 <= at < len(ended.choices) else None
