"""What Word shows before each item of a list: its number, letter, words or mark.

Word keeps none of it as text: it counts anew each time it shows a file. This counts as Word does,
from the definitions in a file's numbering part and the styles that refer to them.
"""

from __future__ import annotations

import re
from collections import Counter as Tally
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace

from clinicpress.office import counting, dingbats
from clinicpress.office.markup import OFF, Attributes

DEEPEST = 12
LEVELS = 9
LARGEST = 999_999_999
LONGEST = 100
MAX_TOLD = 5
SKIPPED = "a level above is missing, so they may differ"
HEADING = re.compile(r"heading \d|title|subtitle")
# Word's own styles for lists within lists say how deep by their names only.
WITHIN = re.compile(r"list (?:bullet|number) ([2-5])")
PLACE = re.compile(r"%([1-9])")
# Marks that say nothing but "an item".
PLAIN = frozenset("•●·∙‣⁃○◦o▪▫■◆◇♦⬧⧫⬥❖➢➤►▸▶–—-‒−*∗")
DASHES = frozenset("–—-‒−")
# What is ticked or not says something; so does a box to tick.


@dataclass
class Level:
    """How one level of a list is numbered."""

    start: int = 1
    form: str = ""
    text: str = ""
    restart: int | None = None
    legal: bool = False
    hidden: bool = False
    picture: bool = False
    font: str = ""
    style: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    """What Word shows before an item: text, and the number where that is all it is.

    `problem` says why it could not be worked out, or not for sure.
    """

    text: str = ""
    number: int | None = None
    is_bullet: bool = False
    problem: str = ""


Levels = dict[int, Level]


@dataclass
class Numbering:
    """The definitions of a file's lists, as its numbering part has them."""

    kinds: dict[str, Levels] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)
    own: dict[str, Levels] = field(default_factory=lambda: defaultdict(dict))
    starts: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    _kind: str = ""
    _list: str = ""
    _at: int = -1
    _level: Level | None = None

    def start(self, tag: str, attributes: Attributes) -> None:
        """Begin a definition, or take what is said of one."""
        value = attributes.get("w:val", "")
        match tag:
            case "w:abstractNum":
                self._kind = attributes.get("w:abstractNumId", "")
                self.kinds.setdefault(self._kind, {})
            case "w:numStyleLink" if self._kind:
                self.links[self._kind] = value
            case "w:num":
                self._list = attributes.get("w:numId", "")
            case "w:abstractNumId" if self._list:
                self.lists[self._list] = value
            case "w:lvlOverride":
                self._at = whole(attributes.get("w:ilvl", ""), -1)
            case "w:startOverride" if self._list and self._at >= 0:
                self.starts[self._list][self._at] = whole(value, 1)
            case "w:lvl":
                self._begin(whole(attributes.get("w:ilvl", ""), -1))
            case _ if self._level is not None:
                self._told(self._level, tag, attributes)

    def _begin(self, at: int) -> None:
        if 0 <= at < LEVELS and (self._list or self._kind):
            self._level = Level()
            levels = self.own[self._list] if self._list else self.kinds[self._kind]
            levels[at] = self._level

    def _told(self, level: Level, tag: str, attributes: Attributes) -> None:
        value = attributes.get("w:val", "")
        match tag:
            case "w:start":
                level.start = whole(value, 1)
            case "w:numFmt":
                level.form = level.form or value  # what a newer Word shows stands first
            case "w:lvlText":
                level.text = value
            case "w:lvlRestart":
                level.restart = whole(value, LEVELS)
            case "w:isLgl":
                level.legal = value not in OFF
            case "w:pStyle":
                level.style = value
            case "w:lvlPicBulletId":
                level.picture = True
            case "w:rFonts":
                level.font = attributes.get("w:ascii", "") or attributes.get("w:hAnsi", "")
            case "w:vanish":
                level.hidden = value not in OFF

    def end(self, tag: str) -> None:
        """End a definition."""
        match tag:
            case "w:abstractNum":
                self._kind = ""
            case "w:num":
                self._list = ""
            case "w:lvlOverride":
                self._at = -1
            case "w:lvl":
                self._level = None

    def data(self, text: str) -> None:
        """Pass over text: a definition has none."""


