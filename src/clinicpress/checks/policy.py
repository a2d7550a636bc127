"""What a page's content security policy keeps from running or showing.

Only pages written by hand can have such things: nothing active comes out of a document.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

from clinicpress.model import Finding, Place

RULE = "policy"
NAME = "content-security-policy"
# Types of script that are data, which no policy stops.
DATA = frozenset({"application/json", "application/ld+json"})
# The directive for what an element loads by an attribute: CSP level 3, section 6.
LOADS = {
    ("script", "src"): "script-src",
    ("img", "src"): "img-src",
    ("iframe", "src"): "frame-src",
    ("frame", "src"): "frame-src",
    ("object", "data"): "object-src",
    ("embed", "src"): "object-src",
    ("video", "src"): "media-src",
    ("audio", "src"): "media-src",
    ("source", "src"): "media-src",
    ("form", "action"): "form-action",
}
# Those that do not fall back on default-src.
ALONE = frozenset({"form-action", "base-uri"})
REMEDIES = {
    "script-src": "Put it into a file below docs/assets/ and name that in `extra_javascript`.",
    "style-src": "Put it into a file below docs/assets/ and name that in `extra_css`.",
}
REMEDY = (
    "Link to it instead, or keep a copy in docs/assets/; guides/publish.md tells of the policy."
)

Policy = Mapping[str, Collection[str]]


@dataclass(frozen=True, slots=True)
class _Use:
    """Something of a page that needs leave, by a directive; `said` finds it in the source."""

    directive: str
    what: str
    said: str
    digest: str = ""
    address: str = ""


def check(site: Path, docs: Path, written: Collection[str]) -> list[Finding]:
    """Return a finding for each thing on a page by hand that the page's policy forbids.

    `written` has the paths, within `docs`, of the pages that the tool wrote.
    """
    return [
        finding
        for source in sorted(docs.rglob("*.md"))
        if source.relative_to(docs).as_posix() not in written
        for finding in _findings(source, site, docs)
    ]


def _findings(source: Path, site: Path, docs: Path) -> Iterator[Finding]:
    page = site / source.relative_to(docs).with_suffix(".html")
    if not page.is_file():
        return
    reader = _Page()
    reader.feed(page.read_text(encoding="utf-8"))
    text = source.read_text(encoding="utf-8", errors="replace")
    path = f"{docs.name}/{source.relative_to(docs).as_posix()}"
    for use in dict.fromkeys(reader.uses):
        if reader.policy and not _allowed(use, reader.policy):
            place = Place(path, _line(text, use.said))
            problem = f"browsers will block {use.what}: the security policy of the pages forbids it"
            yield Finding(RULE, place, problem, REMEDIES.get(use.directive, REMEDY))


def _allowed(use: _Use, policy: Policy) -> bool:
    given = policy.get(use.directive)
    if given is None and use.directive not in ALONE:
        given = policy.get("default-src")
    if given is None or "'unsafe-inline'" in given or f"'sha256-{use.digest}'" in given:
        return True
    parts = urlsplit(use.address)
    if not use.address:
        return False
    if parts.scheme in ("", "file") and not parts.netloc:
        return "'self'" in given
    return f"{parts.scheme}:" in given or f"{parts.scheme}://{parts.netloc}" in given


def _line(text: str, said: str) -> int | None:
    """Return the line of a source that has some words, counted from 1."""
    lines = text.splitlines()
    return next((number for number, line in enumerate(lines, 1) if said in line), None)


class _Page(HTMLParser):
    """The policy of a page, and what on it needs leave."""

    def __init__(self) -> None:
        super().__init__()
        self.policy: dict[str, frozenset[str]] = {}
        self.uses: list[_Use] = []
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the policy, and each use of a tag and its attributes."""
        given = {key: value or "" for key, value in attrs}
        if tag == "meta" and given.get("http-equiv", "").lower() == NAME:
            rows = (row.split() for row in given.get("content", "").split(";") if row.strip())
            self.policy = {name.lower(): frozenset(values) for name, *values in rows}
        is_code = tag == "script" and given.get("type", "") not in DATA and "src" not in given
        self._inside = tag if is_code or tag == "style" else ""
        self.uses += _uses(tag, given)

    def handle_data(self, data: str) -> None:
        """Keep a script or style that stands within the page."""
        if self._inside:
            directive = "script-src" if self._inside == "script" else "style-src"
            what = f"the {self._inside} within the page (“{' '.join(data.split())[:40]} …”)"
            said = next((line.strip() for line in data.splitlines() if line.strip()), "")
            self.uses.append(_Use(directive, what, said, _digest(data)))
            self._inside = ""

    def handle_endtag(self, tag: str) -> None:
        """Leave a script or style."""
        self._inside = ""


def _uses(tag: str, given: Mapping[str, str]) -> Iterator[_Use]:
    for key, value in given.items():
        if key.startswith("on"):
            yield _Use("script-src", f"`{key}` of <{tag}>", f"{key}=")
        elif key == "style":
            yield _Use("style-src", f"the style “{value}” of <{tag}>", value, _digest(value))
        elif directive := LOADS.get((tag, key)):
            yield _Use(directive, f"<{tag}> with {value}", value, address=value)
    if tag == "link" and "stylesheet" in given.get("rel", "").split():
        address = given.get("href", "")
        yield _Use("style-src", f"the style sheet {address}", address, address=address)


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
