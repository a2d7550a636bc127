"""The site as one zip, to use without the web: unpacked anywhere, it opens with a double click."""

from __future__ import annotations

import os
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import IO

from yaml import ScalarNode

from clinicpress import slugs
from clinicpress.clinic import records
from clinicpress.errors import ClinicpressError

CONFIG = "mkdocs.yml"
SITE = "site"
# Only a web server has a use for it.
LEFT_OUT = "404.html"
# The earliest day that a zip can tell: with the true one, no two bundles would be the same.
DAY = (1980, 1, 1, 0, 0, 0)
ANYONE_READS = 0o100644 << 16
# Older editors on Windows need it.
LINE_END = "\r\n"
WORDS = {
    "en": (
        "Start here",
        "READ ME FIRST",
        """{title}

1. Unpack this folder, on your computer or a memory stick. Do not open it inside the zip.
2. Open the file: {start}.html

It opens in your web browser, and works without the internet, search included.
Keep the folder “site” beside it.
""",
    ),
    "es": (
        "Empiece aquí",
        "LÉAME PRIMERO",
        """{title}

1. Extraiga esta carpeta en su ordenador o en una memoria USB. No la abra dentro del zip.
2. Abra el archivo: {start}.html

Se abre en su navegador y funciona sin internet, también la búsqueda.
Deje la carpeta «site» a su lado.
""",
    ),
    "fr": (
        "Commencez ici",
        "LISEZ-MOI D’ABORD",
        """{title}

1. Décompressez ce dossier sur l’ordinateur ou une clé USB. Ne l’ouvrez pas dans le zip.
2. Ouvrez le fichier : {start}.html

Il s’ouvre dans votre navigateur et fonctionne sans internet, recherche comprise.
Laissez le dossier « site » à côté.
""",
    ),
}
START = """<!doctype html>
<html lang="{lang}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width,initial-scale=1">
    <title>{title}</title>
    <meta http-equiv="refresh" content="0; url={site}/index.html">
  </head>
  <body>
    <p><a href="{site}/index.html">{title}</a></p>
  </body>
</html>
"""


@dataclass(frozen=True, slots=True)
class Cover:
    """What a bundle is called, and the language of its two files for people."""

    title: str
    lang: str

    @property
    def folder(self) -> str:
        """Return the name of the one folder in the zip."""
        return slugs.slug(self.title, "leaflets")


def cover(config: str) -> Cover:
    """Return the cover of a site whose mkdocs.yml reads as `config`."""
    settings = records.compose(config, CONFIG)
    title = _text(records.below(settings, "site_name"))
    lang = _text(records.below(settings, "theme", "language"))
    return Cover(" ".join(title.split()) or "Leaflets", lang or "en")


def _text(node: object) -> str:
    return str(node.value) if isinstance(node, ScalarNode) else ""


def check_place(target: Path) -> None:
    """Refuse, before any work, a place where a bundle would not be looked for or does harm."""
    remedy = "Name another file with -o, such as leaflets.zip."
    if target.suffix.lower() != ".zip":
        raise ClinicpressError(target, "the name of a bundle ends in .zip", remedy)
    if target.is_dir() or (target.exists() and not zipfile.is_zipfile(target)):
        raise ClinicpressError(target, "there is something here that is not a zip file", remedy)
    if not target.absolute().parent.is_dir():
        raise ClinicpressError(target, "there is no such folder", "Make it first, or " + remedy)


def pack(site: Path, target: Path, given: Cover) -> None:
    """Write the built site into a zip; the one before is gone only when the new one is whole."""
    if not (site / "index.html").is_file():
        remedy = "Build the site first: `clinicpress build`."
        raise ClinicpressError(site.name, "there is no built site here", remedy)
    handle, draft = tempfile.mkstemp(prefix=".clinicpress-", dir=target.absolute().parent)
    try:
        with os.fdopen(handle, "wb") as file:
            _write(file, given.folder, {**_for_people(given), **dict(_files(site))})
        # The draft is for its maker's eyes only; a bundle is as readable as any new file.
        Path(draft).chmod(0o666 & ~_umask())
        os.replace(draft, target)
    finally:
        Path(draft).unlink(missing_ok=True)


def _write(file: IO[bytes], folder: str, files: dict[str, bytes]) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for name in sorted(files):
            entry = zipfile.ZipInfo(f"{folder}/{name}", DAY)
            entry.create_system = 3  # which else tells the system that it was packed on
            entry.external_attr = ANYONE_READS
            entry.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(entry, files[name])


def _for_people(given: Cover) -> dict[str, bytes]:
    lang = given.lang[:2] if given.lang[:2] in WORDS else "en"
    start, read_me, text = WORDS[lang]
    lines = text.format(title=given.title, start=start).replace("\n", LINE_END)
    page = START.format(lang=lang, title=escape(given.title), site=SITE)
    return {f"{read_me}.txt": lines.encode("utf-8-sig"), f"{start}.html": page.encode()}


def _files(site: Path) -> Iterator[tuple[str, bytes]]:
    """Yield what the site consists of; files that begin with a dot are for servers and tools."""
    for path in site.rglob("*"):
        inside = path.relative_to(site)
        hidden = any(part.startswith(".") for part in inside.parts)
        if path.is_file() and not hidden and inside.as_posix() != LEFT_OUT:
            yield f"{SITE}/{inside.as_posix()}", path.read_bytes()


def _umask() -> int:
    """Return which rights new files are not given; it can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
