"""Sign-off as people do it: read, sign, change, publish; and what a site says of it."""

from __future__ import annotations

import datetime
import io
import re
import shutil
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path

import pypdf
import pytest
from playwright.sync_api import Browser, Page

from clinicpress import build, cli, conservation, dates, project
from clinicpress.checks import review as checks
from clinicpress.checks import strays
from clinicpress.model import Finding
from clinicpress.review import phrases
from conftest import ROOT, SMALL, clinicpress, snapshot, stamps, told

TODAY = datetime.date.today()
DUE, LATER = ((TODAY + datetime.timedelta(days=n)).isoformat() for n in (365, 700))
DOCUMENT = "documents/shoulder.md"
FILE = "documents/shoulder.review.yml"
WHO = ("--name", "A. Example", "--role", "example role")
PAGES = ("index.md", "before-you-come.md", "your-practitioner.md")


def ran(code: int, *arguments: object, cwd: Path) -> str:
    """Run the command within this process, which saves a second each time."""
    out = io.StringIO()
    with chdir(cwd), redirect_stdout(out), redirect_stderr(out), pytest.raises(SystemExit) as end:
        sys.argv = ["clinicpress", *map(str, arguments)]
        cli.main()
    assert (end.value.code or 0) == code, out.getvalue()
    return out.getvalue()


def sign(folder: Path, document: str = DOCUMENT, until: str = DUE) -> str:
    return ran(0, "review", document, "--approve", *WHO, "--until", until, cwd=folder)


def pages_of(folder: Path) -> str:
    return "".join(
        (folder / "docs" / "shoulder" / page).read_text(encoding="utf-8") for page in PAGES
    )


