"""The leaflets in `nav` of mkdocs.yml: only the lines of those that change are touched."""

from __future__ import annotations

import json
import re
from bisect import bisect
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

from clinicpress import alphabet
from clinicpress.catalog import A_TO_Z, FEW, Catalog
from clinicpress.lists import Front
from clinicpress.menu import (
    Entry,
    any_flow,
    entries,
    language,
    last_line,
    menu_of,
    read,
    root_of,
)

# A title that every YAML reader takes for text without quotes.
PLAIN = re.compile(
    r"^(?!(?i:yes|no|true|false|on|off|null|y|n|none)$)[^\W\d_](?:[\w ,.()’/-]*[\w.()’])?$"
)


# By what a leaflet, its folder and its title given, is sorted.
Order = Callable[[str, str], tuple[str, str]]


def leaflets(config: Path) -> dict[str, list[str]]:
    """Return the pages of each leaflet in `nav`, by the leaflet's folder, landing page first."""
    return {entry.folder: entry.paths for entry in entries(menu_of(read(config), config)[1])}


def updated(
    config: Path,
    wanted: Mapping[str, tuple[str, Sequence[str]]],
    gone: Sequence[str] = (),
    fronts: Mapping[str, Front] | None = None,
) -> bytes:
    """Return mkdocs.yml with the wanted leaflets (folder: title, page names) and not the gone ones.

    An entry that is there keeps its place and the title it was given. A new one goes to its place
    from A to Z, or to the end where somebody has put the others in another order. Only the lines
    of the entries that change are touched, so every comment stays where it is.
    """
    listed = {
        folder: (title, [f"{folder}/{name}" for name in names])
        for folder, (title, names) in wanted.items()
    }
    text = read(config)
    site = language(root_of(text, config)[0])
    langs = {folder: front.lang for folder, front in (fronts or {}).items()}

    def order(folder: str, title: str) -> tuple[str, str]:
        return alphabet.key(title, langs.get(folder, site), site), folder

    text = _with_entries(text, config, listed | dict.fromkeys(gone, ("", [])), order)
    return _with_a_to_z(text, config).encode()


def _with_a_to_z(text: str, config: Path) -> str:
    """Return the text with A to Z before the first leaflet, where there are many leaflets."""
    root, menu = root_of(text, config)
    if A_TO_Z in text or menu is None or len(list(entries(menu))) <= FEW or any_flow(menu):
        return text
    at = next(n for n, item in enumerate(menu.value) if isinstance(item, MappingNode | ScalarNode))
    at += _is_page(menu.value[at])
    lines = text.splitlines(keepends=True)
    line = last_line(menu.value[at - 1]) + 1 if at else menu.start_mark.line
    ends = "\r\n" if lines[menu.start_mark.line].endswith("\r\n") else "\n"
    menu_title = Catalog({}, language(root)).words.menu
    lines.insert(line, f"{' ' * menu.start_mark.column}- {menu_title}: {A_TO_Z}{ends}")
    return "".join(lines)


def _is_page(item: Any) -> bool:
    return isinstance(item, ScalarNode) or isinstance(item.value[0][1], ScalarNode)


