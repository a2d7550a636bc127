"""The review file beside a document: where it is, and its decisions and sign-off as they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ruamel.yaml.error import YAMLError

from clinicpress import reading
from clinicpress.errors import ClinicpressError
from clinicpress.review import reviewfile, signoff
from clinicpress.review.decisions import Review, SignOff

SUFFIX = ".review.yml"
MAX_BYTES = 200_000
BOM = b"\xef\xbb\xbf"


def place_of(document: str) -> str:
    """Return the path of a new review file, as messages call it, for a document called so."""
    return re.sub(r"(?<=[^/.])\.[^./]*$", "", document) + SUFFIX


def load(path: Path, name: str) -> Review:
    """Return the review file of the document at `path`, which messages call `name`."""
    file = file_of(path)
    folder = name.rpartition("/")[0]
    place = f"{folder}/{file.name}" if folder else file.name
    review = _loaded(file, place)
    wrong = _misnamed(path, file)
    if wrong:
        problem, remedy = wrong
        # A file that two documents would share, or that is not read, decides nothing.
        return Review(place, findings=(review.found(1, problem, remedy),))
    return review


def file_of(path: Path) -> Path:
    """Return where the review file of a document is, or would be."""
    own = path.with_name(path.name + SUFFIX)
    return own if own.is_file() or _twins(path) else path.with_name(path.stem + SUFFIX)


def _twins(path: Path) -> list[str]:
    """Return other documents beside this one that differ from it in their ending only."""
    if not path.parent.is_dir():
        return []
    return sorted(
        other.name
        for other in path.parent.iterdir()
        if other.stem == path.stem
        and other.name != path.name
        and other.suffix.lower() in reading.FORMATS
    )


def _misnamed(path: Path, file: Path) -> tuple[str, str] | None:
    shared = path.with_name(path.stem + SUFFIX)
    if shared != file and shared.is_file() and (twins := _twins(path)):
        problem = f"{shared.name} could belong to {path.name} or to {twins[0]}, so it is not read"
        return problem, f"Rename it to {path.name}{SUFFIX}, or to {twins[0]}{SUFFIX}."
    for wrong in (path.with_name(path.stem + ".review.yaml"), path.with_suffix(".review")):
        if wrong.is_file():
            return f"{wrong.name} is not read", f"Rename it to {file.name}."
    return None


def orphans(folder: Path) -> Iterator[Path]:
    """Yield the review files below a folder whose document is gone or has another name."""
    for file in sorted(folder.rglob(f"*{SUFFIX}")):
        name = file.name.removesuffix(SUFFIX)
        others = (p for p in file.parent.iterdir() if p.suffix.lower() in reading.FORMATS)
        if not any(name in (p.name, p.stem) for p in others):
            yield file


def signed(file: Path, place: str, given: SignOff, name: str) -> bytes:
    """Return the review file of a document called so with a sign-off, nothing else in it changed.

    Whatever way it was written in: it is read again, and has to say the same as before.
    """
    data = file.read_bytes() if file.is_file() else b""
    before = reviewfile.parse(data, place)
    try:
        text = signoff.signed(data.decode("utf-8-sig"), given, name, before.sign_off)
        made = data[: len(BOM) if data.startswith(BOM) else 0] + text.encode()
        after = reviewfile.parse(made, place)
    except (YAMLError, UnicodeError, ValueError):
        after = before
    if not _is_only_signed(before, after, given):
        problem = "the sign-off can't be put into this file as it is written"
        remedy = "Write `sign-off:` and `earlier:` as the README does, each value on its own line."
        raise ClinicpressError(place, problem, remedy)
    return made


def _is_only_signed(before: Review, after: Review, given: SignOff) -> bool:
    """Say whether two readings differ in the sign-off alone, and the one before it is kept."""
    was = before.sign_off
    kept = before.earlier + ((was,) if was and replace(was, line=given.line) != given else ())
    wanted = replace(before, sign_off=given, earlier=kept)
    return _unplaced(after) == _unplaced(wanted)


def _unplaced(review: Review) -> tuple[object, ...]:
    """Return what a review says, in whatever lines."""
    kinds = [replace(each, wording=replace(each.wording, line=0)) for each in review.kinds]
    heads = [replace(each, wording=replace(each.wording, line=0)) for each in review.headings]
    signed = [replace(each, line=0) for each in (review.sign_off, *review.earlier) if each]
    return review.page_level, kinds, heads, signed


def _loaded(file: Path, place: str) -> Review:
    empty = Review(place)
    if not file.is_file():
        return empty
    try:
        if file.stat().st_size > MAX_BYTES:
            problem = f"the file is larger than {MAX_BYTES // 1000} kB, so it is not read"
            remedy = "Take out what are no decisions."
            return replace(empty, findings=(empty.found(1, problem, remedy),))
        return reviewfile.parse(file.read_bytes(), place)
    except OSError as error:
        problem = f"it can't be opened ({error.strerror})"
        raise ClinicpressError(place, problem, "Check that you may read it.") from error
