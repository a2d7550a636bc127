"""What patients say, and the words that leaflets use for it, for the search of the site.

The words of a language are data beside this module; a clinic adds its own. They go to the reader's
browser as a small script, which overrides/assets/javascripts/understand.js reads.
"""

from __future__ import annotations

import json
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from clinicpress.clinic import records
from clinicpress.errors import ClinicpressError

LANGUAGES = ("en", "es", "fr")
# Languages whose words lead to English ones too: a reader may not search in the site's own.
BRIDGED = ("es", "fr")
# French puts some words before an apostrophe: "l'aiguille", "j'ai".
ELIDED = re.compile(r"\b([cdjlmnst]|qu)'(?=\w{2})")
PLURAL = re.compile(r"(?<=\w{2}[^s\W])s$")  # as `singular` in understand.js
CHAINED = 2  # as many meanings of a phrase lead on to another language, in understand.js
HEAD = "// Made by Clinicpress"
MADE = f"{HEAD}, for understand.js. Your own words go into search-words.yml.\n"
FORMS = {
    "patients say": "jab, shot, needle in my arm",
    "leaflets say": "injection, vaccine   (words that stand on your pages)",
}
FILE_FORMS = {"search words": "(then, for each: - patients say: jab, shot)"}


@dataclass(frozen=True, slots=True)
class Entry:
    """Phrases of patients, and those of leaflets, the best first; all in plain letters."""

    said: tuple[str, ...]
    meant: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The entries of a language, and words of it that are not in them.

    `stop` has those that say nothing of what is looked for, `everyday` those not to be taken for
    another that is spelled alike, `alarm` the danger signs that pages of emergencies answer.
    """

    stop: tuple[str, ...]
    everyday: tuple[str, ...]
    alarm: tuple[str, ...]
    entries: tuple[Entry, ...]


@cache
def load(language: str) -> Vocabulary:
    """Return the words that come with the package for one of `LANGUAGES`."""
    data = _data(language)
    stop, everyday = (_list(",".join(data[name].split())) for name in ("stop", "everyday"))
    return Vocabulary(stop, everyday, _list(data["alarm"]), _entries(data))


def bridge(language: str) -> tuple[Entry, ...]:
    """Return the entries that lead from one of `BRIDGED` to English."""
    return _entries(_data(f"{language}-en"))


def _data(name: str) -> dict[str, Any]:
    source = resources.files("clinicpress") / "vocabulary" / f"{name}.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))


def _entries(data: Mapping[str, Any]) -> tuple[Entry, ...]:
    return tuple(Entry(_list(said), _list(meant)) for said, meant in data["words"].items())


def read(text: str, path: str) -> tuple[Entry, ...]:
    """Return the entries of a clinic's own file.

    Raises ClinicpressError at the line of the first mistake, with the right form.
    """
    node = records.compose(text, path)
    if node is None:
        return ()
    given = records.record(node, path, FILE_FORMS, "search-words.yml")
    return tuple(_entry(each) for each in given.records("search words", FORMS))


def _entry(given: records.Record) -> Entry:
    said, meant = (_list(given.text(key, required=True)) for key in FORMS)
    for key, words in zip(FORMS, (said, meant), strict=True):
        if not words:
            raise given.wrong(key, f"`{key}` has no word in it")
    return Entry(said, meant)


def script(own: Iterable[Entry]) -> str:
    """Return the script that gives the browser all words, the clinic's own first."""
    data = {
        "own": _rows(own),
        "languages": {language: _language(load(language)) for language in LANGUAGES},
        "bridges": {language: _rows(_bridge(language)) for language in BRIDGED},
    }
    return f"{MADE}window.clinicpressWords = {json.dumps(data, separators=(',', ':'))}\n"


def _language(known: Vocabulary) -> dict[str, str]:
    inside = {
        word for entry in known.entries for word in " ".join(entry.said + entry.meant).split()
    }
    everyday = set(known.everyday) - inside - set(known.stop)
    return {
        "stop": " ".join(sorted(set(known.stop))),
        "everyday": " ".join(sorted(everyday)),
        "alarm": "|".join(known.alarm),
        "words": _rows(known.entries),
    }


def _bridge(language: str) -> Iterator[Entry]:
    """Yield the entries without phrases that reach one by way of their own language's entries."""
    meant: dict[str, set[str]] = {}
    for entry in load(language).entries:
        for phrase in entry.said:
            meant[phrase] = {*entry.meant[:CHAINED]} - {phrase}
    for entry in bridge(language):
        yield Entry(_ends(entry.said, meant), entry.meant)


def _ends(said: tuple[str, ...], meant: Mapping[str, set[str]]) -> tuple[str, ...]:
    """Return the phrases that none of the others of them stands for."""
    ends: set[str] = set()
    left_out: set[str] = set()
    for phrase in said:
        others = meant.get(phrase, set()) & set(said) - left_out
        if others and phrase not in ends:
            left_out.add(phrase)
            ends |= others
    return tuple(phrase for phrase in said if phrase not in left_out)


def _rows(entries: Iterable[Entry]) -> str:
    """Return a line for each entry, "jab|shot=injection|vaccine", as short as may be."""
    return "\n".join(
        f"{'|'.join(_shortest(entry.said))}={'|'.join(entry.meant)}" for entry in entries
    )


def _shortest(said: tuple[str, ...]) -> Iterator[str]:
    """Yield the phrases without those that another is the singular of: a reader's s is left out."""
    for phrase in said:
        single = " ".join(PLURAL.sub("", word) for word in phrase.split())
        if single == phrase or single not in said:
            yield phrase


def check_made(text: str, name: str) -> None:
    """Raise ClinicpressError where a file of the script's name is not ours to write."""
    if text and not text.startswith(HEAD):
        remedy = "Move it elsewhere: its name is needed."
        raise ClinicpressError(name, "this file is not one that Clinicpress made", remedy)


def plain(text: str) -> str:
    """Return text in small letters without accents, as the words are compared."""
    apart = unicodedata.normalize("NFD", text.casefold().replace("’", "'").replace("œ", "oe"))
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def _list(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_phrases(text)))


def _phrases(text: str) -> Iterator[str]:
    """Yield the phrases between commas, as understand.js writes what a reader types."""
    for phrase in ELIDED.sub(r"\1 ", plain(text)).replace("'", "").split(","):
        signs = (sign if sign.isalnum() else " " for sign in phrase)
        if words := "".join(signs).split():
            yield " ".join(words)
