"""Readings that stand above the letters of a Word file (ruby): in brackets behind them.

Pandoc drops such letters with their readings.
"""

from __future__ import annotations

import re

from clinicpress.office.fields import Read

RUBY = re.compile(rb"<w:ruby\b[^<>]*>(.*?)</w:ruby>", re.S)
READING = re.compile(rb"<w:rt(?:\s[^<>]*)?>(.*?)</w:rt>", re.S)
BASE = re.compile(rb"<w:rubyBase(?:\s[^<>]*)?>(.*?)</w:rubyBase>", re.S)
# A line is as large as its smallest letters, and these are small by what they are.
SIZE = re.compile(rb"<w:sz(?:Cs)?\s[^<>]*/>")
TEXT = re.compile(rb"<w:t(?:\s[^<>]*)?>[^<]*[^<\s]")
RUN = b"<w:r><w:t>%s</w:t></w:r>"
TOLD = "letters with their reading above them, which stands in brackets behind them now: {}"


def read(part: bytes) -> Read:
    """Return a part of a Word file with the readings of letters behind these."""
    written, count = RUBY.subn(_written, part)
    return Read(written, (TOLD.format(count),) if count else ())


def _written(ruby: re.Match[bytes]) -> bytes:
    """Return the runs of letters and reading, outside the run that they stand in."""
    base = b"".join(BASE.findall(ruby[1]))
    reading = SIZE.sub(b"", b"".join(READING.findall(ruby[1])))
    behind = RUN % b"(" + reading + RUN % b")" if TEXT.search(reading) else b""
    return b"</w:r>" + base + behind + b"<w:r>"
