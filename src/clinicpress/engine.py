"""Run the engine that turns docs/ into a site: MkDocs, as a command."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from clinicpress.errors import ClinicpressError

# Both silence a banner about MkDocs 2 that would drown our own output.
QUIET = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
# The engine stamps the time of the build into a compressed sitemap. Same in, same out: no time.
NO_CLOCK = {"SOURCE_DATE_EPOCH": "315532800"}
PDF_IS_MADE = {"CLINICPRESS_PDF": "true"}
COMPLAINT = re.compile(r"^(?:WARNING|ERROR)\s*-?\s*(.*)$", re.MULTILINE)


def build(root: Path, site: Path, pdf: bool = True) -> None:
    """Build the project at `root` into the folder `site`; a warning is an error."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(site)]
    done = subprocess.run(
        command, cwd=root, env=environment(pdf), capture_output=True, encoding="utf-8"
    )
    if done.returncode != 0:
        said = (
            COMPLAINT.findall(done.stdout + done.stderr)
            or (done.stdout + done.stderr).strip().splitlines()[-3:]
        )
        raise ClinicpressError(
            "mkdocs.yml",
            "the site could not be built: " + " / ".join(said),
            "Mend it and run again.",
        )


def serve(root: Path, address: str) -> subprocess.Popen[bytes]:
    """Start the engine's preview server, which reloads the browser when docs/ changes."""
    command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", address]
    return subprocess.Popen(command, cwd=root, env=environment(pdf=False))


def environment(pdf: bool) -> dict[str, str]:
    """Return the engine's environment; templates link to a PDF only where there is one."""
    return (
        os.environ
        | QUIET
        | {
            **NO_CLOCK,
            **(
                {"SOURCE_DATE_EPOCH": given}
                if (given := os.environ.get("SOURCE_DATE_EPOCH"))
                else {}
            ),
        }
        | (PDF_IS_MADE if pdf else {})
    )
