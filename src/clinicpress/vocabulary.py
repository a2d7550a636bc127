"""What patients say, and the words that leaflets use for it, for the search of the site.

The words of a language are data beside this module; a clinic adds its own. They go to the reader's
browser as a small script, which overrides/assets/javascripts/understand.js reads.
"""

from __future__ import annotations

import json
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from clinicpress import records
from clinicpress.errors import ClinicpressError

LANGUAGES = ("en", "es")
# Words of one language for those of another: a reader may not search in the site's own.
BRIDGES = ("es-en",)
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
    another that is spelled alike.
    """

    stop: tuple[str, ...]
    everyday: tuple[str, ...]
    entries: tuple[Entry, ...]


@cache
def load(language: str) -> Vocabulary:
    """Return the words that come with the package for one of `LANGUAGES`."""
    data = _data(language)
    stop, everyday = (_list(",".join(data[name].split())) for name in ("stop", "everyday"))
    return Vocabulary(stop, everyday, _entries(data))


def bridges() -> tuple[Entry, ...]:
    """Return the entries that lead from one language to another."""
    return tuple(entry for name in BRIDGES for entry in _entries(_data(name)))


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
    languages = [load(language) for language in LANGUAGES]
    entries = [*own, *(entry for language in languages for entry in language.entries), *bridges()]
    data = {
        "stop": sorted({word for language in languages for word in language.stop}),
        "everyday": " ".join(sorted({word for known in languages for word in known.everyday})),
        "words": [["|".join(entry.said), "|".join(entry.meant)] for entry in entries],
    }
    return f"{MADE}window.clinicpressWords = {json.dumps(data, separators=(',', ':'))}\n"


def check_made(text: str, name: str) -> None:
    """Raise ClinicpressError where a file of the script's name is not ours to write."""
    if text and not text.startswith(HEAD):
        remedy = "Move it elsewhere: its name is needed."
        raise ClinicpressError(name, "this file is not one that Clinicpress made", remedy)


def plain(text: str) -> str:
    """Return text in small letters without accents, as the words are compared."""
    apart = unicodedata.normalize("NFD", text.casefold().replace("’", "'"))
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def _list(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_phrases(text)))


def _phrases(text: str) -> Iterator[str]:
    """Yield the phrases between commas, as understand.js writes what a reader types."""
    for phrase in plain(text).replace("'", "").split(","):
        signs = (sign if sign.isalnum() else " " for sign in phrase)
        if words := "".join(signs).split():
            yield " ".join(words)
