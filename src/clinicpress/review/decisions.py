"""What a person decided about a leaflet, and what they signed, as their review file says it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from clinicpress import conservation
from clinicpress.model import Finding, Kind, Place

RULE = "decision"


@dataclass(frozen=True, slots=True)
class Wording:
    """Which text is meant: `section` or `occurrence` (from 1; 0: all) tells twins apart."""

    text: str
    line: int
    section: str = ""
    occurrence: int | None = None


@dataclass(frozen=True, slots=True)
class KindDecision:
    """The kind of a sentence, item or row."""

    wording: Wording
    kind: Kind
    by: str = ""


@dataclass(frozen=True, slots=True)
class HeadingDecision:
    """Whether a line is a heading, of which level (None: that of the one before), or text."""

    wording: Wording
    is_heading: bool
    level: int | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class SignOff:
    """Who approved which digest, when, and until when. Dates are ISO dates."""

    name: str
    role: str
    reviewed: str
    due: str
    digest: str
    line: int = 1


@dataclass(frozen=True, slots=True)
class Review:
    """A review file as it was read; `findings` is what is wrong with it.

    `earlier` has the sign-offs that the present one took the place of, the oldest first.
    """

    place: str
    kinds: tuple[KindDecision, ...] = ()
    headings: tuple[HeadingDecision, ...] = ()
    page_level: int | None = None
    page_level_line: int = 1
    sign_off: SignOff | None = None
    earlier: tuple[SignOff, ...] = ()
    findings: tuple[Finding, ...] = ()

    def found(self, line: int, problem: str, remedy: str) -> Finding:
        """Return a finding at a line of the file."""
        return Finding(RULE, Place(self.place, line), problem, remedy)

    def reason(self, by: str, line: int) -> str:
        """Return, for the report, who decided and where."""
        return f"decided by {by or 'a person'} in {self.place}:{line}"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a leaflet stands: its review file, all that is wrong with it, its present digest."""

    review: Review
    digest: str
    findings: tuple[Finding, ...] = ()

    @property
    def signed(self) -> SignOff | None:
        """Return the sign-off where it is of this very leaflet and nothing is in doubt."""
        given = self.review.sign_off
        return given if given and given.digest == self.digest and not self.findings else None

    @property
    def followed(self) -> int:
        """How many decisions of a person hold: not those that are about a text that is gone."""
        failed = {finding.place.line for finding in self.findings}
        kinds = (each.wording.line for each in self.review.kinds)
        headings = (each.wording.line for each in self.review.headings)
        return sum(line not in failed for line in (*kinds, *headings))

    @property
    def changed(self) -> bool:
        """Whether the leaflet is another than the one that was signed off."""
        given = self.review.sign_off
        return given is not None and given.digest != self.digest


def normal(text: str) -> str:
    """Return text as it is compared: one kind of quotes, dashes and spaces, no case."""
    plain = unicodedata.normalize("NFKC", text.translate(conservation.INVISIBLE))
    for pattern, sign in (("[‘’‚′`´]", "'"), ("[“”„«»″]", '"'), ("[‐‑‒–—―−]", "-")):
        plain = re.sub(pattern, sign, plain)
    return " ".join(plain.casefold().split())
