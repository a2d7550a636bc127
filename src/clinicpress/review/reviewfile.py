"""A review file's text as decisions and a sign-off.

It is written by hand, so it is read with suspicion: whatever is wrong in it is a finding with its
line, and it is left out.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

from clinicpress import cleaning
from clinicpress.model import Kind, Sentence
from clinicpress.review import decisions, signoff
from clinicpress.review.decisions import (
    HeadingDecision,
    KindDecision,
    Review,
    SignOff,
    Wording,
)

MAX_DEPTH = 4
SIGN_OFF = "sign-off"
KEYS = ("page-level", "sentences", "headings", "sign-off")
SENTENCE_KEYS = ("text", "kind", "section", "occurrence", "by")
HEADING_KEYS = ("text", "as", "level", "occurrence", "by")
EXAMPLE = 'Write it as in `- text: "Do not drive for 24 hours."` and below it `kind: safety`.'
HEADING_EXAMPLE = 'Write it as in `- text: "Important points"` and below it `as: text`.'
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
SIGN_AGAIN = "Sign it off again: clinicpress review DOCUMENT --approve --name … --role … --until …"


def parse(data: bytes, place: str) -> Review:
    """Return a review file's content; what is wrong is left out and is among the findings."""
    reader = _Reader(Review(place))
    try:
        text = data.decode("utf-8-sig")
        root = reader.root(text)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        reader.say(line, "a letter here is not in UTF-8", "Save the file as text in UTF-8.")
        root = None
    return replace(reader.review(root), findings=tuple(reader.findings))


def entry(sentence: Sentence, occurrence: int | None) -> str:
    """Return the lines that decide on a sentence as it is marked now, to be copied and changed."""
    lines = [f"  - text: {json.dumps(sentence.text, ensure_ascii=False)}"]
    lines += [f"    occurrence: {occurrence}"] if occurrence else []
    return "\n".join([*lines, f"    kind: {sentence.label}"]) + "\n"


def heading_entry(text: str) -> str:
    """Return the lines that decide that a heading is text."""
    return f"  - text: {json.dumps(text, ensure_ascii=False)}\n    as: text\n"


