"""The text of a Rich Text file as it is collected: a paragraph at a time, each with its size."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from clinicpress import looks
from clinicpress.looks import Sized
from clinicpress.richtext.groups import BESIDE, HIDDEN, SHOWN, USUAL


@dataclass
class _Line:
    """A paragraph not yet at its end."""

    pieces: list[str] = field(default_factory=list)
    sizes: set[int] = field(default_factory=set)


class Paragraphs:
    """The paragraphs for readers, of page headers and footers, and of hidden text."""

    def __init__(self) -> None:
        self._lines = {SHOWN: _Line(), BESIDE: _Line(), HIDDEN: _Line()}
        self._found: dict[str, list[Sized]] = {SHOWN: [], BESIDE: [], HIDDEN: []}

    def add(self, kind: str, text: str, size: int) -> None:
        """Take text into the open paragraph of its kind; `size` is in half points."""
        line = self._lines[kind]
        line.pieces.append(text)
        line.sizes |= {size} if text.strip() else set()

    def part(self, kind: str) -> None:
        """Keep the next text of a kind apart from the last word."""
        self._lines[kind].pieces.append(" ")

    def end(self, kind: str) -> None:
        """End the open paragraph of a kind, and that of hidden text, which lies in it."""
        for ended in {kind, HIDDEN} & self._lines.keys():
            line, self._lines[ended] = self._lines[ended], _Line()
            if text := " ".join("".join(line.pieces).split()):
                self._found[ended].append((text, min(line.sizes, default=USUAL)))

    def end_all(self) -> None:
        """End every open paragraph, as the file does."""
        for kind in self._lines:
            self.end(kind)

    def texts(self, kind: str) -> tuple[str, ...]:
        """Return the paragraphs of a kind."""
        return tuple(text for text, _ in self._found[kind])

    def larger(self) -> Mapping[str, float]:
        """Return the paragraphs in larger letters than most, with how many times as large."""
        return looks.larger(self._found[SHOWN])
