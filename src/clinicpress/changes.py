"""Write many files so that a failed or killed run leaves the folder as before or as after.

All new files are first written beside the old ones, then a plan is put in place by one rename: the
point of no return. From there on the moves are only repeated, by the next run if need be.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from clinicpress.errors import ClinicpressError

FOLDER = ".clinicpress"
PLAN = "plan.json"

Changes = Mapping[str, bytes | None]


def apply(root: Path, changes: Changes) -> None:
    """Make the changes below `root`: new bytes by relative path, None to remove. All, or none."""
    try:
        recover(root)
        changes = {path: data for path, data in changes.items() if not _is_so(root / path, data)}
        if not changes:
            return
        for path in changes:
            _check_place(root, path)
        _stage(root / FOLDER, changes)
        recover(root)
    except OSError as error:
        problem = f"it can't be written ({error.strerror})"
        raise ClinicpressError(
            error.filename or root, problem, "Check free space and permissions."
        ) from error


def recover(root: Path) -> None:
    """Finish what a killed run had begun, or clear away what it had not yet decided on."""
    folder = root / FOLDER
    plan = folder / PLAN
    if plan.is_file():
        planned = _planned(plan)
        for path in planned:
            _check_inside(root, path)
        for path, staged in planned.items():
            _move(root, root / path, folder / staged if staged else None)
        plan.unlink()
    if folder.is_dir():
        shutil.rmtree(folder, ignore_errors=True)


def _check_place(root: Path, path: str) -> None:
    """Refuse, before anything is changed, a place that no file can be put in."""
    _check_inside(root, path)
    place = root / path
    blocking = next((p for p in place.relative_to(root).parents if (root / p).is_file()), None)
    if blocking is not None or place.is_dir():
        raise FileExistsError(errno.EEXIST, "something else is in its place", str(place))


def _check_inside(root: Path, path: str) -> None:
    """Refuse a place that is not below `root`, links followed."""
    if not (root / path).parent.resolve().is_relative_to(root.resolve()):
        remedy = "Put a folder in place of the link, then run again."
        raise ClinicpressError(path, "a link on the way to it leads out of the project", remedy)


def _planned(plan: Path) -> dict[str, str | None]:
    try:
        planned: dict[str, str | None] = json.loads(plan.read_text(encoding="utf-8"))
    except ValueError:  # the power went before it reached the disk: nothing was decided
        return {}
    return planned


def _is_so(path: Path, data: bytes | None) -> bool:
    if data is None:
        return not path.exists()
    return path.is_file() and path.read_bytes() == data


def _stage(folder: Path, changes: Changes) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    plan: dict[str, str | None] = {}
    for number, (path, data) in enumerate(changes.items()):
        plan[path] = None if data is None else f"{number}"
        if data is not None:
            (folder / f"{number}").write_bytes(data)
    draft = folder / "plan.draft"
    draft.write_text(json.dumps(plan), encoding="utf-8")
    os.replace(draft, folder / PLAN)


def _move(root: Path, path: Path, staged: Path | None) -> None:
    if staged is None:
        path.unlink(missing_ok=True)
        _remove_empty(path.parent, root)
    elif staged.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        os.replace(staged, path)


def _remove_empty(folder: Path, root: Path) -> None:
    while folder != root:
        if folder.is_dir():
            if any(folder.iterdir()):
                return
            folder.rmdir()
        folder = folder.parent
