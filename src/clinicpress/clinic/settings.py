"""The clinic's own block in mkdocs.yml, `extra.clinic`: its name, colors, numbers and times."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from clinicpress.clinic import countries, palette, quotes, regulators, wording
from clinicpress.clinic.countries import Country
from clinicpress.clinic.palette import Palette
from clinicpress.clinic.records import Record, below, compose, record, shown
from clinicpress.clinic.regulators import Regulator
from clinicpress.clinic.wording import Own
from clinicpress.errors import ClinicpressError

FORMS = {
    "name": "Example Clinic",
    "example": "true   (while the clinic is made up; leave the line out for a real one)",
    "logo": "assets/images/logo.svg   (a picture in docs/ or overrides/)",
    "logo_dark": "assets/images/logo-dark.svg   (if you like: the one on dark pages)",
    "colors": "primary: '#0d4c5b'   (on a line of its own, indented)",
    "phone": "+44 1632 960000",
    "email": "hello@example.org",
    "address": "[1 Example Street, Example Town]",
    "hours": "['Monday to Friday: 9am to 5pm']",
    "booking": "https://www.example.org/book",
    "countries": f"[GB]   (these are known: {', '.join(countries.load())})",
    "languages": "[English, Polish]",
    "regulators": f"[HCPC]   (these are known: {', '.join(regulators.load())})",
    "topics": "a list of lines   - {name: Back and legs, leaflets: [sciatica]}",
    "words": "pl:   (the tag of a language; below it, set in, a line for each of its words)",
}
TOPIC_FORMS = {
    "name": "Back and legs",
    "leaflets": "[dry-needling-for-sciatica]   (the names of leaflets' folders in docs/)",
}
COUNTRY_FORMS = {"name": "Norge", "emergency": "'113'   (or a list of them, your own first)"}
RIGHT_COUNTRY = (
    f"The right form: countries: {FORMS['countries']}; "
    "another one: countries: [{name: Norge, emergency: '113'}]"
)
REGULATOR_FORMS = {
    "name": "Example Board of Physical Therapy",
    "lookup": "https://www.example.org/register",
}
WEB = r"https://[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?::[0-9]+)?(?:[/?#][^\s<>\"'`{}\\]*)?"
PHONE = r"\+?[0-9][0-9 ()./-]{4,24}"
EXTENSION = re.compile(rf"({PHONE}?)[ ,;]*(?:extension|ext|x)[.:]? ?[0-9]+", re.IGNORECASE)
EMAIL = r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
EMERGENCY = r"[0-9](?: ?[0-9]){1,11}"
PICTURE = r"(?!/)(?!.*\.\.)[\w./ -]+\.(?i:svg|png|webp|jpe?g)"


@dataclass(frozen=True, slots=True)
class Topic:
    """A group of leaflets on the home page: its name, and its leaflets by their folders."""

    name: str
    leaflets: tuple[str, ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class Clinic:
    """What a clinic says of itself; every field is checked, and empty where it was left out."""

    name: str
    example: bool = False
    logo: str = ""
    logo_dark: str = ""
    colors: Palette | None = None
    phone: str = ""
    email: str = ""
    address: tuple[str, ...] = ()
    hours: tuple[str, ...] = ()
    booking: str = ""
    countries: tuple[Country, ...] = ()
    languages: tuple[str, ...] = ()
    regulators: tuple[Regulator, ...] = ()
    topics: tuple[Topic, ...] = ()
    words: Own = field(default_factory=dict)
    logo_line: int = 0
    logo_dark_line: int = 0


def read(text: str, path: str) -> Clinic | None:
    """Return the clinic of a mkdocs.yml, or None where it has none.

    Raises ClinicpressError at the line of the first mistake, with the right form.
    """
    given = _given(text, path)
    if given is None:
        return None
    colors = given.record("colors", palette.FORMS)
    return Clinic(
        name=given.text("name", required=True),
        example=given.flag("example"),
        logo=given.text("logo", PICTURE),
        logo_dark=given.text("logo_dark", PICTURE),
        colors=palette.read(colors) if colors else None,
        phone=_phone(given),
        email=given.text("email", EMAIL),
        address=given.texts("address"),
        hours=given.texts("hours"),
        booking=given.text("booking", WEB),
        countries=_countries(given),
        languages=given.texts("languages"),
        regulators=regulators_of(given, "regulators"),
        topics=tuple(_topics(given)),
        words=wording.read(given, "words"),
        logo_line=given.line_of("logo"),
        logo_dark_line=given.line_of("logo_dark"),
    )


def _given(text: str, path: str) -> Record | None:
    node = below(compose(text, path), "extra", "clinic")
    if node is None:
        return None
    if node.value in ("", "null", "~"):
        place = f"{path}:{node.start_mark.line + 1}"
        remedy = "Fill it in, as `clinicpress new` has it, or take the line out."
        raise ClinicpressError(place, "`clinic` has nothing below it", remedy)
    quotes.check(node, path)
    return record(node, path, FORMS, "clinic")


def topics(text: str, path: str) -> tuple[Topic, ...]:
    """Return the topics alone of a mkdocs.yml; the file is not read again where it has none."""
    given = _given(text, path) if "topics" in text else None
    return tuple(_topics(given)) if given else ()


def words(text: str, path: str) -> Own:
    """Return the clinic's own words alone of a mkdocs.yml, by language."""
    given = _given(text, path) if "words" in text else None
    return wording.read(given, "words") if given else {}


