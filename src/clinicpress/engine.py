"""Run the engine that turns docs/ into a site: MkDocs, as a command."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from clinicpress.errors import ClinicpressError

# Both silence a banner about MkDocs 2 that would drown our own output.
QUIET = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
# The engine stamps the time of the build into a compressed sitemap. Same in, same out: no time.
NO_CLOCK = {"SOURCE_DATE_EPOCH": "315532800"}
PDF_IS_MADE = {"CLINICPRESS_PDF": "true"}
COMPLAINT = re.compile(r"^(?:WARNING|ERROR)\s*-?\s*(.*)$", re.MULTILINE)


# What the check of links finds too, and says where: these alone do not stop the way there.
LEFT_TO_CHECK = re.compile(
    r"Doc file '.*' contains (?:a link '.*', but |an unrecognized relative link )"
)
STRICT_END = re.compile(r"Aborted with \d+ warnings in strict mode!")


@contextmanager
def building(root: Path, site: Path, pdf: bool = True) -> Iterator[None]:
    """Build the project at `root` into the folder `site` while the caller does something else.

    A warning is an error, by the engine's `--strict`, unless the check of links will find it too.
    """
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(site)]
    with subprocess.Popen(
        command,
        cwd=root,
        env=environment(pdf),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    ) as process:
        try:
            yield
        except BaseException:
            process.kill()
            raise
        said, _ = process.communicate()
    if process.returncode != 0 and not _only_links(said):
        problems = COMPLAINT.findall(said) or said.strip().splitlines()[-3:]
        problem = "the site could not be built: " + " / ".join(problems)
        raise ClinicpressError("mkdocs.yml", problem, "Mend it and run again.")


def _only_links(said: str) -> bool:
    """Say whether the engine did all its work, and found nothing wrong but links."""
    complaints = COMPLAINT.findall(said)
    return bool(STRICT_END.search(said)) and all(map(LEFT_TO_CHECK.match, complaints))


def serve(root: Path, address: str) -> subprocess.Popen[bytes]:
    """Start the engine's preview server, which reloads the browser when docs/ changes."""
    command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", address]
    return subprocess.Popen(command, cwd=root, env=environment(pdf=False))


def port_is_free(port: int) -> bool:
    """Say whether the preview server could listen on a port of this machine."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def environment(pdf: bool) -> dict[str, str]:
    """Return the engine's environment; templates link to a PDF only where there is one."""
    return NO_CLOCK | os.environ | QUIET | (PDF_IS_MADE if pdf else {})
