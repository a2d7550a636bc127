"""What Google Docs writes into the web pages it saves: comments, lists in lists side by side.

A list within an item stands behind its list there, and says by its class alone how deep it is
(`lst-kix_x-1`); how its numbers look is in the sheet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from clinicpress.office import markup
from clinicpress.web.tags import Edit

MARKS = ("lst-kix_", "#cmnt")
COMMENT = "a comment of an author or reviewer: {}"
OF_SEVERAL = "numbers of several parts (1.2) in lists: each item has that of its own list now"
# The mark of a comment in the text, and the comment behind it all.
CALL = re.compile(
    r"<sup\b[^<>]*><a\b[^<>]*href=\"#cmnt(\d+)\"[^<>]*id=\"cmnt_ref\1\"[^<>]*>[^<>]*</a></sup>"
)
SAID = re.compile(
    r"<div\b[^<>]*>(?:\s|<p\b[^<>]*>)*<a\b[^<>]*href=\"#cmnt_ref(\d+)\"[^<>]*id=\"cmnt\1\"[^<>]*>"
    r"(?:(?!</?div\b).)*</div>",
    re.S,
)
TAG = re.compile(r"<(/?)(ol|ul)\b([^<>]*)>", re.I)
CLASS = re.compile(r"\b(lst-kix_\w+-(\d))\b")
ITEM_ENDS = re.compile(r"</li\s*>\s*\Z", re.I)
LAST_WORDS = 40
LOOK = re.compile(r"\.(lst-kix_\w+-\d)\s*>\s*li:before\s*\{\s*content:([^{}]*)\}")
NUMBER = re.compile(r"\s*\"([^\"]*)\"\s*counter\([\w-]+,\s*([\w-]+)\)\s*\"([^\"]*)\"\s*")


@dataclass(frozen=True, slots=True)
class Read:
    """A page as other programs would save it, and lines for the report."""

    html: str
    told: tuple[str, ...] = ()


def read(html: str) -> Read:
    """Return a page without its comments, and with lists in the items that they belong to."""
    if not any(mark in html for mark in MARKS):
        return Read(html)
    html, count = _without_comments(html)
    looks = dict(LOOK.findall(html))
    lists = list(_lists(html))
    told = [COMMENT.format(count)] if count else []
    several = any(looks.get(each.name, "").count("counter(") > 1 for each in lists)
    told += [OF_SEVERAL] if several else []
    nesting = list(_nesting(lists, html))
    # A list that goes on has no tag of its own any more.
    gone = {ends for _, ends, _ in nesting}
    edits = [*_looks([each for each in lists if each.opens not in gone], looks), *nesting]
    return Read(markup.edited(html, edits), tuple(told))


def _without_comments(html: str) -> tuple[str, int]:
    """Return a page without the comments that a mark in it calls, and how many there were."""
    called = {found[1] for found in CALL.finditer(html)}
    gone = called & {found[1] for found in SAID.finditer(html)}
    for kind in (CALL, SAID):
        html = kind.sub(lambda found: "" if found[1] in gone else found[0], html)
    return html, len(gone)


@dataclass(frozen=True, slots=True)
class _List:
    """A list without another in it: where its tags stand, what it is called and how deep it is."""

    begins: int
    opens: int
    closes: int
    ends: int
    tag: str
    name: str
    level: int


def _lists(html: str) -> Iterator[_List]:
    opened: re.Match[str] | None = None
    for tag in TAG.finditer(html):
        named = CLASS.search(opened[3]) if opened else None
        if opened and named and tag[1] and tag[2] == opened[2]:
            yield _List(*opened.span(), *tag.span(), tag[2], named[1], int(named[2]))
        opened = None if tag[1] else tag


def _looks(lists: list[_List], looks: Mapping[str, str]) -> Iterator[Edit]:
    """Yield what says of each list how its numbers look, as other programs say it."""
    for each in lists:
        found = NUMBER.fullmatch(looks.get(each.name, ""))
        if found and '"' not in found[1] + found[3]:
            at = each.begins + 1 + len(each.tag)
            around = f'data-before="{found[1].strip()}" data-behind="{found[3].strip()}"'
            yield at, at, f' style="list-style-type:{found[2]}" {around}'


def _nesting(lists: list[_List], html: str) -> Iterator[Edit]:
    """Yield what puts a list that is deeper than the one right before it into its last item."""
    # Lists whose last item is still open.
    around: list[_List] = []
    for each, behind in zip(lists, [*lists, None][1:], strict=True):
        follows = behind is not None and not html[each.ends : behind.begins].strip()
        item = ITEM_ENDS.search(html, max(each.opens, each.closes - LAST_WORDS), each.closes)
        if follows and behind and behind.level > each.level and item:
            yield item.start(), each.ends, ""
            around.append(each)
            continue
        ends = ""
        while around and not (follows and behind and around[-1].level < behind.level):
            last = around.pop()
            if follows and behind and last.name == behind.name and last.tag == behind.tag:
                # It goes on where it was left.
                yield each.ends, behind.opens, f"{ends}</li>"
                ends = ""
                break
            ends += f"</li></{last.tag}>"
        if ends:
            yield each.ends, each.ends, ends