class _Reader:
    """Reads one file, and collects what is wrong with it."""

    def __init__(self, empty: Review) -> None:
        self._empty = empty
        self.findings: list[Any] = []

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
        if _is_nothing(root):
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
            if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
                self.say(
                    line, "`&` and `*` have no meaning here", "Put the text in quotation marks."
                )
                return False
            if depth > MAX_DEPTH:
                self.say(line, "it is nested too deeply", EXAMPLE)
                return False
        return True

    def review(self, root: Any) -> Review:
        """Return the file's decisions and sign-off."""
        given = self._pairs(root, KEYS) if root is not None else {}
        review = replace(
            self._empty,
            kinds=tuple(self._once(self._list(given, "sentences", self._kind))),
            headings=tuple(self._once(self._list(given, "headings", self._heading))),
        )
        if "page-level" in given:
            line = _line(given["page-level"])
            level = self._number(given["page-level"], 0, 6)
            review = replace(review, page_level=level, page_level_line=line)
        if "sign-off" in given:
            before = len(self.findings)
            review = replace(review, sign_off=self._sign_off(given["sign-off"]))
            wrong = (replace(finding, rule=SIGN_OFF) for finding in self.findings[before:])
            self.findings[before:] = wrong
        return review

    def _pairs(self, node: Any, keys: tuple[str, ...]) -> dict[str, Any]:
        """Return a mapping's values by key; a strange or second key is a finding."""
        out: dict[str, Any] = {}
        for key, value in node.value:
            name = str(key.value) if isinstance(key, ScalarNode) else "?"
            if name not in keys:
                near = difflib.get_close_matches(name, keys, n=1)
                known = ", ".join(keys)
                remedy = f"Did you mean `{near[0]}`?" if near else f"These are known: {known}."
                self.say(_line(key), f"`{name[:40]}` is not known here", remedy)
            elif name in out:
                self.say(_line(key), f"`{name}` stands here a second time", "Make one of the two.")
            else:
                out[name] = value
        return out

    def _list(self, given: Mapping[str, Any], key: str, read: Any) -> Iterator[Any]:
        node = given.get(key)
        example = EXAMPLE if key == "sentences" else HEADING_EXAMPLE
        if node is None or _is_nothing(node):
            return
        if not isinstance(node, SequenceNode):
            self.say(_line(node), f"`{key}` is not a list", example)
            return
        for item in node.value:
            if isinstance(item, MappingNode):
                made = read(item)
                yield from [made] if made is not None else []
            else:
                self.say(_line(item), "this is not a decision", example)

    def _kind(self, node: Any) -> KindDecision | None:
        given = self._pairs(node, SENTENCE_KEYS)
        wording = self._wording(node, given, EXAMPLE)
        kind = self._one_of(node, given, "kind", [str(kind) for kind in Kind], EXAMPLE)
        if wording is None or kind is None:
            return None
        return KindDecision(wording, Kind(kind), self._text(given, "by"))

    def _heading(self, node: Any) -> HeadingDecision | None:
        given = self._pairs(node, HEADING_KEYS)
        wording = self._wording(node, given, HEADING_EXAMPLE)
        fate = self._one_of(node, given, "as", ["heading", "text"], HEADING_EXAMPLE)
        level = self._number(given["level"], 1, 6) if "level" in given else None
        if wording is None or fate is None:
            return None
        return HeadingDecision(wording, fate == "heading", level, self._text(given, "by"))

    def _wording(self, node: Any, given: Mapping[str, Any], example: str) -> Wording | None:
        text = self._text(given, "text")
        if not decisions.normal(text):
            if "text" not in given or isinstance(given["text"], ScalarNode):
                self.say(_line(node), "it doesn't say which text is meant", example)
            return None
        occurrence = None
        if "occurrence" in given:
            every = self._text(given, "occurrence") == "all"
            occurrence = 0 if every else self._number(given["occurrence"], 1, 999)
            if occurrence is None:
                return None
        return Wording(text, _line(node), self._text(given, "section"), occurrence)

    def _one_of(
        self, node: Any, given: Mapping[str, Any], key: str, known: list[str], example: str
    ) -> str | None:
        if key not in given:
            # With a strange key beside it, that one is what was meant, and is told already.
            if len(given) == len(node.value):
                self.say(_line(node), f"`{key}` is missing", example)
            return None
        text = self._text(given, key)
        if text.lower() in known:
            return text.lower()
        near = difflib.get_close_matches(text.lower(), known, n=1)
        meant = f"Did you mean `{near[0]}`? " if near else ""
        remedy = f"{meant}It is one of: {', '.join(known)}."
        self.say(_line(given[key]), f"“{text[:40]}” is no `{key}` that is known", remedy)
        return None

    def _number(self, node: Any, least: int, most: int) -> int | None:
        text = node.value if isinstance(node, ScalarNode) else ""
        if re.fullmatch(r"[0-9]{1,3}", text) and least <= int(text) <= most:
            return int(text)
        remedy = f"Write a whole number from {least} to {most}."
        self.say(_line(node), f"“{text[:40]}” is not such a number", remedy)
        return None

    def _text(self, given: Mapping[str, Any], key: str) -> str:
        node = given.get(key)
        if node is None:
            return ""
        if isinstance(node, ScalarNode):
            return " ".join(cleaning.CONTROLS.sub("", str(node.value)).split())
        self.say(_line(node), f"`{key}` is not a text", "Put the text in quotation marks.")
        return ""

    def _once(self, made: Iterable[Any]) -> Iterator[Any]:
        """Yield decisions, a second one about the same text left out."""
        seen: dict[tuple[object, ...], int] = {}
        for each in [*made]:
            w = each.wording
            same = (decisions.normal(w.text), decisions.normal(w.section), w.occurrence)
            if same not in seen:
                seen[same] = w.line
                yield each
                continue
            problem = f"there is a decision about this text in line {seen[same]} already"
            self.say(w.line, problem, "Take one of the two out.")

    def _sign_off(self, node: Any) -> SignOff | None:
        """Return a sign-off that is whole; None where anything in it is wrong."""
        before = len(self.findings)
        if _is_nothing(node):
            return None
        if not isinstance(node, MappingNode):
            self.say(_line(node), "this is no sign-off", SIGN_AGAIN)
            return None
        given = self._pairs(node, signoff.KEYS)
        texts = {key: self._text(given, key) for key in signoff.KEYS}
        for key in signoff.KEYS:
            if not texts[key]:
                self.say(_line(node), f"the sign-off has no `{key}`", SIGN_AGAIN)
        for key in ("reviewed", "next-review"):
            if texts[key] and signoff.day(texts[key]) is None:
                remedy = "Write year, month, day: 2027-03-31."
                self.say(_line(given[key]), f"“{texts[key][:40]}” is no date", remedy)
        if texts["digest"] and not signoff.DIGEST.fullmatch(texts["digest"]):
            problem = "this digest was not made by the tool"
            self.say(_line(given["digest"]), problem, SIGN_AGAIN)
        if len(self.findings) > before:
            return None
        name, role, reviewed, due, made_of = texts.values()
        made = SignOff(name, role, reviewed, due, made_of, _line(node))
        if problem := signoff.wrong_dates(made.reviewed, made.due):
            self.say(_line(given["next-review"]), problem, SIGN_AGAIN)
            return None
        return made


def _is_nothing(node: Any) -> bool:
    return isinstance(node, ScalarNode) and node.value in ("", "~", "null")


def _line(node: Any) -> int:
    line: int = node.start_mark.line
    return line + 1
