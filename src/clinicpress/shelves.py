"""Where the pictures of a document are: in its own file, among its words, or beside it.

Each kind has an `image` that gives a picture's new address, and keeps it in `media` under that.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from clinicpress.office import archive

IMAGES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp"})
MAX_IMAGE_BYTES = 20_000_000


class Packed:
    """Pictures that are inside the document's own file."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.media: dict[str, bytes] = {}

    def image(self, address: str) -> str | None:
        """Return the new address of a picture; None where the file does not have it."""
        suffix = PurePosixPath(address).suffix.lower()
        data = archive.picture(self._data, address) if suffix in IMAGES else None
        return _keep(self.media, data, suffix)


class Embedded:
    """Pictures that a Rich Text file has between its words, by the digests pandoc names them by."""

    def __init__(self, pictures: Mapping[str, bytes]) -> None:
        self._pictures = pictures
        self.media: dict[str, bytes] = {}

    def image(self, address: str) -> str | None:
        """Return the new address of a picture; None where the file does not have it."""
        path = PurePosixPath(address)
        suffix = path.suffix.lower()
        data = self._pictures.get(path.stem) if suffix in IMAGES else None
        return _keep(self.media, data, suffix)


class Beside:
    """Pictures that stand beside the document, by the name the pages will give them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()
        self.media: dict[str, bytes] = {}

    def image(self, address: str) -> str | None:
        """Return the new address of a picture; None where it is not a file beside the document."""
        path = beside(self._folder, address)
        if path is None:
            return None
        try:
            return _keep(self.media, path.read_bytes(), path.suffix.lower())
        except OSError:
            return None


def beside(folder: Path, address: str) -> Path | None:
    """Return the picture that an address leads to from a folder, which has to be a resolved one.

    None where there is none in it or below it, or where it is too large.
    """
    try:
        path = (folder / unquote(address)).resolve()
        fits = path.is_file() and path.stat().st_size <= MAX_IMAGE_BYTES
    except (OSError, ValueError):
        return None
    is_ours = path.is_relative_to(folder) and path.suffix.lower() in IMAGES
    return path if fits and is_ours else None


def _keep(media: dict[str, bytes], data: bytes | None, suffix: str) -> str | None:
    """Put a picture on the shelf under a name made of its content."""
    if not data:
        return None
    name = f"images/{hashlib.sha256(data).hexdigest()[:12]}{suffix}"
    media[name] = data
    return name


Shelf = Packed | Embedded | Beside
