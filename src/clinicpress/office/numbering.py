"""The numbers and marks of an office file's lists, as the program that made it shows them.

Pandoc counts each list of a Word file for itself and knows no marks. So each run of numbers gets a
list of its own that begins at the number which Word shows, and a mark or label that no Markdown
list has is put before the item's words as text.
"""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape

from clinicpress.errors import quoted
from clinicpress.office import archive, listlabels, opennumbering
from clinicpress.office.listlabels import LEVELS, Label, whole
from clinicpress.office.markup import UTF_16, Attributes, Edit, Span, Walk, edited

TEXT, LISTS, SHEET = "word/document.xml", "word/numbering.xml", "word/styles.xml"
SPARE = "mc:Fallback"
GONE = frozenset({"w:del", "w:moveFrom"})
MAX_LISTS = 10_000
MAX_TOLD = 5
NOT_READ = "the numbers and marks of its lists could not be worked out: they may differ from Word's"
CLOSES = b"</w:numbering>"


def shown(data: bytes) -> tuple[bytes, tuple[str, ...]]:
    """Return a file whose lists say what its program shows, and a line for what they can't say."""
    held = archive.parts(data, (TEXT, LISTS, SHEET))
    if TEXT not in held:
        return opennumbering.shown(data)
    if LISTS not in held:
        return data, ()
    numbering, styles = listlabels.Numbering(), listlabels.Styles()
    text, lists = held[TEXT], held[LISTS]
    whole_parts = Walk(lists, numbering).go() and Walk(held.get(SHEET, b"<w/>"), styles).go()
    if whole_parts and not numbering.lists:
        return data, ()
    if not whole_parts or CLOSES not in lists or held[TEXT].startswith(UTF_16):
        return data, (NOT_READ,)
    found = _Paragraphs(text)
    changed = _Changed(numbering, styles)
    for paragraph in found.paragraphs:
        changed.take(paragraph)
    if len(changed.made) > MAX_LISTS:
        return data, (NOT_READ,)
    if not changed.edits:
        return data, tuple(changed.told())
    parts = {TEXT: edited(text, changed.edits), LISTS: changed.lists(lists)}
    return archive.with_parts(data, parts), tuple(changed.told())


@dataclass
class _Paragraph:
    """A paragraph: the list it is in by its own properties, and where in the part they stand."""

    opened: Span
    is_open: bool
    properties: Span = (0, 0)
    has_properties: bool = False
    ends: int = 0
    style: str = ""
    listed: str = ""
    level: int | None = None
    own: list[Span] = field(default_factory=list)
    gone: bool = False
    hidden: bool = False
    has_text: bool = False


class _Paragraphs:
    """The paragraphs of a part in their order; what stands there for older programs is not."""

    def __init__(self, part: bytes) -> None:
        self.paragraphs: list[_Paragraph] = []
        self._part = part
        self._above: list[str] = []
        self._open: list[_Paragraph] = []
        self._spare = 0
        self._list = 0
        self._walk = Walk(part, self)
        if not self._walk.go():
            self.paragraphs = []  # whoever reads its text says what is wrong with it

    def start(self, tag: str, attributes: Attributes) -> None:
        """Begin a paragraph, or take what is said of it."""
        self._spare += tag == SPARE
        above = self._above[-3:]
        self._above.append(tag)
        if tag == "w:p":
            self._begin()
        elif not self._open:
            return
        elif tag == "w:t":
            self._open[-1].has_text = True
        elif above[-2:] == ["w:p", "w:pPr"] or above == ["w:p", "w:pPr", "w:numPr"]:
            self._property(tag, attributes)
        elif above == ["w:p", "w:pPr", "w:rPr"]:
            self._open[-1].gone |= tag in GONE
            self._open[-1].hidden |= tag == "w:vanish"
        elif tag == "w:pPr" and above[-1:] == ["w:p"]:
            span = self._walk.tag()
            self._open[-1].properties, self._open[-1].has_properties = span, True

    def _begin(self) -> None:
        span = self._walk.tag()
        self._open.append(_Paragraph(span, self._part[span[1] - 2 : span[1]] != b"/>"))
        if not self._spare:
            self.paragraphs.append(self._open[-1])

    def _property(self, tag: str, attributes: Attributes) -> None:
        paragraph, value = self._open[-1], attributes.get("w:val", "")
        match tag:
            case "w:pStyle":
                paragraph.style = value
            case "w:numPr":
                self._list = self._walk.at
            case "w:numId":
                paragraph.listed = value
            case "w:ilvl":
                paragraph.level = whole(value, 0)

    def end(self, tag: str) -> None:
        """End a paragraph, or its properties."""
        self._above.pop()
        self._spare -= tag == SPARE
        if tag == "w:p":
            self._open.pop()
        elif self._open and tag == "w:numPr" and self._above[-2:] == ["w:p", "w:pPr"]:
            self._open[-1].own.append((self._list, self._walk.tag()[1]))
        elif self._open and tag == "w:pPr" and self._above[-1:] == ["w:p"]:
            self._open[-1].ends = self._walk.tag()[1]

    def data(self, text: str) -> None:
        """Pass over text."""


