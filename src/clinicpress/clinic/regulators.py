"""Regulators of health professionals: where to look someone up, and the form of their numbers."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

# The prefix that makes an NPI a card number, whose check digit it then has: 80 is health, 840 the
# United States (CMS, Requirements for National Provider Identifier and NPI check digit).
NPI_PREFIX = "80840"


@dataclass(frozen=True, slots=True)
class Regulator:
    """One regulator; without a published `pattern` its numbers can't be checked.

    `says` is what being found in its register does not show, where patients might think so.
    """

    code: str
    name: str
    lookup: str
    country: str = ""
    pattern: str = ""
    form: str = ""
    digits: str = ""
    source: str = ""
    says: str = ""

    def accepts(self, number: str) -> bool:
        """Say whether a number is of the published form; any is where none is published."""
        if not self.pattern:
            return True
        if not re.fullmatch(self.pattern, number, re.A):
            return False
        return self.digits != "npi" or luhn(NPI_PREFIX + number)


@cache
def load() -> Mapping[str, Regulator]:
    """Return the regulators by their short name."""
    text = (resources.files("clinicpress.clinic") / "regulators.toml").read_text(encoding="utf-8")
    return {code: Regulator(code, **row) for code, row in tomllib.loads(text).items()}


def named(text: str) -> list[str]:
    """Return the short names of the regulators that a text names, as they first come in it.

    A short name has to stand as it is written here; a full one in any letters.
    """
    hits = {code: pattern.search(text) for code, pattern in _names().items()}
    found = {code: hit.start() for code, hit in hits.items() if hit}
    return sorted(found, key=found.__getitem__)


@cache
def _names() -> Mapping[str, re.Pattern[str]]:
    return {
        code: re.compile(rf"\b{re.escape(code)}\b|(?i:\b{re.escape(regulator.name)}\b)")
        for code, regulator in load().items()
    }


def luhn(digits: str) -> bool:
    """Say whether the last of the digits is the check digit of the others (ISO/IEC 7812-1)."""
    doubled = (int(d) * (1 + at % 2) for at, d in enumerate(reversed(digits)))
    return sum(number // 10 + number % 10 for number in doubled) % 10 == 0
