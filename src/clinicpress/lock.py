"""The lock: what the tool wrote for each document, so that it can tell a person's edit from that.

A page that a person has adopted is only named here; a page that has moved says where to.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from clinicpress.model import Loss


@dataclass(frozen=True, slots=True)
class Entry:
    """What the lock says of one document.

    `slug` is its folder, `digest` that of all its pages together, `pages` the digest of each file
    by its path, in reading order. `moved` has the address that an old page, which is one of
    `pages`, leads to: a file name within the folder, with an anchor or without. `adopted` are the
    paths that a person has taken over; `losses` what may be missing of the document.
    """

    slug: str
    digest: str
    pages: Mapping[str, str] = field(default_factory=dict)
    moved: Mapping[str, str] = field(default_factory=dict)
    adopted: tuple[str, ...] = ()
    losses: tuple[Loss, ...] = ()


def parse(text: str) -> dict[str, Entry]:
    """Return the lock by document.

    Raises ValueError, KeyError, TypeError or AttributeError where it is broken or names a place
    outside its folder.
    """
    data: dict[str, Any] = json.loads(text)
    return {name: _entry(row) for name, row in data["leaflets"].items()}


def _entry(row: Mapping[str, Any]) -> Entry:
    losses = tuple(Loss(loss["words"], loss["where"]) for loss in row.get("losses", ()))
    moved, adopted = dict(row.get("moved", {})), tuple(row.get("adopted", ()))
    entry = Entry(row["slug"], row["digest"], dict(row["pages"]), moved, adopted, losses)
    for path in (entry.slug, *entry.pages, *moved, *moved.values(), *adopted):
        if {"..", "", "."} & set(path.split("/")) or "\\" in path or ":" in path:
            raise ValueError(path)
    return entry


def text(lock: Mapping[str, Entry]) -> bytes:
    """Return the lock as it is written to disk."""
    rows = {name: _row(entry) for name, entry in sorted(lock.items())}
    return (json.dumps({"leaflets": rows}, indent=1, ensure_ascii=False) + "\n").encode()


def _row(entry: Entry) -> dict[str, Any]:
    row: dict[str, Any] = {
        "slug": entry.slug,
        "digest": entry.digest,
        "pages": dict(entry.pages),
    }
    if entry.moved:
        row["moved"] = dict(sorted(entry.moved.items()))
    if entry.adopted:
        row["adopted"] = sorted(entry.adopted)
    if entry.losses:
        row["losses"] = [{"words": loss.words, "where": loss.where} for loss in entry.losses]
    return row


def digest(data: bytes) -> str:
    """Return the digest of a file's bytes."""
    return hashlib.sha256(data).hexdigest()
