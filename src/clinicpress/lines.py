"""Plain text to lines that each have a shape: hard-wrapped ones joined, lists and rows seen."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import pairwise

from clinicpress import headings, statements

BULLET = re.compile(r"^\s*(?:[•▪■◦‣●○\uf0b7]\s*|[\uf0a7\uf0d8\uf076·*–—-]\s+)(?=\S)")
NUMBERED = re.compile(r"^\s*(\d{1,3})[.)]\s+(?=\S)")
PIPES = re.compile(r"\s*\|\s*")
COLUMNS = re.compile(r"\t+|\s{3,}")
SENTENCE_END = re.compile(r"[.!?:;…][\"'”’»)\]]*$")
# A text whose longest line is longer than this is not hard-wrapped: each line is a paragraph.
WIDEST_WRAP = 120
NARROWEST_WRAP = 45
# A width that so great a part of the broken lines agree on is the one the text was wrapped at.
AGREED = 0.6
MIN_AGREEING = 4
NARROWEST_AGREED = 30
# A line of signs below a heading, signs on both its sides, or the marks that Markdown has.
RULE = re.compile(r"^([=~_*#-])\1{2,}$")
FRAMED = re.compile(r"^([=~*_#-]{1,6})\s+(?P<text>\S.*?)\s+\1$|^(\*\*|__)(?P<bold>[^*_]+)\3$")
HASHES = re.compile(r"^(#{1,6})\s+(?P<text>\S.*?)\s*#*$")
RULED = "a line with a rule of signs below it"
FRAMED_BY_SIGNS = "a line between or after signs, as headings are marked in text"
# A line that breaks off before it says anything more: these words end no line of their own.
OPEN_WORDS = headings.SMALL_WORDS | frozenset(
    "about after are because before being between but during if into is not or than that their "
    "until was were when which while will your au aux avec con dans du entre où ou par pero pour "
    "que sans si sin sobre su sur tu".split()
)
FEW_WORDS = 2
LONG = 45
"""Longer lines than this are hardly the items of a list that has no marks."""
# What begins with a small letter and goes on from nothing: an item, an address of the web.
NOT_GOING_ON = re.compile(r"(?:[a-z]|[ivx]{1,4}|o)[.):]\s|o\s|\S*(?:www\.|https?:|@)")
# A line this much longer than all but a few others was not wrapped with them, in characters.
FAR_OUT = 10


class Shape(Enum):
    """What a line is."""

    BLANK = auto()
    BULLET = auto()
    NUMBERED = auto()
    ROW = auto()
    HEADING = auto()
    PROSE = auto()


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the file, or several joined, without the mark that made it an item.

    `indent` is how many characters stand before the text, `mark` how many before its bullet;
    `level` is what a heading's own signs give it, 0 where they give none, and `reason` says which.
    """

    shape: Shape
    text: str
    number: int = 0
    indent: int = 0
    level: int = 0
    reason: str = ""
    mark: int = 0


BLANK = Line(Shape.BLANK, "")
WRAPPING = frozenset({Shape.BULLET, Shape.NUMBERED, Shape.PROSE})


def of(text: str) -> list[Line]:
    """Return the lines of a text; a paragraph or an item that was wrapped is one line."""
    lines = _without_lone_rows(_read(text))
    return _number_lists(_join(lines, _wrap_width(lines)))


def _read(text: str) -> list[Line]:
    return _signed([_shape(line.rstrip()) for line in text.expandtabs(8).splitlines()])


def _signed(lines: list[Line]) -> list[Line]:
    """Make a line a heading that is ruled below, framed, or has the hashes of Markdown."""
    out: list[Line] = []
    for line in lines:
        above = out[-1] if out else BLANK
        if _is_rule(line) and _can_be_ruled(out, line):
            level = 1 if line.text[0] in "=#*" else 2
            out[-1] = replace(above, shape=Shape.HEADING, level=level, reason=RULED)
            if len(out) > 1 and out[-2].text == line.text:
                del out[-2]  # the same rule above it, as around a box
        elif not (_is_rule(line) and above.shape is Shape.HEADING):
            out.append(_framed(line) if line.shape is Shape.PROSE else line)
    return out


def _is_rule(line: Line) -> bool:
    return line.shape is Shape.PROSE and bool(RULE.match(line.text))


