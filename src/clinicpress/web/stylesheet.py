"""What a web page's own sheets and styles say of an element, as word processors write them.

Only selectors of one element count (a tag, classes, an id); of two that fit, the one that names it
more closely, else the later. What is meant for paper or for narrow screens is passed over.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

from clinicpress.web.tags import Tags

SELECTOR = re.compile(r"([a-z][a-z0-9]*|\*)?((?:[.#][\w-]+)*)", re.I | re.ASCII)
NAME = re.compile(r"([.#])([\w-]+)", re.ASCII)
BRACE = re.compile(r"[{}]")
IMPORTANT = re.compile(r"!\s*important\s*$")
SCREENS = frozenset({"", "all", "screen", "only screen"})
WEIGHTS = re.compile(r"\b(?:bold|bolder|[1-9]00)\b")
SLANTS = re.compile(r"\b(?:italic|oblique)\b")
# The size in the shorthand, with the height of lines: the families stand behind it.
SHORT_SIZE = re.compile(
    r"(?:^|\s)((?:\d*\.?\d+(?:[a-z]+|%))|(?:x{0,3}-)?(?:small|large)|medium|smaller|larger)"
    r"(?:\s*/\s*[\w.%]+)?\s+(.+)$"
)
SAYING = frozenset(
    "display visibility vertical-align text-decoration font-weight font-style font-family font-size"
    " position top bottom mso-text-raise list-style-type content".split()
)
TEXTS = frozenset({"content", "list-style", "list-style-type"})
"""What may have a text for its value."""
# In the shorthand for lists: all but where the sign stands, and which picture it is.
LIST_TYPE = re.compile(r"(?!(?:in|out)side$|url\()[a-z][\w-]*")
# A comment, or a string, to its end or that of its line.
QUIET = re.compile(r"/\*(?:.*?\*/|.*\Z)|\"(?:\\.|[^\"\\\n])*\"?|'(?:\\.|[^'\\\n])*'?", re.S)
# What parts rules and declarations, in a string.
PARTING = re.compile(r"[;{}]")
MAX_RULES = 2_000
Declared = Mapping[str, tuple[bool, str]]
"""What is said, by its name: whether it is said to be important, and the value."""


@dataclass(frozen=True, slots=True)
class _Rule:
    tag: str
    identifier: str
    classes: frozenset[str]
    says: Declared

    @property
    def weight(self) -> tuple[int, int, int]:
        return bool(self.identifier), len(self.classes), self.tag not in ("", "*")


@dataclass(slots=True)
class Sheet:
    """The rules of a page's sheets, by what they name first: an id, a class or a tag."""

    rules: dict[str, list[tuple[int, _Rule]]] = field(default_factory=dict)
    count: int = 0
    texts: list[str] = field(default_factory=list)

    def add(self, sheet: str) -> None:
        """Add the rules of a sheet behind those that there are."""
        self.texts.append(sheet)
        for rule in _told(sheet):
            if self.count < MAX_RULES:
                self.count += 1
                self.rules.setdefault(_key(rule), []).append((self.count, rule))

    def of(self, tag: str, given: Mapping[str, str | None]) -> dict[str, str]:
        """Return what the sheets and its own style say of an element, by the name of each thing."""
        classes = (given.get("class") or "").split()
        identifier = given.get("id") or ""
        keys = [tag, "*", f"#{identifier}", *(f".{name}" for name in dict.fromkeys(classes))]
        fits = [
            (rule.weight, number, rule)
            for key in keys
            for number, rule in self.rules.get(key, ())
            if rule.tag in ("", "*", tag)
            and rule.identifier in ("", identifier)
            and rule.classes <= set(classes)
        ]
        said: dict[str, tuple[bool, str]] = {}
        for _, _, rule in sorted(fits, key=lambda fit: fit[:2]):
            overrule(said, rule.says)
        overrule(said, declared(_quiet(given.get("style") or "")))
        return {name: value for name, (_, value) in said.items()}


def of_page(html: str, linked: Mapping[str, str] | None = None) -> Sheet:
    """Return the rules of the sheets in a page, and of those that it links to by `linked` names."""
    reader = _Sheets(html)
    reader.read()
    sheet = Sheet()
    for name in reader.links:
        sheet.add((linked or {}).get(posixpath.normpath(name), ""))
    for text in reader.sheets:
        sheet.add(text)
    return sheet


def is_hidden(said: Mapping[str, str]) -> bool:
    """Say whether no reader of the page sees an element."""
    return said.get("display") == "none" or said.get("visibility") in ("hidden", "collapse")


