"""A sign-off: its dates, and how it is put into a review file with nothing else changed there."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Mapping
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode

from clinicpress.review.decisions import SignOff

# A next review further away than this many years is a slip of the pen.
MAX_YEARS = 10
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
SHORT = 12  # letters of a digest that a person is shown
KEYS = ("name", "role", "reviewed", "next-review", "digest")
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


def signed(text: str, sign_off: SignOff, name: str) -> str:
    """Return a review file's text with a sign-off; every other line of it stays as it is."""
    new = {
        "name": sign_off.name,
        "role": sign_off.role,
        "reviewed": sign_off.reviewed,
        "next-review": sign_off.due,
        "digest": sign_off.digest,
    }
    rows = {key: json.dumps(value, ensure_ascii=False) for key, value in new.items()}
    text = text.removeprefix("\ufeff")
    root: Any = YAML().compose(text)
    found = _pair(root, "sign-off")
    if found is None:
        before = (text.rstrip() or HEAD.format(name=name).rstrip()) + "\n\n"
        return before + "sign-off:\n" + "".join(f"  {k}: {v}\n" for k, v in rows.items())
    key, block = found
    if not isinstance(block, MappingNode) or block.flow_style or not block.value:
        start, end = key.end_mark.index, max(block.end_mark.index, key.end_mark.index + 1)
        after = text[end:].lstrip("\n")
        own = "".join(f"  {k}: {v}\n" for k, v in rows.items())
        return text[:start] + ":\n" + own + ("\n" + after if after else "")
    return _with_values(text, block, rows)


def _with_values(text: str, block: MappingNode, rows: Mapping[str, str]) -> str:
    """Put values in their places, from the last to the first; what has no place goes on top."""
    placed = {k.value: (k, v) for k, v in block.value}
    for name, (key, value) in sorted(placed.items(), key=lambda p: -p[1][0].start_mark.index):
        if name in rows:
            start, end = value.start_mark.index, value.end_mark.index
            if start == end:
                start = end = text.index(":", key.end_mark.index) + 1
            text = text[:start].rstrip(" ") + " " + rows[name] + text[end:]
    start, indent = block.start_mark.index, " " * block.start_mark.column
    more = "".join(f"{k}: {v}\n{indent}" for k, v in rows.items() if k not in placed)
    return text[:start] + more + text[start:]


def _pair(root: Any, name: str) -> tuple[Any, Any] | None:
    pairs = root.value if isinstance(root, MappingNode) else []
    return next(((k, v) for k, v in pairs if k.value == name), None)
