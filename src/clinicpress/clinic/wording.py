"""What stands around a leaflet's text in a language that has no words of ours: the clinic's own.

English, Spanish and French are there. Of any other language the clinic gives all the lines, for
what is half in another language is no help to whoever can't read that one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from clinicpress import notices
from clinicpress.clinic.records import Record
from clinicpress.model import Kind

Own = Mapping[str, Mapping[str, str]]
NO_WORDS: Own = {}

# What each line says, in English: the right form of it.
FORMS = {
    "emergency": "'Emergency: get help now'",
    "safety": "'Safety information'",
    "credential": "'Check credentials'",
    "read": "'In an emergency: read when to get help now'",
    "call": "'Call {number}'   ({number} has to stand in it)",
    "unreviewed": "'Not yet reviewed'",
    "unreviewed_more": "'No clinician has signed this leaflet off. Do not rely on it.'",
    "changed_more": "'Changed since a clinician signed it off. Do not rely on it.'",
    "reviewed": "'Last reviewed'",
    "due": "'Next review due'",
    "sections": "'In this leaflet'",
    "pdf": "'Download this leaflet (PDF)'",
    "page": "'Page'",
    "picture": "'Picture without a description'",
    "moved": "'This page has moved:'",
    "home": "'Home'",
    "path": "'You are here'",
    "previous": "'Previous'",
    "next": "'Next'",
    "who": "'Check who treats you here'",
    "team": "'Our practitioners, their training and registration'",
    "register": "'Check on the register: {name}'   ({name} has to stand in it)",
}
FILLED = {"call": "{number}", "register": "{name}"}
TAG = r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*"
# So a date is told where there are no names of months: the same for everybody.
DATE = {"written": "{date}"}


def read(given: Record, key: str) -> Own:
    """Return the clinic's own words by language; a line that is missing is told with its form."""
    return {tag.lower(): _language(each, tag) for tag, each in given.named(key, FORMS, TAG)}


def _language(given: Record, tag: str) -> Mapping[str, str]:
    if missing := [key for key in FORMS if key not in given.nodes]:
        lines = "".join(f"\n        {key}: {FORMS[key]}" for key in missing)
        problem = f"the words for `{tag}` are not all there: {', '.join(missing)}"
        remedy = f"Add these lines, each with what it says here in that language:{lines}"
        raise given.wrong(missing[0], problem, remedy)
    words = {key: given.text(key, required=True) for key in FORMS}
    for key, part in FILLED.items():
        if part not in words[key]:
            raise given.wrong(key, f"`{key}` does not say where {part} goes")
    return words


def of(lang: str, own: Own) -> Mapping[str, str]:
    """Return the clinic's words for a language tag, those of the whole tag first; else nothing."""
    tag = lang.lower()
    return own.get(tag) or own.get(tag.partition("-")[0]) or {}


def is_there(lang: str, own: Own) -> bool:
    """Say whether there are words for a language, ours or the clinic's."""
    return notices.is_known(lang) or bool(of(lang, own))


def rules(lang: str, own: Own) -> notices.Rules:
    """Return the rules for a language, with the clinic's words where it gives any."""
    ours, words = notices.load(lang), of(lang, own)
    if not words:
        return ours
    titles: dict[Kind, str] = {kind: words[kind] for kind in Kind if kind is not Kind.NONE}
    said = {**ours.words, **words, "emergency": words["read"]}
    return replace(ours, titles=titles, row_titles=titles, words=said, dates={**ours.dates, **DATE})
