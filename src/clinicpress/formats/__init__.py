"""Each format to blocks, by a reader of its own, with every word accounted for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from clinicpress.content import Content
from clinicpress.formats import book, markdown, office, richtext, text, webpage

READERS: Mapping[str, Callable[[bytes, str, Path], Content]] = {
    ".docx": office.read,
    ".epub": book.read,
    ".htm": webpage.read,
    ".html": webpage.read,
    ".markdown": markdown.read,
    ".md": markdown.read,
    ".odt": office.read,
    ".rtf": richtext.read,
    ".txt": text.read,
}
