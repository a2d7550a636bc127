"""The words of the review in the site's language, and why a line is a heading in it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

LARGER = "in larger letters, a"
BOLD = "a bold or underlined short"


@dataclass(frozen=True, slots=True)
class ReviewWords:
    """What the review says, by key, in a language; `reasons` are those of headings."""

    language: str
    words: Mapping[str, str]
    reasons: Mapping[str, str]

    def say(self, key: str, /, **filled: object) -> str:
        """Return what stands under a key, its braces filled in."""
        return self.words[key].format(**filled)

    def heading(self, reason: str) -> str:
        """Return the reason for a heading, which the code gives in English, in this language."""
        if self.language == "en":
            return reason
        is_larger, is_bold = reason.startswith(LARGER), BOLD in reason
        plain = reason.replace(LARGER, "a", 1).replace(BOLD, "a short", 1)
        for key, form in load("en").reasons.items():
            if found := _pattern(form).fullmatch(plain):
                values = found.groupdict()
                if values.get("by") == load("en").reasons["anybody"]:
                    values["by"] = self.reasons["anybody"]
                looks = [("larger", is_larger), ("bold", is_bold)]
                more = [self.reasons[look] for look, has in looks if has]
                return ", ".join([self.reasons[key].format(**values), *more])
        return reason


@cache
def _pattern(form: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+)", re.escape(form)))


def suited(leaflet: str, site: str) -> str:
    """Return the language to review in: the leaflet's own where there are words of it.

    The reasons are in it too, and whoever signs reads it. Else it is the site's.
    """
    tag = leaflet.partition("-")[0].lower()
    return leaflet if load(leaflet).language == tag else site


@cache
def load(language: str) -> ReviewWords:
    """Return the words of a language, by its tag; English where it has none."""
    text = (resources.files("clinicpress.review") / "review.toml").read_text(encoding="utf-8")
    known = tomllib.loads(text)
    tag = language.partition("-")[0].lower()
    tag = tag if tag in known else "en"
    words = {key: value for key, value in known[tag].items() if key != "reasons"}
    return ReviewWords(tag, words, known[tag]["reasons"])
