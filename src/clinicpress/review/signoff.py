"""A sign-off: its dates, and how it is put into a review file with nothing else changed there."""

from __future__ import annotations

import datetime
import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

from clinicpress import cleaning
from clinicpress.review.decisions import SignOff

# A next review further away than this many years is a slip of the pen.
MAX_YEARS = 10
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
LONGEST = 200  # letters of a name
SHORT = 12  # letters of a digest that a person is shown
KEYS = ("name", "role", "reviewed", "next-review", "digest")
EARLIER = "# Sign-offs before this one, the oldest first."
HEAD = """\
# Decisions and sign-off for {name}
# How to write decisions is told in the README of Clinicpress, under "Review and sign off".
"""


def day(text: str) -> datetime.date | None:
    """Return the date that a text is in ISO form; None where it is none."""
    try:
        return datetime.date.fromisoformat(text) if DATE.fullmatch(text) else None
    except ValueError:
        return None


def wrong_dates(reviewed: str, due: str) -> str:
    """Say what is wrong with two dates, or nothing."""
    first, last = day(reviewed), day(due)
    if first is None or last is None:
        return "one of the dates is none"
    if last <= first:
        return "the next review is not after this one"
    if last.year - first.year > MAX_YEARS:
        return f"the next review is more than {MAX_YEARS} years away"
    return ""


def wrong_until(until: str, today: str) -> tuple[str, str]:
    """Say what is wrong with the day of the next review that a person typed, and what to do."""
    if day(until) is None:
        return (
            f"“{until[:LONGEST]}” is no date",
            "Write year, month, day, as in --until 2029-11-30.",
        )
    if until <= today:
        return f"the next review, {until}, is not after today", "Give a day to come."
    problem = wrong_dates(today, until)
    return (problem, f"Give a day within {MAX_YEARS} years.") if problem else ("", "")


def written(text: str) -> str:
    """Return a name or a role as it is written down: in one line, without signs nobody sees."""
    return " ".join(cleaning.CONTROLS.sub(" ", text).split())


def wrong_name(text: str) -> str:
    """Say what is wrong with a name or a role, or nothing."""
    if any(unicodedata.category(sign) == "Cs" for sign in text):
        return "it has signs that are no letters"
    if len(text) > LONGEST:
        return f"it is longer than {LONGEST} letters"
    return ""


def short(digest: str) -> str:
    """Return the end of a digest, by which a person tells it."""
    return digest[-SHORT:]


def another(digest: str, given: str | None) -> str:
    """Say what is wrong with a digest that a reviewer read, or its end, or nothing."""
    if given is None:
        return ""
    end = given.strip().lower().lstrip(".… ")
    if len(end) < SHORT or not re.fullmatch(r"(sha256:)?[0-9a-f]+", end):
        return f"“{given}” is no digest, nor the end of one ({SHORT} letters and digits)"
    if not digest.endswith(end):
        return f"what was read has the digest …{end[-SHORT:]}, and it is now …{short(digest)}"
    return ""


def signed(text: str, given: SignOff, name: str, before: SignOff | None = None) -> str:
    """Return a review file's text with a sign-off; every other line of it stays as it is.

    The one that it takes the place of, `before`, is kept as the last of `earlier`.
    """
    ends = "\r\n" if "\r\n" in text else "\n"
    text = _with_sign_off(text, _rows(given), name, ends)
    if before is None or replace(before, line=given.line) == given:
        return text
    row = "{" + ", ".join(f"{key}: {value}" for key, value in _rows(before).items()) + "}"
    return _with_earlier(text, row, ends)


def _rows(given: SignOff) -> dict[str, str]:
    """Return the values of a sign-off as they are written, by key."""
    values = (given.name, given.role, given.reviewed, given.due, given.digest)
    return {
        key: json.dumps(value, ensure_ascii=False) for key, value in zip(KEYS, values, strict=True)
    }


def _with_sign_off(text: str, rows: Mapping[str, str], name: str, ends: str) -> str:
    own = "".join(f"  {key}: {value}{ends}" for key, value in rows.items())
    found = _pair(YAML().compose(text), "sign-off")
    if found is None:
        return (
            _below(text if text.strip() else HEAD.format(name=name), ends) + f"sign-off:{ends}{own}"
        )
    key, block = found
    if not isinstance(block, MappingNode) or block.flow_style or not block.value:
        return _instead(text, key, block, own, ends)
    return _with_values(text, block, rows, ends)


def _with_earlier(text: str, row: str, ends: str) -> str:
    """Put a sign-off at the end of the list of earlier ones."""
    found = _pair(YAML().compose(text), "earlier")
    if found is None:
        return _below(text, ends) + f"{EARLIER}{ends}earlier:{ends}  - {row}{ends}"
    key, block = found
    if not isinstance(block, SequenceNode) or not block.value:
        return _instead(text, key, block, f"  - {row}{ends}", ends)
    if block.flow_style:
        last = block.value[-1].end_mark.index
        return f"{text[:last]}, {row}{text[last:]}"
    lines = text.splitlines(keepends=True)
    at = _last_line(block) + 1
    lines[at - 1] = lines[at - 1].rstrip("\r\n") + ends
    return "".join([*lines[:at], f"{' ' * block.start_mark.column}- {row}{ends}", *lines[at:]])


def _below(text: str, ends: str) -> str:
    """Return a text with an empty line below it."""
    text += "" if text.endswith("\n") else ends
    return text if text.endswith(ends * 2) else text + ends


def _instead(text: str, key: Any, block: Any, own: str, ends: str) -> str:
    """Put lines in the place of a value that is none."""
    start, end = key.end_mark.index, max(block.end_mark.index, key.end_mark.index + 1)
    after = text[end:].lstrip("\r\n")
    return f"{text[:start]}:{ends}{own}" + (ends + after if after else "")


def _with_values(text: str, block: MappingNode, rows: Mapping[str, str], ends: str) -> str:
    """Put values in their places, from the last to the first; what has no place goes on top."""
    placed = {k.value: (k, v) for k, v in block.value}
    for name, (key, value) in sorted(placed.items(), key=lambda p: -p[1][0].start_mark.index):
        if name in rows:
            start, end = value.start_mark.index, value.end_mark.index
            if start == end:
                start = end = text.index(":", key.end_mark.index) + 1
            text = text[:start].rstrip(" ") + " " + rows[name] + text[end:]
    start, indent = block.start_mark.index, " " * block.start_mark.column
    more = "".join(f"{k}: {v}{ends}{indent}" for k, v in rows.items() if k not in placed)
    return text[:start] + more + text[start:]


def _last_line(node: Any) -> int:
    """Return the last line, counted from 0, of a node; comments below it are no part of it."""
    if isinstance(node, ScalarNode) or node.flow_style or not node.value:
        line: int = node.end_mark.line
        return line
    last = node.value[-1]
    return _last_line(last[1] if isinstance(node, MappingNode) else last)


def _pair(root: Any, name: str) -> tuple[Any, Any] | None:
    pairs = root.value if isinstance(root, MappingNode) else []
    return next(((k, v) for k, v in pairs if k.value == name), None)
