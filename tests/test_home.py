"""The home page: what a patient may come for, and the leaflets under their topics."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from clinicpress import alphabet, catalog, lists, rendering
from clinicpress.catalog import Catalog
from clinicpress.clinic import cards, settings
from clinicpress.clinic.settings import Topic
from clinicpress.errors import ClinicpressError
from clinicpress.lists import Front
from conftest import ROOT, clinicpress, told

HOME = "# A\n\n## Leaflets {#leaflets}\n\n/// html | nav.leaflets\n\n///\n"
SETTINGS = """\
nav:
  - Ear: [ear/index.md]
  - Eye: [eye/index.md]
  - Oreja: [oreja/index.md]
extra:
  clinic:
    name: A
    topics:
      - name: Eyes & *more*
        leaflets: eye
      - name: Ears
        leaflets: [oreja, ear]
"""
TASKS = "/// html | div.clinic-tasks\n\n///\n"


def titles(count: int) -> dict[str, str]:
    return {f"x{n}/index.md": f"Leaflet {n}" for n in range(count)}


def test_leaflets_stand_under_their_topics_in_their_order() -> None:
    made = lists.home(HOME, SETTINGS)
    assert lists.home(made, SETTINGS) == made
    html = rendering.render(made)
    assert re.findall(r"<h3[^>]*>(.*?)</h3>|href=\"(\w+)", html) == [
        ("Eyes &amp; *more*", ""),
        ("", "eye"),
        ("Ears", ""),
        ("", "oreja"),
        ("", "ear"),
    ]


def test_the_language_of_a_title_is_said_under_a_topic_too(tmp_path: Path) -> None:
    (tmp_path / "index.md").write_text(HOME, encoding="utf-8")
    made = lists.updated(
        tmp_path,
        SETTINGS,
        {"oreja": Front("es", "Dolor de <b> oído."), "ear": Front("en", "Ear & 2*2*2.")},
    )["index.md"]
    html = rendering.render(made)
    assert '<a href="oreja/index.md" lang="es">Oreja</a> <span lang="es" dir="auto">' in html
    assert "Dolor de &lt;b&gt; oído.</span>" in html
    assert '<a href="ear/index.md">Ear</a> <span>Ear &amp; 2*2*2.</span>' in html


@pytest.mark.parametrize("language", ["en", "es", "fr", "de"])
def test_leaflets_of_no_topic_come_last_with_a_name_of_their_own(language: str) -> None:
    given = Catalog(titles(3), language, [Topic("Legs", ("x2",))])
    assert [(name, paths) for name, _, paths in given.groups()] == [
        ("Legs", ["x2/index.md"]),
        (catalog.WORDS.get(language, catalog.WORDS["en"]).others, ["x0/index.md", "x1/index.md"]),
    ]


def test_a_topic_may_be_called_as_the_last_group_is() -> None:
    given = Catalog(titles(2), "en", [Topic("Other leaflets", ("x1",))])
    assert [paths for _, _, paths in given.groups()] == [["x1/index.md", "x0/index.md"]]


@pytest.mark.parametrize("count", [1, 12, 13, 300])
def test_the_home_page_stays_short_and_all_leaflets_can_be_reached(count: int) -> None:
    names = [f"x{n}" for n in range(count)]
    topics = [Topic("One", tuple(names[:1])), Topic("Two", tuple(names[:5]))]
    given = Catalog(titles(count), "en", topics)
    home = catalog.home(HOME, given)
    sorted_page = catalog.sorted_page(catalog.new_page("en"), given)
    assert home.count("\n- [") <= catalog.FEW + 6
    assert set(re.findall(r"\((x\d+)/", home if count <= catalog.FEW else sorted_page)) == {*names}
    anchors = set(re.findall(r"\{#([^}]+)\}", sorted_page))
    assert set(re.findall(r"a-z\.md#([^)]+)\)", home)) <= anchors
    assert ("[Two (5)](a-z.md#topic-two)" in home) == (count > catalog.FEW)


def test_topics_stand_on_the_page_of_all_leaflets_after_the_letters() -> None:
    made = catalog.a_to_z(Catalog(titles(2), "fr", [Topic("Jambe", ("x1",))]))
    assert made.splitlines()[0] == "[L](#letter-6c) [Par thème](#topics)"
    assert made.count("(x1/index.md)") == 2
    assert "## Par thème {#topics}\n\n### Jambe {#topic-jambe}\n\n- [Leaflet 1]" in made
    assert "Par thème" not in catalog.a_to_z(Catalog(titles(2), "fr"))


def test_a_topics_name_cannot_act_on_the_page() -> None:
    topic = Topic("<img src=x> {.a} ](http://evil)", ("x0",))
    html = rendering.render(catalog.home(HOME, Catalog(titles(1), "en", [topic])))
    assert "<img" not in html
    assert 'href="http://evil' not in html
    assert "{.a}" in html


def test_a_topic_that_names_no_leaflet_is_told_with_its_line() -> None:
    with pytest.raises(ClinicpressError) as caught:
        lists.home(HOME, SETTINGS.replace("[oreja, ear]", "[orejas, ear]"))
    assert caught.value.place == "mkdocs.yml:12"
    assert "“Ears” names a leaflet that is not there: “orejas”" in caught.value.problem
    assert "such as oreja," in caught.value.remedy


def test_a_wrong_topic_stops_the_run_and_changes_nothing(small_project: Path) -> None:
    config = small_project / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    topics = "    topics:\n      - name: Arms\n        leaflets: [{}]\n    phone:"
    wrong = text.replace("    phone:", topics.format("sholder"), 1)
    config.write_text(wrong, encoding="utf-8")
    run = clinicpress("split", cwd=small_project)
    assert run.returncode == 2
    assert "“sholder”" in told(run)
    config.write_text(text.replace("    phone:", topics.format("shoulder"), 1), encoding="utf-8")
    assert clinicpress("split", cwd=small_project).returncode == 0
    home = (small_project / "docs" / "index.md").read_text(encoding="utf-8")
    assert "### Arms {#topic-arms}" in home


@pytest.mark.parametrize("language", ["en", "es", "fr"])
def test_the_home_page_offers_what_it_has_in_the_sites_language(language: str) -> None:
    found = settings.read((ROOT / "mkdocs.yml").read_text(encoding="utf-8"), "mkdocs.yml")
    starter = ROOT / "src" / "clinicpress" / "starter" / "docs" / "index.md"
    page = starter.read_text(encoding="utf-8")
    html = rendering.render(cards.filled(page, found, (), language))
    words = cards.words(language)
    tasks = html[html.index('id="tasks"') : html.index('id="help"')]
    offered = re.findall(r'href="([^"]+)"><strong>(.*?)</strong>', tasks)
    assert offered == [
        ("#help", words["help"]),
        ("#leaflets", words["find"]),
        ("practitioners.html", words["team"]),
        ("#contact", words["reach"]),
    ]
    for address, _ in offered:
        assert address[0] != "#" or f'id="{address[1:]}"' in html
    assert f'aria-label="{words["emergency"]}"' in html


def test_the_home_page_offers_nothing_that_it_has_not() -> None:
    made = cards.filled(TASKS, None, (), "en")
    assert "<li" not in made
    nowhere = settings.read("extra:\n  clinic:\n    name: A\n", "mkdocs.yml")
    page = f"{TASKS}\n/// html | div.clinic-contact\n\n///\n\n{HOME}"
    assert re.findall(r"task-(\w+)", cards.filled(page, nowhere, (), "en")) == ["find"]


def test_the_leaflets_of_no_topic_are_not_listed_twice() -> None:
    topic = Topic("Ears", ("x3",))
    many = Catalog(titles(13), topics=[topic])
    page = catalog.sorted_page(catalog.new_page("en"), many)
    assert page.count("](x3/index.md)") == 2
    assert page.count("](x4/index.md)") == 1
    assert "Other leaflets" not in page + catalog.home(HOME, many)
    assert "### Other leaflets" in catalog.home(
        HOME, Catalog(titles(3), topics=[Topic("A", ("x1",))])
    )


def test_cards_stand_from_a_to_z() -> None:
    given = {"a/index.md": "Zinc", "b/index.md": "The arm", "c/index.md": "El brazo"}
    page = catalog.home(HOME, Catalog(given, foreign={"c": "es-MX"}))
    assert re.findall(r"\]\((\w)/", page) == ["b", "c", "a"]


@pytest.mark.parametrize(
    ("title", "language", "letter"),
    [
        ("The Epley manoeuvre", "en-GB", "E"),
        ("A & E", "en", "A"),
        ("A", "en", "A"),
        ("Theatre", "en", "T"),
        ("“The” knee", "en", "T"),
        ("El oído", "es", "O"),
        ("La ñ", "es", "Ñ"),
        ("L’épaule", "fr", "E"),
        ("Les œdèmes", "fr", "O"),
        ("El oído", "en", "E"),
        ("1st aid", "en", "0–9"),
        ("الربو", "ar", "ا"),
    ],
)
def test_an_article_is_no_first_word(title: str, language: str, letter: str) -> None:
    assert alphabet.letter(alphabet.key(title, language)) == letter


@pytest.mark.parametrize(
    ("lines", "card"),
    [
        ("phone: +44 1632 960000", "<strong>Contact us</strong> <span>Phone</span>"),
        ("booking: https://a.example/b", "<strong>Contact us or book</strong></a>"),
        (
            "email: a@b.example\n    hours: [Monday]",
            "<strong>Contact us</strong> <span>Email, opening hours</span>",
        ),
    ],
)
def test_the_card_of_the_contact_promises_what_is_there(lines: str, card: str) -> None:
    clinic = settings.read(f"extra:\n  clinic:\n    name: A\n    {lines}\n", "mkdocs.yml")
    page = TASKS + "\n/// html | div.clinic-contact\n\n///\n"
    assert card in cards.filled(page, clinic, (), "en")
