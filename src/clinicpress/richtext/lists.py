r"""Lists of a Rich Text file, each item with the number that the file shows for it.

Programs write beside an item what stands before it on paper (`\listtext`, `\pntext`): that is its
number. Pandoc would count for itself, from the list's beginning whenever another paragraph or a
list within an item stood between: so each item goes to it as a list of its own that begins with the
item's number, and `joined` makes one of those that count on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from clinicpress import tree
from clinicpress.office import counting
from clinicpress.tree import Node, Nodes

FIRST = 30_001
MAX_NUMBER = 9_999
MAX_LEVEL = 8
LISTS = frozenset({"BulletList", "OrderedList"})
# How items are counted (`levelnfc`); -1 is not known.
FIGURES, UPPER_ROMAN, LOWER_ROMAN, UPPER, LOWER, DOT, NONE = 0, 1, 2, 3, 4, 23, 255
UNKNOWN = -1
# As Word calls them; the last two are "1st" and "01".
FORMS = {
    UPPER_ROMAN: "upperRoman", LOWER_ROMAN: "lowerRoman", UPPER: "upperLetter",
    LOWER: "lowerLetter", 5: "ordinal", 22: "decimalZero",
}  # fmt: skip
# Dots that say no more than that an item begins; others stay before its words.
PLAIN = frozenset("•●·∙‣⁃○◦▪▫■□◆◇♦⬧⧫⬥❖➢➤►▸▶→–—-‒−*∗§")
NUMBER = re.compile(r"(0|[1-9][0-9]{0,3})[.)]?")
# How lists of before 1997 name it; a body level counts in figures.
OLD = {
    "pnlvlblt": DOT, "pnlvlbody": FIGURES, "pndec": FIGURES, "pnucrm": UPPER_ROMAN,
    "pnlcrm": LOWER_ROMAN, "pnucltr": UPPER, "pnlcltr": LOWER,
}  # fmt: skip


@dataclass
class Level:
    """How a level of a list is counted, and from what."""

    kind: int = UNKNOWN
    start: int = 1


@dataclass
class Lists:
    """The lists that a file defines, and how far each has counted."""

    _levels: dict[int, list[Level]] = field(default_factory=dict)
    _open: list[Level] = field(default_factory=list)
    _of: dict[int, int] = field(default_factory=dict)
    _id: int = 0
    _counts: dict[tuple[int, int], int] = field(default_factory=dict)
    _made: int = 0
    _old: Level = field(default_factory=Level)
    _olds: int = 0

    def take(self, word: str, number: int) -> None:
        """Take a word of the tables of lists at the file's beginning."""
        match word:
            case "list":
                self._open = []
            case "listlevel":
                self._open.append(Level())
            case "levelnfc" if self._open:
                self._open[-1].kind = number
            case "levelstartat" if self._open:
                self._open[-1].start = _bounded(number)
            case "listid":
                self._id = number
                self._levels.setdefault(number, self._open)
            case "ls":
                self._of[number] = self._id

    def take_old(self, word: str, number: int | None) -> None:
        r"""Take a word of a `\pn` group, the first of which is `pn` itself."""
        if word == "pn":
            self._old = Level()
        elif word in OLD:
            self._old.kind = OLD[word]
        elif word == "pnstart":
            self._old.start = _bounded(number if number is not None else 1)

    def old_list(self) -> int:
        """Return the number of a list as the group just read says, 0 where it says none."""
        if self._old.kind == UNKNOWN:
            return 0
        self._olds += 1
        self._levels[-self._olds] = [self._old]
        self._of[-self._olds] = -self._olds
        return -self._olds

    def item(self, of: int, level: int, label: str) -> tuple[bytes, str]:
        """Return what makes a paragraph an item, and what of its label stands before its words.

        Without a label it counts on in its list. Pages number items in figures only: other numbers
        and words ("a)", "2.1", "Step 3:") stand before the words of an item with a dot.
        """
        level = min(max(0, level), MAX_LEVEL)
        found = self._level(of, level)
        kind, label = found.kind, " ".join(label.split())
        dot = self._as(DOT, 1, level, FIRST + MAX_NUMBER + of % MAX_NUMBER)
        if not any(map(str.isalnum, label)) and (label or kind in (DOT, NONE, UNKNOWN)):
            says = any(sign not in PLAIN and not "\ue000" <= sign < "\uf900" for sign in label)
            return dot, label if says else ""
        if kind == DOT:
            return dot, ""
        number = self._next(of, level, found)
        if label.strip("().") in ("", _formed(number, kind)[:-1]):
            label = label or _formed(number, kind)
        elif counted := NUMBER.fullmatch(label):
            number = int(counted[1])
        else:
            return dot, label
        self._count(of, level, number)
        if not NUMBER.fullmatch(label):
            return dot, label
        self._made += 1
        return self._as(FIGURES, number, level, FIRST + 2 * MAX_NUMBER + self._made), ""

    def _level(self, of: int, level: int) -> Level:
        levels = self._levels.get(self._of.get(of, 0), [])
        return levels[level] if level < len(levels) else Level()

    def _next(self, of: int, level: int, found: Level) -> int:
        count = self._counts.get((self._of.get(of, of), level))
        return found.start if count is None else count + 1

    def _count(self, of: int, level: int, number: int) -> None:
        """Keep what a list has come to; the levels below begin again."""
        key = self._of.get(of, of)
        for deeper in range(level + 1, MAX_LEVEL + 1):
            self._counts.pop((key, deeper), None)
        self._counts[key, level] = number

    def _as(self, kind: int, start: int, level: int, key: int) -> bytes:
        levels = f"{{\\listlevel\\levelnfc{kind}\\levelstartat{start}}}" * (level + 1)
        return (
            f"{{\\*\\listtable{{\\list{levels}\\listid{key}}}}}"
            f"{{\\*\\listoverridetable{{\\listoverride\\listid{key}\\ls{key}}}}}"
            f"\\ls{key}\\ilvl{level} "
        ).encode()


def _bounded(number: int) -> int:
    return min(max(number, 0), MAX_NUMBER)


def _formed(number: int, kind: int) -> str:
    """Return a number as its list counts, in figures where that is not known."""
    return f"{counting.formed(number, FORMS.get(kind, '')) or number}."


def joined(content: Any) -> Any:
    """Return a piece of tree with neighbouring lists as one where the second counts on.

    Of lists with dots that is where a list within the last item stands between.
    """
    return tree.with_lists(content, _joined)


def _joined(pieces: list[Any]) -> list[Any]:
    out: list[Any] = []
    for piece in pieces:
        if out and _goes_on(out[-1], piece):
            _items(out[-1]).extend(_items(piece))
        else:
            out.append(piece)
    return out


def _goes_on(first: Any, second: Any) -> bool:
    match first, second:
        case {"t": "BulletList", "c": [*_, [*_, last]]}, {"t": "BulletList"}:
            return last["t"] in LISTS
        case {"t": "OrderedList", "c": [[start, *style], items]}, {"t": "OrderedList"}:
            return [start + len(items), *style] == list(second["c"][0])
    return False


def _items(found: Node) -> list[Nodes]:
    items: list[Nodes] = found["c"] if found["t"] == "BulletList" else found["c"][1]
    return items
