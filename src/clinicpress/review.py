"""The review file beside a document: a person's decisions and sign-off, read and signed.

It is written by hand, so it is read with suspicion: whatever is wrong in it is a finding with its
line, and only its sign-off is ever changed by this tool.
"""

from __future__ import annotations

import datetime
import difflib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

from clinicpress import cleaning, decisions, reading
from clinicpress.decisions import HeadingDecision, KindDecision, Review, SignOff, Wording
from clinicpress.errors import ClinicpressError
from clinicpress.model import Kind

SUFFIX = ".review.yml"
MAX_BYTES = 200_000
MAX_DEPTH = 4
# A next review further away than this many years is a slip of the pen.
MAX_YEARS = 10
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
SIGN_OFF = "sign-off"
KEYS = ("page-level", "sentences", "headings", "sign-off")
SENTENCE_KEYS = ("text", "kind", "section", "occurrence", "by")
HEADING_KEYS = ("text", "as", "level", "occurrence", "by")
SIGN_OFF_KEYS = ("name", "role", "reviewed", "next-review", "digest")
EXAMPLE = 'Write it as in `- text: "Do not drive for 24 hours."` and below it `kind: safety`.'
HEADING_EXAMPLE = 'Write it as in `- text: "Important points"` and below it `as: text`.'
SIGN_AGAIN = "Sign it off again: clinicpress review DOCUMENT --approve --name … --role … --until …"
HEAD = """\
# Decisions and sign-off for {name}
# How to write decisions is told in the README of Clinicpress, under "Review and sign off".
"""


def place_of(document: str) -> str:
    """Return the path of a new review file, as messages call it, for a document called so."""
    return re.sub(r"(?<=[^/.])\.[^./]*$", "", document) + SUFFIX


def load(path: Path, name: str) -> Review:
    """Return the review file of the document at `path`, which messages call `name`."""
    file = file_of(path)
    folder = name.rpartition("/")[0]
    place = f"{folder}/{file.name}" if folder else file.name
    review = _loaded(file, place)
    wrong = _misnamed(path, file)
    if wrong:
        problem, remedy = wrong
        # A file that two documents would share, or that is not read, decides nothing.
        return Review(place, findings=(review.found(1, problem, remedy),))
    return review


def file_of(path: Path) -> Path:
    """Return where the review file of a document is, or would be."""
    own = path.with_name(path.name + SUFFIX)
    return own if own.is_file() or _twins(path) else path.with_name(path.stem + SUFFIX)


def _twins(path: Path) -> list[str]:
    """Return other documents beside this one that differ from it in their ending only."""
    if not path.parent.is_dir():
        return []
    return sorted(
        other.name
        for other in path.parent.iterdir()
        if other.stem == path.stem
        and other.name != path.name
        and other.suffix.lower() in reading.FORMATS
    )


def _misnamed(path: Path, file: Path) -> tuple[str, str] | None:
    shared = path.with_name(path.stem + SUFFIX)
    if shared != file and shared.is_file() and (twins := _twins(path)):
        problem = f"{shared.name} could belong to {path.name} or to {twins[0]}, so it is not read"
        return problem, f"Rename it to {path.name}{SUFFIX}, or to {twins[0]}{SUFFIX}."
    for wrong in (path.with_name(path.stem + ".review.yaml"), path.with_suffix(".review")):
        if wrong.is_file():
            return f"{wrong.name} is not read", f"Rename it to {file.name}."
    return None


def orphans(folder: Path) -> Iterator[Path]:
    """Yield the review files below a folder whose document is gone or has another name."""
    for file in sorted(folder.rglob(f"*{SUFFIX}")):
        name = file.name.removesuffix(SUFFIX)
        others = (p for p in file.parent.iterdir() if p.suffix.lower() in reading.FORMATS)
        if not any(name in (p.name, p.stem) for p in others):
            yield file


def _loaded(file: Path, place: str) -> Review:
    empty = Review(place)
    if not file.is_file():
        return empty
    try:
        if file.stat().st_size > MAX_BYTES:
            problem = f"the file is larger than {MAX_BYTES // 1000} kB, so it is not read"
            remedy = "Take out what are no decisions."
            return replace(empty, findings=(empty.found(1, problem, remedy),))
        return parse(file.read_bytes(), place)
    except OSError as error:
        problem = f"it can't be opened ({error.strerror})"
        raise ClinicpressError(place, problem, "Check that you may read it.") from error


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


