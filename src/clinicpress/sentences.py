"""Where one sentence ends and the next begins."""

from __future__ import annotations

import re
from itertools import pairwise

# An abbreviation that is followed by more of its sentence. Matched in lower case, without the stop.
ABBREVIATIONS = frozenset(
    (
        "dr dra mr mrs ms mx prof sr sra srta mme mlle m st sta nº n° vs e.g i.e eg ie "
        "approx dept fig tel ext ref min max temp vol p pp cf etc a.m p.m inc ltd co "
        "av avda ud uds núm ej p.ej env ex réf"
    ).split()
)
# After these a sentence may well end, so the next word decides: a capital begins a new one.
MAY_END = frozenset("etc a.m p.m inc ltd co min max hr hrs".split())
# These stand before a number: "no. 12".
NUMBERED = frozenset("no nos nr núm art".split())
# These stand before a letter that is a name, not an initial: "vitamin D."
LETTERED = frozenset(
    "vitamin vitamina vitamine hepatitis hépatite type tipo group grade plan".split()
)
END = re.compile(r"(?:[.!?]+|…)[\"'”’»)\]]*(?=\s)|[。！？]+[」』”）]*|\n+")
# "1." at the beginning numbers the sentence that follows it.
BARE_NUMBER = re.compile(r"(?:^|[.!?]\s+|\n\s*)\d{1,2}\.$")
# A line broken by hand within a sentence goes on with a small letter, and not as an item does.
STOPPED = re.compile(r"[.!?:;…][\"'”’»)\]]*\s*\Z")
GOES_ON = re.compile(r"\s*(?!(?:[a-z]|[ivx]{1,4})[.):]\s|o\s|\S*(?:www\.|https?:|@))(\S)")
NEXT = re.compile(r"\s+([\"'“‘«(\[¿¡]*)(\S)")


def split(text: str) -> list[tuple[int, int]]:
    """Return the start and end of each sentence in `text`, as character offsets, in order."""
    ends = [mark.end() for mark in END.finditer(text) if _ends_here(text, mark)]
    cuts = [0, *(end for end in ends if end < len(text)), len(text)]
    cuts = [cut for cut in cuts if not BARE_NUMBER.search(text[:cut])]
    spans = [_trimmed(text, span) for span in pairwise(cuts)]
    return [(start, end) for start, end in spans if start < end] or [(0, 0)]


def _ends_here(text: str, mark: re.Match[str]) -> bool:
    if mark.group().startswith("\n"):
        return not _goes_on(text, mark)
    if not mark.group().startswith("."):
        following = NEXT.match(text, mark.end())
        ellipsis = mark.group().startswith("…")
        return (
            not (ellipsis or mark.group()[0] in "!?")
            or following is None
            or not following.group(2).islower()
        )
    following = NEXT.match(text, mark.end())
    if following is None:
        return True
    if following.group(2).islower():
        return False
    words = text[: mark.start()].split()[-2:] or [""]
    last = words[-1].lstrip("([“«\"'")
    if last.lower() in MAY_END:
        return following.group(2).isupper()
    if last.lower() in NUMBERED:
        return not following.group(2).isdigit()
    if len(last) == 1 and last.isupper():
        return words[0].lower() in LETTERED
    return last.lower() not in ABBREVIATIONS


def _goes_on(text: str, lines: re.Match[str]) -> bool:
    """Say whether a sentence goes on behind the end of a line."""
    below = GOES_ON.match(text, lines.end())
    stopped = STOPPED.search(text, 0, lines.start())
    return not stopped and below is not None and below.group(1).islower()


def _trimmed(text: str, span: tuple[int, int]) -> tuple[int, int]:
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
