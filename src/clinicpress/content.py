"""What a reader found in a document, held to every word that the file itself has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from clinicpress import conservation, titles, tree
from clinicpress.errors import ClinicpressError
from clinicpress.model import UNKNOWN, Finding, Loss, Origin
from clinicpress.tree import Nodes

# What brings words that could not be read onto the page, by the ending of the file's name.
WAYS: Mapping[str, str] = {
    "docx": "Open it in Word, save it again and try once more. If that does not help, write them "
    "as ordinary text of the page, in an ordinary font and outside a form, frame or drawing; or "
    "put them there as a picture with a description.",
    "odt": "In LibreOffice, write them as ordinary text of the page (in an ordinary font, outside "
    "a form, frame or drawing), save and try again.",
    "rtf": "Open it in Word or LibreOffice, save it as .docx, and use that.",
    "epub": "Open the book in an editor such as Calibre's, put them into a chapter as ordinary "
    "text, save and try again; or save the book as .docx and use that.",
}
REPEATED = "the title, where it stands a second time below the first"
MAX_TOLD = 20
OTHER_WAY = "Put them into the page as an ordinary paragraph, save and try again."


@dataclass(frozen=True, slots=True)
class Content:
    """What a reader found: the title only where it is text, properties as pandoc has them.

    `findings` are what a person has to put right in the document, or may; `again` is a title
    that a heading below it repeated, and numbers that were typed and are those of a list now.
    """

    title: str | None
    blocks: Nodes
    properties: Mapping[str, Any] = field(default_factory=dict)
    removed: tuple[str, ...] = ()
    media: Mapping[str, bytes] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    origin: Origin = UNKNOWN
    again: tuple[str, ...] = ()


class WordsLostError(ClinicpressError):
    """Words of a file are not in what was read of it: `content`, without these `losses`."""

    def __init__(
        self, place: str, content: Content, losses: tuple[Loss, ...], way: str = ""
    ) -> None:
        told = [f"“{loss.words}” (in “{loss.where[:80]}”)" for loss in losses[:MAX_TOLD]]
        more = len(losses) - len(told)
        told += [f"and more in {more} other places"] if more else []
        problem = f"these words can't be read from it: {', '.join(told)}"
        way = way or WAYS.get(place.rpartition(".")[2].lower(), OTHER_WAY)
        remedy = f"{way} If the leaflet can do without these words: --allow-loss."
        super().__init__(place, problem, remedy)
        self.content = content
        self.losses = losses


def complete(
    content: Content,
    paragraphs: Iterable[str],
    place: str,
    more: Iterable[str] = (),
    unread: Iterable[Loss] = (),
) -> Content:
    """Return the content, its title as text; stop where a word of the file is not in it.

    `more` are words of the file that stand elsewhere, or nowhere for a good reason; `unread` are
    those that are known to be lost.
    """
    words = [
        content.title or titles.property_of(content.properties, "title"),
        *conservation.tree_words(content.blocks),
    ]
    words += [*content.again, *more]
    missing = conservation.missing(paragraphs, words)
    losses = (*unread, *(Loss(words, where) for where, words in missing))
    if losses:
        raise WordsLostError(place, content, losses)
    return content


def repeated_title(content: Content, paragraphs: Iterable[str]) -> tuple[str, ...]:
    """Return the title where a heading only repeats it, and so stands on no page, else nothing.

    The file then says it on just one line more than was read: no other word hides behind that.
    """
    title = content.title
    if title is None or title != titles.property_of(content.properties, "title"):
        return ()
    lines = (tree.inlines_of(n) for n in tree.walk(content.blocks) if n["t"] in tree.TEXT_BLOCKS)
    read = [title, *(" ".join(tree.text(line or []).split()) for line in lines)]
    there = sum(" ".join(paragraph.split()) == title for paragraph in paragraphs)
    return (title,) if there == read.count(title) + 1 else ()
