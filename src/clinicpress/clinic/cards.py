"""What pages show of the clinic and its practitioners: blocks of plain HTML, all text escaped.

A page has a block where it says `/// html | div.practitioners` and, after a blank line, `///`.
What stands between the two is made from the clinic's settings and is made anew on every run.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from html import escape
from importlib import resources

from clinicpress import slugs
from clinicpress.clinic import countries
from clinicpress.clinic.countries import Country
from clinicpress.clinic.register import Practitioner, Training
from clinicpress.clinic.regulators import Regulator
from clinicpress.clinic.settings import Clinic

BLOCK = re.compile(
    r"^(/// html \| div\.(clinic-tasks|clinic-help|clinic-contact|clinic-numbers|clinic-advice"
    r"|practitioners|registers)\b"
    r"[^\n]*\n(?:    [^\n]*\n)*[^\S\n]*\n)(?:(?!///)[^\n]*\n)*?(///[^\S\n]*$)",
    re.M,
)
# Where a clinic has not said where it is, patients may be anywhere.
ANYWHERE = ("GB", "EU", "US", "CA", "AU", "NZ")

Words = Mapping[str, str]


@cache
def words(language: str) -> Words:
    """Return the words of a language, by its tag; English where it has none."""
    text = (resources.files("clinicpress.clinic") / "words.toml").read_text(encoding="utf-8")
    known: dict[str, Words] = tomllib.loads(text)
    return known.get(language.partition("-")[0], known["en"])


def filled(page: str, clinic: Clinic | None, people: Sequence[Practitioner], language: str) -> str:
    """Return a page with its blocks filled; one without any as it is."""
    if not BLOCK.search(page):
        return page
    given = words(language)
    made = {
        "clinic-tasks": lambda: tasks(page, clinic, given),
        "clinic-help": lambda: help_now(clinic, given),
        "clinic-contact": lambda: contact(clinic, given),
        "clinic-numbers": lambda: numbers(clinic, given),
        "clinic-advice": lambda: advice(clinic, given),
        "practitioners": lambda: practitioners(people, given),
        "registers": lambda: registers(clinic, people),
    }

    def fill(block: re.Match[str]) -> str:
        lines = list(made[block.group(2)]())
        return block.group(1) + "".join(f"{line}\n" for line in lines) + block.group(3)

    return BLOCK.sub(fill, page)


def tasks(page: str, clinic: Clinic | None, words: Words) -> Iterator[str]:
    """Yield what a patient may come for, each as a link to the place on this page that answers.

    Only what the page has is offered: help, leaflets, practitioners, contact.
    """
    offered = {
        "help": ("#help", "div.clinic-help" in page),
        "find": ("#leaflets", "{#leaflets}" in page),
        "team": ("practitioners.html", "](practitioners.md)" in page),
        "reach": ("#contact", "div.clinic-contact" in page and any(contact(clinic, words))),
    }
    words = {**words, **_ways(clinic, words)}
    yield "<!-- Made by Clinicpress: what this page has. -->"
    yield f'<h2 id="tasks">{_text(words["tasks"])}</h2>'
    yield "<ul>"
    for task, (address, is_there) in offered.items():
        if is_there:
            more = words[f"{task}_more"]
            more = f" <span>{_text(more)}</span>" if more else ""
            link = f'<a href="{address}"><strong>{_text(words[task])}</strong>{more}</a>'
            yield f'<li class="task-{task}">{link}</li>'
    yield "</ul>"


def _ways(clinic: Clinic | None, words: Words) -> Words:
    """Return what the card of the contact says: the ways that the clinic gives, and no others."""
    if clinic is None:
        return {}
    given = {"phone": clinic.phone, "email": clinic.email, "address": clinic.address}
    ways = [words[way] for way, there in {**given, "hours": clinic.hours}.items() if there]
    called = words["reach" if clinic.booking else "reach_only"]
    return {"reach": called, "reach_more": ", ".join(ways).capitalize()}


def help_now(clinic: Clinic | None, words: Words) -> Iterator[str]:
    """Yield how to get help now: the emergency numbers as a notice, then the advice lines."""
    yield from numbers_heading(words)
    yield f"<p>{_text(words['danger'])}</p>"
    yield from numbers(clinic, words)
    yield f"<p>{_text(words['nobody_reads'])}</p>"
    yield "</div>"
    yield from advice(clinic, words)


def numbers_heading(words: Words) -> Iterator[str]:
    """Yield how the notice begins, up to its text."""
    title = _text(words["emergency"])
    yield f'<h2 id="help">{_text(words["help_heading"])}</h2>'
    yield f'<div class="admonition emergency" role="group" aria-label="{title}">'
    yield f'<p class="admonition-title">{title}</p>'


def contact(clinic: Clinic | None, words: Words) -> Iterator[str]:
    """Yield the lines of how to reach the clinic; nothing where nothing is known."""
    if clinic is None:
        return
    rows = dict(_contact_rows(clinic, words))
    if not rows and not clinic.booking:
        return
    yield _made("extra.clinic in mkdocs.yml")
    yield f'<h2 id="contact">{_text(words["contact"])}</h2>'
    if clinic.booking:
        link = _link(clinic.booking, words["book"], "clinic-button")
        yield f"<p>{link}</p>"
    yield from _list(rows)


def _contact_rows(clinic: Clinic, words: Words) -> Iterator[tuple[str, str]]:
    if clinic.phone:
        yield words["phone"], _call(clinic.phone)
    if clinic.email:
        yield words["email"], _link(f"mailto:{clinic.email}", clinic.email)
    if clinic.address:
        yield words["address"], "<br>".join(map(_text, clinic.address))
    if clinic.hours:
        yield words["hours"], "<br>".join(map(_text, clinic.hours))
    if clinic.languages:
        yield words["languages"], _text(", ".join(clinic.languages))


def numbers(clinic: Clinic | None, words: Words) -> Iterator[str]:
    """Yield the emergency numbers of the clinic's countries, else of those patients may be in."""
    anywhere = [countries.load()[code] for code in ANYWHERE]
    yield _made("extra.clinic.countries in mkdocs.yml")
    yield "<ul>"
    for country in (clinic.countries if clinic else ()) or anywhere:
        calls = f" {words['or']} ".join(map(_call, country.emergency))
        yield f"<li>{_where(country, words)}{calls}</li>"
    yield "</ul>"


