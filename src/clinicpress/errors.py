"""The one error that a person sees: a place, a problem, a remedy; and how text is quoted there."""

from __future__ import annotations

import re

MAX_QUOTE = 80


def quoted(text: str) -> str:
    """Return text in quotation marks, cut where it is long."""
    return f"“{text}”" if len(text) <= MAX_QUOTE else f"“{text[:MAX_QUOTE]} …”"


class ClinicpressError(Exception):
    """Something a person has to put right before the work can go on.

    `place` is a path, with `:line` where a line is known; `problem` says what is wrong there;
    `remedy` says what to do about it.
    """

    def __init__(self, place: object, problem: str, remedy: str) -> None:
        super().__init__(f"{place}: {problem}")
        self.place = str(place)
        self.problem = problem
        self.remedy = remedy

    def __reduce__(self) -> tuple[type[ClinicpressError], tuple[str, str, str]]:
        """Say how to make it again, which another process needs to hand it over."""
        return ClinicpressError, (self.place, self.problem, self.remedy)


def as_typed(path: str) -> str:
    """Return a path as it is typed in a command, in quotes where it has to be."""
    return path if re.fullmatch(r"[\w./-]+", path) else f'"{path}"'
