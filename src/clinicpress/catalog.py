"""The lists of leaflets that patients see: on the home page, by topic, and from A to Z.

Few leaflets stand on the home page itself, under their topics where the clinic has any. From the
next one on it leads, topic by topic, to the page that has them all.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from clinicpress import alphabet, slugs
from clinicpress.clinic.settings import Topic

LIST = re.compile(
    r"^(/// html \| nav\.leaflets\b[^\n]*\n(?:    [^\n]*\n)*\n)(?:[^/\n][^\n]*\n|\n)*(///$)", re.M
)
LETTERS = re.compile(r"^(/// html \| nav\.leaflets\.a-to-z\n\n).*?^(///$)", re.M | re.S)
# Signs of Markdown that could make something else of a title.
ESCAPED = r"\\\1"
SIGNS = re.compile(r"([\\`*_{}\[\]<>!~^])")
# So many leaflets at most stand on the home page; from the next one on it leads to A to Z.
FEW = 12
A_TO_Z = "a-z.md"


# What languages call themselves (CLDR), with a capital: readers look for theirs among the leaflets.
TONGUES = dict(
    pair.split(" ", 1)
    for pair in (
        "ar العربية,bg Български,bn বাংলা,cs Čeština,cy Cymraeg,da Dansk,de Deutsch,"
        "el Ελληνικά,en English,es Español,fa فارسی,fi Suomi,fr Français,ga Gaeilge,"
        "gu ગુજરાતી,he עברית,hi हिन्दी,hr Hrvatski,hu Magyar,it Italiano,ja 日本語,ko 한국어,"
        "lt Lietuvių,lv Latviešu,nb Norsk,nl Nederlands,no Norsk,pa ਪੰਜਾਬੀ,pl Polski,"
        "pt Português,ro Română,ru Русский,sk Slovenčina,so Soomaali,sq Shqip,"
        "sv Svenska,ta தமிழ்,tr Türkçe,uk Українська,ur اردو,vi Tiếng Việt,zh 中文"
    ).split(",")
)


@dataclass(frozen=True, slots=True)
class Words:
    """What the lists say in a language."""

    menu: str
    all_leaflets: str
    by_topic: str
    others: str


WORDS = {
    "en": Words("A to Z", "All leaflets, A to Z", "By topic", "Other leaflets"),
    "es": Words(
        "De la A a la Z", "Todos los folletos, de la A a la Z", "Por temas", "Otros folletos"
    ),
    "fr": Words("De A à Z", "Toutes les fiches, de A à Z", "Par thème", "Autres fiches"),
}


@dataclass(frozen=True, slots=True)
class Catalog:
    """All leaflets (landing page: title), and their topics.

    `language` is the site's; `foreign` has the languages, by folder, that are not, `summaries` the
    first words of leaflets.
    """

    titles: Mapping[str, str]
    language: str = "en"
    topics: Sequence[Topic] = ()
    foreign: Mapping[str, str] = field(default_factory=dict)
    summaries: Mapping[str, str] = field(default_factory=dict)

    @property
    def words(self) -> Words:
        """What the lists say in the site's language; English where it has none."""
        return WORDS.get(self.language, WORDS["en"])

    @property
    def is_large(self) -> bool:
        """Whether there are too many leaflets for the home page."""
        return len(self.titles) > FEW

    def key(self, path: str) -> str:
        """Return what a leaflet is sorted by: its title, as its language has it."""
        lang = self.foreign.get(path.rpartition("/")[0], self.language)
        return alphabet.key(self.titles[path], lang, self.language)

    def sorted(self, paths: Iterable[str] | None = None) -> list[str]:
        """Return leaflets, all of them if none are named, from A to Z."""
        return sorted(paths or self.titles, key=lambda path: (self.key(path), path))

    def groups(self, rest: bool = True) -> Iterator[tuple[str, str, list[str]]]:
        """Yield each topic with any leaflet: its name, its address, and its leaflets' paths.

        Without topics there is none. Where the `rest` is asked for, leaflets of no topic come
        last, in a group of their own.
        """
        if not self.topics:
            return
        named = {topic.name: [_path(folder) for folder in topic.leaflets] for topic in self.topics}
        listed = {path for paths in named.values() for path in paths}
        if rest:
            others = [path for path in self.sorted() if path not in listed]
            named.setdefault(self.words.others, []).extend(others)
        marks = slugs.unique(f"topic-{slugs.slug(name, 'other')}" for name in named)
        for (name, paths), mark in zip(named.items(), marks, strict=True):
            if there := [path for path in paths if path in self.titles]:
                yield name, mark, there

    def unknown(self) -> Iterator[tuple[Topic, str]]:
        """Yield the leaflets that topics name and that are not there."""
        for topic in self.topics:
            yield from ((topic, name) for name in topic.leaflets if _path(name) not in self.titles)

    def rows(self, paths: Iterable[str]) -> str:
        """Return leaflets as a list of links."""
        return "".join(f"{self._link(path)}\n" for path in paths)

    def cards(self, paths: Iterable[str]) -> str:
        """Return leaflets as a list of links, each with what its leaflet begins with."""
        return "".join(f"{self._link(path)}{self._summary(path)}\n" for path in paths)

    def _link(self, path: str) -> str:
        # WCAG 2.2, 3.1.2: a screen reader has to know which language to speak.
        lang = self.foreign.get(path.rpartition("/")[0])
        return f"- [{_plain(self.titles[path])}]({path})" + (f"{{lang={lang}}}" if lang else "")

    def _summary(self, path: str) -> str:
        folder = path.rpartition("/")[0]
        lang, summary = self.foreign.get(folder, ""), self.summaries.get(folder, "")
        parts = [TONGUES.get(lang.partition("-")[0].lower(), "")]
        parts += [summary] if summary != self.titles[path] else []
        if not any(parts):
            return ""
        summary = " · ".join(filter(None, parts))
        said = f' lang="{lang}" dir="auto"' if lang else ""
        return f" <span{said}>{_plain(html.escape(summary))}</span>"


