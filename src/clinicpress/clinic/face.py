"""The clinic's face on disk: its settings, its practitioners, and the pages that show them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from clinicpress import vocabulary
from clinicpress.clinic import cards, palette, records, register, settings
from clinicpress.clinic.records import shown
from clinicpress.clinic.register import Practitioner
from clinicpress.clinic.settings import Clinic
from clinicpress.clinic.wording import Own
from clinicpress.errors import ClinicpressError
from clinicpress.model import Finding, Place

CONFIG = "mkdocs.yml"
PRACTITIONERS = "practitioners.yml"
SEARCH_WORDS = "search-words.yml"
STYLES = "assets/clinic.css"
WORDS = "assets/search-words.js"
MAX_BYTES = 200_000
EXAMPLE = "example"
NUMBER = "emergency-number"
# The names that a new project has.
NEW = frozenset({"Your clinic", "Su clínica", "Votre cabinet"})
# Addresses that are nobody's (RFC 2606), and the numbers of a new project, kept for fiction.
EXAMPLES = re.compile(r"[@/.]example\.(?:org|com|net)\b|\.example\b|^\+44 1632 960000$")
# How the lines begin that a new project's pages have for whoever makes them their own.
DRAFTS = (
    "*This is an example text.",
    "*Este es un texto de ejemplo.",
    "*Ceci est un texte d’exemple.",
)
DRAFT = "Make it true of your clinic, as it says, and take this line out."
OUT = "Put a real person in their place, or take them out."
OWN = "Put your clinic's own there, or take the line out."


@dataclass(frozen=True, slots=True)
class Face:
    """What a clinic shows of itself; `language` is that of the site's own words."""

    clinic: Clinic | None
    people: tuple[Practitioner, ...]
    language: str


def read(root: Path, config: str) -> Face:
    """Return the face of the project at `root`, whose mkdocs.yml reads as `config`."""
    found = settings.read(config, CONFIG)
    if found:
        _check_picture(root, found.logo, found.logo_line)
        _check_picture(root, found.logo_dark, found.logo_dark_line)
    return Face(found, people(root), _language(config))


def clinic_of(root: Path) -> Clinic | None:
    """Return what the clinic of a project says of itself; None where it says nothing."""
    return settings.read(_text(root / CONFIG, CONFIG), CONFIG)


def words(root: Path) -> Own:
    """Return the words that the clinic of a project has of its own, by language."""
    return settings.words(_text(root / CONFIG, CONFIG), CONFIG)


def language(root: Path) -> str:
    """Return the language of the site's own words, of the project at `root`."""
    return _language(_text(root / CONFIG, CONFIG))


def _language(config: str) -> str:
    found = records.below(records.compose(config, CONFIG), "theme", "language")
    return str(found.value) if found else "en"


def people(root: Path) -> tuple[Practitioner, ...]:
    """Return the practitioners of the project at `root`; none where it has no list of them."""
    return register.read(_own(root, PRACTITIONERS), PRACTITIONERS)


def _own(root: Path, name: str) -> str:
    """Return the text of a list that the clinic keeps; empty where it keeps none."""
    path = root / name
    if not path.is_file():
        return ""
    if path.stat().st_size > MAX_BYTES:
        problem = f"it has more than {MAX_BYTES // 1000} kB, too much for such a list"
        raise ClinicpressError(name, problem, "Compare it with a new project's.")
    return _text(path, name)


def _check_picture(root: Path, name: str, line: int) -> None:
    if name and not any((root / folder / name).is_file() for folder in ("docs", "overrides")):
        problem = f"there is no picture {name} in docs/ or overrides/"
        remedy = "Put it there, or correct the name. Capital letters count."
        raise ClinicpressError(f"{CONFIG}:{line}", problem, remedy)


def files(
    root: Path, docs: str, config: str, wanted: Mapping[str, bytes | None]
) -> dict[str, bytes | None]:
    """Return the pages and the stylesheet that show the clinic, by path, where they change.

    `wanted` has pages that are to be written anyway; their new text is what is filled.
    """
    face = read(root, config)
    changed: dict[str, bytes | None] = {}
    for path in sorted((root / docs).glob("*.md")):
        name = f"{docs}/{path.name}"
        given = wanted.get(name)
        text = given.decode() if given is not None else _text(path, name)
        filled = cards.filled(text, face.clinic, face.people, face.language)
        if filled != text:
            changed[name] = filled.encode()
    changed |= dict(_styles(root / docs / STYLES, f"{docs}/{STYLES}", face.clinic))
    return changed | dict(_words(root, f"{docs}/{WORDS}"))


def _words(root: Path, name: str) -> Iterator[tuple[str, bytes]]:
    path = root / name
    before = _text(path, name) if path.is_file() else ""
    vocabulary.check_made(before, name)
    wanted = vocabulary.script(vocabulary.read(_own(root, SEARCH_WORDS), SEARCH_WORDS))
    if wanted != before:
        yield name, wanted.encode()


