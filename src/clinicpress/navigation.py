"""Where a site says which leaflets it has: `nav` in mkdocs.yml, and a list on its home page.

Both are text that people edit too, so only the lines of the leaflets that change are touched.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from clinicpress.errors import ClinicpressError

# A title that YAML reads as text without quotes.
PLAIN = re.compile(r"^[^\W\d_][\w ,.()’/-]*$")

LIST = re.compile(
    r"^(/// html \| nav\.leaflets\b[^\n]*\n(?:    [^\n]*\n)*\n)(?:[^/\n][^\n]*\n|\n)*(///$)", re.M
)


def leaflets(config: Path) -> dict[str, list[str]]:
    """Return the pages of each leaflet in `nav`, by the leaflet's folder, landing page first."""
    nav = _load(_read(config), config).get("nav") or []
    return {_folder(item): _paths(item) for item in nav if _is_leaflet(item)}


def updated(
    config: Path, wanted: Mapping[str, tuple[str, Sequence[str]]], gone: Sequence[str] = ()
) -> bytes:
    """Return mkdocs.yml with the wanted leaflets (folder: title, page names) and not the gone ones.

    An entry that is there keeps its place and the title it was given; a new one goes to the end.
    Only the lines of the entries that change are touched, so every comment stays where it is.
    """
    text = _read(config)
    for folder, (title, names) in wanted.items():
        text = _with_entry(text, config, folder, title, [f"{folder}/{name}" for name in names])
    for folder in gone:
        text = _with_entry(text, config, folder, "", [])
    return text.encode()


def home(page: str, config: str) -> str:
    """Return the home page with the leaflets of `nav` in its list, where it has one.

    The list stands in a block that opens with `/// html | nav.leaflets` and ends with `///`.
    """
    entries = [
        item for item in _load(config, Path("mkdocs.yml")).get("nav") or [] if _is_leaflet(item)
    ]
    titles = (re.sub(r"([\\`*_{}\[\]<>])", r"\\\1", next(iter(item))) for item in entries)
    rows = [
        f"- [{title}]({_paths(item)[0]})\n" for title, item in zip(titles, entries, strict=True)
    ]
    return LIST.sub(lambda block: block.group(1) + "".join(rows) + block.group(2), page, count=1)


def _is_leaflet(item: Any) -> bool:
    return isinstance(item, dict) and _paths(item)[:1] == [f"{_folder(item)}/index.md"]


def _with_entry(text: str, config: Path, folder: str, title: str, paths: list[str]) -> str:
    """Return the text with one leaflet's entry as wanted; no paths: without it."""
    data = _load(text, config)
    nav = data.get("nav")
    if not nav:
        return text if not paths else _with_first_entry(text, "nav" in data, title, paths)
    at = next((n for n, item in enumerate(nav) if _folder(item) == folder), None)
    if (at is None and not paths) or (at is not None and _paths(nav[at]) == paths):
        return text
    lines = text.splitlines(keepends=True)
    dash = nav.lc.item(0)[1] - 2
    if at is None:
        start = end = _last_line(nav, len(nav) - 1) + 1
        lines[start - 1] = lines[start - 1].rstrip("\n") + "\n"
    else:
        start, end = nav.lc.item(at)[0], _last_line(nav, at) + 1
        title = next(iter(nav[at])) if isinstance(nav[at], dict) else title
    lines[start:end] = _entry(dash, title, paths) if paths else []
    return "".join(lines)


def _with_first_entry(text: str, has_key: bool, title: str, paths: list[str]) -> str:
    if has_key:
        text = re.sub(r"(?m)^nav:.*$", "nav:", text, count=1)
        head, tail = (
            text.split("nav:\n", 1) if "nav:\n" in text else (text.removesuffix("nav:"), "")
        )
    else:
        head, tail = text.rstrip("\n") + "\n\n", ""
    return head + "nav:\n" + "".join(_entry(2, title, paths)) + tail


def _entry(dash: int, title: str, paths: list[str]) -> list[str]:
    name = title if PLAIN.match(title) else json.dumps(title, ensure_ascii=False)
    return [f"{' ' * dash}- {name}:\n", *(f"{' ' * (dash + 4)}- {path}\n" for path in paths)]


def _last_line(sequence: Any, position: int) -> int:
    """Return the last line, counted from 0, of an item of a sequence in the file."""
    line: int = sequence.lc.item(position)[0]
    item = sequence[position]
    for inner in item.values() if isinstance(item, dict) else ():
        if isinstance(inner, list) and inner:
            line = max(line, _last_line(inner, len(inner) - 1))
    return line


def _read(config: Path) -> str:
    try:
        return config.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ClinicpressError(
            config.name, "it can't be read", "Check that it is a UTF-8 text file."
        ) from error


def _load(text: str, config: Path) -> dict[str, Any]:
    try:
        data = YAML().load(text)
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{config.name}:{mark.line + 1}" if mark else config.name
        problem = getattr(error, "problem", None) or "it is not valid YAML"
        raise ClinicpressError(
            place, problem, "Undo the last change to the file, or mend the line."
        ) from None
    if not isinstance(data, dict) or not isinstance(data.get("nav") or [], list):
        raise ClinicpressError(
            config.name,
            "it has no settings, or `nav` is not a list",
            "Compare it with a new project's.",
        )
    return data


def _paths(item: Any) -> list[str]:
    if isinstance(item, str):
        return [str(item)]
    inner = item.values() if isinstance(item, dict) else item if isinstance(item, list) else []
    return [path for child in inner for path in _paths(child)]


def _folder(item: Any) -> str:
    paths = _paths(item)
    return paths[0].rpartition("/")[0] if paths else ""
