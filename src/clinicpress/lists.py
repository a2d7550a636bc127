"""The lists of leaflets on pages that people edit too: on the home page, and from A to Z."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from clinicpress import catalog, menu
from clinicpress.catalog import A_TO_Z, Catalog
from clinicpress.clinic import settings
from clinicpress.clinic.records import shown
from clinicpress.errors import ClinicpressError
from clinicpress.menu import CONFIG


@dataclass(frozen=True, slots=True)
class Front:
    """What a leaflet's first page says of it: its language and its first words."""

    lang: str
    summary: str = ""


def updated(docs: Path, config: str, fronts: Mapping[str, Front]) -> dict[str, str]:
    """Return, by name, the pages of docs/ that list leaflets: the home page, and A to Z.

    A to Z is made once there are more than FEW leaflets. It is then a page that people may edit
    like the home page: the tool only keeps the list in it current, and never takes it away.
    `fronts` has the language and first words of leaflets by folder; a title in another language
    than the site's is marked.
    Raises ClinicpressError at the line of a topic that names a leaflet that is not there.
    """
    found = _catalog(config, fronts)
    made: dict[str, str] = {}
    if (docs / "index.md").is_file():
        made["index.md"] = catalog.home(menu.read(docs / "index.md"), found)
    if (docs / A_TO_Z).is_file():
        made[A_TO_Z] = catalog.sorted_page(menu.read(docs / A_TO_Z), found)
    elif found.is_large:
        made[A_TO_Z] = catalog.sorted_page(catalog.new_page(found.language), found)
    return made


def home(page: str, config: str) -> str:
    """Return the home page with the leaflets of `nav` in its list, where it has one."""
    return catalog.home(page, _catalog(config, {}))


def _catalog(config: str, fronts: Mapping[str, Front]) -> Catalog:
    root, entries = menu.root_of(config, Path(CONFIG))
    titles: dict[str, str] = {}
    for entry in menu.entries(entries):
        titles.setdefault(entry.paths[0], entry.title)
    site = menu.language(root)
    foreign = {
        folder: front.lang
        for folder, front in fronts.items()
        if front.lang.split("-")[0].lower() != site
    }
    summaries = {folder: front.summary for folder, front in fronts.items()}
    found = Catalog(titles, site, settings.topics(config, CONFIG), foreign, summaries)
    for topic, name in found.unknown():
        folders = [path.rpartition("/")[0] for path in titles]
        near = get_close_matches(name, folders, 1, 0.5) or folders[:1] or ["knee-pain"]
        problem = f"the topic {shown(topic.name)} names a leaflet that is not there: {shown(name)}"
        remedy = f"Name its folder in docs/, such as {near[0]}, or take it out."
        raise ClinicpressError(f"{CONFIG}:{topic.line}", problem, remedy)
    return found