@pytest.fixture(scope="module")
def signed_made(small_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = shutil.copytree(small_made, tmp_path_factory.mktemp("signed") / "clinic")
    sign(folder)
    ran(0, "split", cwd=folder)
    return folder


@pytest.fixture
def signed(signed_made: Path, tmp_path: Path) -> Path:
    """A project whose one leaflet is signed off, to change as a test likes."""
    return shutil.copytree(signed_made, tmp_path / "clinic")


@pytest.fixture(autouse=True)
def _own_arguments(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", sys.argv)


def found(folder: Path, today: str = TODAY.isoformat()) -> list[Finding]:
    here = project.Project(folder)
    made = build.press_all(here.shelf, here.documents())
    return checks.decided(made) + checks.signed(made, today) + checks.pages(made, here)


def rules(folder: Path, today: str = TODAY.isoformat()) -> list[str]:
    return [finding.rule for finding in found(folder, today)]


# --- Reading and signing


def test_review_shows_every_notice_heading_and_reason(small_project: Path) -> None:
    before = stamps(small_project)
    said = ran(0, "review", DOCUMENT, cwd=small_project)
    assert "┃ SAFETY: Safety information" in said
    assert "┃ Tell us if you take a blood thinner." in said
    assert "why “Tell us if you take a blood thinner.”\n┃       Mainly: " in said
    assert not re.search(r"[+-]\d\.\d", said)
    assert max(map(len, said.splitlines()[:-4])) <= 80
    assert "[1] A source: https://example.org/register" in said
    assert "# Your practitioner" in said
    assert re.search(r"digest  sha256:[0-9a-f]{64}", said)
    assert "nobody has signed this leaflet off yet" in said
    assert stamps(small_project) == before


ODD = """# Odd leaflet

This leaflet is made up.

## Medicines

Morphine
:   10 mg every hour

Tramadol
:   50 mg

| Codeine 30 mg | never with drink |
|---|---|

: Doses for adults

<table><caption>Risks above one in ten</caption>
<tr><td>Bleeding<ul><li>a little</li></ul></td><td><pre>as code</pre></td></tr></table>

> Quoted
>
> - in a list

| a line
| of verse

- Stop taking:

      warfarin

    1. aspirin

## Later

Rest.[^1]

[^1]: In a note.
"""


def test_the_terminal_shows_every_word_of_the_leaflet(tmp_path: Path) -> None:
    (tmp_path / "odd.md").write_text(ODD, encoding="utf-8")
    said = iter(re.split(r"[\s-]+", ran(0, "review", "odd.md", cwd=tmp_path)))
    leaflet = build.press(tmp_path / "odd.md", "odd.md", "odd").leaflet
    for page in leaflet.pages:
        for word in conservation.tree_words(page.blocks):
            assert any(each.startswith(word) for each in said), word
    for note in "In a note.".split():
        assert any(note == each for each in said), note


def test_a_language_without_rules_is_told_where_its_leaflet_is_read(tmp_path: Path) -> None:
    text = "# Impfung\n\n## Nachher\n\nRufen Sie 112 an, wenn Sie keine Luft bekommen.\n"
    (tmp_path / "impfung.md").write_text(f"---\nlang: de\n---\n\n{text}", encoding="utf-8")
    said = ran(0, "review", "impfung.md", "--html", "sheet.html", cwd=tmp_path)
    said = ran(0, "review", "impfung.md", cwd=tmp_path)
    assert "no rules for this language" in said
    assert "no rules for this language" in (tmp_path / "sheet.html").read_text(encoding="utf-8")


TAKEN_OFF = """sentences:
  - text: "Tell us if you take a blood thinner."
    kind: none
    by: "A. Example"
  - text: "An injection can ease pain in your shoulder."
    kind: safety
headings:
  - text: "Before you come"
    as: text
    by: "B. Example"
"""


def test_what_a_person_took_away_is_told_first_with_who_did(small_project: Path) -> None:
    (small_project / FILE).write_text(TAKEN_OFF, encoding="utf-8")
    ran(0, "review", DOCUMENT, "--html", "sheet.html", cwd=small_project)
    sheet = (small_project / "sheet.html").read_text(encoding="utf-8")
    printed = " ".join(ran(0, "review", DOCUMENT, cwd=small_project).split())
    for said in (printed, re.sub(r"\s+", " ", sheet)):
        assert (
            "“Tell us if you take a blood thinner.”: no notice, not safety as the tool held it "
            f"(decided by A. Example in {FILE}:2)"
        ) in said.replace("review. yml", "review.yml")
        assert f"“Before you come”: text, no heading (decided by B. Example in {FILE}:8)" in said
        less = said.index("A warning less")
        assert less < said.index("blood thinner") < said.index("Decided by a person")
        assert "“An injection can ease pain in your shoulder.”: safety, not no notice" in said


def test_what_can_not_be_followed_is_not_told_as_if_it_held(small_project: Path) -> None:
    failing = TAKEN_OFF.replace("blood thinner", "sword").replace('"Before you', '"After you')
    (small_project / FILE).write_text(failing, encoding="utf-8")
    said = ran(1, "review", DOCUMENT, "--html", "sheet.html", cwd=small_project)
    assert re.findall(r"yml:(\d+): this decision can’t be followed", said) == ["2", "8"]
    sheet = (small_project / "sheet.html").read_text(encoding="utf-8")
    assert "1 by a person" in sheet
    told = sheet[sheet.index("Decided by a person") : sheet.index("What to do")]
    assert "An injection can ease" in told
    assert "sword" not in told
    assert "After you" not in told


def test_what_to_type_names_the_document_as_it_was_typed(small_project: Path) -> None:
    where = f"clinic/{DOCUMENT}"
    said = ran(0, "review", where, cwd=small_project.parent)
    assert f"Read it with `clinicpress review {where}`" in said


def test_a_sheet_of_an_overdue_leaflet_says_so(signed: Path) -> None:
    file = signed / FILE
    text = file.read_text(encoding="utf-8")
    text = text.replace(DUE, "2020-02-03").replace(TODAY.isoformat(), "2020-01-01")
    file.write_text(text, encoding="utf-8")
    ran(0, "review", DOCUMENT, "--html", "sheet.html", cwd=signed)
    sheet = (signed / "sheet.html").read_text(encoding="utf-8")
    assert "Next review due: 3 February 2020. Overdue for review." in sheet


def test_a_sign_off_says_who_when_and_for_what_and_is_on_every_page(signed: Path) -> None:
    text = (signed / FILE).read_text(encoding="utf-8")
    for row in ('name: "A. Example"', f'reviewed: "{TODAY.isoformat()}"', f'next-review: "{DUE}"'):
        assert row in text
    assert pages_of(signed).count(f'reviewed: "{TODAY.isoformat()}"') == len(PAGES)
    assert pages_of(signed).count(f'review_due: "{DUE}"') == len(PAGES)
    assert "unreviewed" not in pages_of(signed)
    assert found(signed) == []
    assert ".clinicpress" not in {path.name for path in signed.iterdir()}


def test_signing_again_keeps_decisions_and_comments(small_project: Path) -> None:
    own = "# Decided in May.\nsentences:\n  - {text: Shoulder injection, kind: none}\n"
    own = own.replace("Shoulder injection", "An injection can ease pain in your shoulder.")
    (small_project / FILE).write_text(own, encoding="utf-8")
    sign(small_project)
    sign(small_project)
    text = (small_project / FILE).read_text(encoding="utf-8")
    assert text.startswith(own)
    assert text.count("sign-off:") == 1


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--approve"], "--until"),
        (["--approve", *WHO], "--until"),
        (["--approve", *WHO, "--until", "next year"], "year, month, day"),
        (["--approve", *WHO, "--until", "31/12/2030"], "“31/12/2030” is no date"),
        (["--approve", *WHO, "--until", "2031-02-30"], "is no date"),
        (["--approve", *WHO, "--until", "2020-01-01"], "2020-01-01, is not after today"),
        (["--approve", *WHO, "--until", TODAY.isoformat()], "is not after today"),
        (["--approve", *WHO[:3], "x" * 201, "--until", DUE], "longer than 200 letters"),
        (["--approve", "--name", "A \udcff", *WHO[2:], "--until", DUE], "no letters"),
        (["--approve", *WHO, "--until", "x", "--html", "sheet.html"], "is no date"),
        (["--approve", *WHO, "--until", DUE, "--html", "no/sheet.html"], "is not there"),
        (["--approve", *WHO, "--until", DUE, "--html", "s.html", "--digest", "0" * 12], "digest"),
        (["--html", "documents"], "Is a directory"),
        (["--html", DOCUMENT], "already that is no report"),
        (["--html", "x" * 300], "File name too long"),
        (["--approve", *WHO, "--until", "2999-01-01"], "10 years"),
        (["--approve", "--name", " ", "--role", "x", "--until", DUE], "--name"),
        (["--name", "A"], "--approve"),
    ],
)
def test_half_a_sign_off_is_refused(options: list[str], says: str, small_project: Path) -> None:
    before = stamps(small_project)
    assert says in ran(2, "review", DOCUMENT, *options, cwd=small_project)
    assert stamps(small_project) == before


