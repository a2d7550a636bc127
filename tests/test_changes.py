"""Many files at once: killed at any moment, a folder is as before or as after."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from clinicpress import changes
from clinicpress.errors import ClinicpressError

BEFORE = {"a.md": b"old a", "deep/er/b.md": b"old b", "c.md": b"c", "x/y/gone.md": b"gone"}
WANTED: dict[str, bytes | None] = {
    "a.md": b"new a",
    "deep/er/b.md": b"new b",
    "c.md": b"c",
    "new/folder/d.md": b"new d",
    "x/y/gone.md": None,
    "never/there.md": None,
}
AFTER = {
    "a.md": b"new a",
    "deep/er/b.md": b"new b",
    "c.md": b"c",
    "new/folder/d.md": b"new d",
}
# A process that dies at the n-th thing it does to the disk, and says so with its exit code. It
# counts the interpreter's own audit events, so that no call of ours can be forgotten.
KILLED = 9
CHILD = """
import json, os, sys
from pathlib import Path
from clinicpress import changes

left = int(sys.argv[1])
touches = {"open", "os.rename", "os.remove", "os.rmdir", "os.mkdir"}

def die(event, arguments):
    global left
    if event not in touches or (event == "open" and not arguments[2] & (os.O_WRONLY | os.O_RDWR)):
        return
    left -= 1
    if left < 0:
        os._exit(9)

wanted = {k: v.encode() if v else None for k, v in json.load(sys.stdin).items()}
sys.addaudithook(die)
changes.apply(Path.cwd(), wanted)
"""


def write(root: Path, files: dict[str, bytes]) -> None:
    for name, data in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)


def found(root: Path) -> dict[str, bytes]:
    """Return the files below a folder, and each empty folder as one that ends in `/`."""
    paths = {p.relative_to(root).as_posix(): p for p in root.rglob("*")}
    files = {name: path.read_bytes() for name, path in paths.items() if path.is_file()}
    empty = {f"{name}/": b"" for name, p in paths.items() if p.is_dir() and not any(p.iterdir())}
    return files | empty


def killed_at(step: int, root: Path) -> bool:
    """Make the changes in a process that is killed at a step; say whether it came to that."""
    wanted = {name: data.decode() if data else None for name, data in WANTED.items()}
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(step)],
        cwd=root,
        input=json.dumps(wanted),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode in (0, KILLED), done.stderr
    return done.returncode == KILLED


def test_all_changes_are_made_and_nothing_else_is_left(tmp_path: Path) -> None:
    write(tmp_path, BEFORE)
    changes.apply(tmp_path, WANTED)
    assert found(tmp_path) == AFTER


def test_a_run_killed_at_any_step_leaves_before_or_after(tmp_path: Path) -> None:
    outcomes: list[dict[str, bytes]] = []
    killed = True
    while killed:
        root = tmp_path / str(len(outcomes))
        write(root, BEFORE)
        killed = killed_at(len(outcomes), root)
        changes.recover(root)
        outcomes.append(found(root))
        assert outcomes[-1] in (BEFORE, AFTER)
    assert outcomes[0] == BEFORE
    assert outcomes[-1] == AFTER
    assert len(outcomes) > 10
    turn = outcomes.index(AFTER)
    assert all(outcome == AFTER for outcome in outcomes[turn:])


def test_a_run_killed_at_any_step_can_be_run_again(tmp_path: Path) -> None:
    step = 0
    while killed_again(step, tmp_path / str(step)):
        step += 3
    assert step


def killed_again(step: int, root: Path) -> bool:
    write(root, BEFORE)
    killed = killed_at(step, root)
    changes.apply(root, WANTED)
    assert found(root) == AFTER
    return killed


def test_a_killed_recovery_is_finished_by_the_next(tmp_path: Path) -> None:
    write(tmp_path, BEFORE)
    folder = tmp_path / changes.FOLDER
    write(folder, {"0": b"new a", "plan.json": b'{"c.md": null, "a.md": "0", "e.md": "1"}'})
    changes.recover(tmp_path)
    assert found(tmp_path) == {k: v for k, v in BEFORE.items() if k != "c.md"} | {"a.md": b"new a"}


def test_what_was_not_decided_on_is_cleared_away(tmp_path: Path) -> None:
    write(tmp_path, BEFORE)
    write(tmp_path / changes.FOLDER, {"0": b"new a", "plan.draft": b'{"a.md": "0"}'})
    changes.recover(tmp_path)
    assert found(tmp_path) == BEFORE
    changes.recover(tmp_path)
    assert found(tmp_path) == BEFORE


def test_no_change_touches_nothing(tmp_path: Path) -> None:
    write(tmp_path, BEFORE)
    times = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    changes.apply(tmp_path, {**BEFORE, "never/there.md": None})
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == times


def test_a_removal_leaves_no_empty_folder_and_no_other_file_goes(tmp_path: Path) -> None:
    write(tmp_path, {"x/y/a.md": b"a", "x/y/z/b.md": b"b", "k/c.md": b"c", "k/mine.txt": b""})
    changes.apply(tmp_path, {"x/y/a.md": None, "x/y/z/b.md": None, "k/c.md": None})
    assert found(tmp_path) == {"k/mine.txt": b""}


@pytest.mark.parametrize("name", ["a.md/below.md", "deep/er"])
def test_a_file_that_cannot_be_written_stops_the_run_before_anything_changes(
    tmp_path: Path, name: str
) -> None:
    write(tmp_path, BEFORE)
    with pytest.raises(ClinicpressError, match="it can't be written") as stopped:
        changes.apply(tmp_path, {"a.md": b"new a", name: b"new"})
    assert stopped.value.remedy
    changes.recover(tmp_path)
    assert found(tmp_path) == BEFORE


def test_a_folder_where_nothing_can_be_staged_is_named(tmp_path: Path) -> None:
    write(tmp_path, {changes.FOLDER: b"a file where the folder has to be"})
    with pytest.raises(ClinicpressError, match="it can't be written"):
        changes.apply(tmp_path, {"a.md": b"new"})
    assert not (tmp_path / "a.md").exists()


def test_a_link_that_leads_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    root = tmp_path / "root"
    root.mkdir()
    (root / "deep").symlink_to(outside)
    with pytest.raises(ClinicpressError, match="leads out of the project") as raised:
        changes.apply(root, {"a.md": b"a", "deep/b.md": b"b"})
    assert raised.value.place == "deep/b.md"
    assert not (root / "a.md").exists()
    assert not any(outside.iterdir())


def test_a_plan_that_leads_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "kept.md").write_bytes(b"kept")
    folder = tmp_path / "root" / changes.FOLDER
    folder.mkdir(parents=True)
    (folder / changes.PLAN).write_text(json.dumps({"../kept.md": None}), encoding="utf-8")
    with pytest.raises(ClinicpressError, match="leads out of the project"):
        changes.recover(tmp_path / "root")
    assert (tmp_path / "kept.md").read_bytes() == b"kept"
