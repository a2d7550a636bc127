"""Tables typed with `|` in Markdown: cells beyond the columns of their head, which none shows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from clinicpress.model import Loss
from clinicpress.notices.authors import CODE

# What may stand before a row: quotations, and the margin of a list.
MARGIN = re.compile(r"[\s>]*")
RULE = re.compile(r":?-+:?")
BAR = re.compile(r"(?<!\\)\|")
GIVE_COLUMNS = (
    "Give the table as many columns in its first two lines as its longest row has, or take these "
    "cells out; save and try again."
)


def lost(markdown: str, words: Iterable[str]) -> tuple[Loss, ...]:
    """Return the words in such cells, each with its row, but for rows that were read as `words`."""
    read = _letters("".join(words))
    found = _beyond(markdown.splitlines())
    return tuple(loss for loss in found if _letters(loss.where) not in read)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _beyond(lines: list[str]) -> Iterator[Loss]:
    code, before, columns = "", [""], 0
    for line in lines:
        text = MARGIN.sub("", line, count=1).rstrip()
        if fence := CODE.match(line.rstrip()):
            code = "" if code and fence.group(1).startswith(code) else code or fence.group(1)
        cells = _cells(text) if text and not code else []
        if not cells:
            columns = 0
        elif not columns and _is_rule(cells, text) and len(cells) == len(before):
            columns = len(cells)
        elif columns and (words := " ".join(filter(None, cells[columns:]))):
            yield Loss(words, text)
        before = cells


def _is_rule(cells: list[str], text: str) -> bool:
    return "|" in text and all(map(RULE.fullmatch, cells))


def _cells(row: str) -> list[str]:
    """Return the cells of a row; a bar before the first or behind the last parts nothing."""
    parts = [part.strip() for part in BAR.split(row)]
    first, last = parts[:1] == [""], parts[-1:] == [""] and len(parts) > 1
    return parts[1 if first and len(parts) > 1 else 0 : -1 if last else None]
