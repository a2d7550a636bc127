"""A web page with what pandoc would read otherwise than browsers show it, written as text."""

from __future__ import annotations

from dataclasses import dataclass

from clinicpress.web import formulas, googledocs, notes, numbers, ruby, stylesheet
from clinicpress.web.stylesheet import Sheet


@dataclass(frozen=True, slots=True)
class Written:
    """A page, and the lines for the report on what stands otherwise in it now."""

    html: str
    told: tuple[str, ...] = ()


def spelled(html: str, place: str, sheet: Sheet | None = None) -> Written:
    """Return a page with its formulas, readings and numbers of lists as text, its notes as notes.

    Raises ClinicpressError for a formula that no line of text can say.
    """
    google = googledocs.read(html)
    readings = ruby.written(notes.marked(google.html))
    lines = formulas.written(readings.html, place)
    lists = numbers.numbered(lines.html, sheet or stylesheet.of_page(html))
    return Written(lists.html, (*google.told, *readings.told, *lines.told, *lists.told))
