"""Dates as a reader of a language writes them. They come and go as text: `2026-11-23`."""

from __future__ import annotations

from collections.abc import Mapping

from clinicpress import notices


def written(date: str, lang: str, forms: Mapping[str, str] | None = None) -> str:
    """Return an ISO date in words: 23 November 2026 in `en`, November 23, 2026 in `en-US`.

    `forms` are those of the language where they are not ours.
    """
    year, month, day = date.split("-")
    forms = forms or notices.load(lang).dates
    region = lang.partition("-")[2].upper()
    form = forms.get(f"written_{region}", forms["written"])
    number = str(int(day)) if int(day) > 1 else forms["first"]
    name = forms["months"].split()[int(month) - 1]
    return form.format(date=date, day=number, month=name, year=year)
