"""Notices: which sentences are marked as emergency, safety or credential, and why."""

from clinicpress.notices.marker import mark
from clinicpress.notices.rules import Rules, guess_language, load

__all__ = ["Rules", "guess_language", "load", "mark"]
