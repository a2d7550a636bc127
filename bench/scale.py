"""Time many leaflets: our menu of constant size against Material's own, in one run.

    nice python bench/scale.py [LEAFLETS ...] [--limit SECONDS]

For each number of leaflets (1, 100 and 1,000 if none is given) it generates short leaflets of four
pages, then measures `split`, the engine with our menu, the engine with Material's menu (the same
project without our nav.html and toc.html) and the check of links: seconds, the peak of resident
memory over all processes, the size of the site's HTML. What is not done within the limit is stopped
and said so; the ratio is then a lower bound. The check exits with 1: nobody signed these leaflets.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from way import QUIET, ROOT, _watch

SETUP = """# {name}

This is a generated leaflet about {name}. It is no medical information.

## Before you come

Tell us if you take medicine number {n}.

## What happens

Someone tells you what happens in step {n}.

## Afterwards

Call us if you are worried about item {n}.
"""


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("leaflets", nargs="*", type=int, default=[1, 100, 1000])
    parser.add_argument("--limit", type=float, default=120)
    wanted = parser.parse_args()
    print(f"load before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    for leaflets in wanted.leaflets:
        with tempfile.TemporaryDirectory(prefix="clinicpress-scale-") as scratch:
            _measure_all(Path(scratch), leaflets, wanted.limit)
    print(f"load after: {os.getloadavg()[0]:.1f}")


def _measure_all(root: Path, leaflets: int, limit: float) -> None:
    _lay_out(root, leaflets)
    tool, mkdocs = [sys.executable, "-m", "clinicpress"], [sys.executable, "-m", "mkdocs"]
    print(f"\n{leaflets} leaflets")
    _run("split", [*tool, "split", "-q"], root, limit)
    _run("split again", [*tool, "split", "-q"], root, limit)
    ours = _run("our menu", [*mkdocs, "build", "-q"], root, limit)
    print(f"  {'':22} {_html(root):7.1f} MB of HTML")
    _run("check", [*tool, "check"], root, limit)
    for name in ("nav", "toc"):
        (root / "overrides" / "partials" / f"{name}.html").unlink()
    stock = _run("Material's menu", [*mkdocs, "build", "-q"], root, limit)
    print(f"  {'':22} {_html(root):7.1f} MB of HTML")
    print(f"  Material's / ours      {stock / ours:7.1f}")


def _lay_out(root: Path, leaflets: int) -> None:
    shutil.copytree(ROOT / "src" / "clinicpress" / "starter" / "docs", root / "docs")
    shutil.copytree(ROOT / "overrides", root / "overrides")
    starter = ROOT / "src" / "clinicpress" / "starter" / "mkdocs.yml"
    shutil.copyfile(starter, root / "mkdocs.yml")
    (root / "documents").mkdir()
    for n in range(leaflets):
        name = f"{chr(65 + n % 26)}-treatment {n}"
        (root / "documents" / f"leaflet-{n}.md").write_text(SETUP.format(name=name, n=n), "utf-8")


def _run(label: str, command: list[str], folder: Path, limit: float) -> float:
    start, peak = time.perf_counter(), [0.0]
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=os.environ | QUIET,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    watch = threading.Thread(target=_watch, args=(process, peak))
    watch.start()
    try:
        process.wait(limit)
        said = "" if process.returncode == 0 else f"exit code {process.returncode}"
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        said = f"not done in {limit:.0f} s"
    seconds = time.perf_counter() - start
    watch.join()
    print(f"  {label:22} {seconds:7.1f} s  peak {peak[0]:5.0f} MiB  {said}", flush=True)
    return seconds


def _html(root: Path) -> float:
    return sum(p.stat().st_size for p in (root / "site").rglob("*.html")) / 1e6


if __name__ == "__main__":
    main()