@dataclass
class Style:
    """A style: its name in Word, what it is based on, and the list it puts a paragraph in."""

    name: str = ""
    base: str = ""
    listed: str = ""
    level: int | None = None


@dataclass
class Styles:
    """The styles of a file, by what the file calls them; "" is the usual one.

    `language` is that of the file, "" where it names none.
    """

    found: dict[str, Style] = field(default_factory=dict)
    usual: str = ""
    language: str = ""
    _style: Style | None = None

    def start(self, tag: str, attributes: Attributes) -> None:
        """Begin a style, or take what is said of it."""
        value = attributes.get("w:val", "")
        if tag == "w:style":
            self._style = self.found[attributes.get("w:styleId", "")] = Style()
            if attributes.get("w:type") == "paragraph" and attributes.get("w:default") == "1":
                self.usual = attributes.get("w:styleId", "")
        elif self._style is None:
            self.language = (tag == "w:lang" and value) or self.language
        elif tag == "w:name":
            self._style.name = value.lower()
        elif tag == "w:basedOn":
            self._style.base = value
        elif tag == "w:numId":
            self._style.listed = value
        elif tag == "w:ilvl":
            self._style.level = whole(value, 0)

    def end(self, tag: str) -> None:
        """End a style."""
        if tag == "w:style":
            self._style = None

    def data(self, text: str) -> None:
        """Pass over text: a style has none."""

    def chain(self, name: str) -> list[tuple[str, Style]]:
        """Return a style and those that it is based on."""
        chain: list[tuple[str, Style]] = []
        name = name or self.usual
        while name in self.found and len(chain) < DEEPEST:
            chain.append((name, self.found[name]))
            name = self.found[name].base
        return chain

    def is_heading(self, name: str) -> bool:
        """Say whether paragraphs of a style are headings or titles."""
        return any(HEADING.fullmatch(style.name) for _, style in self.chain(name))

    def depth(self, name: str) -> int:
        """Return how deep within others the lists of a style stand, by its name in Word."""
        found = [WITHIN.fullmatch(style.name) for _, style in self.chain(name)[:1]]
        return int(found[0][1]) - 1 if found and found[0] else 0


