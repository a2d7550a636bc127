"""Where a site says which leaflets it has: `nav` in mkdocs.yml, and a list on its home page.

Both are text that people edit too, so only the lines of the leaflets that change are touched.
"""

from __future__ import annotations

import json
import re
from bisect import bisect
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

from clinicpress import alphabet, catalog
from clinicpress.catalog import A_TO_Z, FEW, Catalog
from clinicpress.clinic import settings
from clinicpress.clinic.records import shown
from clinicpress.errors import ClinicpressError

CONFIG = "mkdocs.yml"

# A title that every YAML reader takes for text without quotes.
PLAIN = re.compile(
    r"^(?!(?i:yes|no|true|false|on|off|null|y|n|none)$)[^\W\d_](?:[\w ,.()’/-]*[\w.()’])?$"
)
# By what a leaflet, its folder and its title given, is sorted.
Order = Callable[[str, str], tuple[str, str]]


@dataclass(frozen=True, slots=True)
class _Entry:
    """A leaflet's entry in the menu: its place in its list, and what stands there."""

    siblings: list[Any]
    dash: int
    position: int
    title: str
    paths: list[str]

    @property
    def folder(self) -> str:
        return self.paths[0].rpartition("/")[0]


@dataclass(frozen=True, slots=True)
class Front:
    """What a leaflet's first page says of it: its language and its first words."""

    lang: str
    summary: str = ""


def leaflets(config: Path) -> dict[str, list[str]]:
    """Return the pages of each leaflet in `nav`, by the leaflet's folder, landing page first."""
    return {entry.folder: entry.paths for entry in _entries(_menu(_read(config), config)[1])}


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
    entries = {
        folder: (title, [f"{folder}/{name}" for name in names])
        for folder, (title, names) in wanted.items()
    }
    text = _read(config)
    site = _language(_root(text, config)[0])
    langs = {folder: front.lang for folder, front in (fronts or {}).items()}

    def order(folder: str, title: str) -> tuple[str, str]:
        return alphabet.key(title, langs.get(folder, site), site), folder

    text = _with_entries(text, config, entries | dict.fromkeys(gone, ("", [])), order)
    return _with_a_to_z(text, config).encode()


def lists(docs: Path, config: str, fronts: Mapping[str, Front]) -> dict[str, str]:
    """Return, by name, the pages of docs/ that list leaflets: the home page, and A to Z.

    A to Z is made once there are more than FEW leaflets. It is then a page that people may edit
    like the home page: the tool only keeps the list in it current, and never takes it away.
    `fronts` has the language and first words of leaflets by folder; a title in another language
    than the site's is marked.
    Raises ClinicpressError at the line of a topic that names a leaflet that is not there.
    """
    found = _catalog(config, fronts)
    made: dict[str, str] = {}
    if (docs / "index.md").is_file():
        made["index.md"] = catalog.home(_read(docs / "index.md"), found)
    if (docs / A_TO_Z).is_file():
        made[A_TO_Z] = catalog.sorted_page(_read(docs / A_TO_Z), found)
    elif found.is_large:
        made[A_TO_Z] = catalog.sorted_page(catalog.new_page(found.language), found)
    return made


def home(page: str, config: str) -> str:
    """Return the home page with the leaflets of `nav` in its list, where it has one."""
    return catalog.home(page, _catalog(config, {}))


def _catalog(config: str, fronts: Mapping[str, Front]) -> Catalog:
    root, menu = _root(config, Path(CONFIG))
    titles: dict[str, str] = {}
    for entry in _entries(menu):
        titles.setdefault(entry.paths[0], entry.title)
    site = _language(root)
    foreign = {
        folder: front.lang
        for folder, front in fronts.items()
        if front.lang.split("-")[0].lower() != site
    }
    summaries = {folder: front.summary for folder, front in fronts.items()}
    found = Catalog(titles, site, settings.topics(config, CONFIG), foreign, summaries)
    for topic, name in found.unknown():
        folders = [path.rpartition("/")[0] for path in titles]
        near = get_close_matches(name, folders, 1, 0.5) or folders[:1] or ["knee-pain"]
        problem = f"the topic {shown(topic.name)} names a leaflet that is not there: {shown(name)}"
        remedy = f"Name its folder in docs/, such as {near[0]}, or take it out."
        raise ClinicpressError(f"{CONFIG}:{topic.line}", problem, remedy)
    return found


def _language(root: MappingNode) -> str:
    theme = next((value for key, value in root.value if key.value == "theme"), None)
    pairs = theme.value if isinstance(theme, MappingNode) else []
    return next((str(v.value)[:2] for k, v in pairs if k.value == "language"), "en")