def home(page: str, catalog: Catalog) -> str:
    """Return the home page with the leaflets in its list, where it has one.

    The list stands in a block that opens with `/// html | nav.leaflets` and ends with `///`.
    """
    made = "".join(_all(catalog) if catalog.is_large else _few(catalog))
    return LIST.sub(lambda block: block.group(1) + made + block.group(2), page, count=1)


def _few(catalog: Catalog) -> Iterator[str]:
    groups = list(catalog.groups())
    if not groups:
        yield catalog.cards(catalog.sorted())
    for name, mark, paths in groups:
        yield f"### {_plain(name)} {{#{mark}}}\n\n{catalog.cards(paths)}\n"


def _all(catalog: Catalog) -> Iterator[str]:
    for name, mark, paths in catalog.groups(rest=False):
        yield f"- [{_plain(name)} ({len(paths)})]({A_TO_Z}#{mark})\n"
    yield f"- [{catalog.words.all_leaflets}]({A_TO_Z})\n"


def sorted_page(page: str, catalog: Catalog) -> str:
    """Return the page of all leaflets with its list current: by letter, then by topic."""
    made = a_to_z(catalog)
    return LETTERS.sub(lambda block: block.group(1) + made + block.group(2), page, count=1)


def new_page(language: str) -> str:
    """Return the page of all leaflets as it begins; it may then be edited like any other."""
    title = WORDS.get(language, WORDS["en"]).all_leaflets
    return (
        f"---\ntitle: {json.dumps(title, ensure_ascii=False)}\nhide: [toc]\n---\n\n# {title}\n\n"
        "/// html | nav.leaflets.a-to-z\n\n///\n"
    )


def a_to_z(catalog: Catalog) -> str:
    """Return the Markdown list of leaflets by letter, and those of topics again by topic."""
    letters: dict[str, list[str]] = {}
    for path in catalog.sorted():
        letters.setdefault(alphabet.letter(catalog.key(path)), []).append(path)
    marks = {letter: f"letter-{ord(letter[0].lower()):x}" for letter in letters}
    jumps = [f"[{letter}](#{mark})" for letter, mark in marks.items()]
    parts = [
        f"## {letter} {{#{marks[letter]}}}\n\n{catalog.rows(paths)}\n"
        for letter, paths in letters.items()
    ]
    if groups := list(catalog.groups(rest=False)):
        jumps.append(f"[{catalog.words.by_topic}](#topics)")
        parts.append(f"## {catalog.words.by_topic} {{#topics}}\n\n")
        parts += [f"### {_plain(n)} {{#{mark}}}\n\n{catalog.rows(p)}\n" for n, mark, p in groups]
    return f"{' '.join(jumps)}\n\n{''.join(parts)}"


def _path(folder: str) -> str:
    return f"{folder}/index.md"


def _plain(text: str) -> str:
    return SIGNS.sub(ESCAPED, text)