def _can_be_ruled(above: list[Line], rule: Line) -> bool:
    """Say whether a line of signs is about as long as the one line above it, so belongs to it."""
    if not above or above[-1].shape not in (Shape.PROSE, Shape.NUMBERED):
        return False
    line, before = above[-1], above[-2] if len(above) > 1 else BLANK
    alone = before.shape is not Shape.PROSE or _ends(before) or before.text == rule.text
    alike = 0.5 * len(line.text) <= len(rule.text) <= 1.5 * len(line.text) + 3
    short = len(line.text) <= headings.MAX_CHARACTERS
    return alone and (alike or before.text == rule.text) and short and not _ends(line)


def _ends(line: Line) -> bool:
    """Say whether a line ends as a sentence does."""
    return line.text.endswith((".", ";", ",", "!"))


def _framed(line: Line) -> Line:
    if (hashes := HASHES.match(line.text)) and headings.heading_like(hashes["text"]):
        return Line(Shape.HEADING, hashes["text"], level=len(hashes[1]), reason=FRAMED_BY_SIGNS)
    framed = FRAMED.match(line.text)
    inner = (framed["text"] or framed["bold"]).strip() if framed else ""
    is_heading = headings.heading_like(inner) and not statements.is_statement(inner)
    return Line(Shape.HEADING, inner, reason=FRAMED_BY_SIGNS) if is_heading else line


def _shape(line: str) -> Line:
    body = line.strip()
    indent = len(line) - len(line.lstrip())
    if not body:
        return Line(Shape.BLANK, "")
    if mark := BULLET.match(line):
        return Line(Shape.BULLET, line[mark.end() :], indent=mark.end(), mark=indent)
    if mark := NUMBERED.match(line):
        return Line(Shape.NUMBERED, body, number=int(mark.group(1)), indent=indent)
    if len(cells(body)) > 1:
        return Line(Shape.ROW, body, indent=indent)
    return Line(Shape.PROSE, body, indent=indent)


def cells(row: str) -> list[str]:
    """Return the cells of a row, parted by bars or by wide gaps."""
    by_pipes = PIPES.split(row.strip("| ")) if row.count("|") else [row]
    return by_pipes if len(by_pipes) > 1 else COLUMNS.split(row)


def _without_lone_rows(lines: list[Line]) -> list[Line]:
    """Make a lone line with a gap in it prose: a table has two rows or more."""
    shapes = [Shape.BLANK, *(line.shape for line in lines), Shape.BLANK]
    return [
        replace(line, shape=Shape.PROSE)
        if line.shape is Shape.ROW and Shape.ROW not in (before, after)
        else line
        for line, before, after in zip(lines, shapes, shapes[2:], strict=False)
    ]


def _wrap_width(lines: list[Line]) -> int | None:
    """Return the width at which the text was hard-wrapped, or None where each line is whole."""
    width = _widest(sorted(_length(line) for line in lines if line.shape in WRAPPING))
    if width > WIDEST_WRAP:
        return None
    width = _agreed_width(lines) or width
    pairs = [
        (a, b) for a, b in pairwise(lines) if a.shape is not Shape.BLANK and b.shape is Shape.PROSE
    ]
    broken = [
        a
        for a, b in pairs
        if _length(a) > 0.5 * width
        and not SENTENCE_END.search(a.text)
        and (_is_wrapped(a, b, width) or _goes_on(a, b, width))
    ]
    return width if len(broken) > max(1, 0.08 * len(pairs)) else None


def _agreed_width(lines: list[Line]) -> int | None:
    """Return the width that explains most line ends: room for the line, none for the next word."""
    spans = [
        (_length(a), _length(a) + len(b.text.split()[0]))
        for a, b in pairwise(lines)
        if a.shape in WRAPPING and b.shape is Shape.PROSE and not SENTENCE_END.search(a.text)
    ]
    spans = [span for span in spans if NARROWEST_AGREED <= span[0] <= WIDEST_WRAP]
    if len(spans) < MIN_AGREEING:
        return None
    votes = {end: sum(a <= end <= b for a, b in spans) for end in {a for a, _ in spans}}
    width = max(votes, key=lambda end: (votes[end], end))
    return width if votes[width] >= AGREED * len(spans) else None


