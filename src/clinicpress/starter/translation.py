"""The language of a new project: its own pages, and the words in its settings."""

from __future__ import annotations

import tomllib
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

# What the starter is written in; the others stand in languages/, each a folder and a list.
WRITTEN = "en"
LISTS = ".toml"
# The home page of a site of one document.
LONE = "lone.md"


def names() -> tuple[str, ...]:
    """Return the languages that a new project can be in, as two letters."""
    others = (path.name for path in _shelf().iterdir() if path.name.endswith(LISTS))
    return (WRITTEN, *sorted(name.removesuffix(LISTS) for name in others))


def translate(root: Path, language: str) -> None:
    """Put a new project, as the starter has it, into a language; English where it has no such."""
    language = language.partition("-")[0].lower()
    if language == WRITTEN or language not in names():
        return
    given = tomllib.loads((_shelf() / f"{language}{LISTS}").read_text(encoding="utf-8"))
    for name, words in given["replace"].items():
        if (root / name).is_file():
            _write(root / name, _replaced((root / name).read_text(encoding="utf-8"), words))
    lone = not (root / "docs" / "practitioners.md").is_file()
    for page in (_shelf() / language).iterdir():
        if not lone and page.name != LONE:
            _write(root / "docs" / page.name, page.read_text(encoding="utf-8"))
        elif lone and page.name == LONE:
            _write(root / "docs" / "index.md", page.read_text(encoding="utf-8"))


def _replaced(text: str, words: dict[str, str]) -> str:
    for said, instead in words.items():
        text = text.replace(said, instead)
    return text


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _shelf() -> Traversable:
    return resources.files("clinicpress") / "starter" / "languages"