def _topics(given: Record) -> Iterator[Topic]:
    seen: set[str] = set()
    for each in given.records("topics", TOPIC_FORMS):
        name = each.text("name", required=True)
        leaflets = tuple(item.removesuffix("/index.md") for item in each.texts("leaflets"))
        if name in seen:
            raise each.wrong("name", f"there are two topics {shown(name)}", "Make one of them.")
        if not leaflets:
            raise each.wrong("leaflets", f"the topic {shown(name)} has no leaflets")
        if twice := next((item for item in leaflets if leaflets.count(item) > 1), ""):
            problem = f"{shown(twice)} stands twice in the topic {shown(name)}"
            raise each.wrong("leaflets", problem, "Take one of them out.")
        seen.add(name)
        yield Topic(name, leaflets, each.line_of("leaflets"))


def _phone(given: Record) -> str:
    if found := EXTENSION.fullmatch(given.text("phone")):
        problem = "a link can't call an extension"
        remedy = f"Write phone: '{found[1]}', and the extension as a line of `hours`."
        raise given.wrong("phone", problem, remedy)
    return given.text("phone", PHONE)


def _countries(given: Record) -> tuple[Country, ...]:
    """Return the clinic's countries; one whose numbers are not known is named with them."""

    def named(code: str) -> Country:
        if code in countries.load():
            return countries.load()[code]
        remedy = "GB is the code of the United Kingdom." if code == "UK" else RIGHT_COUNTRY
        raise given.wrong("countries", f"no numbers are known for {shown(code)}", remedy)

    chosen = given.choose("countries", named, COUNTRY_FORMS)
    if not chosen and "countries" in given.nodes:
        raise given.wrong("countries", "without a country pages have no emergency number")
    return tuple(_own_country(item) if isinstance(item, Record) else item for item in chosen)


def _own_country(given: Record) -> Country:
    name = given.text("name", required=True)
    numbers = given.texts("emergency", EMERGENCY)
    if not numbers:
        raise given.wrong("emergency", f"{shown(name)} has no emergency number")
    return Country(name, name, numbers)


def regulators_of(given: Record, key: str) -> tuple[Regulator, ...]:
    """Return the regulators that a field names; one that is not known is named with its look-up."""

    def named(code: str) -> Regulator:
        if code not in regulators.load():
            remedy = (
                f"Known are {', '.join(regulators.load())}. Another one has two lines: "
                f"name: {REGULATOR_FORMS['name']}, and lookup: {REGULATOR_FORMS['lookup']}"
            )
            raise given.wrong(key, f"the regulator {shown(code)} is not known", remedy)
        return regulators.load()[code]

    chosen = given.choose(key, named, REGULATOR_FORMS)
    return tuple(_own(item) if isinstance(item, Record) else item for item in chosen)


def _own(given: Record) -> Regulator:
    name = given.text("name", required=True)
    return Regulator(name, name, given.text("lookup", WEB, required=True))
