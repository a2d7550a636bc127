"""The menu of a site, `nav` in mkdocs.yml, as it stands there: its entries and their places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

from clinicpress.errors import ClinicpressError

CONFIG = "mkdocs.yml"


@dataclass(frozen=True, slots=True)
class Entry:
    """A leaflet's entry in the menu: its place in its list, and what stands there."""

    siblings: list[Any]
    dash: int
    position: int
    title: str
    paths: list[str]

    @property
    def folder(self) -> str:
        """The folder of the leaflet in docs/."""
        return self.paths[0].rpartition("/")[0]


def read(config: Path) -> str:
    """Return a text file's text; ClinicpressError where it has none."""
    try:
        return config.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        remedy = "Check that it is a text file in UTF-8."
        raise ClinicpressError(config.name, "it can't be read", remedy) from error


def root_of(text: str, config: Path) -> tuple[MappingNode, SequenceNode | None]:
    """Return all settings and the list `nav`."""
    root = _settings(text, config)
    return root, _list_of(root, config)[1]


def menu_of(text: str, config: Path) -> tuple[ScalarNode | None, SequenceNode | None]:
    """Return the key `nav` and its list, as they stand in the text."""
    return _list_of(_settings(text, config), config)


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


def _list_of(root: MappingNode, config: Path) -> tuple[ScalarNode | None, SequenceNode | None]:
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


def entries(menu: SequenceNode | None) -> Iterator[Entry]:
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
            yield Entry(menu.value, menu.start_mark.column, position, title.value, paths)
        else:
            yield from entries(inner)


def _path(page: Any) -> str:
    """Return the path of an entry that is one page, with a title of its own or without."""
    node = page.value[0][1] if isinstance(page, MappingNode) and page.value else page
    return str(node.value) if isinstance(node, ScalarNode) else ""


def any_flow(node: Any) -> bool:
    """Say whether any list or map in a node is written in brackets."""
    if isinstance(node, ScalarNode):
        return False
    pairs = [child for pair in node.value for child in pair] if _is_map(node) else node.value
    return bool(node.flow_style) or any(map(any_flow, pairs))


def _is_map(node: Any) -> bool:
    return isinstance(node, MappingNode)


def last_line(node: Any) -> int:
    """Return the last line, counted from 0, of a node; comments below it are not part of it."""
    if isinstance(node, ScalarNode) or node.flow_style or not node.value:
        line: int = node.end_mark.line
        return line
    return last_line(node.value[-1][1] if _is_map(node) else node.value[-1])


def language(root: MappingNode) -> str:
    """Return the language of the site."""
    theme = next((value for key, value in root.value if key.value == "theme"), None)
    pairs = theme.value if isinstance(theme, MappingNode) else []
    return next((str(v.value)[:2] for k, v in pairs if k.value == "language"), "en")
