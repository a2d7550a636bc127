"""The clinic's own register, practitioners.yml: who treats patients, and who vouches for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from clinicpress.clinic.records import Record, compose, record
from clinicpress.clinic.regulators import Regulator
from clinicpress.clinic.settings import regulators_of
from clinicpress.model import Finding, Place

RULE = "credentials"
SOON = timedelta(days=60)
FILE_FORMS = {"practitioners": "(then a line for each person: - name: Alex Example)"}
FORMS = {
    "name": "Alex Example",
    "role": "Physiotherapist",
    "regulator": "HCPC   (or its name and lookup, on two lines)",
    "registration": "PH000000",
    "training": "(then, for each: - what: Dry needling, hands-on course)",
    "expires": "2030-04-30   (year-month-day: when the registration ends)",
    "example": "true   (while the person is made up; leave the line out for a real one)",
}
TRAINING_FORMS = {
    "what": "Dry needling, hands-on course",
    "provider": "Example Training",
    "date": "2024-03-15   (year-month-day)",
}


@dataclass(frozen=True, slots=True)
class Training:
    """A course that a practitioner took."""

    what: str
    provider: str
    date: date
    line: int = 0


@dataclass(frozen=True, slots=True)
class Practitioner:
    """One person; `lines` has where the fields stand that are checked, counted from 1."""

    name: str
    role: str
    regulator: Regulator | None
    registration: str
    training: tuple[Training, ...]
    expires: date | None
    example: bool
    number_line: int
    expires_line: int


def read(text: str, path: str) -> tuple[Practitioner, ...]:
    """Return the practitioners of a file.

    Raises ClinicpressError at the line of the first mistake, with the right form.
    """
    node = compose(text, path)
    if node is None:
        return ()
    given = record(node, path, FILE_FORMS, "practitioners.yml")
    return tuple(_practitioner(each) for each in given.records("practitioners", FORMS))


def _practitioner(given: Record) -> Practitioner:
    named = regulators_of(given, "regulator")
    if len(named) > 1:
        problem = "a practitioner has one regulator here, and this one has more"
        raise given.wrong("regulator", problem, "Enter the person once for each regulator.")
    registration = given.text("registration", r"[\w ./-]{1,40}")
    if registration and not named:
        raise given.wrong("registration", "this number has no `regulator`", right("regulator"))
    return Practitioner(
        name=given.text("name", required=True),
        role=given.text("role", required=True),
        regulator=named[0] if named else None,
        registration=registration,
        training=tuple(_training(each) for each in given.records("training", TRAINING_FORMS)),
        expires=given.day("expires"),
        example=given.flag("example"),
        number_line=given.line_of("registration"),
        expires_line=given.line_of("expires"),
    )


def right(key: str) -> str:
    """Return the right form of a field of a practitioner."""
    return f"The right form: {key}: {FORMS[key]}"


def _training(given: Record) -> Training:
    if (day := given.day("date")) is None:
        raise given.wrong("date", "the `date` of a training is missing")
    what, provider = (given.text(key, required=True) for key in ("what", "provider"))
    return Training(what, provider, day, given.line_of("date"))


def findings(people: Sequence[Practitioner], path: str, today: date) -> Iterator[Finding]:
    """Yield a finding for each number of the wrong form, each end of a registration, each twin."""
    seen: dict[tuple[str, str], str] = {}
    for person in people:
        yield from _number(person, path)
        yield from _end(person, path, today)
        yield from _ahead(person, path, today)
        if person.regulator and person.registration:
            key = (person.regulator.code, person.registration)
            if seen.setdefault(key, person.name) != person.name:
                problem = f"{person.name} has the same registration number as {seen[key]}"
                place = Place(path, person.number_line)
                yield Finding(RULE, place, problem, "Correct the one that is wrong.")


def _number(person: Practitioner, path: str) -> Iterator[Finding]:
    regulator = person.regulator
    if regulator is None:
        problem = f"nothing here lets a patient check {person.name}"
        remedy = f"Add their regulator and number. {right('regulator')}"
        yield Finding(RULE, Place(path, person.number_line), problem, remedy)
    elif not person.registration:
        problem = f"{person.name} has no registration number"
        remedy = f"Add it, as the register has it: registration: {regulator.form or '…'}"
        yield Finding(RULE, Place(path, person.number_line), problem, remedy)
    elif not regulator.accepts(person.registration):
        problem = f"the number of {person.name} is not one of the {regulator.code}"
        if regulator.digits:
            problem += ", or its check digit is wrong"
        remedy = f"Look it up at {regulator.lookup}. Its form: {regulator.form}."
        yield Finding(RULE, Place(path, person.number_line), problem, remedy)


def _end(person: Practitioner, path: str, today: date) -> Iterator[Finding]:
    if person.expires is None or person.expires >= today + SOON:
        return
    how = "ended on" if person.expires < today else "ends soon, on"
    problem = f"the registration of {person.name} {how} {person.expires.isoformat()}"
    remedy = "Look at the register, and put in the new date or take the person out."
    yield Finding(RULE, Place(path, person.expires_line), problem, remedy)


def _ahead(person: Practitioner, path: str, today: date) -> Iterator[Finding]:
    """Yield a finding for each course that a person can't have taken yet."""
    for course in person.training:
        if course.date > today:
            problem = f"a training of {person.name} lies ahead: {course.date.isoformat()}"
            remedy = "Correct its date, or take it out until it is over."
            yield Finding(RULE, Place(path, course.line), problem, remedy)


def summary(people: Sequence[Practitioner]) -> str:
    """Return one line that says how many numbers were checked and whose form is not published."""
    numbered = [p.regulator for p in people if p.regulator and p.registration]
    checked = [regulator for regulator in numbered if regulator.pattern]
    line = f"Registration numbers: {len(checked)} of the right form"
    others = dict.fromkeys(r.code for r in numbered if not r.pattern)
    if others:
        line += f"; not checked, for no form is published: {', '.join(others)}"
    return line + ". Whether a person is registered, only the register can tell."
