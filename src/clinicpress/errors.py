"""The one error that a person sees: a place, a problem, a remedy."""

from __future__ import annotations


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
