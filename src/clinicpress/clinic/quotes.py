"""Values that need quotes: templates read them from YAML, where 01202555666 is another number."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

from clinicpress.clinic.records import shown
from clinicpress.errors import ClinicpressError

CORE = "tag:yaml.org,2002:"
AS_IT_STANDS = frozenset(CORE + kind for kind in ("str", "null", "seq", "map"))
FLAGS = frozenset({"example"})


def check(node: Any, path: str) -> None:
    """Raise ClinicpressError at the first value below a node that YAML takes for something else."""
    for name, each in _below("", node, set()):
        if each.tag in AS_IT_STANDS or (name in FLAGS and each.tag == f"{CORE}bool"):
            continue
        place = f"{path}:{each.start_mark.line + 1}"
        if not each.tag.startswith(CORE):
            raise ClinicpressError(place, f"`{each.tag}` can't stand here", "Write the value.")
        if what := _other(each):
            problem = f"without quotes, {shown(each.value)} is read as {what}"
            raise ClinicpressError(place, problem, _remedy(name, each.value))


def _below(name: str, node: Any, seen: set[int]) -> Iterator[tuple[str, Any]]:
    """Yield all nodes with their fields' names, each once: a file's aliases may go in circles."""
    if id(node) in seen:
        return
    seen.add(id(node))
    yield name, node
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _below("", key, seen)
            yield from _below(str(key.value), value, seen)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _below("", item, seen)


def _other(node: Any) -> str:
    """Return what a value is to YAML; nothing where a page shows it as it stands."""
    try:
        value = yaml.safe_load(node.value)
        said = str(value)
    except (yaml.YAMLError, ValueError):
        return "something other than text"
    if isinstance(value, bool):
        return "yes or no, and not as text"
    return "" if said == node.value else f"{said[:60]}, and pages would show that"


def _remedy(name: str, value: str) -> str:
    quoted = value.replace("'", "''")
    return f"Put it in quotes: {name}{': ' if name else ''}'{quoted[:60]}'"