def test_signs_that_nobody_sees_are_no_part_of_a_name(small_project: Path) -> None:
    ran(0, "review", DOCUMENT, "--approve", "--name", "A.\x07\u200b Example\n", *WHO[2:],
        "--until", f" {DUE} ", cwd=small_project)  # fmt: skip
    assert 'name: "A. Example"' in (small_project / FILE).read_text(encoding="utf-8")
    assert "Signed off by A. Example" in ran(0, "review", DOCUMENT, cwd=small_project)


def test_a_page_made_while_signing_says_that_it_is_signed(small_project: Path) -> None:
    ran(0, "review", DOCUMENT, "--approve", *WHO, "--until", DUE, "--html", "sheet.html",
        cwd=small_project)  # fmt: skip
    assert "Signed off by A. Example" in (small_project / "sheet.html").read_text("utf-8")
    assert not list(small_project.glob("*.part"))


BAD_FILES = {
    "tabs": (b"sentences:\n\t- text: x\n", ":2: it can't be read: there is a tab"),
    "Latin-1": (b'sentences:\n  - text: "Jos\xe9"\n', ":2: a letter here is not in UTF-8"),
    "UTF-16": ("page-level: 1\n".encode("utf-16"), ":1: a letter here is not in UTF-8"),
    "a list": (b"- a\n", ":1: there are no settings in it"),
    "10 MB": (b"# x\n" * 2_500_000, ":1: the file is larger than 200 kB"),
    "a bomb": (b"a: &a [x]\nb: &b [*a, *a]\n", ":1: `&` and `*`"),
    "a tag": (b"page-level: !!python/name:os.system 1\n", ":1: `!` at the beginning"),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_is_told_and_nothing_is_signed(name: str, small_project: Path) -> None:
    data, says = BAD_FILES[name]
    (small_project / FILE).write_bytes(data)
    before = stamps(small_project)
    for options in ([], ["--approve", *WHO, "--until", DUE]):
        assert FILE + says in ran(1, "review", DOCUMENT, *options, cwd=small_project)
    assert stamps(small_project) == before


@pytest.mark.parametrize(
    "data", [b"", b"\xef\xbb\xbf# mine\r\npage-level: 0\r\n", b"page-level: 0\r"]
)
def test_a_file_of_another_program_is_signed_and_keeps_what_it_has(
    data: bytes, small_project: Path
) -> None:
    (small_project / FILE).write_bytes(data)
    sign(small_project)
    assert (small_project / FILE).read_bytes().startswith(data)
    assert "Signed off by A. Example" in ran(0, "review", DOCUMENT, cwd=small_project)


def test_a_leaflet_with_a_decision_that_fails_can_not_be_signed(small_project: Path) -> None:
    (small_project / FILE).write_text("sentences:\n  - {text: Gone., kind: safety}\n", "utf-8")
    before = stamps(small_project)
    said = ran(1, "review", DOCUMENT, "--approve", *WHO, "--until", DUE, cwd=small_project)
    assert f"{FILE}:2: this decision can’t be followed" in said
    assert stamps(small_project) == before
    ran(1, "build", cwd=small_project)
    for command in ("split", "check"):
        assert f"{FILE}:2" in ran(1, command, cwd=small_project)


def test_a_missing_document_is_told(small_project: Path) -> None:
    told(clinicpress("review", "documents/gone.md", cwd=small_project), "gone.md", "no such file")


def test_the_sheet_is_one_page_that_asks_for_nothing(signed: Path, chrome: Browser) -> None:
    ran(0, "review", DOCUMENT, "--html", "sheet.html", cwd=signed)
    page = chrome.new_page(viewport={"width": 320, "height": 700})
    asked: list[str] = []
    wrong: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: wrong.append(message.text))
    page.goto((signed / "sheet.html").as_uri())
    assert asked == [(signed / "sheet.html").as_uri()]
    assert wrong == []
    assert page.locator("script, link, iframe").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert "Signed off by A. Example (example role)" in page.locator(".state").inner_text()
    why = page.locator(".admonition.safety + .why")
    assert "Tell us if you take a blood thinner." in why.inner_text()
    assert "Mainly: " in why.inner_text()
    why.locator("summary").click()
    lines = why.locator("pre").inner_text()
    assert '  - text: "Tell us if you take a blood thinner."\n    kind: safety\n' in lines + "\n"
    assert page.locator("#changes code", has_text=FILE).count() == 1
    for link in page.locator("a[href^='#']").all():
        assert page.locator(f"[id='{(link.get_attribute('href') or '')[1:]}']").count() == 1
    page.close()