def advice(clinic: Clinic | None, words: Words) -> Iterator[str]:
    """Yield the advice lines of the clinic's countries; nothing where they have none."""
    own = clinic.countries if clinic else ()
    lines = [(country, line) for country in own for line in country.advice]
    if lines:
        yield _made("extra.clinic.countries in mkdocs.yml")
        yield f"<p>{_text(words['advice'])}:</p>"
        yield "<ul>"
        yield from (
            f"<li>{_where(country, words) if len(own) > 1 else ''}"
            f"{_text(line.name)}: {_call(line.number)}</li>"
            for country, line in lines
        )
        yield "</ul>"


def _where(country: Country, words: Words) -> str:
    return f"{_text(country.called(words['language']))}: "


def practitioners(people: Sequence[Practitioner], words: Words) -> Iterator[str]:
    """Yield a card for each practitioner."""
    yield _made("practitioners.yml")
    if not people:
        yield f"<p>{_text(words['nobody'])}</p>"
    addresses = slugs.unique(slugs.slug(person.name, "person") for person in people)
    for person, address in zip(people, addresses, strict=True):
        yield '<article class="practitioner">'
        mark = f' <span class="example-mark">{_text(words["example"])}</span>'
        yield f'<h2 id="{address}">{_text(person.name)}{mark if person.example else ""}</h2>'
        yield f'<p class="role">{_text(person.role)}</p>'
        if person.example:
            yield f"<p>{_text(words['example_note'])}</p>"
        yield from _list(dict(_rows(person, words)))
        if person.regulator:
            yield from _check(person, person.regulator, words)
        yield "</article>"


def _rows(person: Practitioner, words: Words) -> Iterator[tuple[str, str]]:
    if person.regulator:
        yield words["registered"], _text(_full_name(person.regulator))
    if person.registration:
        yield words["number"], f"<span>{_text(person.registration)}</span>"
    if person.expires:
        yield words["until"], _day(person.expires, words)
    if person.training:
        items = (f"<li>{_course(course, words)}</li>" for course in person.training)
        yield words["training"], f"<ul>{''.join(items)}</ul>"


def _course(course: Training, words: Words) -> str:
    return f"{_text(course.what)} ({_text(course.provider)}, {_day(course.date, words)})"


def _check(person: Practitioner, regulator: Regulator, words: Words) -> Iterator[str]:
    text = words["check"].replace("{register}", regulator.code).replace("{name}", person.name)
    yield f"<p>{_link(regulator.lookup, text, 'clinic-button')}</p>"
    if regulator.says:
        yield f"<p>{_text(regulator.says)}</p>"


def registers(clinic: Clinic | None, people: Iterable[Practitioner]) -> Iterator[str]:
    """Yield links to the registers of the clinic's regulators and those of its practitioners."""
    named = [*(clinic.regulators if clinic else ()), *(p.regulator for p in people if p.regulator)]
    yield _made("extra.clinic.regulators in mkdocs.yml, and practitioners.yml")
    if named:
        yield "<ul>"
        for each in dict.fromkeys(named):
            says = f". {_text(each.says)}" if each.says else ""
            yield f"<li>{_link(each.lookup, _full_name(each))}{says}</li>"
        yield "</ul>"


def _full_name(regulator: Regulator) -> str:
    if regulator.code in regulator.name:
        return regulator.name
    return f"{regulator.name} ({regulator.code})"


def _list(rows: Mapping[str, str]) -> Iterator[str]:
    if rows:
        yield '<dl class="clinic-facts">'
        yield from (f"<div><dt>{_text(k)}</dt><dd>{html}</dd></div>" for k, html in rows.items())
        yield "</dl>"


def _day(day: date, words: Words) -> str:
    month = words["months"].split()[day.month - 1]
    text = words["day"].format(day=day.day, month=month, year=day.year)
    return f'<time datetime="{day.isoformat()}">{_text(text)}</time>'


def _call(number: str) -> str:
    return _link("tel:" + re.sub(r"[^0-9+]", "", number), number)


def _link(address: str, text: str, look: str = "") -> str:
    styled = f' class="{look}"' if look else ""
    return f'<a{styled} href="{escape(address)}">{_text(text)}</a>'


def _text(text: str) -> str:
    """Return text that stays text, for Markdown too: its signs are written as numbers."""
    return re.sub(r"[\\`*_\[\]{}|~^]", lambda sign: f"&#{ord(sign.group())};", escape(text))


def _made(source: str) -> str:
    return f"<!-- Made by Clinicpress from {source}: change it there. -->"
