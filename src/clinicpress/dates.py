"""Dates as a reader of a language writes them. They come and go as text: `2026-11-23`."""

from __future__ import annotations

from clinicpress import notices


def written(date: str, lang: str) -> str:
    """Return an ISO date in words: 23 November 2026 in `en`, November 23, 2026 in `en-US`."""
    year, month, day = date.split("-")
    forms = notices.load(lang).dates
    region = lang.partition("-")[2].upper()
    form = forms.get(f"written_{region}", forms["written"])
    number = str(int(day)) if int(day) > 1 else forms["first"]
    return form.format(day=number, month=forms["months"].split()[int(month) - 1], year=year)
