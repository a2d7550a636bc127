"""Where one sentence ends and the next begins."""

from __future__ import annotations

import re

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
END = re.compile(r"(?:[.!?]+|…)[\"'”’»)\]]*(?=\s)|[。！？]+[」』”）]*|\n+")
NEXT = re.compile(r"\s+([\"'“‘«(\[¿¡]*)(\S)")
LAST_WORD = re.compile(r"[^\s(\[“«\"']+$")


def split(text: str) -> list[tuple[int, int]]:
    """Return the start and end of each sentence in `text`, as character offsets, in order."""
    spans: list[tuple[int, int]] = []
    start = 0
    for mark in END.finditer(text):
        if _ends_here(text, mark):
            spans.append((start, mark.end()))
            start = mark.end()
    if text[start:].strip() or not spans:
        spans.append((start, len(text)))
    elif spans:
        spans[-1] = (spans[-1][0], len(text))
    return [_trimmed(text, span) for span in spans]


def _ends_here(text: str, mark: re.Match[str]) -> bool:
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
    word = LAST_WORD.search(text[: mark.start()])
    last = word.group().lower() if word else ""
    initial = len(last) == 1 and last.isalpha() and bool(word and word.group().isupper())
    if last in MAY_END:
        return following.group(2).isupper()
    return last not in ABBREVIATIONS and not initial


def _trimmed(text: str, span: tuple[int, int]) -> tuple[int, int]:
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