def _widest(lengths: list[int]) -> int:
    """Return the longest length, but for a few that stand far out: lines left as they were."""
    few = lengths[len(lengths) * 9 // 10 - 1 :]
    gaps = (a for a, b in pairwise(few) if b - a > FAR_OUT and a >= NARROWEST_WRAP)
    return next(gaps, max(lengths, default=0))


def _length(line: Line) -> int:
    return line.indent + len(line.text)


def _is_wrapped(line: Line, after: Line, width: int) -> bool:
    """Say whether the line broke because the next word did not fit, the one reason wrapping has."""
    return _length(line) <= width < _length(line) + 1 + len(after.text.split()[0])


def _join(lines: list[Line], width: int | None) -> list[Line]:
    out: list[Line] = []
    last: Line | None = None
    ends = _run_ends(lines)
    for line, after, ended in zip(lines, [*lines[1:], BLANK], ends, strict=False):
        if (
            last
            and line.shape is Shape.PROSE
            and (_continues(out, (last, line, after), width) or _breaks_off(out, last, line, ended))
        ):
            out[-1] = replace(out[-1], text=f"{out[-1].text} {line.text}")
        else:
            out.append(line)
        last = line
    return out


def _continues(out: list[Line], lines: tuple[Line, Line, Line], width: int | None) -> bool:
    last, line, after = lines
    if last.shape in (Shape.BLANK, Shape.ROW, Shape.HEADING):
        return False
    in_item = out[-1].shape in (Shape.BULLET, Shape.NUMBERED)
    if in_item and line.text[0].islower() and not SENTENCE_END.search(last.text):
        return True
    if width is None or _begins(out[-1], last, line):
        return False
    if _is_wrapped(last, line, width):
        ended = SENTENCE_END.search(last.text) and not line.text[0].islower()
        return not (ended and headings.heading_like(line.text) and _is_whole(line, after, width))
    return _goes_on(last, line, width)


def _run_ends(lines: list[Line]) -> list[bool]:
    """Say of each line whether it and those with small letters below it end as a sentence does."""
    out = [False] * len(lines)
    for at in range(len(lines) - 1, -1, -1):
        below = lines[at + 1] if at + 1 < len(lines) else BLANK
        goes_on = below.shape is Shape.PROSE and below.text[0].islower()
        out[at] = out[at + 1] if goes_on else bool(SENTENCE_END.search(lines[at].text))
    return out


def _breaks_off(out: list[Line], last: Line, line: Line, ended: bool) -> bool:
    """Say whether a line goes on from one that breaks off in mid-sentence, however long both are.

    `ended` says that what goes on so comes to the end of a sentence, as no list without marks does.
    """
    if last.shape not in WRAPPING or SENTENCE_END.search(last.text):
        return False
    if not (line.text[0].islower() or line.text[0].isdigit()) or NOT_GOING_ON.match(line.text):
        return False
    if out[-1].text[0].islower():
        return False
    word = last.text.split()[-1].casefold()
    if word in OPEN_WORDS or last.text.endswith(","):
        return True
    # Of a word or two it is as likely an item of a list that has no marks: “headache”.
    ended = ended and len(line.text.split()) > FEW_WORDS
    return line.text[0].islower() and (ended or len(last.text) > LONG)


def _begins(paragraph: Line, last: Line, line: Line) -> bool:
    """Say whether a line begins anew: it is a heading with a number, or stands below a heading."""
    if headings.look(line.text).depth > 1 and headings.heading_like(line.text):
        return True
    if paragraph != last or not line.text[0].isupper() or not headings.heading_like(last.text):
        return False
    above, below = headings.look(last.text), headings.look(line.text)
    by_signs = above.depth > 0 or last.text.endswith(":")
    return by_signs or (above.capitals and not below.capitals)


def _is_whole(line: Line, after: Line, width: int) -> bool:
    """Say whether a line ends of itself: it is short, or a question that nothing goes on from."""
    if len(line.text) < 0.7 * width:
        return True
    return headings.look(line.text).question and after.text[:1].isupper()


def _goes_on(last: Line, line: Line, width: int) -> bool:
    """Say whether a line breaks off in mid-sentence, as where it was wrapped by inches."""
    if SENTENCE_END.search(last.text) or not (line.text[0].islower() or line.text[0].isdigit()):
        return False
    return _length(last) > 0.5 * width or not headings.heading_like(last.text)


def _number_lists(lines: list[Line]) -> list[Line]:
    """Make numbered lines a list where they stand together and count up, else prose."""
    solid = [line for line in lines if line.shape is not Shape.BLANK]
    listed: set[int] = set()
    for a, b in pairwise(solid):
        if a.shape is b.shape is Shape.NUMBERED and b.number == a.number + 1:
            listed |= {id(a), id(b)}
    return [_numbered(line, id(line) in listed) for line in lines]


def _numbered(line: Line, listed: bool) -> Line:
    if line.shape is not Shape.NUMBERED:
        return line
    if listed:
        return replace(line, text=NUMBERED.sub("", line.text))
    return replace(line, shape=Shape.PROSE)