def _with_entries(
    text: str,
    config: Path,
    wanted: Mapping[str, tuple[str, list[str]]],
    order: Order,
) -> str:
    """Return the text with the leaflets' entries as wanted, read once; no paths: without it."""
    key, menu = menu_of(text, config)
    there = {entry.folder: entry for entry in reversed(list(entries(menu)))}
    changed = {
        folder: (title, paths)
        for folder, (title, paths) in wanted.items()
        if (there[folder].paths if folder in there else []) != paths
    }
    if not changed:
        return text
    changed = dict(sorted(changed.items(), key=lambda change: order(change[0], change[1][0])))
    if menu is None or not menu.value:
        added = [line for title, paths in changed.values() for line in _lines(2, title, paths)]
        return _with_first_entry(text, key, menu, added)
    if any_flow(menu):
        return _with_entries(_in_block_style(text, key, menu), config, changed, order)
    lines = text.splitlines(keepends=True)
    # The menu's last node may hold the file's last line, without a line break.
    lines[-1] = lines[-1] if lines[-1].endswith("\n") else lines[-1] + "\n"
    ends = "\r\n" if lines[menu.start_mark.line].endswith("\r\n") else "\n"
    place = _places(menu, order)
    edits = [
        _edit(there.get(folder), menu, place(folder, entry[0]), *entry)
        for folder, entry in changed.items()
    ]
    # From the last line up, so that the places of the others hold; new ones keep their order.
    edits.sort(key=lambda edit: edit[:2])
    for start, end, entry_lines in reversed(edits):
        lines[start:end] = [line.replace("\n", ends) for line in entry_lines]
    return "".join(lines)


def _edit(
    entry: Entry | None, menu: SequenceNode, place: int, title: str, paths: list[str]
) -> tuple[int, int, list[str]]:
    """Return the lines of an entry, from and up to, and what is to stand there; a new one's."""
    if entry is None:
        return place, place, _lines(menu.start_mark.column, title, paths)
    node = entry.siblings[entry.position]
    wanted = _lines(entry.dash, entry.title, paths) if paths else []
    return node.start_mark.line, last_line(node) + 1, wanted


def _places(menu: SequenceNode, order: Order) -> Callable[[str, str], int]:
    """Return what tells the line for a new leaflet: its own if they are sorted, else the last."""
    own = [entry for entry in entries(menu) if entry.siblings is menu.value]
    keys = [order(entry.folder, entry.title) for entry in own]
    is_sorted = keys == sorted(keys)

    def place(folder: str, title: str) -> int:
        later = bisect(keys, order(folder, title))
        if not is_sorted or later == len(own):
            return last_line(menu) + 1
        at = own[later].position
        line: int = menu.start_mark.line
        return last_line(menu.value[at - 1]) + 1 if at else line

    return place


def _with_first_entry(
    text: str, key: ScalarNode | None, menu: SequenceNode | None, entry: list[str]
) -> str:
    """Return the text with an entry in a menu that is empty or missing."""
    lines = text.splitlines(keepends=True)
    if key is None:
        return "".join(lines).rstrip("\n") + "\n\nnav:\n" + "".join(entry)
    at = key.start_mark.line
    lines[at] = re.sub(r"^(nav:)\s?(?:\[\s*\]|null|~)?", r"\1", lines[at].rstrip("\n")) + "\n"
    lines[at] = re.sub(r"^nav:(?=#)", "nav: ", lines[at])
    return "".join([*lines[: at + 1], *entry, *lines[at + 1 :]])


def _in_block_style(text: str, key: ScalarNode | None, menu: SequenceNode) -> str:
    """Return the text with a menu in brackets written out line by line, as entries need it."""
    lines = text.splitlines(keepends=True)
    start = key.start_mark.line if key else 0
    written = ["nav:\n", *_written(menu, 2)]
    return "".join([*lines[:start], *written, *lines[last_line(menu) + 1 :]])


def _written(node: SequenceNode, dash: int) -> Iterator[str]:
    for item in node.value:
        title, inner = item.value[0] if isinstance(item, MappingNode) else (None, item)
        name = f"{_scalar(title.value)}:" if title is not None else ""
        if isinstance(inner, SequenceNode):
            yield f"{' ' * dash}- {name}\n"
            yield from _written(inner, dash + 4)
        else:
            yield f"{' ' * dash}- {name} {inner.value}".replace("-  ", "- ") + "\n"


def _lines(dash: int, title: str, paths: list[str]) -> list[str]:
    pages = (f"{' ' * (dash + 4)}- {path}\n" for path in paths)
    return [f"{' ' * dash}- {_scalar(title)}:\n", *pages]


def _scalar(title: str) -> str:
    return title if PLAIN.match(title) else json.dumps(title, ensure_ascii=False)