class Counter:
    """Counts the items of lists as Word does, paragraph by paragraph."""

    def __init__(self, numbering: Numbering, styles: Styles) -> None:
        self._numbering = numbering
        self._styles = styles
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._begun: set[tuple[str, int]] = set()
        # Levels that a deeper item stood in before any of theirs: programs count on differently.
        self._skipped: set[tuple[str, int]] = set()
        levels = (level for kind in numbering.kinds.values() for level in kind.values())
        self._plain = plain_marks({level.text for level in levels})

    def kind(self, name: str) -> str:
        """Return the definition that a list follows: lists of one definition share one count."""
        kind = self._numbering.lists.get(name, "")
        for _ in range(DEEPEST):
            linked = self._styles.found.get(self._numbering.links.get(kind, ""))
            if linked is None:
                break
            kind = self._numbering.lists.get(linked.listed, "")
        return kind

    def styled(self, style: str) -> tuple[str, int | None]:
        """Return the list and the level that a style puts its paragraphs in."""
        for name, found in self._styles.chain(style):
            if found.listed:
                levels = self._numbering.kinds.get(self.kind(found.listed), {})
                linked = (at for at, level in levels.items() if level.style == name)
                return found.listed, next(linked, found.level)
        return "", None

    def next(self, name: str, at: int) -> Label | None:
        """Count an item of a list; return what Word shows before it, None where it is no list."""
        kind = self.kind(name)
        level = self._level(name, at)
        if level is None or kind not in self._numbering.kinds:
            return None
        counts, start = self._counts[kind], self._numbering.starts.get(name, {}).get(at)
        if start is not None and (name, at) not in self._begun:
            counts[at] = start
        else:
            counts[at] = counts[at] + 1 if at in counts else level.start
        self._begun.add((name, at))
        for deeper in [deeper for deeper in counts if deeper > at]:
            below = self._level(name, deeper) or Level()
            if below.restart is None or at < below.restart:
                del counts[deeper]
        was_skipped = (kind, at) in self._skipped
        self._skipped -= {(kind, deeper) for deeper in range(at, LEVELS)}
        self._skipped |= {(kind, upper) for upper in range(at) if upper not in counts}
        label = self._label(name, at, level)
        return replace(label, problem=SKIPPED) if was_skipped and not label.is_bullet else label

    def _level(self, name: str, at: int) -> Level | None:
        own = self._numbering.own.get(name, {})
        return own.get(at) or self._numbering.kinds.get(self.kind(name), {}).get(at)

    def _label(self, name: str, at: int, level: Level) -> Label:
        counts = self._counts[self.kind(name)]
        if level.hidden or (not level.text.strip() and not level.picture):
            return Label()
        if level.form == "bullet" or level.picture:
            return mark(level, self._plain)
        if level.form == "decimal" and re.fullmatch(rf"%{at + 1}[.)]?", level.text.strip()):
            number = counts[at]
            return Label(str(number), number) if 0 <= number <= LARGEST else _unknown("a number")
        text, upto = level.text, 0
        shown = problem = ""
        for place in PLACE.finditer(text):
            where = int(place[1]) - 1
            other = self._level(name, where) or Level(form="none")
            given = counts.get(where, other.start)
            problem = problem if where in counts else SKIPPED
            number_text = counting.formed(
                given, "decimal" if level.legal else other.form, self._styles.language
            )
            if number_text is None:
                return _unknown(f"the form “{other.form[:LONGEST]}”")
            shown += text[upto : place.start()] + number_text
            upto = place.end()
        shown = " ".join((shown + text[upto:]).split())
        too_long = len(shown) > LONGEST
        return _unknown("its text is too long") if too_long else Label(shown, problem=problem)


def plain_marks(used: Collection[str]) -> frozenset[str]:
    """Return the marks that say nothing, where some marks are used."""
    # Where an author writes "+" before what is good, "-" says something too.
    return PLAIN - DASHES if "+" in used else PLAIN


def mark(level: Level, plain: frozenset[str]) -> Label:
    """Return the mark of a level of dots; none where it says nothing."""
    if level.picture:
        return Label(is_bullet=True, problem="a picture")
    shown = " ".join(signs(level.text, level.font).split())
    if any(ord(letter) in range(0xE000, 0xF900) for letter in shown) or len(shown) > LONGEST:
        return Label(is_bullet=True, problem=f"a sign of the font {level.font[:LONGEST]}".strip())
    return Label("" if shown in plain else shown, is_bullet=True)


def told(problems: Tally[str]) -> Iterator[str]:
    """Yield a line for each kind of mark or number that could not be worked out."""
    for problem, count in problems.most_common(MAX_TOLD):
        yield f"the mark or number of items of a list ({problem}): {count}"


def _unknown(why: str) -> Label:
    return Label(problem=why)


def whole(value: str, usual: int) -> int:
    """Return a whole number as a file gives it; what is none, or too large, is the usual one."""
    is_one = value.isascii() and value.isdecimal() and len(value) < 10
    return int(value) if is_one else usual


def signs(text: str, font: str) -> str:
    """Return text of a font whose bytes are signs as Unicode has them."""
    name = dingbats.font(font)
    if not name:
        # Word's own bullet stands in Symbol, whatever the font that a converter wrote.
        return text.replace("\uf0b7", "•")
    return "".join(dingbats.sign(name, letter) or _unknown_sign(letter) for letter in text)


def _unknown_sign(letter: str) -> str:
    return letter if ord(letter) in dingbats.PRIVATE else chr(dingbats.PRIVATE.start + ord(letter))