def _with_a_to_z(text: str, config: Path) -> str:
    """Return the text with A to Z before the first leaflet, where there are many leaflets."""
    root, menu = _root(text, config)
    if A_TO_Z in text or menu is None or len(list(_entries(menu))) <= FEW or _any_flow(menu):
        return text
    at = next(n for n, item in enumerate(menu.value) if isinstance(item, MappingNode | ScalarNode))
    at += _is_page(menu.value[at])
    lines = text.splitlines(keepends=True)
    line = _last_line(menu.value[at - 1]) + 1 if at else menu.start_mark.line
    ends = "\r\n" if lines[menu.start_mark.line].endswith("\r\n") else "\n"
    menu_title = Catalog({}, _language(root)).words.menu
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
    key, menu = _menu(text, config)
    there = {entry.folder: entry for entry in reversed(list(_entries(menu)))}
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
    if _any_flow(menu):
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
    entry: _Entry | None, menu: SequenceNode, place: int, title: str, paths: list[str]
) -> tuple[int, int, list[str]]:
    """Return the lines of an entry, from and up to, and what is to stand there; a new one's."""
    if entry is None:
        return place, place, _lines(menu.start_mark.column, title, paths)
    node = entry.siblings[entry.position]
    wanted = _lines(entry.dash, entry.title, paths) if paths else []
    return node.start_mark.line, _last_line(node) + 1, wanted


def _places(menu: SequenceNode, order: Order) -> Callable[[str, str], int]:
    """Return what tells the line for a new leaflet: its own if they are sorted, else the last."""
    own = [entry for entry in _entries(menu) if entry.siblings is menu.value]
    keys = [order(entry.folder, entry.title) for entry in own]
    is_sorted = keys == sorted(keys)

    def place(folder: str, title: str) -> int:
        later = bisect(keys, order(folder, title))
        if not is_sorted or later == len(own):
            return _last_line(menu) + 1
        at = own[later].position
        line: int = menu.start_mark.line
        return _last_line(menu.value[at - 1]) + 1 if at else line

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
    return "".join([*lines[:start], *written, *lines[_last_line(menu) + 1 :]])


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


def _read(config: Path) -> str:
    try:
        return config.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        remedy = "Check that it is a text file in UTF-8."
        raise ClinicpressError(config.name, "it can't be read", remedy) from error


def _root(text: str, config: Path) -> tuple[MappingNode, SequenceNode | None]:
    """Return all settings and the list `nav`."""
    root = _settings(text, config)
    return root, _menu_of(root, config)[1]


def _menu(text: str, config: Path) -> tuple[ScalarNode | None, SequenceNode | None]:
    """Return the key `nav` and its list, as they stand in the text."""
    return _menu_of(_settings(text, config), config)


def _settings(text: str, config: Path) -> MappingNode:
    """Return all settings, as they stand in the text."""
    try:
        root: Any = YAML().compose(text.removeprefix("\ufeff"))
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{config.name}:{mark.line + 1}" if mark else config.name
        problem = getattr(error, "problem", None) or "it is not valid YAML"
        remedy = "Undo the last change to the file, or mend the line."
        raise ClinicpressError(place, problem, remedy) from None
    if not isinstance(root, MappingNode):
        remedy = "Compare it with a new project's."
        raise ClinicpressError(config.name, "it has no settings", remedy)
    return root


def _menu_of(root: MappingNode, config: Path) -> tuple[ScalarNode | None, SequenceNode | None]:
    found = [pair for pair in root.value if pair[0].value == "nav"]
    if not found:
        return None, None
    key, value = found[-1]
    place = f"{config.name}:{key.start_mark.line + 1}"
    if len(found) > 1:
        raise ClinicpressError(place, "`nav` stands here a second time", "Make one list of them.")
    if isinstance(value, SequenceNode):
        return key, value
    if value.value not in ("", "null", "~"):
        remedy = "Write it as in `nav:`, then a line `  - Home: index.md`."
        raise ClinicpressError(place, "`nav` is not a list", remedy)
    return key, None


def _entries(menu: SequenceNode | None) -> Iterator[_Entry]:
    """Yield the leaflets of a menu, those in groups too."""
    if menu is None:
        return
    for position, item in enumerate(menu.value):
        if not isinstance(item, MappingNode) or not isinstance(item.value[0][1], SequenceNode):
            continue
        title, inner = item.value[0]
        paths = [path for page in inner.value if (path := _path(page))]
        folder = paths[0].rpartition("/")[0] if paths else ""
        if folder and paths[0] == f"{folder}/index.md":
            yield _Entry(menu.value, menu.start_mark.column, position, title.value, paths)
        else:
            yield from _entries(inner)


def _path(page: Any) -> str:
    """Return the path of an entry that is one page, with a title of its own or without."""
    node = page.value[0][1] if isinstance(page, MappingNode) and page.value else page
    return str(node.value) if isinstance(node, ScalarNode) else ""


def _any_flow(node: Any) -> bool:
    if isinstance(node, ScalarNode):
        return False
    pairs = [child for pair in node.value for child in pair] if _is_map(node) else node.value
    return bool(node.flow_style) or any(map(_any_flow, pairs))


def _is_map(node: Any) -> bool:
    return isinstance(node, MappingNode)


def _last_line(node: Any) -> int:
    """Return the last line, counted from 0, of a node; comments below it are not part of it."""
    if isinstance(node, ScalarNode) or node.flow_style or not node.value:
        line: int = node.end_mark.line
        return line
    return _last_line(node.value[-1][1] if _is_map(node) else node.value[-1])
