"""Is this line a heading? Marks and shape decide, and each answer carries its reason.

A heading in pasted text has no markup, so the evidence is what a reader uses: it stands alone,
it is short, it does not end like a sentence, and text follows it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from clinicpress import sentences

MAX_WORDS = 14
# A line that ends with a colon leads something in, unless it is as short as this.
MAX_WORDS_BEFORE_COLON = 6
MAX_CHARACTERS = 90
# More heading-like lines than this in a row are a list or an address, not headings.
MAX_RUN = 2

NUMBER = re.compile(
    r"^(?:(?i:section|part|chapter|sección|parte|partie)\s+)?"
    r"(\d{1,2}(?:\.\d{1,2})*)[.):]?\s+[^\sa-z]"
)
# "II." and "B)" count as numbers do, but with nothing below them.
LETTERED = re.compile(r"^(?:[IVX]{1,5}|[A-Z])[.)]\s+(?=\S)")
STARTS = re.compile(r"^[\W_]*[^\W_]")
ENDS_LIKE_TEXT = re.compile(r"[.,;!…][\"'”’»)\]]*$")
QUESTION = re.compile(r"\?[\"'”’»)\]]*$")
DAY = (
    r"(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?s?\b\.?|lunes|martes|miércoles"
    r"|jueves|viernes|sábado|domingo|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
)
DOSE = r"(?:mg|mcg|µg|μg|micrograms?|milligrams?|grams?|g|ml|units?)\b"
COUNTED = (
    r"(?:tablets?|capsules?|sachets?|drops?|puffs?|sprays?|patch(?:es)?|doses?"
    r"|spoon(?:ful)?s?|teaspoons?|comprimidos?|cápsulas?|sobres?|gotas?|pastillas?|cucharadas?|parches?"
    r"|comprimés?|gélules?|gouttes?|cuillères?|bouffées?)\b"
)
OFTEN = (
    r"(?:(?:a|per|each|every) (?:day|night|week)|daily|nightly|at (?:night|bedtime)|in the morning"
    r"|every \d+|(?:once|twice|\d times) (?:a|per)|cada (?:\d|día|noche)|al día|por la noche"
    r"|diari[ao]s?|par (?:jour|nuit)|toutes les|le soir|le matin|chaque)\b"
)
ROAD = (
    "Street|St|Road|Rd|Lane|Avenue|Ave|Drive|Close|Court|Crescent|Terrace|Square|Gardens|Parade"
    "|Boulevard|Blvd"
)
ROLE = (
    r"(?:[\w-]+ ){0,3}(?:consultant|nurse|doctor|surgeon|physician|physiotherapist|midwife|GP"
    r"|pharmacist|dieti[ct]ian|practitioner|psychologist|radiographer|podiatrist|MD|RN|FRCS|MRCP)\b"
)
ROLE_LINE = re.compile(ROLE, re.IGNORECASE)
STREET = re.compile(
    rf"^\d{{1,4}}[a-zA-Z]?,?\s(?:[A-Z][\w'’.-]*\s){{1,3}}(?:{ROAD})\b\.?(?:,|$)"
    r"|^\d{1,4},?\s(?i:rue|avenue|boulevard|place|chemin)\s|^(?i:P\.?O\.? box)\s\d"
    r"|^(?:Calle|C/|Avenida|Avda\.?|Plaza|Paseo)\s.*\d"
)
# Things that stand alone on a line and head nothing.
NOT_A_HEADING = {
    "an address, a phone number or a web address": re.compile(
        r"@|https?://|www\.|(?:\d[\s().-]?){7,}|\b(?:tel|fax|phone|e-?mail|téléphone|teléfono)\b\s*[.:]"
        r"|\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b",
        re.IGNORECASE,
    ),
    "a date or a version": re.compile(
        r"^(?:(?:last\s+)?(?:reviewed|updated|revised)|review(?:\s+date)?|date|version|ref(?:erence)?|issued|leaflet)\b.*\d",
        re.IGNORECASE,
    ),
    "a time or a dose": re.compile(
        rf"^(?:[^\W\d_][\w-]*\s+){{1,3}}\d+(?:[.,]\d+)?\s?{DOSE}$|"
        rf"^\d{{1,2}}[.:]\d{{2}}\b|^[\d½¼¾][\d.,/½¼¾]*\s?(?:mg|mcg|µg|g|ml|units?|{COUNTED})\b"
        rf"|\d\s?(?:{DOSE}|{COUNTED}).*\b{OFTEN}",
        re.I,
    ),
    "a person": re.compile(
        r"^(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sr|Sra|Dra|Mme)\.?\s+(?:[A-Z][\w.'’-]*[\s,]*){1,3}(?:,.*)?$"
        rf"|^(?:[A-Z][\w.'’-]*\s?){{2,4}},\s(?i:{ROLE})|^(?i:signed)\b\s*(?:by\b|:|$)"
    ),
    "opening hours": re.compile(
        r"^(?:(?:we are |opening (?:hours|times):? )?open:?|abiertos?:?|abrimos|ouverte?:?)?"
        rf"\s*(?:de |du )?(?:{DAY})\s*(?:to|and|a|au|y|-|–|&)\s*(?:{DAY})"
        rf"|^(?:{DAY})[\s,:]*(?:\d.*\d|closed$)",
        re.IGNORECASE,
    ),
    "a number to call": re.compile(
        r"\bnumber:?\s+\d{3}|^(?:call|ring|phone|dial)(?: us)?(?: on| at)?:?\s+[+\d][\d ()-]+$"
        r"|^[^\d:]+:\s*\+?\d[\d ()-]{2,}$",
        re.IGNORECASE,
    ),
    "a street": STREET,
    # In capitals all through, for its weight: it would be a page of its own, and no warning.
    "a warning": re.compile(
        r"^(?:DO NOT|DON['’]T|NEVER|NUNCA|JAMAIS|NE [A-ZÉÈ]+EZ PAS|NO [A-ZÁÉÍÓÚÑ]+(?:E|A|EN|AN))"
        r"(?: [^a-záéíóúñ ]+){3,}$"
    ),
    "a line to fill in": re.compile(r"_{3}|\.{5}|…{2}"),
    "a year": re.compile(r"^(?:1[89]|20)\d\d[.)]\s+[^\W\d_A-Z]"),
    "a caption": re.compile(r"^(?:fig\.|figure|table|photo|image|figura|tabla|tableau)\s*\d", re.I),
}  # fmt: skip
# What tells where someone is, below the name of a clinic.
WHEREABOUTS = (
    "an address, a phone number or a web address", "opening hours", "a number to call", "a street",
)  # fmt: skip
CLINIC = re.compile(
    r"^(?!(?:Contact|Your|Our|The|About|Visiting|Find|Finding|Call|Calling|At|In)\b)"
    r"(?:[A-ZÁÉÍÓÚÑ][\w'’&.-]*\s+(?:(?:and|of|de|del|la|du|des)\s+)*)+(?:Clinic|Hospital|Surgery|"
    r"Practice|Centre|Center|Trust|Department|Infirmary)$"
    r"|^(?:Clínica|Hospital|Centro de Salud|Clinique|Hôpital|Cabinet)\s[A-ZÁÉÍÓÚÑ].*"
)
SMALL_WORDS = frozenset(
    (
        "a an and as at by de del des du el en et for from in la las le les los of on or "
        "para por the to un una une vs with y your"
    ).split()
)


@dataclass(frozen=True, slots=True)
class Look:
    """How a line looks: enough to compare headings with one another."""

    number: str = ""
    capitals: bool = False
    title_case: bool = False
    question: bool = False

    @property
    def depth(self) -> int:
        """Return how deep its number goes: 1 for `2.`, 2 for `2.1`, 0 without a number."""
        return self.number.count(".") + 1 if self.number else 0


def look(line: str) -> Look:
    """Return how a line looks."""
    number = NUMBER.match(line)
    words = [
        word for word in re.findall(r"[^\W\d_][\w'’-]*", line) if word.lower() not in SMALL_WORDS
    ]
    return Look(
        number=number.group(1) if number else "",
        capitals=len(words) > 0 and any(len(w) > 1 for w in words) and line == line.upper(),
        title_case=len(words) > 1 and all(word[0].isupper() for word in words),
        question=bool(QUESTION.search(line)),
    )


def heading_like(line: str) -> bool:
    """Say whether a line could be a heading from its own shape alone."""
    letters = re.search(r"[^\W\d_]", line)
    first = STARTS.match(line)
    if (
        letters is None
        or first is None
        or len(line) > MAX_CHARACTERS
        or len(line.split()) > MAX_WORDS
    ):
        return False
    if first.group()[-1].islower() or ENDS_LIKE_TEXT.search(line):
        return False
    if len(sentences.split(LETTERED.sub("", line))) > 1:
        return False
    if line.endswith(":") and len(line.split()) > MAX_WORDS_BEFORE_COLON:
        return False
    return not any(pattern.search(line) for pattern in NOT_A_HEADING.values())


def names_a_clinic(line: str, below: str) -> bool:
    """Say whether a line is a clinic's name above its address, as in a letterhead."""
    is_name = CLINIC.match(line) is not None
    return is_name and any(NOT_A_HEADING[each].search(below) for each in WHEREABOUTS)