def test_the_sheet_on_paper_says_on_each_page_which_leaflet_and_digest(
    signed: Path, chrome: Browser
) -> None:
    said = ran(0, "review", DOCUMENT, "--html", "sheet.html", cwd=signed)
    digest = re.findall(r"digest: .sha256:(\w+)", (signed / FILE).read_text("utf-8"))[0]
    page = chrome.new_page()
    page.goto((signed / "sheet.html").as_uri())
    page.pdf(path=str(signed / "sheet.pdf"), prefer_css_page_size=True)
    page.close()
    sheets = pypdf.PdfReader(signed / "sheet.pdf").pages
    assert len(sheets) > 1, said
    for number, each in enumerate(sheets, 1):
        text = " ".join(each.extract_text().split())
        assert "To review: Shoulder injection" in text
        assert "Remarks" in text
        assert f"Digest …{digest[-12:]}" in text
        assert f"Page {number} of {len(sheets)}" in text
        assert "Change it" not in text
    last = " ".join(sheets[-1].extract_text().split())
    for word in ("Name", "Role", "Date", "Next review due", "Signature"):
        assert word in last
    assert "☐ right as it is" in " ".join(each.extract_text() for each in sheets)


LONG = """# Shoulder injection

It is made up. {0}

## Before you come

Tell us if you take a blood thinner. {0}

- Do not come if you have a fever.
- Do not drive for 24 hours.

{1}

## On the day

{0} {0}

### When to get help

Call 999 if you have trouble breathing.

- Bring a list.
- Bring a friend.
"""


@pytest.mark.parametrize("size", ["A4", "Letter"])
def test_the_sheet_on_paper_is_short_and_has_room_beside_the_text(
    size: str, small_project: Path, chrome: Browser
) -> None:
    filling = "The clinic is open in the week and has a garden. " * 12
    rows = "".join(
        f"| Part {n} | It is made up, and long enough for two lines. |\n" for n in range(70)
    )
    text = LONG.format(filling, f"| Part | What it is |\n|---|---|\n{rows}")
    (small_project / DOCUMENT).write_text(text, encoding="utf-8")
    ran(0, "review", DOCUMENT, "--html", "sheet.html", cwd=small_project)
    page = chrome.new_page()
    page.goto((small_project / "sheet.html").as_uri())
    page.add_style_tag(content=f"@page {{ size: {size} }}")
    page.pdf(path=str(small_project / "sheet.pdf"), prefer_css_page_size=True)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 700, "height": 1000})
    beside = page.evaluate(
        """[...document.querySelectorAll(".leaflet")].map(section =>
        [section, ...section.querySelectorAll(".paper")].map(each =>
        each.getBoundingClientRect()).map(box => [box.left, box.right]))"""
    )
    page.close()
    for (_, edge), *ticks in beside:
        assert edge < 700 - 150
        assert all(edge < left < right <= 700 for left, right in ticks)
    assert sum(len(ticks) for _, *ticks in beside) >= 2
    sheets = [each.extract_text() for each in pypdf.PdfReader(small_project / "sheet.pdf").pages]
    assert len(sheets) <= 6
    assert sum("Part What it is" in " ".join(text.split()) for text in sheets) > 1
    for text in sheets:
        said = [row.strip() for row in text.splitlines() if row.strip()]
        body = [row for row in said if not re.match("To review|Remarks|Digest|Page ", row)]
        assert body[-1] not in ("On the day", "When to get help", "Before you come", "Sign off")
        assert len(body) > 5


WIDE = """# Medicines

It is made up.

## Your medicines

| Name | Color | Size | Shape | Shelf | Room | What to do |
|---|---|---|---|---|---|---|
| Paper | white | 1 | square | 1 | A | Look |
| Chest pain | red | 1 | round | 1 | A | Call 999 if you have chest pain |
| Chairs | brown | 1 | square | 1 | A | Sit |
"""


def test_a_table_with_a_notice_in_it_is_whole_on_paper_and_has_its_ticks(
    tmp_path: Path, chrome: Browser
) -> None:
    (tmp_path / "wide.md").write_text(WIDE, encoding="utf-8")
    ran(0, "review", "wide.md", "--html", "sheet.html", cwd=tmp_path)
    page = chrome.new_page()
    page.goto((tmp_path / "sheet.html").as_uri())
    page.pdf(path=str(tmp_path / "sheet.pdf"), prefer_css_page_size=True)
    page.close()
    first = pypdf.PdfReader(tmp_path / "sheet.pdf").pages[0].extract_text()
    for said in ("Paper", "Chest pain", "Chairs", "right as it is"):
        assert said in first


