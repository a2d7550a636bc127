"""A review file's text as fields: keys and values, each with its line, and what is wrong there."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

from clinicpress import cleaning
from clinicpress.model import Finding
from clinicpress.review.decisions import Review

MAX_DEPTH = 4
KEYS = ("page-level", "sentences", "headings", "sign-off", "earlier")
EXAMPLE = 'Write it as in `- text: "Do not drive for 24 hours."` and below it `kind: safety`.'
MEND = 'Mend the line; put texts in quotation marks: text: "Note: do not drive."'
# What the reader of YAML says, what that means here, and what to do.
UNREADABLE = (
    ("mapping values are not allowed", "it can't be read: there is a second colon", MEND),
    (r"'\t'", "it can't be read: there is a tab", "Mend the line: indent with spaces, not tabs."),
    (
        "unexpected end",
        "it can't be read: a quotation mark is opened and never closed",
        "Close it where the text ends.",
    ),
    (
        "but found '",
        "it can't be read: this line doesn't fit those before it",
        "Indent it as those like it, and put texts in quotation marks.",
    ),
)


class Fields:
    """Reads the fields of one file, and collects what is wrong with them."""

    def __init__(self, empty: Review) -> None:
        self._empty = empty
        self.findings: list[Finding] = []

    def say(self, line: int, problem: str, remedy: str) -> None:
        """Note a finding."""
        self.findings.append(self._empty.found(line, problem, remedy))

    def root(self, text: str) -> Any:
        """Return the file's root node; None where there is none to be had safely."""
        try:
            if not self._is_plain(text):
                return None
            root: Any = YAML().compose(text)
        except YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            said = getattr(error, "problem", None) or "it is not valid YAML"
            known = ((why, what) for sign, why, what in UNREADABLE if sign in said)
            problem, remedy = next(known, (f"it can't be read ({said})", MEND))
            self.say(mark.line + 1 if mark else 1, problem, remedy)
            return None
        if root is None or isinstance(root, MappingNode):
            return root
        if is_nothing(root):
            return None
        self.say(1, "there are no settings in it", f"It has, if any: {', '.join(KEYS)}.")
        return None

    def _is_plain(self, text: str) -> bool:
        """Say whether the file is free of aliases and deep nesting, before anything is built."""
        depth = 0
        for event in YAML(typ="safe", pure=True).parse(text):
            depth += isinstance(event, CollectionStartEvent)
            depth -= isinstance(event, CollectionEndEvent)
            line = event.start_mark.line + 1
            if getattr(event, "tag", None) is not None:
                problem = "`!` at the beginning of a value has a meaning of its own in such a file"
                self.say(line, problem, "Put the text in quotation marks.")
                return False
            if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
                self.say(
                    line, "`&` and `*` have no meaning here", "Put the text in quotation marks."
                )
                return False
            if depth > MAX_DEPTH:
                self.say(line, "it is nested too deeply", EXAMPLE)
                return False
        return True

    def pairs(self, node: Any, keys: tuple[str, ...]) -> dict[str, Any]:
        """Return a mapping's values by key; a strange or second key is a finding."""
        out: dict[str, Any] = {}
        for key, value in node.value:
            name = str(key.value) if isinstance(key, ScalarNode) else "?"
            if name not in keys:
                near = difflib.get_close_matches(name, keys, n=1)
                known = ", ".join(keys)
                remedy = f"Did you mean `{near[0]}`?" if near else f"These are known: {known}."
                self.say(line_of(key), f"`{name[:40]}` is not known here", remedy)
            elif name in out:
                self.say(
                    line_of(key), f"`{name}` stands here a second time", "Make one of the two."
                )
            else:
                out[name] = value
        return out

    def items(self, given: Mapping[str, Any], key: str, example: str) -> Iterator[MappingNode]:
        """Yield the items of a list; what is no list, or no such item, is a finding."""
        node = given.get(key)
        if node is None or is_nothing(node):
            return
        if not isinstance(node, SequenceNode):
            self.say(line_of(node), f"`{key}` is not a list", example)
            return
        for item in node.value:
            if isinstance(item, MappingNode):
                yield item
            else:
                self.say(line_of(item), f"this entry of `{key}` has none of its fields", example)

    def one_of(
        self, node: Any, given: Mapping[str, Any], key: str, known: list[str], example: str
    ) -> str | None:
        """Return a value that is one of those known; None where it is not."""
        if key not in given:
            # With a strange key beside it, that one is what was meant, and is told already.
            if len(given) == len(node.value):
                self.say(line_of(node), f"`{key}` is missing", example)
            return None
        text = self.text(given, key)
        if text.lower() in known:
            return text.lower()
        near = difflib.get_close_matches(text.lower(), known, n=1)
        meant = f"Did you mean `{near[0]}`? " if near else ""
        remedy = f"{meant}It is one of: {', '.join(known)}."
        self.say(line_of(given[key]), f"“{text[:40]}” is no `{key}` that is known", remedy)
        return None

    def number(self, node: Any, least: int, most: int) -> int | None:
        """Return a whole number within bounds; None where it is none."""
        text = node.value if isinstance(node, ScalarNode) else ""
        if re.fullmatch(r"[0-9]{1,3}", text) and least <= int(text) <= most:
            return int(text)
        remedy = f"Write a whole number from {least} to {most}."
        self.say(line_of(node), f"“{text[:40]}” is not such a number", remedy)
        return None

    def text(self, given: Mapping[str, Any], key: str) -> str:
        """Return a text in one line; empty where there is none."""
        node = given.get(key)
        if node is None:
            return ""
        if isinstance(node, ScalarNode):
            return " ".join(cleaning.CONTROLS.sub("", str(node.value)).split())
        self.say(line_of(node), f"`{key}` is not a text", "Put the text in quotation marks.")
        return ""


def is_nothing(node: Any) -> bool:
    """Say whether a value is left out."""
    return isinstance(node, ScalarNode) and node.value in ("", "~", "null")


def line_of(node: Any) -> int:
    """Return the line that a node begins in, from 1."""
    at: int = node.start_mark.line
    return at + 1