def reason(line: str) -> str:
    """Return, in words for the report, why a heading-like line was taken for a heading."""
    seen = look(line)
    if seen.number:
        return f"a short line numbered {seen.number}, with text after it"
    if seen.capitals:
        return "a short line in capitals, with text after it"
    if seen.question:
        return "a short question on a line of its own, with text after it"
    return "a short line of its own without a full stop, with text after it"


def counted(lines: Sequence[str]) -> list[bool]:
    """Say which numbers of headings are really numbering: they begin at 1 and count up.

    So `1.`, `1.1`, `1.2`, `2.` are, and the time `7.30` is not.
    """
    last: dict[int, tuple[int, ...]] = {}
    out: list[bool] = []
    for line in lines:
        parts = tuple(int(part) for part in look(line).number.split(".") if part)
        before = last.get(len(parts), (*parts[:-1], 0))
        above = last.get(len(parts) - 1, ()) if len(parts) > 1 else ()
        counts = bool(parts) and parts[:-1] == above and parts[-1] == _follower(parts, before)
        out.append(counts)
        if counts:
            last[len(parts)] = parts
    return out


def _follower(parts: tuple[int, ...], before: tuple[int, ...]) -> int:
    return before[-1] + 1 if parts[:-1] == before[:-1] else 1


def levels(lines: Sequence[str]) -> list[int]:
    """Return the level (1 section, 2 subsection, ...) of each heading, from the looks of them all.

    A number gives the level outright. Among numbered or capital headings, one that is neither
    stands a level below them.
    """
    looks = [look(line) for line in lines]
    numbered = sum(seen.depth == 1 for seen in looks) > len(looks) / 2
    capitals = sum(seen.capitals for seen in looks) > len(looks) / 2
    return [_level(seen, numbered, capitals) for seen in looks]


def _level(seen: Look, numbered: bool, capitals: bool) -> int:
    if seen.depth:
        return seen.depth
    return 2 if numbered or (capitals and not seen.capitals) else 1


def nested(found: Sequence[int]) -> list[int]:
    """Return levels that begin at 1 and skip none: 2, 2, 4, 3 becomes 1, 1, 2, 2."""
    out: list[int] = []
    above: list[int] = []
    for level in found:
        above = [*(other for other in above if other < level), level]
        out.append(len(above))
    return out


def title_of_file(name: str) -> str:
    """Return a title made of a file's name, for a document that has none."""
    stem = re.sub(r"(?<=.)\.[^.]*$", "", name.rpartition("/")[2])
    words = re.sub(r"[-_\s]+", " ", stem).strip()
    return (words[:1].upper() + words[1:]) or "Leaflet"
