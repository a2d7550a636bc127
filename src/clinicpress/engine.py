"""Run the engine that turns docs/ into a site, as a command: MkDocs, ProperDocs or Zensical."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from importlib.util import find_spec
from pathlib import Path

from clinicpress.clinic import records
from clinicpress.errors import ClinicpressError, quoted

NAMES = ("mkdocs", "properdocs", "zensical")
DEFAULT = "mkdocs"
CONFIG = "mkdocs.yml"
# Zensical can't be told on its command line where the site goes, and reads its settings from the
# folder of the file they are in: so it gets a copy of them in the project's own folder.
COPY = ".clinicpress-zensical.yml"
SITE_DIR = re.compile(r"^site_dir[ \t]*:.*\n?", re.MULTILINE)
# Both silence a banner about MkDocs 2 that would drown our own output.
QUIET = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
# The engine stamps the time of the build into a compressed sitemap. Same in, same out: no time.
NO_CLOCK = {"SOURCE_DATE_EPOCH": "315532800"}
PDF_IS_MADE = {"CLINICPRESS_PDF": "true"}
# A preview server writes a script into each page, which the pages' own policy would forbid.
NO_POLICY = {"CLINICPRESS_POLICY": "false"}
COMPLAINT = re.compile(r"^(?:WARNING|ERROR)\s*-?\s*(.*)$", re.MULTILINE)
# Zensical's way to say it, drawn in colors: what, then in a frame where.
ZENSICAL_COMPLAINT = re.compile(r"^(?:Warning|Error): (.*)\n.*\[ (.*?) \]", re.MULTILINE)
COLORS = re.compile(r"\x1b\[[0-9;]*m")


# What the check of links finds too, and says where: these alone do not stop the way there.
LEFT_TO_CHECK = re.compile(
    r"Doc file '.*' contains (?:a link '.*', but |an unrecognized relative link )"
)
STRICT_END = re.compile(r"Aborted with \d+ warnings in strict mode!")


@contextmanager
def building(
    root: Path, site: Path, pdf: bool = True, name: str = DEFAULT, today: str = ""
) -> Iterator[None]:
    """Build the project at `root` into the folder `site` while the caller does something else.

    On `today`, an ISO date, a leaflet may be overdue for review: its pages say so then.
    A warning is an error, by the engine's `--strict`, unless the check of links will find it too.
    """
    require(name)
    _check_folder(root)
    _check_language(root)
    try:
        with subprocess.Popen(
            _build_command(name, root, site),
            cwd=root,
            env=environment(pdf, today),
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
    finally:
        (root / COPY).unlink(missing_ok=True)
    failed = process.returncode != 0 and not _only_links(said)
    if failed or not (site / "index.html").is_file():
        problem = "the site could not be built: " + " / ".join(_problems(COLORS.sub("", said)))
        raise ClinicpressError(CONFIG, problem, "Mend it and run again.")


def _only_links(said: str) -> bool:
    """Say whether the engine did all its work, and found nothing wrong but links."""
    complaints = COMPLAINT.findall(said)
    return bool(STRICT_END.search(said)) and all(map(LEFT_TO_CHECK.match, complaints))


def _problems(said: str) -> list[str]:
    """Return what an engine complained of, or the last it said."""
    placed = [f"{where}: {what}" for what, where in ZENSICAL_COMPLAINT.findall(said)]
    return COMPLAINT.findall(said) or placed or said.strip().splitlines()[-3:]


def require(name: str) -> None:
    """Say what to install where an engine is missing."""
    if find_spec(name) is None:
        remedy = f"Install it: pip install 'clinicpress[{name}]'. Or leave out --engine."
        raise ClinicpressError(f"--engine {name}", "this engine is not installed", remedy)


def _check_folder(root: Path) -> None:
    """Refuse settings by which other pages than those of docs/ would be the site's.

    They would go out as reviewed, and nothing here would have looked at them.
    """
    settings = records.compose((root / CONFIG).read_text(encoding="utf-8-sig"), CONFIG)
    folder, inherits = records.below(settings, "docs_dir"), records.below(settings, "INHERIT")
    if folder is not None and str(folder.value).strip("./") != "docs":
        place = f"{CONFIG}:{folder.start_mark.line + 1}"
        remedy = "The pages of leaflets are in docs/, and nowhere else. Take the line out."
        raise ClinicpressError(place, "`docs_dir` makes a site of another folder", remedy)
    if inherits is not None:
        place = f"{CONFIG}:{inherits.start_mark.line + 1}"
        remedy = "Write those settings into mkdocs.yml itself, and take the line out."
        raise ClinicpressError(place, "`INHERIT` takes settings from another file", remedy)


def _check_language(root: Path) -> None:
    """Refuse a language of the site's own words that the theme does not speak."""
    text = (root / CONFIG).read_text(encoding="utf-8-sig")
    named = records.below(records.compose(text, CONFIG), "theme", "language")
    theme = resources.files("material") / "templates" / "partials" / "languages"
    spoken = {path.name.removesuffix(".html") for path in theme.iterdir()}
    if named is not None and str(named.value) not in spoken:
        place = f"{CONFIG}:{named.start_mark.line + 1}"
        problem = f"the theme does not speak this language: {quoted(str(named.value))}"
        raise ClinicpressError(place, problem, "Write it as in `language: en`, es, fr or pl.")


def serve(
    root: Path, address: str, name: str = DEFAULT, today: str = ""
) -> subprocess.Popen[bytes]:
    """Start the engine's preview server, which reloads the browser when docs/ changes."""
    require(name)
    _check_folder(root)
    _check_language(root)
    command = [sys.executable, "-m", name, "serve", "--config-file", CONFIG, "--dev-addr", address]
    return subprocess.Popen(command, cwd=root, env=environment(False, today) | NO_POLICY)


def _build_command(name: str, root: Path, site: Path) -> list[str]:
    command = [sys.executable, "-m", name, "build", "--strict", "--config-file"]
    if name != "zensical":
        return [*command, CONFIG, "--site-dir", str(site)]
    settings = SITE_DIR.sub("", (root / CONFIG).read_text(encoding="utf-8-sig"))
    where = json.dumps(Path(os.path.relpath(site, root)).as_posix())
    (root / COPY).write_text(f"site_dir: {where}\n{settings}", encoding="utf-8")
    return [*command, COPY, "--clean"]


def port_is_free(port: int) -> bool:
    """Say whether the preview server could listen on a port of this machine."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def environment(pdf: bool, today: str = "") -> dict[str, str]:
    """Return the engine's environment; templates link to a PDF only where there is one.

    The day goes as a number, which no engine takes for anything else and templates can compare.
    """
    day = {"CLINICPRESS_TODAY": today.replace("-", "")} if today else {}
    return NO_CLOCK | os.environ | QUIET | (PDF_IS_MADE if pdf else {}) | day
