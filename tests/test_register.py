"""practitioners.yml: numbers of the right form, dates that have not passed, and nothing active."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinicpress.clinic import cards, face, register, regulators
from clinicpress.errors import ClinicpressError
from clinicpress.model import Finding
from conftest import ROOT, SMALL, clinicpress, told

PATH = "practitioners.yml"
TODAY = date(2026, 5, 1)


def person(**fields: str) -> str:
    given = {"name": "Alex Example", "role": "Physiotherapist", "regulator": "HCPC"}
    given |= {"registration": "PH000000"} | fields
    lines = [f"{key}: {value}" for key, value in given.items() if value]
    return "  - " + "\n    ".join(lines) + "\n"


def found(*people: str) -> list[Finding]:
    return list(register.findings(register.read(listed(*people), PATH), PATH, TODAY))


def listed(*people: str) -> str:
    return "practitioners:\n" + "".join(people)


def test_our_own_example_has_nothing_wrong() -> None:
    people = register.read((ROOT / PATH).read_text(encoding="utf-8"), PATH)
    assert all(each.example for each in people)
    assert list(register.findings(people, PATH, TODAY)) == []
    assert "not checked, for no form is published: GOsC" in register.summary(people)
    assert "1 of the right form" in register.summary(people)


@pytest.mark.parametrize(
    ("regulator", "right", "wrong"),
    [
        ("HCPC", ["PH000000", "PYL1", "ODP00001"], ["PH", "PH0000000", "XX000000", "ph000000"]),
        ("GMC", ["0000000"], ["000000", "00000000", "GMC0000000", "٠٠٠٠٠٠٠"]),
        ("NMC", ["00A0000E"], ["00A0000", "000A000E"]),
        ("GPhC", ["2000000"], ["200000"]),
        ("Ahpra", ["PHY0000000000"], ["PHY000000000", "phy0000000000"]),
        ("NPI", ["1000000004", "1993999998"], ["1000000005", "3000000000", "100000000"]),
        ("RPPS", ["00000000000"], ["0000000000"]),
        ("GOsC", ["00000", "anything"], []),
    ],
)
def test_numbers_are_held_to_the_published_form(
    regulator: str, right: list[str], wrong: list[str]
) -> None:
    for number in right:
        assert found(person(regulator=regulator, registration=f"'{number}'")) == [], number
    for number in wrong:
        (finding,) = found(person(regulator=regulator, registration=f"'{number}'"))
        assert finding.rule == "credentials"
        assert str(finding.place) == f"{PATH}:5"
        assert regulators.load()[regulator].form in finding.remedy
        assert regulators.load()[regulator].lookup in finding.remedy


@given(st.integers(10**8, 3 * 10**8 - 1), st.integers(0, 9), st.integers(1, 9))
def test_one_wrong_digit_of_an_npi_is_always_seen(start: int, at: int, more: int) -> None:
    npi = regulators.load()["NPI"]
    numbers = [f"{start}{last}" for last in range(10)]
    (right,) = [number for number in numbers if npi.accepts(number)]
    wrong = right[:at] + str((int(right[at]) + more) % 10) + right[at + 1 :]
    assert not npi.accepts(wrong)


@pytest.mark.parametrize(
    ("expires", "says"),
    [
        ("2026-04-30", "ended on 2026-04-30"),
        ("2026-05-01", "ends soon, on 2026-05-01"),
        ("2026-06-29", "ends soon, on 2026-06-29"),
        ("2026-06-30", ""),
        ("2031-01-01", ""),
    ],
)
def test_a_registration_that_ends_is_found(expires: str, says: str) -> None:
    problems = [finding.problem for finding in found(person(expires=expires))]
    assert problems == ([f"the registration of Alex Example {says}"] if says else [])


@pytest.mark.parametrize(("day", "count"), [("2026-05-02", 1), ("2026-05-01", 0)])
def test_a_training_that_lies_ahead_is_found_at_its_line(day: str, count: int) -> None:
    course = f"\n      - what: A course\n        provider: B\n        date: {day}"
    given = found(person(training=course))
    assert [finding.problem for finding in given] == [
        f"a training of Alex Example lies ahead: {day}"
    ] * count
    assert [finding.place.line for finding in given] == [9] * count


def test_a_number_that_two_people_have_is_found() -> None:
    (finding,) = found(person(), person(name="Robin Sample"))
    assert finding.problem == "Robin Sample has the same registration number as Alex Example"
    assert str(finding.place) == f"{PATH}:9"


def test_a_person_whom_nobody_can_check_is_found() -> None:
    (finding,) = found(person(regulator="", registration=""))
    assert "lets a patient check Alex Example" in finding.problem
    (finding,) = found(person(registration=""))
    assert "has no registration number" in finding.problem


@pytest.mark.parametrize(
    ("text", "line", "says", "form"),
    [
        ("practitioners: Alex", 1, "`practitioners` has no fields", "name: Alex Example"),
        ("people:\n  - a", 1, "no such field: “people”", "practitioners"),
        ("- a", 1, "has no fields", "practitioners"),
        (listed(person(role="")), 2, "`role` is missing", "role: Physiotherapist"),
        (listed(person(name="'<b>\u202e'")), 2, "can't be seen", "again"),
        (listed(person(regulator="HPC")), 4, "“HPC” is not known", "HCPC"),
        (listed(person(regulator="[HCPC, GMC]")), 4, "one regulator", "once for each"),
        (listed(person(regulator="")), 4, "has no `regulator`", "regulator: HCPC"),
        (listed(person(registration="'<script>'")), 5, "`registration`", "PH000000"),
        (listed(person(expires="soon")), 6, "`expires` is not of the right form", "2030-04-30"),
        (listed(person(expires="2030-02-30")), 6, "not a date", "2030-04-30"),
        (listed(person(expires="20300101")), 6, "not of the right form", "2030-04-30"),
        (listed(person(training="[{what: A, provider: B}]")), 6, "`date`", "2024-03-15"),
        (listed(person(expired="1")), 6, "no such field: “expired”", "expires"),
        (
            listed(person(regulator="{name: B, lookup: 'javascript:alert(1)'}")),
            4,
            "`lookup` is not of the right form",
            "https://",
        ),
        (listed(*[person()] * 501), 2, "501 entries", "name: Alex"),
    ],
)
def test_what_is_wrong_is_told_with_its_line_and_form(
    text: str, line: int, says: str, form: str
) -> None:
    with pytest.raises(ClinicpressError) as caught:
        register.read(text, PATH)
    assert caught.value.place == f"{PATH}:{line}"
    assert says in caught.value.problem
    assert form in caught.value.remedy


def test_a_file_without_people_is_none() -> None:
    assert register.read("", PATH) == ()
    assert register.read("practitioners:\n", PATH) == ()
    assert "will be listed here" in "\n".join(cards.practitioners((), cards.words("en")))


def test_a_card_shows_what_the_file_says_and_where_to_check() -> None:
    training = "[{what: Needling, provider: Example Training, date: 2024-03-15}]"
    text = listed(person(expires="2030-04-30", training=training, example="true"))
    html = "\n".join(cards.practitioners(register.read(text, PATH), cards.words("en")))
    for shown in (
        ">Alex Example <",
        "Health and Care Professions Council (HCPC)",
        "PH000000",
        "30 April 2030",
        'Needling (Example Training, <time datetime="2024-03-15">15 March 2024</time>)',
        "Example only: not a real person.",
        'href="https://www.hcpc-uk.org/check-the-register/"',
        "Check Alex Example on the register (HCPC)",
    ):
        assert shown in html


def test_nothing_in_a_card_can_act() -> None:
    name = "'<img src=x onerror=alert(1)> {register} [a](javascript:b)'"
    own = "{name: 'A <b>', lookup: 'https://www.example.org/?a=1&b=2'}"
    people = register.read(listed(person(name=name, regulator=own)), PATH)
    html = "\n".join(cards.practitioners(people, cards.words("en")))
    assert "<img" not in html
    assert "<b>" not in html
    assert "[a]" not in html
    assert 'href="https://www.example.org/?a=1&amp;b=2"' in html


# --- In a project


def write(project: Path, text: str) -> None:
    (project / PATH).write_text(text, encoding="utf-8")


def test_build_and_check_tell_what_is_wrong_and_build_all_the_same(small_project: Path) -> None:
    write(small_project, listed(person(registration="PH12", expires="2020-01-01")))
    built = clinicpress("build", cwd=small_project)
    assert built.returncode == 1, built.stdout + built.stderr
    assert f"{PATH}:6: the registration of Alex Example ended on 2020-01-01" in built.stderr
    page = (small_project / "site" / "practitioners.html").read_text(encoding="utf-8")
    assert "PH12" in page
    checked = clinicpress("check", cwd=small_project)
    assert checked.returncode == 1
    assert "ended on 2020-01-01" in checked.stderr
    write(small_project, listed(person()))
    checked = clinicpress("check", cwd=small_project)
    assert f"{PATH}:" not in checked.stderr
    assert "1 of the right form" in checked.stdout


def test_a_mistake_stops_the_run_and_changes_nothing(small_project: Path) -> None:
    page = small_project / "docs" / "practitioners.md"
    before = page.read_bytes()
    write(small_project, listed(person(nmae="Alex")))
    told(clinicpress("split", cwd=small_project), f"{PATH}:6", "no such field: “nmae”")
    assert page.read_bytes() == before


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"practitioners:\n" + b"#" * 300_000])
def test_a_file_that_is_no_list_is_told(data: bytes, tmp_path: Path) -> None:
    (tmp_path / PATH).write_bytes(data)
    with pytest.raises(ClinicpressError) as caught:
        face.people(tmp_path)
    assert caught.value.place == PATH


def test_the_pages_follow_the_settings_and_words_around_them_stay(small_project: Path) -> None:
    page = small_project / "docs" / "practitioners.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("## How to check", "## Our own words"), encoding="utf-8")
    write(small_project, listed(person(name="Kim Changed")))
    config = small_project / "mkdocs.yml"
    settings = config.read_text(encoding="utf-8")
    config.write_text(settings.replace("#0d4c5b", "#5b0d4c"), encoding="utf-8")
    assert clinicpress("split", cwd=small_project).returncode == 0
    now = page.read_text(encoding="utf-8")
    assert "Kim Changed" in now
    assert "Robin Sample" not in now
    assert "## Our own words" in now
    styles = small_project / "docs" / "assets" / "clinic.css"
    assert "--md-primary-fg-color: #5b0d4c;" in styles.read_text(encoding="utf-8")
    without = settings[: settings.index("    colors:")] + settings[settings.index("    phone:") :]
    config.write_text(without, encoding="utf-8")
    assert clinicpress("split", cwd=small_project).returncode == 0
    assert not styles.exists()


def test_a_stylesheet_of_the_same_name_is_not_overwritten(small_project: Path) -> None:
    styles = small_project / "docs" / "assets" / "clinic.css"
    styles.write_text("/* ours */", encoding="utf-8")
    told(clinicpress("split", cwd=small_project), "docs/assets/clinic.css", "not one that")
    assert styles.read_text(encoding="utf-8") == "/* ours */"


def test_a_new_project_is_as_the_settings_make_it(tmp_path: Path) -> None:
    assert clinicpress("new", "clinic", cwd=tmp_path).returncode == 0
    project = tmp_path / "clinic"
    config = (project / "mkdocs.yml").read_text(encoding="utf-8")
    assert face.files(project, "docs", config, {}) == {}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Your doctor is registered with the General Medical Council (GMC).", ["GMC"]),
        ("Look in the register of the HCPC, or the GMC.", ["HCPC", "GMC"]),
        ("The general osteopathic council keeps a register.", ["GOsC"]),
        ("She wore a gmc badge from the GMCX.", []),
        ("Compruebe la cédula en la SEP.", ["SEP"]),
    ],
)
def test_regulators_that_a_text_names(text: str, named: list[str]) -> None:
    assert regulators.named(text) == named


def test_a_page_leads_to_the_register_that_it_names(small_project: Path) -> None:
    document = small_project / "documents" / "shoulder.md"
    says = "Your doctor is registered with the General Medical Council (GMC). Check the register."
    text = SMALL.replace("Check that your practitioner is registered.", says)
    document.write_text(text, encoding="utf-8")
    assert clinicpress("build", cwd=small_project).returncode == 0
    html = (small_project / "site/shoulder/your-practitioner.html").read_text(encoding="utf-8")
    links = re.findall(r"Check on the (\w+) register", html)
    assert links == ["GMC", "HCPC", "GOsC"]


def test_a_practitioner_whose_register_no_leaflet_leads_to_is_found(small_project: Path) -> None:
    config = small_project / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("[HCPC, GOsC]", "[HCPC]"), encoding="utf-8")
    done = clinicpress("build", cwd=small_project)
    assert done.returncode == 1
    assert "Robin Sample is registered with GOsC, which is not among `regulators`" in done.stderr
    assert "site/index.html" in done.stdout


@pytest.mark.parametrize("name", ["site_name: Your clinic", "    name: Your clinic"])
def test_a_name_changed_in_one_place_alone_is_found(name: str, small_project: Path) -> None:
    config = small_project / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    assert text.count(f"\n{name}") == 1
    changed = name.replace("Your clinic", "River Practice")
    config.write_text(text.replace(f"\n{name}", f"\n{changed}"), encoding="utf-8")
    done = clinicpress("build", cwd=small_project)
    assert done.returncode == 1
    assert "River Practice" in done.stderr
    assert "Write the same name in `site_name`" in done.stderr
