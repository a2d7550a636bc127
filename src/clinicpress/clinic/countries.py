"""Emergency and advice numbers by country, as data with their sources."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Line:
    """A number to call for advice, and what it is called."""

    number: str
    name: str


@dataclass(frozen=True, slots=True)
class Country:
    """A country's numbers; `source` names the authority that gives them, if not the clinic."""

    code: str
    name: str
    emergency: tuple[str, ...]
    advice: tuple[Line, ...] = ()
    source: str = ""
    names: Mapping[str, str] = field(default_factory=dict)

    def called(self, language: str) -> str:
        """Return the country's name in a language, in English where it has none there."""
        return self.names.get(language.partition("-")[0], self.name)


@cache
def load() -> Mapping[str, Country]:
    """Return the countries by their two-letter code (ISO 3166-1, and EU)."""
    text = (resources.files("clinicpress.clinic") / "countries.toml").read_text(encoding="utf-8")
    return {
        code: Country(
            code,
            row["name"],
            tuple(row["emergency"]),
            tuple(Line(**line) for line in row.get("advice", [])),
            row["source"],
            row["names"],
        )
        for code, row in tomllib.loads(text).items()
    }


@cache
def emergency_numbers() -> frozenset[str]:
    """Return the emergency numbers of all countries."""
    return frozenset(number for country in load().values() for number in country.emergency)