class _Changed:
    """What has to be changed in a file, paragraph by paragraph in their order."""

    def __init__(self, numbering: listlabels.Numbering, styles: listlabels.Styles) -> None:
        self.edits: list[Edit] = []
        self.made: list[str] = []
        self._styles = styles
        self._counter = listlabels.Counter(numbering, styles)
        self._first = max((whole(name, 0) for name in numbering.lists), default=0) + 1
        self._kinds = max((whole(name, 0) for name in numbering.kinds), default=0) + 1
        # For each level, by definition: the list that its last number stands in, and that number.
        self._runs: list[dict[str, tuple[int, int]]] = [{} for _ in range(2 * LEVELS)]
        self._marked: dict[str, int] = {}
        self._problems: Tally[str] = Tally()
        self._headings: list[str] = []

    def take(self, paragraph: _Paragraph) -> None:
        """Take a paragraph: count it where it is in a list, and say what Word shows of it."""
        styled, level = self._counter.styled(paragraph.style)
        name = paragraph.listed or styled
        at = paragraph.level if paragraph.level is not None else level or 0
        if not name or name == "0" or at >= LEVELS:
            return
        if paragraph.gone or (paragraph.hidden and not paragraph.has_text):
            self._put(paragraph, 0, 0, "")
            return
        label = self._counter.next(name, at)
        if label is None:
            return
        if self._styles.is_heading(paragraph.style):
            self._headings += [label.text] if label.text else []
            return
        within = 0 if paragraph.listed or at else self._styles.depth(paragraph.style)
        self._show(paragraph, label, name, at + within)

    def _show(self, paragraph: _Paragraph, label: Label, name: str, at: int) -> None:
        is_new = at != (paragraph.level or 0)
        # Pandoc, too, begins deeper lists anew below an item.
        for deeper in self._runs[at + 1 :]:
            deeper.clear()
        if label.problem:
            self._problems[label.problem] += 1
        if label.number is not None:
            self._put(paragraph, self._numbered(at, name, label.number), at, "")
        elif label.text or (label.is_bullet and is_new):
            self._put(paragraph, self._bulleted(name), at, label.text)
        elif not label.is_bullet and not label.problem:
            self._put(paragraph, 0, 0, "")

    def _numbered(self, at: int, name: str, number: int) -> int:
        """Return the list that goes on with a number at a level, a new one where none does."""
        kind = self._counter.kind(name)
        made, last = self._runs[at].get(kind, (0, 0))
        if not made or number != last + 1:
            start = f'<w:lvlOverride w:ilvl="{at}"><w:startOverride w:val="{number}"/>'
            made = self._make(self._kinds, f"{start}</w:lvlOverride>")
        self._runs[at][kind] = (made, number)
        return made

    def _bulleted(self, name: str) -> int:
        if name not in self._marked:
            self._marked[name] = self._make(self._kinds + 1, "")
        return self._marked[name]

    def _make(self, kind: int, start: str) -> int:
        made = self._first + len(self.made)
        told = f'<w:num w:numId="{made}"><w:abstractNumId w:val="{kind}"/>{start}</w:num>'
        self.made.append(told)
        return made

    def _put(self, paragraph: _Paragraph, name: int, at: int, label: str) -> None:
        """Put a paragraph into a list, 0 for none, with a label before its words."""
        if not paragraph.is_open:
            return
        held = f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{name}"/></w:numPr>'.encode()
        said = f'<w:r><w:t xml:space="preserve">{escape(label)} </w:t></w:r>' if label else ""
        run = said.encode("ascii", "xmlcharrefreplace")
        begins, ends = paragraph.properties
        if not paragraph.has_properties:
            place = paragraph.opened[1]
            self.edits.append((place, place, b"<w:pPr>" + held + b"</w:pPr>" + run))
        elif ends == paragraph.ends:  # one tag that opens and closes
            self.edits.append((begins, ends, b"<w:pPr>" + held + b"</w:pPr>" + run))
        else:
            self.edits.append((ends, ends, held))
            self.edits += [(*span, b"") for span in paragraph.own]
            self.edits += [(paragraph.ends, paragraph.ends, run)] if run else []

    def lists(self, part: bytes) -> bytes:
        """Return the numbering part with the lists that were made."""
        kinds = ((self._kinds, "decimal", "%{}."), (self._kinds + 1, "bullet", "&#8226;"))
        new = "".join(_kind(name, form, text) for name, form, text in kinds) + "".join(self.made)
        before, _, behind = part.rpartition(CLOSES)
        return before + new.encode() + CLOSES + behind

    def told(self) -> Iterator[str]:
        """Yield a line for each thing that Word shows and no page does."""
        yield from listlabels.told(self._problems)
        if self._headings:
            first = ", ".join(quoted(text) for text in self._headings[:MAX_TOLD])
            yield f"the numbers that Word shows before headings ({first}): {len(self._headings)}"


def _kind(name: int, form: str, text: str) -> str:
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text.format(at + 1)}"/></w:lvl>'
        for at in range(LEVELS)
    )
    return f'<w:abstractNum w:abstractNumId="{name}">{levels}</w:abstractNum>'