def _styles(path: Path, name: str, found: Clinic | None) -> Iterator[tuple[str, bytes | None]]:
    before = _text(path, name) if path.is_file() else ""
    if before and not before.startswith(palette.HEAD):
        remedy = "Move it elsewhere, such as into extra_css: its name is needed."
        raise ClinicpressError(name, "this file is not one that Clinicpress made", remedy)
    wanted = palette.css(found.colors) if found and found.colors else ""
    if wanted != before:
        yield name, wanted.encode() if wanted else None


def findings(root: Path, today: date) -> list[Finding]:
    """Return what is wrong with the practitioners' numbers and dates, and what is made up.

    Raises ClinicpressError where the settings or a list of the clinic can't be used.
    """
    vocabulary.read(_own(root, SEARCH_WORDS), SEARCH_WORDS)
    config = _text(root / CONFIG, CONFIG)
    face = read(root, config)
    found = [*register.findings(face.people, PRACTITIONERS, today), *examples(root)]
    return [*found, *_names(config, face.clinic), *_unlinked(face)]


def _names(config: str, own: Clinic | None) -> Iterator[Finding]:
    """Yield a finding where one of the two names of a site is still that of a new project."""
    site = records.below(records.compose(config, CONFIG), "site_name")
    names = {str(site.value).strip() if site else "", own.name if own else ""}
    if own and site and len(names) == 2 and names & NEW:
        problem = f"the header says {shown(str(site.value))}, and the foot {shown(own.name)}"
        remedy = "Write the same name in `site_name` and in `name` below `clinic`."
        yield Finding(EXAMPLE, Place(CONFIG, site.start_mark.line + 1), problem, remedy)


def _unlinked(face: Face) -> Iterator[Finding]:
    """Yield a finding for each practitioner whose regulator the clinic does not list."""
    listed = {regulator.code for regulator in face.clinic.regulators} if face.clinic else set()
    for person in face.people:
        if person.regulator and listed and person.regulator.code not in listed:
            code = person.regulator.code
            problem = f"{person.name} is registered with {code}, which is not among `regulators`"
            remedy = f"Add it in {CONFIG}, or leaflets do not lead to its register."
            yield Finding(register.RULE, Place(PRACTITIONERS, person.number_line), problem, remedy)


def advice(root: Path) -> list[Finding]:
    """Return what a clinic may leave as it is, and should know: who can never be found expired."""
    problem = "{} has no date at which the registration ends, so its end is not found"
    remedy = f"If the register gives one, add it. {register.right('expires')}"
    return [
        Finding(
            register.RULE, Place(PRACTITIONERS, each.number_line), problem.format(each.name), remedy
        )
        for each in people(root)
        if each.regulator and not each.expires and not each.example
    ]


def nowhere(root: Path) -> list[Finding]:
    """Return a finding where the site does not say which emergency number its patients call."""
    found = clinic_of(root)
    if found and found.countries:
        return []
    problem = "no country is named, so leaflets have no emergency number to call"
    where = "below `clinic`" if found else "below `extra` and `clinic`, with the clinic's `name`"
    remedy = f"Add a line {where}. {settings.RIGHT_COUNTRY}"
    return [Finding(NUMBER, Place(CONFIG), problem, remedy)]


def ended(root: Path, today: date) -> list[Finding]:
    """Return a finding for each practitioner whose registration has ended: patients see them."""
    past = [person for person in people(root) if person.expires and person.expires < today]
    return [f for f in register.findings(past, PRACTITIONERS, today) if " ended on " in f.problem]


def examples(root: Path) -> list[Finding]:
    """Return a finding for each thing that is made up where the clinic is none any more."""
    config = _text(root / CONFIG, CONFIG)
    face = read(root, config)
    if face.clinic is None or face.clinic.example:
        return []
    made_up = [
        Finding(EXAMPLE, Place(PRACTITIONERS, person.number_line), f"{person.name} is made up", OUT)
        for person in face.people
        if person.example
    ]
    given_there = (face.clinic.name, face.clinic.phone, face.clinic.email, face.clinic.booking)
    made_up += [
        Finding(EXAMPLE, Place(f"docs/{path.name}", line), "this text is an example", DRAFT)
        for path in sorted((root / "docs").glob("*.md"))
        for line, text in enumerate(_text(path, path.name).splitlines(), 1)
        if text.startswith(DRAFTS)
    ]
    if not face.people and (root / "docs" / "practitioners.md").is_file():
        remedy = "List them there, or take docs/practitioners.md and what leads to it out."
        made_up.append(Finding(EXAMPLE, Place(PRACTITIONERS), "nobody is listed", remedy))
    lines = config.splitlines()
    return made_up + [
        Finding(EXAMPLE, Place(CONFIG, line), f"{given} is made up", OWN)
        for given in given_there
        if EXAMPLES.search(given) or given in NEW
        for line in [next((n for n, text in enumerate(lines, 1) if given in text), 1)]
    ]


def _text(path: Path, name: str) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        remedy = "Check that it is a text file in UTF-8."
        raise ClinicpressError(name, "it can't be read", remedy) from None
