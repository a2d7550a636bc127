"""Two versions of a file as lines to read: what would go and what would come, and not too many."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

MAX_LINES = 30
MAX_WIDTH = 160
# Beyond this many lines a comparison takes too long to wait for.
MAX_COMPARED = 5000


def shown(before: bytes | None, after: bytes | None, names: tuple[str, str]) -> str:
    """Return the difference of two versions of a file in unified form; None where it is not there.

    `names` says what the two are. At most MAX_LINES lines are shown; the rest are counted.
    """
    lines = list(_lines(before, after, names))
    more = len(lines) - MAX_LINES
    kept = [line if len(line) <= MAX_WIDTH else line[:MAX_WIDTH] + " …" for line in lines]
    return "\n".join(kept[:MAX_LINES] + ([f"… and {more} lines more"] if more > 0 else []))


def _lines(before: bytes | None, after: bytes | None, names: tuple[str, str]) -> Iterator[str]:
    try:
        old, new = ((data or b"").decode().splitlines() for data in (before, after))
    except UnicodeDecodeError:
        yield "(not a text)"
        return
    if max(len(old), len(new)) > MAX_COMPARED:
        yield f"(too long to show: {len(old)} and {len(new)} lines)"
        return
    yield from difflib.unified_diff(old, new, *names, lineterm="", n=1)
    if old == new:
        yield "(only in its line ends)"