def test_a_sign_off_is_for_what_was_read(small_project: Path) -> None:
    ran(0, "review", DOCUMENT, "--html", "sheet.html", cwd=small_project)
    (command,) = re.findall(
        r"clinicpress review .*", (small_project / "sheet.html").read_text(encoding="utf-8")
    )[-1:]
    digest = re.search(r"--digest (\w{12})$", command)
    assert digest
    read = ("--approve", *WHO, "--until", DUE, "--digest", digest[1])
    document = small_project / DOCUMENT
    document.write_text(SMALL.replace("Tell us if", "No need to tell us if"), encoding="utf-8")
    assert f"has the digest …{digest[1]}, and it is now …" in ran(
        2, "review", DOCUMENT, *read, cwd=small_project
    )
    assert not (small_project / FILE).exists()
    document.write_text(SMALL, encoding="utf-8")
    assert "is no digest" in ran(2, "review", DOCUMENT, *read[:-1], "abc", cwd=small_project)
    assert digest[1] in ran(0, "review", DOCUMENT, *read, cwd=small_project)
    again = ran(0, "review", DOCUMENT, *read[:-2], cwd=small_project)
    assert "takes the place" not in again
    later = ran(0, "review", DOCUMENT, *read[:-4], "--until", LATER, cwd=small_project)
    assert "It takes the place of the sign-off by A. Example (example role) of" in later
    assert "which is kept under `earlier`" in later
    ran(2, "review", DOCUMENT, "--digest", digest[1], cwd=small_project)


def test_earlier_sign_offs_are_shown_each_in_a_line(signed: Path) -> None:
    ran(0, "review", DOCUMENT, "--approve", "--name", "B. Example", *WHO[2:], "--until", DUE,
        cwd=signed)  # fmt: skip
    said = ran(0, "review", DOCUMENT, cwd=signed)
    ran(0, "review", DOCUMENT, "--html", "sheet.html", cwd=signed)
    sheet = (signed / "sheet.html").read_text(encoding="utf-8")
    day, due = (dates.written(each, "en") for each in (TODAY.isoformat(), DUE))
    digest = re.findall(r"digest: .sha256:(\w+)", (signed / FILE).read_text("utf-8"))[0][-12:]
    line = f"{day}: A. Example (example role), next review due {due}, digest …{digest}"
    assert "Earlier sign-offs" in said
    assert f"• {line}\n" in said
    assert line in sheet
    assert "Signed off by B. Example (example role) on" in said
    file = signed / FILE
    file.write_text(
        file.read_text(encoding="utf-8").replace("earlier:\n  - {", "earlier:\n  - {x: 1, "),
        "utf-8",
    )
    assert "`x` is not known here" in ran(1, "review", DOCUMENT, cwd=signed)
    again = ("--approve", *WHO, "--until", LATER)
    before = stamps(signed)
    ran(1, "review", DOCUMENT, *again, cwd=signed)
    assert stamps(signed) == before


def test_a_sheet_is_not_put_among_the_leaflets(small_project: Path) -> None:
    said = ran(2, "review", DOCUMENT, "--html", "documents/sheet.html", cwd=small_project)
    assert "in documents/ it would be taken for a leaflet" in said
    assert not (small_project / "documents/sheet.html").exists()


def test_a_sheet_that_can_not_be_written_is_said(small_project: Path) -> None:
    where = "no/such/sheet.html"
    told(clinicpress("review", DOCUMENT, "--html", where, cwd=small_project), where)


# --- What is found


MEDICINES = """# Medicines

This leaflet is made up.

## How to take them

| Medicine | Tablets a day | Tablets a week |
|---|---|---|
| Methotrexate | | 6 |

Stop taking:

- warfarin
- aspirin

Then rest. Then eat.

1. Sit down.
"""
MEANINGS = {
    "a number in another cell": ("| | 6 |", "| 6 | |"),
    "an item within another": ("- aspirin", "    - aspirin"),
    "a line for an item": ("- warfarin", "warfarin\n"),
    "a bullet for a number": ("1. Sit", "- Sit"),
    "another number": ("1. Sit", "2. Sit"),
    "a new paragraph": ("rest. Then", "rest.\n\nThen"),
    "a quotation": ("Then rest", "> Then rest"),
    "bold": ("rest", "**rest**"),
    "a word": ("warfarin", "warfarin no"),
    "a heading": ("Then rest.", "## Then rest.\n\n"),
}


@pytest.mark.parametrize("name", MEANINGS)
def test_a_digest_is_of_how_the_words_stand_too(name: str, tmp_path: Path) -> None:
    before, after = MEANINGS[name]
    assert MEDICINES.count(before) == 1
    digests = set()
    for text in (MEDICINES, MEDICINES.replace(before, after), MEDICINES + "\n\n"):
        (tmp_path / "a.md").write_text(text + "\n## Later\n\nRest.\n", encoding="utf-8")
        digests.add(build.press(tmp_path / "a.md", "a.md", "a").standing.digest)
    assert len(digests) == 2


def test_nobody_signed(small_project: Path) -> None:
    (finding,) = found(small_project)
    assert (finding.rule, finding.place.path) == ("sign-off-missing", DOCUMENT)
    assert "clinicpress review documents/shoulder.md" in finding.remedy


def test_changed_since(signed: Path) -> None:
    document = signed / DOCUMENT
    document.write_text(SMALL.replace("blood thinner", "steroid"), encoding="utf-8")
    ran(0, "split", cwd=signed)
    (finding,) = found(signed)
    assert (finding.rule, finding.place.path) == ("sign-off-changed", FILE)
    assert "A. Example" in finding.problem
    assert "Not yet reviewed" in pages_of(signed)
    assert "has changed since a clinician signed it off" in pages_of(signed)
    assert '\nreviewed: "' not in pages_of(signed)
    document.write_text(SMALL, encoding="utf-8")
    ran(0, "split", cwd=signed)
    assert found(signed) == []


