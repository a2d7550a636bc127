"""The reasons for a notice in plain words: what decided, what else spoke for it, what against."""

from __future__ import annotations

import re
from collections.abc import Sequence

from clinicpress.model import Sentence
from clinicpress.notices.rules import Rules

WEIGHED = re.compile(r"([+-])(\d+\.\d) (.+)")
QUOTED = re.compile(r"[“«]\s?(.+?)\s?[”»]")
# Weaker than this, a reason tells a reader nothing.
LEAST = 0.3
FOR, AGAINST = 3, 1


def told(sentence: Sentence, rules: Rules) -> str:
    """Return why a sentence is a notice, the strongest reason first and without figures."""
    hits = [WEIGHED.fullmatch(cue) for cue in sentence.cues]
    if not any(hits):
        return "; ".join(sentence.cues)
    found = _once([hit.groups() for hit in hits if hit])
    spoke_for = _telling([why for sign, why in found if sign == "+"], rules)
    against = [why for sign, why in found if sign == "-" and not _is_word(why, rules)]
    parts = {
        "mainly": spoke_for[:1] or [rules.words["around"]],
        "also": spoke_for[1:FOR],
        "against": against[:AGAINST],
    }
    said = (rules.words[name].format(why="; ".join(whys)) for name, whys in parts.items() if whys)
    return " ".join(f"{part}." for part in said)


def _once(weighed: Sequence[tuple[str, ...]]) -> list[tuple[str, str]]:
    """Return sign and reason of what is strong enough, each word quoted by the first only."""
    seen: set[str] = set()
    out: list[tuple[str, str]] = []
    for sign, weight, why in weighed:
        quoted = {word.casefold() for word in QUOTED.findall(why)}
        if float(weight) >= LEAST and not quoted & seen:
            out.append((sign, why))
            seen |= quoted
    return out


def _telling(whys: list[str], rules: Rules) -> list[str]:
    """Return the reasons that tell a reader something: a mere word only where there is no other."""
    return [why for why in whys if not _is_word(why, rules)] or whys


def _is_word(why: str, rules: Rules) -> bool:
    before, after = rules.words["says"].split("{said}")
    return why.startswith(before) and why.endswith(after)
