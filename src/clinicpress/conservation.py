"""Nothing lost, nothing changed: the words of a source against the words a patient's browser shows.

Both sides are read as one stream of words in reading order, with each footnote written out where
it is referred to. The page's side comes from its rendered HTML, so that an error anywhere on the
way (splitting, writing, rendering) shows.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

from clinicpress import streams
from clinicpress.model import Loss
from clinicpress.rendered import INLINE_TAGS
from clinicpress.streams import PARAGRAPH, Marks, Standing

CONTEXT_WORDS = 6
UNSEEN_TAGS = frozenset("script style template noscript title textarea select".split())
# The number of a note is a word of its own, though it stands close on the one before it.
NOTE_MARKS = frozenset({("role", "doc-noteref"), ("epub:type", "noteref")})
INVISIBLE = {0xAD: None, 0x200B: None, 0x200C: None, 0x200D: None, 0xFEFF: None, 0x2060: None}


@dataclass(frozen=True, slots=True)
class Difference:
    """The first place where source and pages part, with the words before it on both sides."""

    before: str
    source: str
    pages: str


def compare(source: Sequence[str], pages: Sequence[str]) -> Difference | None:
    """Return the first difference between two streams of words, or None where they are the same."""
    if list(source) == list(pages):
        return None
    at = next(
        (n for n, (a, b) in enumerate(zip(source, pages, strict=False)) if a != b),
        min(len(source), len(pages)),
    )
    return Difference(
        before=" ".join(source[max(0, at - CONTEXT_WORDS) : at]),
        source=" ".join(source[at : at + CONTEXT_WORDS]),
        pages=" ".join(pages[at : at + CONTEXT_WORDS]),
    )


def restructured(source: Sequence[Standing], pages: Sequence[Standing]) -> Loss | None:
    """Return the first words that stand otherwise on the pages than in the source, and how.

    Both have the same words. Pages may begin more lines than the source, never fewer.
    """
    for at, (there, here) in enumerate(zip(source, pages, strict=True)):
        if says := _otherwise(there, here):
            words = " ".join(standing.word for standing in source[at : at + CONTEXT_WORDS])
            return Loss(words, f"{f'“{words.strip()}”' if words else 'what comes last'} {says}")
    return None


def _otherwise(there: Standing, here: Standing) -> str:
    if there.within != here.within:
        return _only("is", there.within - here.within, here.within - there.within)
    begun, begins = there.begins - PARAGRAPH, here.begins - PARAGRAPH
    if begun != begins:
        return _only("begins", begun - begins, begins - begun)
    runs_on = there.word and there.begins and not here.begins
    return "begins a line in the document, and runs on on the pages" if runs_on else ""


def _only(verb: str, there: Marks, here: Marks) -> str:
    if there:
        return f"{verb} {', '.join(sorted(there))} in the document, and not on the pages"
    return f"{verb} {', '.join(sorted(here))} on the pages, and not in the document"


def letters(text: str) -> str:
    """Return the letters of a text, to compare what has marks and numbering with what has not."""
    return "".join(filter(str.isalpha, text))


def missing(paragraphs: Iterable[str], words: Iterable[str]) -> list[tuple[str, str]]:
    """Return each paragraph of a file with those of its words that are not among the words read.

    Order is not compared: a file has its text boxes and notes elsewhere than a reader does.
    """
    have = Counter(token for word in words for token in _tokens(word))
    lost: list[tuple[str, str]] = []
    for paragraph in paragraphs:
        gone = []
        for token in _tokens(paragraph):
            have[token] -= 1
            if have[token] < 0:
                gone.append(token)
        if gone:
            lost.append((paragraph, " ".join(gone)))
    return lost


def _tokens(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", text.translate(INVISIBLE)).casefold()
    return re.findall(r"[^\W_]+", plain)


def html_paragraphs(html: str) -> list[str]:
    """Return the text of a web page, each run between tags of its own line as a paragraph."""
    reader = _VisibleText()
    reader.feed(html)
    reader.close()
    return "".join(reader.pieces).split("\n")


class _VisibleText(HTMLParser):
    """Collects what a browser would show; scripts, styles and the head are not text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._hidden = 0
        self._in_note = False
        self.pieces: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line where a tag does."""
        self._hidden += tag in UNSEEN_TAGS
        self._in_note |= any(pair in NOTE_MARKS for pair in attrs)
        self.pieces.append(self._parts(tag))

    def handle_endtag(self, tag: str) -> None:
        """End it where the tag ends."""
        self._hidden -= tag in UNSEEN_TAGS and self._hidden > 0
        self.pieces.append(self._parts(tag))
        self._in_note &= tag != "a"

    def _parts(self, tag: str) -> str:
        """Return what stands between the text before a tag and behind it."""
        if tag not in INLINE_TAGS:
            return "\n"
        return " " if tag == "a" and self._in_note else ""

    def handle_data(self, data: str) -> None:
        """Keep text that shows."""
        if not self._hidden:
            self.pieces.append(data.replace("\n", " "))


def tree_words(content: Any) -> list[str]:
    """Return the words of pandoc's blocks or inlines, footnotes where they are referred to."""
    return [standing.word for standing in streams.of_tree(content)[:-1]]