def test_a_forged_digest_is_found(signed: Path) -> None:
    file = signed / FILE
    text = file.read_text(encoding="utf-8")
    file.write_text(re.sub(r"sha256:.{8}", "sha256:00000000", text), encoding="utf-8")
    assert rules(signed)[0] == "sign-off-changed"
    file.write_text(re.sub(r"sha256:\w+", "sha256:1", text), encoding="utf-8")
    assert rules(signed)[0] == "sign-off"
    assert "sign-off-missing" not in rules(signed)


def test_a_sign_off_that_can_not_be_used_is_told_where_the_leaflet_is_read(signed: Path) -> None:
    file = signed / FILE
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(DUE, "31.12.2027"), encoding="utf-8")
    said = ran(0, "review", DOCUMENT, cwd=signed)
    line = text[: text.index("next-review")].count("\n") + 1
    assert f"note: {FILE}:{line}: “31.12.2027” is no date" in said
    assert "Write year, month, day: 2027-03-31." in said
    sign(signed)
    assert "is no date" not in ran(0, "review", DOCUMENT, cwd=signed)


def test_overdue_and_early(signed: Path) -> None:
    assert rules(signed, DUE) == []
    after = (datetime.date.fromisoformat(DUE) + datetime.timedelta(days=1)).isoformat()
    assert rules(signed, after) == ["sign-off-overdue"]
    assert rules(signed, "2020-01-01") == ["sign-off-early"]


def test_a_page_changed_by_hand_and_one_that_is_old(signed: Path) -> None:
    page = signed / "docs" / "shoulder" / "before-you-come.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nMore.\n", encoding="utf-8")
    (finding,) = found(signed)
    assert (finding.rule, finding.place.path) == (
        "page-edited", "docs/shoulder/before-you-come.md"
    )  # fmt: skip
    page.unlink()
    assert rules(signed) == ["page-old"]


def test_an_orphan_is_found(signed: Path) -> None:
    (signed / DOCUMENT).rename(signed / "documents" / "arm.md")
    (finding,) = strays.orphans(project.Project(signed))
    assert finding.place.path == FILE


# --- Preview and publication


def test_a_preview_is_built_and_says_what_is_not_signed(small_project: Path) -> None:
    said = ran(0, "build", cwd=small_project)
    assert f"note: {DOCUMENT}: nobody has signed this leaflet off yet" in said
    said = ran(1, "check", cwd=small_project)
    assert "nobody has signed this leaflet off yet" in said


@pytest.mark.parametrize("way", ["missing", "changed", "overdue", "edited", "decision", "orphan"])
def test_publication_is_refused_and_nothing_written(way: str, signed: Path) -> None:
    document, file = signed / DOCUMENT, signed / FILE
    text = file.read_text(encoding="utf-8")
    if way == "missing":
        file.unlink()
    elif way == "changed":
        document.write_text(SMALL.replace("Tell", "Do tell"), encoding="utf-8")
    elif way == "overdue":
        text = text.replace(DUE, "2020-02-02").replace(TODAY.isoformat(), "2020-01-01")
        file.write_text(text, encoding="utf-8")
    elif way == "edited":
        (signed / "docs" / "shoulder" / "index.md").write_text("Mine.\n", encoding="utf-8")
    elif way == "decision":
        file.write_text(text + "sentences:\n  - {text: Gone., kind: none}\n", encoding="utf-8")
    else:
        (signed / "documents" / "gone.review.yml").touch()
    before = stamps(signed)
    said = ran(1, "build", "--publish", cwd=signed)
    assert "Not published. Nothing was written." in said
    assert stamps(signed) == before


LISTED = "    not_leaflets: [map.pdf]\n"
STRAY = "---\ntitle: A\n{0}---\n\n# Aspirin\n\nTake 40 a day.\n"


@pytest.mark.parametrize(
    ("path", "front", "refused"),
    [
        ("docs/aspirin.md", "", True),
        ("docs/aspirin.html", "", True),
        ("docs/shoulder/aspirin.md", "review: not-needed\n", True),
        ("docs/parking.md", "review: not-needed # about the clinic\n", False),
        ("docs/assets/aspirin.css", "", False),
        ("docs/aspirin.PDF", "", True),
        ("docs/assets/aspirin.txt", "", True),
        ("docs/shoulder/aspirin.docx", "", True),
        ("docs/robots.txt", "", False),
        ("docs/map.pdf", "", False),
    ],
)
def test_a_page_that_nobody_can_sign_is_not_published(
    path: str, front: str, refused: bool, signed: Path
) -> None:
    (signed / path).write_text(STRAY.format(front), encoding="utf-8")
    config = signed / "mkdocs.yml"
    config.write_text(config.read_text("utf-8") + LISTED, encoding="utf-8")
    here = project.Project(signed)
    found = strays.of(here, build.press_all(here.shelf, here.documents())).unsigned
    assert [finding.place.path for finding in found] == [path] * refused
    said = ran(int(refused), "build", "--publish", cwd=signed)
    assert ("belongs to no document, so nobody can sign it off" in said) is refused
    assert (signed / "site").exists() is not refused


