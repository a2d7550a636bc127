"""A web page with what pandoc would read otherwise than browsers show it, written as text."""

from __future__ import annotations

from dataclasses import dataclass

from clinicpress.web import formulas, numbers, ruby


@dataclass(frozen=True, slots=True)
class Written:
    """A page, and the lines for the report on what stands otherwise in it now."""

    html: str
    told: tuple[str, ...] = ()


def spelled(html: str, place: str) -> Written:
    """Return a page with its formulas, readings and numbers of lists as text.

    Raises ClinicpressError for a formula that no line of text can say.
    """
    readings = ruby.written(html)
    lines = formulas.written(readings.html, place)
    return Written(numbers.numbered(lines.html), (*readings.told, *lines.told))
