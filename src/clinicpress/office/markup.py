"""Parts of office files gone through tag by tag, and where in their bytes each tag stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import AnyStr, Protocol
from xml.parsers import expat

TAG = re.compile(rb"(?:[^\"'>]|\"[^\"]*\"|'[^']*')*>")

Attributes = Mapping[str, str]
Span = tuple[int, int]
Edit = tuple[int, int, bytes]
"""Where something is put in, up to where it takes the place of what stands there, and what."""
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
"""How a part in that coding begins: places in its bytes are not those of a parser."""
OFF = frozenset({"0", "false", "off"})
"""The values of a property of Word's that say that a thing is not so."""


def cut(part: bytes, spans: Iterable[Span]) -> bytes:
    """Return a part without some spans of its bytes, none of which reaches into another."""
    for start, stop in sorted(spans, reverse=True):
        part = part[:start] + part[stop:]
    return part


def edited(part: AnyStr, edits: Iterable[tuple[int, int, AnyStr]]) -> AnyStr:
    """Return a part with some of it put in place of other, none of which overlaps."""
    pieces: list[AnyStr] = []
    at = 0
    for start, stop, new in sorted(edits, key=lambda edit: edit[:2]):
        pieces += [part[at:start], new]
        at = stop
    pieces.append(part[at:])
    return part[:0].join(pieces)


class Listener(Protocol):
    """What is told of a part as it is gone through."""

    def start(self, tag: str, attributes: Attributes) -> None:
        """Take a tag that opens."""

    def end(self, tag: str) -> None:
        """Take a tag that closes."""

    def data(self, text: str) -> None:
        """Take text between tags."""


class Walk:
    """One way through a part, with a listener to tell of it."""

    def __init__(self, part: bytes, listener: Listener) -> None:
        self._part = part
        self._listener = listener
        # Whether a tag has just opened, and whether one that closes itself ends.
        self._opened = self._ends = False
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._data

    def go(self) -> bool:
        """Go through the part; say whether it was whole."""
        try:
            self._parser.Parse(self._part, True)
        except expat.ExpatError:
            return False
        return True

    def _start(self, tag: str, attributes: Attributes) -> None:
        self._opened = True
        self._listener.start(tag, attributes)

    def _end(self, tag: str) -> None:
        # The parser is behind such a tag when it tells of its end.
        self._ends = self._opened and self._part[max(0, self.at - 2) : self.at] == b"/>"
        self._opened = False
        self._listener.end(tag)
        self._ends = False

    def _data(self, text: str) -> None:
        self._opened = False
        self._listener.data(text)

    @property
    def at(self) -> int:
        """Return where the present tag begins in the part's bytes."""
        return self._parser.CurrentByteIndex

    def tag(self) -> Span:
        """Return where the present tag begins in the part's bytes, and where it ends.

        Where a tag that closes itself ends, that is the place behind it.
        """
        if self._ends:
            return self.at, self.at
        tag = TAG.match(self._part, self.at)
        return self.at, tag.end() if tag else self.at

    def is_whole(self) -> bool:
        """Say whether the present tag closes itself."""
        stop = self.tag()[1]
        return self._part[max(0, stop - 2) : stop] == b"/>"
