"""How the letters of a Word file look by a style or by their place: put where pandoc sees it.

Pandoc takes no account of letters that a style makes bold, struck or raised, nor of those that
are raised by so many points or struck twice. Each such run gets the plain property of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from clinicpress.office import archive
from clinicpress.office.markup import OFF, Attributes, Span, Walk, edited
from clinicpress.office.styles import SHEET, Look, Styles

# Without one of these no letter looks other than pandoc takes it to.
MARKS = (b"w:dstrike", b"w:position", b"w:rStyle", b"w:pStyle")
# A style turns these on for what the paragraph's has plain, and off for what it has on.
TOGGLES = ("w:b", "w:i", "w:strike", "w:dstrike")
PLACES = ("w:vertAlign", "w:position")
RAISED = {"superscript": "superscript", "subscript": "subscript"}
# That these are bold is what makes them a heading or a caption: no word in them stands out by it.
FRONT = re.compile(r"heading \d|title|subtitle|caption|toc .*|contents .*|header|footer", re.I)
NOTES = frozenset({"w:footnoteReference", "w:endnoteReference"})


def plainly(data: bytes) -> bytes:
    """Return a file whose letters have of their own what a style or their place gives them."""
    held = archive.parts(data, archive.WORD.parts)
    if not any(mark in part for part in held.values() for mark in MARKS):
        return data
    styles = Styles(archive.parts(data, [SHEET]).get(SHEET, b""))
    changed = {name: edited(part, _Runs(part, styles).edits) for name, part in held.items()}
    return data if changed == held else archive.with_parts(data, changed)


@dataclass
class _Run:
    """A run: where its properties stand, which they are, and whether it has letters."""

    begins: Span
    properties: Span | None = None
    style: str = ""
    own: dict[str, str] = field(default_factory=dict)
    has_text: bool = False
    is_note: bool = False


@dataclass
class _Line:
    """A paragraph that is open: its style and its runs."""

    style: str = ""
    runs: list[_Run] = field(default_factory=list)


class _Runs:
    """What makes the runs of a part look by themselves as they do by their styles."""

    def __init__(self, part: bytes, styles: Styles) -> None:
        self.edits: list[tuple[int, int, bytes]] = []
        self._part = part
        self._styles = styles
        self._above: list[str] = []
        self._lines: list[_Line] = []
        self._runs: list[_Run] = []
        self._walk = Walk(part, self)
        if not self._walk.go():
            self.edits = []  # whoever reads its text says what is wrong with it

    def start(self, tag: str, attributes: Attributes) -> None:
        """Begin a paragraph or a run, or learn of it."""
        self._above.append(tag)
        value = attributes.get("w:val", "")
        if tag == "w:p":
            self._lines.append(_Line())
        elif tag == "w:r" and self._lines:
            self._runs.append(_Run(self._walk.tag()))
            self._lines[-1].runs.append(self._runs[-1])
        elif self._above[-3:-1] == ["w:p", "w:pPr"] and tag == "w:pStyle":
            self._lines[-1].style = value
        elif self._runs:
            self._learn(self._runs[-1], tag, value)

    def _learn(self, run: _Run, tag: str, value: str) -> None:
        if tag == "w:rPr" and self._above[-2] == "w:r":
            run.properties = self._walk.tag()
        elif self._above[-3:-1] == ["w:r", "w:rPr"]:
            if tag == "w:rStyle":
                run.style = value
            elif tag in (*TOGGLES, *PLACES):
                run.own[tag] = value
        run.is_note |= tag in NOTES
        run.has_text |= tag == "w:sym"

    def end(self, tag: str) -> None:
        """End a run, or a paragraph with all of its."""
        self._above.pop()
        if tag == "w:r" and self._runs:
            self._runs.pop()
        elif tag == "w:p":
            line = self._lines.pop()
            self.edits += filter(None, (self._edit(run, added) for run, added in self._added(line)))

    def data(self, text: str) -> None:
        """Learn that a run has letters."""
        if self._runs and self._above[-1] == "w:t" and text.strip():
            self._runs[-1].has_text = True

    def _added(self, line: _Line) -> list[tuple[_Run, bytes]]:
        """Return the runs of a paragraph with letters, and what each needs of its own."""
        around = self._styles.look(line.style)
        front = is_front(self._styles, line.style)
        runs = [run for run in line.runs if run.has_text and not run.is_note]
        looks = [(self._styles.look(run.style), run) for run in runs]
        places = [_place("w:position", run.own, look, around) for look, run in looks]
        # A line that is raised as a whole only stands elsewhere on its sheet.
        flat = len(set(places)) < 2
        return [
            (run, _struck(run.own, look, around)
             + (b"" if front else _bold(run.own, look, around))
             + _raised(run.own, look, around, "" if flat else place))
            for (look, run), place in zip(looks, places, strict=True)
        ]  # fmt: skip

    def _edit(self, run: _Run, added: bytes) -> tuple[int, int, bytes] | None:
        if not added:
            return None
        start, stop = run.properties or run.begins
        if run.properties is None:
            return (stop, stop, b"<w:rPr>" + added + b"</w:rPr>")
        if self._part[start:stop].endswith(b"/>"):
            return (start, stop, b"<w:rPr>" + added + b"</w:rPr>")
        return (stop, stop, added)


def is_front(styles: Styles, style: str) -> bool:
    """Say whether a style is one of headings, captions and the like."""
    return any(FRONT.fullmatch(styles.names.get(name, "")) for name in styles.chain(style))


def _is_on(tag: str, own: Look, style: Look, around: Look) -> bool:
    """Say whether a run has a property: by itself, or by just one of the styles."""
    if tag in own:
        return own[tag].lower() not in OFF
    return _says(tag, style) != _says(tag, around)


def _says(tag: str, look: Look) -> bool:
    return tag in look and look[tag].lower() not in OFF


def _place(tag: str, own: Look, style: Look, around: Look) -> str:
    found = next((look[tag] for look in (own, style, around) if tag in look), "")
    return "" if found in ("0", "baseline") else found


def _bold(own: Look, style: Look, around: Look) -> bytes:
    tags = [tag for tag in ("w:b", "w:i") if tag not in own and _is_on(tag, own, style, around)]
    return "".join(f"<{tag}/>" for tag in tags).encode()


def _struck(own: Look, style: Look, around: Look) -> bytes:
    struck = any(_is_on(tag, own, style, around) for tag in ("w:strike", "w:dstrike"))
    return b"<w:strike/>" if struck and not _says("w:strike", own) else b""


def _raised(own: Look, style: Look, around: Look, position: str) -> bytes:
    """Return what raises or lowers a run that does not do so of its own."""
    where = RAISED.get(_place("w:vertAlign", own, style, around), "")
    if not where and re.fullmatch(r"-?\d{1,4}", position):
        where = "subscript" if position.startswith("-") else "superscript"
    if not where or own.get("w:vertAlign") == where:
        return b""
    return f'<w:vertAlign w:val="{where}"/>'.encode()
