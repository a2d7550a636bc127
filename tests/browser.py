"""Find a Chromium for the tests, or install one. Run it to install; import it to find."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def find() -> str | None:
    """Return the path of a Chromium: the one named, one of the system's, or Playwright's own."""
    if named := os.environ.get("CLINICPRESS_BROWSER"):
        return named
    if found := next(filter(None, map(shutil.which, NAMES)), None):
        return found
    return _playwrights()


def _playwrights() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).is_file() else None


def install() -> None:
    """Install a Chromium: Playwright's own, or the system's where that can't be had."""
    commands = [[sys.executable, "-m", "playwright", "install", "--with-deps", "chromium"]]
    if shutil.which("apt-get"):
        commands += [["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "chromium"]]
    for command in commands:
        subprocess.run(command, check=False)
        if find():
            return


if __name__ == "__main__":
    if find() is None:
        install()
    if find() is None:
        sys.exit(
            "No Chromium was found and none could be installed.\n"
            "    Install Chromium or Chrome, or name one: CLINICPRESS_BROWSER=/path/to/it"
        )
    print(f"Browser for the tests: {find()}")  # noqa: T201 - a command's output
