"""Which lines of a text without markup are headings, from how they look among the others."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from clinicpress import closings, headings, statements
from clinicpress.lines import Line, Shape

# Fewer blank lines than this, as a part of all lines, say nothing about paragraphs.
MAX_DENSE = 0.05
# Whom to ask, below the number to call: a signature.
CONTACT = re.compile(r"(?:tel|phone|fax|e-?mail|téléphone|teléfono)\b\.?\s*:?\s*\S", re.I)
NAME = re.compile(
    r"(?:Mrs?|Ms|Miss|Mx|Dr|Prof|Professor|Sister|Nurse|Sra?|Dra|Mme|Mlle|M)\.?"
    r"(?:\s+[^\W\d_a-z][\w.'’-]*){1,3}"
)
# What a list answers: “When to call us:”.
ASKING = re.compile(
    r"(?:when|who|why|how|cuándo|quién|cómo|quand|qui|pourquoi|comment)\b(?!.*\b(?:are|is|sont|son)\b)",
    re.I,
)
LEADING_IN = frozenset(
    "if when where who for your you unless with si cuando que para su quand qui pour votre".split()
)
LISTS = frozenset({Shape.BULLET, Shape.NUMBERED, Shape.ROW})


def find(lines: list[Line]) -> list[Line]:
    """Return the lines with the headings among them marked as such."""
    solid = [line for line in lines if line.shape is not Shape.BLANK]
    view = _view(solid, _gaps(lines))
    found = {id(line) for at, line in enumerate(solid) if view.heads(at)}
    return [replace(line, shape=Shape.HEADING) if id(line) in found else line for line in lines]


def _gaps(lines: list[Line]) -> list[bool]:
    """Say for each line that is not blank whether a blank one, or nothing, stands before it."""
    before = [Line(Shape.BLANK, ""), *lines]
    pairs = zip(before, lines, strict=False)
    return [a.shape is Shape.BLANK for a, b in pairs if b.shape is not Shape.BLANK]


def _view(solid: list[Line], gaps: list[bool]) -> _View:
    like = [line.shape is Shape.PROSE and headings.heading_like(line.text) for line in solid]
    numbered = [at for at, line in enumerate(solid) if like[at] and headings.look(line.text).number]
    counts = headings.counted([solid[at].text for at in numbered])
    marked = {at for at, counted in zip(numbered, counts, strict=True) if counted}
    marked |= {at for at, line in enumerate(solid) if headings.look(line.text).capitals}
    # Where blank lines part the paragraphs, lines like headings that stand close to one another are
    # an address, a signature or a bare list.
    if sum(gaps) > 0.3 * len(gaps):
        near = [a or _is_of_a_block(b.text) for a, b in zip(like, solid, strict=True)]
        close = {at for at in range(1, len(solid)) if near[at - 1] and near[at] and not gaps[at]}
        close -= {at for at in close if _is_stacked(solid, gaps, like, at)}
        clusters = (close | {at - 1 for at in close}) - marked
        clusters -= {0} if clusters >= {0, 1} and _is_title(solid, gaps) else set()
        like = [seen and at not in clusters for at, seen in enumerate(like)]
    said = {at for at in range(1, len(solid)) if like[at] and says(solid, at)}
    said |= closings.of([line.text for line in solid])
    like = [seen and at not in said for at, seen in enumerate(like)]
    dense = sum(gaps[1:]) <= MAX_DENSE * len(gaps)
    view = _View(solid, [True] * len(gaps) if dense else gaps, like, marked, said)
    return _by_colon(view)


def _is_of_a_block(line: str) -> bool:
    """Say whether a line belongs to an address or a signature, and heads none of it."""
    return bool(headings.STREET.search(line) or headings.NOT_A_HEADING["a person"].search(line))


def _is_title(solid: list[Line], gaps: list[bool]) -> bool:
    """Say whether two lines that stand at the top by themselves are a title and a line below it."""
    if gaps[1] or len(solid) < 3 or not gaps[2] or headings.CLINIC.match(solid[0].text):
        return False
    return not headings.ROLE_LINE.match(solid[1].text) and headings.heading_like(solid[1].text)


def says(lines: list[Line], at: int) -> bool:
    """Say whether a line like a heading is text by itself, for all that is below it.

    It leads a list in where one follows it, and goes on where it breaks off.
    """
    text = lines[at].text
    below = lines[at + 1] if at + 1 < len(lines) else Line(Shape.PROSE, "")
    if below.shape in LISTS or text.split()[-1].casefold() in LEADING_IN:
        return False
    ends = below.shape is not Shape.PROSE or not below.text or headings.heading_like(below.text)
    return statements.is_statement(text) or (ends and statements.is_request(text))


def _by_colon(view: _View) -> _View:
    """Return the view, with longer lines like headings too where colons are what marks them."""
    ends = [line.text.endswith(":") for line in view.solid]
    leading = [at for at, ends_so in enumerate(ends) if ends_so and view.like[at]]
    if sum(view.heads(at) for at in leading) <= max(1, len(leading) / 3):
        return view
    like = [
        seen or (ends_so and line.shape is Shape.PROSE and headings.heading_like(line.text[:-1]))
        for seen, ends_so, line in zip(view.like, ends, view.solid, strict=True)
    ]
    return replace(view, like=like, by_colon=True)


def _is_stacked(solid: list[Line], gaps: list[bool], like: list[bool], at: int) -> bool:
    """Say whether a line is a subsection's heading right below its section's, text below both."""
    if at + 1 >= len(solid) or at < 2 or not gaps[at - 1]:
        return False
    below = solid[at + 1]
    return not gaps[at + 1] and not like[at + 1] and len(below.text) > 2 * len(solid[at].text)


@dataclass(frozen=True, slots=True)
class _View:
    """The lines that are not blank, and what a reader sees of them at a glance.

    `gaps`: a blank line stands before it; `like`: it could be a heading; `marked`: it carries a
    heading's own marks, a number in a count or capitals; `said`: it is a statement, as others are.
    """

    solid: list[Line]
    gaps: list[bool]
    like: list[bool]
    marked: set[int]
    said: set[int]
    by_colon: bool = False

    def heads(self, at: int) -> bool:
        """Say whether a heading-like line heads what follows it."""
        if not self.like[at] or at + 1 == len(self.solid):
            return False
        line, after = self.solid[at], self.solid[at + 1]
        if line.text.endswith(":"):
            return self._leads_a_section(at)
        if at in self.marked:
            return True
        if at > 0 and self.solid[at - 1].text.endswith(":") and not self.gaps[at]:
            return False
        if at > 0 and CONTACT.match(self.solid[at - 1].text) and NAME.fullmatch(line.text):
            return False
        if headings.names_a_clinic(line.text, after.text):
            return False
        if at + 1 in self.said and self.like[at - 1]:
            return False  # the last of what stands below a heading, as the statement after it
        run = self.run(at)
        if run == 1:
            return after.shape is not Shape.PROSE or not after.text[:1].islower()
        return at == 0 or (run <= headings.MAX_RUN and at > 1 and at + run - 1 not in self.marked)

    def _leads_a_section(self, at: int) -> bool:
        """Say whether a line with a colon heads a section, rather than leading a list in."""
        line, after = self.solid[at], self.solid[at + 1]
        if not self.gaps[at]:
            return False
        if self.like[at + 1]:
            below = headings.look(after.text).depth > headings.look(line.text).depth
            return self.by_colon and (below or after.text.endswith(":"))
        short = len(line.text.split()) <= headings.MAX_WORDS_BEFORE_COLON
        asks = self.by_colon or ASKING.match(line.text)
        return after.shape is Shape.PROSE or bool(asks and short and after.shape in LISTS)

    def run(self, at: int) -> int:
        """Return how many heading-like lines follow one another from here on."""
        end = at
        while end < len(self.like) and self.like[end]:
            end += 1
        return end - at
