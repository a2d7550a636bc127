"""The proof of every run: the pages show what the source says, and nothing in them can act."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from clinicpress import rendering, writing
from clinicpress.conservation import RenderedPage, compare, tree_words
from clinicpress.errors import ClinicpressError
from clinicpress.model import Leaflet

REPORT_IT = "Nothing was written. Please report this with the document, or a part that shows it."


def prove(leaflet: Leaflet, pages: Mapping[str, str]) -> int:
    """Return how many words the source has, all of them on the pages once each and in order.

    Raises ClinicpressError, naming page, place and words, where that is not so, or where a page
    has a tag or an attribute that our own writing never makes.
    """
    source = tree_words(leaflet.document.blocks)
    title = leaflet.document.title.split() if writing.title_is_words(leaflet) else []
    words = list(shown(leaflet, pages))
    # The landing page's title stands first; where it is not text of the source it is not counted.
    found = words if title else words[len(leaflet.document.title.split()) :]
    _compare(leaflet.document.name, [*title, *source], found)
    return len(title) + len(source)


def shown(leaflet: Leaflet, pages: Mapping[str, str]) -> Iterable[str]:
    """Yield the words of the rendered pages, in order; nothing on them may act."""
    for name, text in pages.items():
        page = RenderedPage(rendering.render(writing.body_of(text)))
        if page.strange:
            problem = (
                f"on the page {name} something in it would become active HTML ({page.strange[0]})"
            )
            raise ClinicpressError(leaflet.document.name, problem, REPORT_IT)
        yield from page.words()


def _compare(place: str, source: list[str], pages: list[str]) -> None:
    difference = compare(source, pages)
    if difference is None:
        return
    after = f"after “… {difference.before}”" if difference.before else "at the very beginning"
    problem = (
        f"{after} the source says “{difference.source}” but the pages say “{difference.pages}”"
    )
    raise ClinicpressError(place, problem, REPORT_IT)
