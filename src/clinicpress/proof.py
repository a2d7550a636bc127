"""The proof of every run: the pages say what the source says, and as it says it.

And nothing on them can act.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from clinicpress import rendering, streams, writing
from clinicpress.conservation import compare, restructured
from clinicpress.errors import ClinicpressError
from clinicpress.model import Leaflet, Loss
from clinicpress.rendered import RenderedPage
from clinicpress.streams import INSIDE, Standing

REPORT_IT = "Nothing was written. Please report this with the document, or a part that shows it."
GO_ON = f"{REPORT_IT} To go on, and look this place up on the pages yourself: --allow-loss."


class UnlikeError(ClinicpressError):
    """The pages of a leaflet say something else than its source does."""


def prove(
    leaflet: Leaflet, pages: Mapping[str, str], allowed: Sequence[Loss] | None = ()
) -> tuple[int, tuple[Loss, ...]]:
    """Return how many words the source has, all of them on the pages once each and in order.

    Raises UnlikeError, naming place and words, where that is not so, or where a word stands
    otherwise (in another item, cell or heading, raised, as another link). Where a person has
    `allowed` that (None: anything), it is returned as well. What would become active HTML is a
    ClinicpressError, and never allowed.
    """
    source = streams.of_tree(leaflet.document.blocks)
    differs = _differs(leaflet, source, _shown(leaflet, pages))
    if differs and allowed is not None and differs not in allowed:
        raise UnlikeError(leaflet.document.name, differs.where, GO_ON)
    titled = len(leaflet.document.title.split()) if writing.title_is_words(leaflet) else 0
    return titled + len(source) - 1, (differs,) if differs else ()


def _differs(
    leaflet: Leaflet, source: Sequence[Standing], shown: Sequence[Standing]
) -> Loss | None:
    """Return the first place where the pages say something else than the source does."""
    title = leaflet.document.title.split()
    # The landing page's title stands first; where it is not text of the source it is not counted.
    counted = title if writing.title_is_words(leaflet) else []
    words = [*counted, *(standing.word for standing in source[:-1])]
    on_pages = [standing.word for standing in shown[:-1]]
    if found := compare(words, on_pages if counted else on_pages[len(title) :]):
        after = f"after “… {found.before}”" if found.before else "at the very beginning"
        where = f"{after} the source says “{found.source}” but the pages say “{found.pages}”"
        return Loss(found.source, where)
    shown = shown[len(title) :]
    if leaflet.broken:  # a link that leads nowhere is told, and its text is kept
        source, shown = [*map(_unlinked, source)], [*map(_unlinked, shown)]
    return restructured(source, shown)


def _unlinked(standing: Standing) -> Standing:
    return replace(standing, within=standing.within - {INSIDE})


def _shown(leaflet: Leaflet, pages: Mapping[str, str]) -> list[Standing]:
    """Return the rendered pages as one stream; nothing on them may act."""
    out = [Standing("")]
    for name, text in pages.items():
        page = RenderedPage(rendering.render(writing.body_of(text)))
        if page.strange:
            problem = (
                f"on the page {name} something in it would become active HTML ({page.strange[0]})"
            )
            raise ClinicpressError(leaflet.document.name, problem, REPORT_IT)
        end, (first, *rest) = out.pop(), page.standing()
        out += [replace(first, begins=first.begins | end.begins), *rest]
    return out
