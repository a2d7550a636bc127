"""Time the whole way against the engine alone, in one run, and print the ratio.

    python bench/way.py [RUNS]

`clinicpress build` (split, site, PDF, link check) of this repository's own leaflet, and stock
MkDocs with Material (no settings of ours) building the same pages: turn and turn about, medians
compared.
Memory is the largest sum of resident sets over all processes of a run, read from /proc.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
STOCK = "site_name: Stock\ntheme: {name: material}\nmarkdown_extensions:\n"
EXTENSIONS = ("attr_list", "def_list", "footnotes", "md_in_html", "tables", "sane_lists")
BLOCKS = (
    "  - pymdownx.blocks.admonition: {types: [emergency, safety, credential]}\n"
    "  - pymdownx.blocks.html\n"
)
QUIET = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    with tempfile.TemporaryDirectory(prefix="clinicpress-bench-") as scratch:
        ours, stock = Path(scratch) / "ours", Path(scratch) / "stock"
        _lay_out(ours, stock)
        commands = {
            "clinicpress build": ([sys.executable, "-m", "clinicpress", "build"], ours),
            "stock mkdocs build": ([sys.executable, "-m", "mkdocs", "build", "--quiet"], stock),
        }
        samples: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
        for turn in range(runs + 1):
            for name, (command, folder) in commands.items():
                measured = _measure(command, folder)
                if turn:  # the first turn only warms the disk
                    samples[name].append(measured)
    for name, measured_runs in samples.items():
        seconds = [s for s, _ in measured_runs]
        memory = max(m for _, m in measured_runs)
        spread = f"min {min(seconds):.2f}, max {max(seconds):.2f}, {runs} runs"
        print(
            f"{name:20} median {statistics.median(seconds):5.2f} s"
            f"  ({spread})  peak {memory:4.0f} MiB"
        )
    medians = [statistics.median(s for s, _ in rows) for rows in samples.values()]
    print(f"ratio of medians     {medians[0] / medians[1]:.2f}")


def _lay_out(ours: Path, stock: Path) -> None:
    ours.mkdir()
    stock.mkdir()
    for name in ("documents", "docs", "overrides"):
        shutil.copytree(ROOT / name, ours / name)
    for name in ("mkdocs.yml", "clinicpress.lock"):
        shutil.copyfile(ROOT / name, ours / name)
    shutil.copytree(ROOT / "docs", stock / "docs")
    listed = "".join(f"  - {name}\n" for name in EXTENSIONS)
    (stock / "mkdocs.yml").write_text(STOCK + listed + BLOCKS, encoding="utf-8")


def _measure(command: list[str], folder: Path) -> tuple[float, float]:
    """Return seconds, and the peak of resident memory over the process and its children in MiB."""
    start = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=os.environ | QUIET,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    peak = [0.0]
    watch = threading.Thread(target=_watch, args=(process, peak))
    watch.start()
    _, said = process.communicate()
    seconds = time.perf_counter() - start
    watch.join()
    assert process.returncode == 0, said.decode()
    return seconds, peak[0]


def _watch(process: subprocess.Popen[bytes], peak: list[float]) -> None:
    while process.poll() is None:
        peak[0] = max(peak[0], sum(map(_resident, _family(process.pid))))
        time.sleep(0.02)


def _family(pid: int) -> Iterator[int]:
    yield pid
    try:
        found = [p.read_text().split() for p in Path(f"/proc/{pid}/task").glob("*/children")]
    except OSError:  # it has ended meanwhile
        return
    for children in found:
        for child in children:
            yield from _family(int(child))


def _resident(pid: int) -> float:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


if __name__ == "__main__":
    main()
