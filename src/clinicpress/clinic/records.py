"""Settings that people write in YAML, read field by field; a mistake is told with the right form.

Everything is taken as the text that stands there, so that a number keeps its leading zero. Nothing
is built from tags or aliases, so a file can't grow while it is read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import yaml

from clinicpress.errors import ClinicpressError

MAX_TEXT = 400
MAX_ITEMS = 500
TRUE, FALSE = frozenset({"true", "yes"}), frozenset({"false", "no", ""})
NULL = "tag:yaml.org,2002:null"
DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"


def compose(text: str, path: str) -> Any:
    """Return the nodes of a YAML text, or None where it is empty."""
    try:
        return yaml.compose(text.removeprefix("\ufeff"), Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{path}:{mark.line + 1}" if mark else path
        problem = getattr(error, "problem", None) or "it is not valid YAML"
        remedy = "Undo the last change to the file, or mend the line."
        raise ClinicpressError(place, str(problem), remedy) from None
    except RecursionError:
        problem = "its parts are nested too deeply"
        raise ClinicpressError(path, problem, "Compare it with a new project's.") from None


def below(node: Any, *keys: str) -> Any:
    """Return the node that stands below keys, or None where one is missing."""
    for key in keys:
        pairs = node.value if isinstance(node, yaml.MappingNode) else []
        node = next((value for name, value in reversed(pairs) if name.value == key), None)
    return node


@dataclass(frozen=True, slots=True)
class Record:
    """The fields of one thing, such as a practitioner; `forms` has the right form of each."""

    path: str
    line: int
    forms: Mapping[str, str]
    nodes: Mapping[str, Any]

    def wrong(self, key: str, problem: str, remedy: str = "") -> ClinicpressError:
        """Return the error to raise about a field, at its line."""
        node = self.nodes.get(key)
        line = node.start_mark.line + 1 if node is not None else self.line
        remedy = remedy or f"The right form: {key}: {self.forms[key]}"
        return ClinicpressError(f"{self.path}:{line}", problem, remedy)

    def line_of(self, key: str) -> int:
        """Return the line of a field, counted from 1; of the whole thing where it is missing."""
        node = self.nodes.get(key)
        return self.line if node is None else node.start_mark.line + 1

    def text(self, key: str, pattern: str = "", required: bool = False) -> str:
        """Return a field's text, spaces made single; the whole of it has to be of the pattern."""
        node = self.nodes.get(key)
        if node is not None and not isinstance(node, yaml.ScalarNode):
            raise self.wrong(key, f"`{key}` has to be one line of text")
        text = "" if node is None or node.tag == NULL else self._clean(key, node.value)
        if required and not text:
            raise self.wrong(key, f"`{key}` is missing")
        if text and pattern and not re.fullmatch(pattern, text):
            raise self.wrong(key, f"`{key}` is not of the right form: {shown(text)}")
        return text

    def texts(self, key: str, pattern: str = "") -> tuple[str, ...]:
        """Return the texts of a field that is a list, or one text."""
        return tuple(item.text(key, pattern, required=True) for item in self._items(key))

    def flag(self, key: str) -> bool:
        """Return a field that is true or false; false where it is missing."""
        text = self.text(key).lower()
        if text not in TRUE | FALSE:
            raise self.wrong(key, f"`{key}` is true or false, and not {shown(text)}")
        return text in TRUE

    def day(self, key: str) -> date | None:
        """Return a field that is a date, or None where it is missing."""
        text = self.text(key, DAY)
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            raise self.wrong(key, f"`{key}` is not a date: {shown(text)}") from None

    def records(self, key: str, forms: Mapping[str, str]) -> list[Record]:
        """Return the things of a field that is a list of things."""
        return [record(item.nodes[key], self.path, forms, key) for item in self._items(key)]

    def record(self, key: str, forms: Mapping[str, str]) -> Record | None:
        """Return the thing that a field is, or None where it is missing."""
        node = self.nodes.get(key)
        return None if node is None else record(node, self.path, forms, key)

    def named(self, key: str, forms: Mapping[str, str], pattern: str) -> list[tuple[str, Record]]:
        """Return the things of a field by the names that they stand under."""
        node = self.nodes.get(key)
        if node is None:
            return []
        if not isinstance(node, yaml.MappingNode):
            raise self.wrong(key, f"`{key}` has no fields")
        for name, _ in node.value:
            if not re.fullmatch(pattern, str(name.value), re.IGNORECASE):
                problem = f"`{key}` has a name of the wrong form: {shown(str(name.value))}"
                raise self.wrong(key, problem)
        return [
            (str(name.value), record(each, self.path, forms, str(name.value)))
            for name, each in node.value
        ]

    def choose(self, key: str, named: Callable[[str], Any], forms: Mapping[str, str]) -> list[Any]:
        """Return a list whose items are names, which `named` looks up, or things of their own."""
        return [
            named(item.text(key, required=True))
            if isinstance(item.nodes[key], yaml.ScalarNode)
            else record(item.nodes[key], self.path, forms, key)
            for item in self._items(key)
        ]

    def _items(self, key: str) -> list[Record]:
        """Return the items of a list, each as a record whose only field is the item."""
        node = self.nodes.get(key)
        if node is None or (isinstance(node, yaml.ScalarNode) and not node.value):
            return []
        items = node.value if isinstance(node, yaml.SequenceNode) else [node]
        if len(items) > MAX_ITEMS:
            raise self.wrong(key, f"`{key}` has {len(items)} entries; {MAX_ITEMS} are the most")
        return [
            Record(self.path, item.start_mark.line + 1, self.forms, {key: item}) for item in items
        ]

    def _clean(self, key: str, text: str) -> str:
        text = " ".join(text.split())
        if len(text) > MAX_TEXT:
            raise self.wrong(key, f"`{key}` has {len(text)} letters; {MAX_TEXT} are the most")
        if hidden := next((sign for sign in text if unicodedata.category(sign)[0] == "C"), ""):
            problem = f"`{key}` has a sign in it that can't be seen (U+{ord(hidden):04X})"
            raise self.wrong(key, problem, "Type the line again.")
        return text


def record(node: Any, path: str, forms: Mapping[str, str], name: str) -> Record:
    """Return a node's fields; `forms` names those it may have and shows the right form of each."""
    line = node.start_mark.line + 1
    if not isinstance(node, yaml.MappingNode):
        first = next(iter(forms))
        remedy = f"The right form, a line for each: {first}: {forms[first]}"
        raise ClinicpressError(f"{path}:{line}", f"`{name}` has no fields", remedy)
    found: dict[str, Any] = {}
    for key, value in node.value:
        place = f"{path}:{key.start_mark.line + 1}"
        field = str(key.value)
        if field not in forms:
            remedy = f"These can stand there: {', '.join(forms)}."
            problem = f"`{name}` has no such field: {shown(field)}"
            raise ClinicpressError(place, problem, remedy)
        if field in found:
            raise ClinicpressError(place, f"`{field}` stands here twice", "Keep one of them.")
        found[field] = value
    return Record(path, line, forms, found)


def shown(text: str) -> str:
    """Return a text as a message can show it: short, and with nothing hidden in it."""
    clean = "".join(sign if unicodedata.category(sign)[0] != "C" else "?" for sign in text)
    return f"“{clean[:60]}…”" if len(clean) > 60 else f"“{clean}”"