@pytest.mark.parametrize("line", ["docs_dir: other", "INHERIT: other.yml"])
def test_no_other_folder_goes_out_as_reviewed(line: str, signed: Path) -> None:
    config = signed / "mkdocs.yml"
    config.write_text(f"{line}\n{config.read_text('utf-8')}", encoding="utf-8")
    said = ran(2, "build", "--publish", cwd=signed)
    assert "mkdocs.yml:1" in said
    assert line.partition(":")[0] in said
    assert not (signed / "site").exists()
    config.write_text(config.read_text("utf-8").replace(line, "docs_dir: ./docs/"), "utf-8")
    ran(0, "build", "--publish", cwd=signed)


def test_a_page_that_claims_a_review_is_not_published(signed: Path) -> None:
    for name in ("index.md", "parking.md"):
        page = signed / "docs" / name
        text = page.read_text("utf-8") if page.is_file() else "# Parking\n"
        front = 'reviewed: "2026-01-01"\nreviewed_label: "Last reviewed"\nreview: not-needed'
        page.write_text(f"---\n{front}\n---\n{text}", encoding="utf-8")
    said = ran(1, "build", "--publish", cwd=signed)
    assert said.count("this page says when it was reviewed, and no sign-off says so") == 2


def test_a_folder_linked_into_docs_is_not_published(signed: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir(exist_ok=True)
    (tmp_path / "other" / "aspirin.md").write_text("# Aspirin\n", encoding="utf-8")
    (signed / "docs" / "linked").symlink_to(tmp_path / "other", target_is_directory=True)
    said = ran(1, "build", "--publish", cwd=signed)
    assert "docs/linked: this is a link to another folder" in said


def test_a_folder_named_site_that_is_none_of_ours_is_kept(signed: Path) -> None:
    (signed / "site").mkdir()
    (signed / "site" / "plan.txt").write_text("Mine", encoding="utf-8")
    for _ in range(2):
        ran(0, "build", cwd=signed)
        assert (signed / "site" / "index.html").is_file()
        assert (signed / "site.before" / "plan.txt").read_text("utf-8") == "Mine"
    assert not (signed / "site.before1").exists()


def test_a_file_that_can_not_be_read_is_named_and_one_left_by_a_program_is_not(
    signed: Path,
) -> None:
    for name in ("old.doc", "scan.PDF", "~$shoulder.docx", ".~lock.a.docx#", "picture.png"):
        (signed / "documents" / name).write_bytes(b"x")
    here = project.Project(signed)
    assert list(here.documents()) == [DOCUMENT]
    found = strays.unread(here)
    assert [finding.place.path for finding in found] == ["documents/old.doc", "documents/scan.PDF"]
    assert "save it as .docx" in found[0].remedy
    assert "documents/old.doc: this kind of file" in ran(1, "split", cwd=signed)


def test_a_document_renamed_with_its_review_file_is_as_signed_as_before(signed: Path) -> None:
    for name in (DOCUMENT, FILE):
        (signed / name).rename(signed / name.replace("shoulder", "arm"))
    assert {finding.rule for finding in found(signed)} == {"page-old"}
    ran(0, "split", cwd=signed)
    assert found(signed) == []


def test_what_is_signed_is_published_alone_or_in_a_project(signed: Path, tmp_path: Path) -> None:
    ran(0, "build", "--publish", cwd=signed)
    ran(0, "check", cwd=signed)
    html = (signed / "site" / "shoulder" / "index.html").read_text(encoding="utf-8")
    assert f'<time datetime="{DUE}">' in html
    lone = tmp_path / "lone"
    lone.mkdir()
    (lone / "shoulder.md").write_text(SMALL, encoding="utf-8")
    assert "nobody has signed" in ran(1, "build", "shoulder.md", "--publish", cwd=lone)
    assert list(snapshot(lone)) == ["shoulder.md"]
    sign(lone, "shoulder.md")
    assert list(snapshot(lone)) == ["shoulder.md", "shoulder.review.yml"]
    ran(0, "build", "shoulder.md", "--publish", "-o", "out", cwd=lone)
    assert "Last reviewed" in (lone / "out" / "shoulder" / "index.html").read_text("utf-8")
    ran(0, "new", "clinic", "shoulder.md", cwd=lone)
    assert (lone / "clinic" / FILE).is_file()
    ran(0, "split", "shoulder.md", "-o", "pages", cwd=lone)
    assert "reviewed:" in (lone / "pages" / "shoulder" / "index.md").read_text("utf-8")


# --- What a patient sees


@pytest.fixture(scope="module")
def unsigned(small_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site of a leaflet that nobody signed off."""
    folder = shutil.copytree(small_made, tmp_path_factory.mktemp("unsigned") / "clinic")
    ran(0, "build", cwd=folder)
    return folder / "site"


@pytest.fixture
def without_script(chrome: Browser) -> Page:
    return chrome.new_context(java_script_enabled=False).new_page()


@pytest.mark.parametrize("media", ["screen", "print"])
def test_what_nobody_signed_wears_a_banner(
    media: str, unsigned: Path, without_script: Page
) -> None:
    page = without_script
    page.emulate_media(media="print" if media == "print" else "screen")
    for name in PAGES:
        page.goto((unsigned / "shoulder" / name).with_suffix(".html").as_uri())
        banner = page.locator(".leaflet-unreviewed")
        assert banner.is_visible()
        assert banner.inner_text().startswith("Not yet reviewed.")
        box, title = banner.bounding_box(), page.locator("h1").bounding_box()
        assert box is not None
        assert title is not None
        assert box["y"] < title["y"] < 1000
        assert page.locator(".leaflet-reviewed").count() == 0
    page.goto((unsigned / "index.html").as_uri())
    assert page.locator(".leaflet-unreviewed").count() == 0
    page.context.close()


def text_of(pdf: Path) -> str:
    return " ".join(" ".join(p.extract_text() for p in pypdf.PdfReader(pdf).pages).split())


def test_the_pdf_wears_it_too(unsigned: Path) -> None:
    said = text_of(unsigned / "shoulder" / "shoulder.pdf")
    assert said.startswith(
        "Your clinic Not yet reviewed. No clinician has signed this leaflet off."
    )
    assert "Last reviewed" not in said
    assert "Not yet reviewed ·" in said


IN_LANGUAGES = {
    "en": SMALL,
    "es": "# Infiltración del hombro\n\nUna infiltración puede aliviar el dolor del hombro.\n",
    "fr": "# Infiltration de l’épaule\n\nUne infiltration peut calmer la douleur de l’épaule.\n",
}


@pytest.mark.parametrize("lang", IN_LANGUAGES)
def test_what_is_overdue_says_so_in_the_preview(
    lang: str, signed: Path, without_script: Page
) -> None:
    (signed / DOCUMENT).write_text(IN_LANGUAGES[lang], encoding="utf-8")
    sign(signed)
    file = signed / FILE
    text = file.read_text(encoding="utf-8")
    text = text.replace(DUE, "2020-02-03").replace(TODAY.isoformat(), "2020-01-01")
    file.write_text(text, encoding="utf-8")
    assert "its next review was due on 3 February 2020" in ran(0, "build", cwd=signed)
    words, day = phrases.load(lang), dates.written("2020-02-03", lang)
    says = f"{words.say('overdue')}. {words.say('was_due', day=day)}"
    for page in (signed / "site" / "shoulder").glob("*.html"):
        without_script.goto(page.as_uri())
        assert without_script.locator(".leaflet-unreviewed").inner_text() == says
        assert day in without_script.locator(".leaflet-reviewed").inner_text()
    without_script.goto((signed / "site" / "index.html").as_uri())
    assert without_script.locator(".leaflet-unreviewed").count() == 0
    without_script.context.close()
    said = text_of(signed / "site" / "shoulder" / "shoulder.pdf")
    assert " ".join(says.split()) in said
    first = (signed / "docs" / "shoulder" / "index.md").read_text(encoding="utf-8")
    label = re.search(r'^reviewed_label: "(.*)"$', first, re.M)
    assert label
    row = words.say("labeled", label=label[1], what=dates.written("2020-01-01", lang))
    assert " ".join(row.split()) in said


def test_what_is_in_date_is_the_same_on_every_day(signed: Path) -> None:
    here = project.Project(signed)
    sites = []
    for day in (TODAY.isoformat(), DUE):
        build.build(here, today=day)
        sites.append(snapshot(here.site))
    assert sites[0] == sites[1]
    assert "overdue" not in pages_of(signed).casefold()


def test_our_own_leaflet_is_signed_as_an_example(our_site: Path, without_script: Page) -> None:
    """After a change of its text or of the rules sign it again; how is told in CONTRIBUTING.md."""
    root = our_site.parent
    (made,) = build.press_all(project.Project(root).shelf, project.Project(root).documents())
    assert made.standing.signed is not None
    assert "example" in made.standing.signed.name.lower()
    assert "example" in made.standing.signed.role
    folder = our_site / "dry-needling-for-sciatica"
    for file in folder.glob("*.html"):
        without_script.goto(file.as_uri())
        assert without_script.locator(".leaflet-unreviewed").count() == 0
        shown = without_script.locator(".leaflet-reviewed").inner_text()
        assert re.fullmatch(
            r"Example of a sign-off: no clinician has read this leaflet\.\n"
            r"Last reviewed: \d+ [A-Z][a-z]+ \d{4}\nNext review due: \d+ [A-Z][a-z]+ \d{4}",
            shown,
        )
    without_script.context.close()
    said = text_of(folder / "dry-needling-for-sciatica.pdf")
    assert "Last reviewed: " in said
    assert "Not yet reviewed" not in said


def test_no_date_comes_from_the_clock_or_from_version_control() -> None:
    for name in ("overrides/main.html", "src/clinicpress/paper/leaflet.typ"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "build_date" not in text
        assert "git_revision" not in text
        assert "datetime.today" not in text