def signed(text: str, sign_off: SignOff, name: str) -> str:
    """Return a review file's text with a sign-off; every other line of it stays as it is."""
    new = {
        "name": sign_off.name,
        "role": sign_off.role,
        "reviewed": sign_off.reviewed,
        "next-review": sign_off.due,
        "digest": sign_off.digest,
    }
    rows = {key: json.dumps(value, ensure_ascii=False) for key, value in new.items()}
    text = text.removeprefix("\ufeff")
    root: Any = YAML().compose(text)
    found = _pair(root, "sign-off")
    if found is None:
        before = (text.rstrip() or HEAD.format(name=name).rstrip()) + "\n\n"
        return before + "sign-off:\n" + "".join(f"  {k}: {v}\n" for k, v in rows.items())
    key, block = found
    if not isinstance(block, MappingNode) or block.flow_style or not block.value:
        start, end = key.end_mark.index, max(block.end_mark.index, key.end_mark.index + 1)
        after = text[end:].lstrip("\n")
        own = "".join(f"  {k}: {v}\n" for k, v in rows.items())
        return text[:start] + ":\n" + own + ("\n" + after if after else "")
    return _with_values(text, block, rows)


def _with_values(text: str, block: MappingNode, rows: Mapping[str, str]) -> str:
    """Put values in their places, from the last to the first; what has no place goes on top."""
    placed = {k.value: (k, v) for k, v in block.value}
    for name, (key, value) in sorted(placed.items(), key=lambda p: -p[1][0].start_mark.index):
        if name in rows:
            start, end = value.start_mark.index, value.end_mark.index
            if start == end:
                start = end = text.index(":", key.end_mark.index) + 1
            text = text[:start].rstrip(" ") + " " + rows[name] + text[end:]
    start, indent = block.start_mark.index, " " * block.start_mark.column
    more = "".join(f"{k}: {v}\n{indent}" for k, v in rows.items() if k not in placed)
    return text[:start] + more + text[start:]


def _pair(root: Any, name: str) -> tuple[Any, Any] | None:
    pairs = root.value if isinstance(root, MappingNode) else []
    return next(((k, v) for k, v in pairs if k.value == name), None)


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
            problem = getattr(error, "problem", None) or "it is not valid YAML"
            remedy = 'Mend the line; put texts in quotation marks: text: "Note: do not drive."'
            self.say(mark.line + 1 if mark else 1, f"it can't be read ({problem})", remedy)
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
            kinds=tuple(self._list(given, "sentences", self._kind)),
            headings=tuple(self._list(given, "headings", self._heading)),
        )
        if "page-level" in given:
            line = _line(given["page-level"])
            level = self._number(given["page-level"], 0, 6)
            review = replace(review, page_level=level, page_level_line=line)
        self._twice([*review.kinds])
        self._twice([*review.headings])
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

    def _twice(self, made: list[Any]) -> None:
        seen: dict[tuple[object, ...], int] = {}
        for each in made:
            w = each.wording
            same = (decisions.normal(w.text), decisions.normal(w.section), w.occurrence)
            if same in seen:
                problem = f"there is a decision about this text in line {seen[same]} already"
                self.say(w.line, problem, "Take one of the two out.")
            seen.setdefault(same, w.line)

    def _sign_off(self, node: Any) -> SignOff | None:
        """Return a sign-off that is whole; None where anything in it is wrong."""
        before = len(self.findings)
        if _is_nothing(node):
            return None
        if not isinstance(node, MappingNode):
            self.say(_line(node), "this is no sign-off", SIGN_AGAIN)
            return None
        given = self._pairs(node, SIGN_OFF_KEYS)
        texts = {key: self._text(given, key) for key in SIGN_OFF_KEYS}
        for key in SIGN_OFF_KEYS:
            if not texts[key]:
                self.say(_line(node), f"the sign-off has no `{key}`", SIGN_AGAIN)
        for key in ("reviewed", "next-review"):
            if texts[key] and day(texts[key]) is None:
                remedy = "Write year, month, day: 2027-03-31."
                self.say(_line(given[key]), f"“{texts[key][:40]}” is no date", remedy)
        if texts["digest"] and not DIGEST.fullmatch(texts["digest"]):
            problem = "this digest was not made by the tool"
            self.say(_line(given["digest"]), problem, SIGN_AGAIN)
        if len(self.findings) > before:
            return None
        name, role, reviewed, due, made_of = texts.values()
        made = SignOff(name, role, reviewed, due, made_of, _line(node))
        if problem := wrong_dates(made.reviewed, made.due):
            self.say(_line(given["next-review"]), problem, SIGN_AGAIN)
            return None
        return made


def day(text: str) -> datetime.date | None:
    """Return the date that a text is in ISO form; None where it is none."""
    try:
        return datetime.date.fromisoformat(text) if DATE.fullmatch(text) else None
    except ValueError:
        return None


def wrong_dates(reviewed: str, due: str) -> str:
    """Say what is wrong with two dates, or nothing."""
    first, last = day(reviewed), day(due)
    if first is None or last is None:
        return "one of the dates is none"
    if last <= first:
        return "the next review is not after this one"
    if last.year - first.year > MAX_YEARS:
        return f"the next review is more than {MAX_YEARS} years away"
    return ""


def _is_nothing(node: Any) -> bool:
    return isinstance(node, ScalarNode) and node.value in ("", "~", "null")


def _line(node: Any) -> int:
    line: int = node.start_mark.line
    return line + 1