def declared(declarations: str) -> Declared:
    """Return what declarations say, those that stand together each by its own name."""
    said: dict[str, tuple[bool, str]] = {}
    for declaration in declarations.split(";"):
        name, _, value = declaration.partition(":")
        name, value = name.strip().lower(), value.strip()
        value = value if name in TEXTS and QUIET.search(value) else value.lower()
        important = bool(IMPORTANT.search(value))
        value = IMPORTANT.sub("", value).strip()
        for one, own in _each(name, value) if value else ():
            overrule(said, {one: (important, own)})
    return said


def _each(name: str, value: str) -> Iterator[tuple[str, str]]:
    if name == "text-decoration-line":
        yield "text-decoration", value
    elif name == "font":
        # The shorthand takes back all that it doesn't say.
        size = SHORT_SIZE.search(value)
        before = value[: size.start()] if size else value
        weight, slant = WEIGHTS.search(before), SLANTS.search(before)
        yield "font-weight", weight[0] if weight else "normal"
        yield "font-style", slant[0] if slant else "normal"
        if size:
            yield "font-size", size[1]
            yield "font-family", size[2]
    elif name == "list-style":
        string = QUIET.search(value)
        types = (one for one in value.lower().split() if LIST_TYPE.fullmatch(one))
        if found := string[0] if string else next(types, ""):
            yield "list-style-type", found
    elif name in SAYING:
        yield name, value


def overrule(said: dict[str, tuple[bool, str]], later: Declared) -> None:
    """Put what is declared later in place of what it overrules."""
    for name, (important, value) in later.items():
        if important or not said.get(name, (False, ""))[0]:
            said[name] = (important, value)


def blocks(sheet: str) -> Iterator[tuple[str, str]]:
    """Yield the selectors and declarations of each rule that holds on an ordinary screen."""
    told = _quiet(sheet.replace("<!--", " ").replace("-->", " "))
    around: list[str] = []
    at = 0
    for brace in BRACE.finditer(told):
        piece, at = told[at : brace.start()], brace.end()
        if brace[0] == "{":
            around.append(piece.rpartition(";")[2].strip())
        elif around:
            selectors = around.pop()
            if not selectors.startswith("@") and all(map(_holds, around)):
                yield selectors, piece


def _quiet(sheet: str) -> str:
    """Return a sheet without comments, and with no sign in its strings that would part rules."""

    def quiet(found: re.Match[str]) -> str:
        if found[0].startswith("/*"):
            return ""
        return PARTING.sub(lambda sign: f"\\{ord(sign[0]):x} ", found[0])

    return QUIET.sub(quiet, sheet)


def _holds(condition: str) -> bool:
    name, _, of = condition.lower().partition(" ")
    return name == "@layer" or (name == "@media" and is_for_screens(of))


def is_for_screens(media: str) -> bool:
    """Say whether a list of media has an ordinary screen."""
    return any(one.strip().lower() in SCREENS for one in media.split(","))


@lru_cache(maxsize=32)  # the chapters of a book share theirs
def _told(sheet: str) -> tuple[_Rule, ...]:
    """Return the rules of a sheet that say something, no more than a page may have."""
    given = ((selectors, declared(declarations)) for selectors, declarations in blocks(sheet))
    rules = (rule for selectors, says in given if says for rule in _rules(selectors, says))
    return tuple(islice(rules, MAX_RULES))


def _rules(selectors: str, says: Declared) -> Iterator[_Rule]:
    for given in selectors.split(","):
        found = SELECTOR.fullmatch(given.strip())
        if found and found[0]:
            names = NAME.findall(found[2])
            identifiers = [name for sign, name in names if sign == "#"]
            classes = frozenset(name for sign, name in names if sign == ".")
            if len(identifiers) < 2:
                yield _Rule((found[1] or "").lower(), "".join(identifiers), classes, says)


def _key(rule: _Rule) -> str:
    if rule.identifier:
        return f"#{rule.identifier}"
    return f".{min(rule.classes)}" if rule.classes else rule.tag


class _Sheets(Tags):
    """Collects the sheets in a page, and the addresses of those beside it."""

    def __init__(self, html: str) -> None:
        super().__init__(html)
        self.sheets: list[str] = []
        self.links: list[str] = []
        self._is_open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a sheet, or note where one is."""
        given = {name: value or "" for name, value in attrs}
        if tag not in ("style", "link") or not is_for_screens(given.get("media", "")):
            return
        if tag == "style":
            self._is_open = True
        elif "stylesheet" in given.get("rel", "").lower().split():
            self.links.append(given.get("href", ""))

    def handle_endtag(self, tag: str) -> None:
        """Close it."""
        self._is_open &= tag != "style"

    def handle_data(self, data: str) -> None:
        """Take a sheet's text."""
        if self._is_open:
            self.sheets.append(data)
