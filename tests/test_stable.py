"""Pages that keep their addresses, edits that are kept, and runs that change nothing or all."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from clinicpress import (
    build,
    changes,
    differences,
    lock,
    notices,
    pandoc,
    reading,
    redirects,
    renaming,
    targets,
)
from clinicpress.errors import ClinicpressError
from clinicpress.project import Hand, Project, Shelf
from conftest import SMALL, clinicpress, snapshot, stamps, told

FOLDER = "docs/shoulder"
PAGE = f"{FOLDER}/before-you-come.md"


def press(root: Path, text: str | None = None, hand: Hand = Hand.STOP) -> dict[str, bytes]:
    """Split the project's documents, its first one changed to a text; return its files."""
    if text is not None:
        (root / "documents" / "shoulder.md").write_text(text, encoding="utf-8")
    here = Project(root)
    build.split(here.shelf, here.documents(), prune=True, options=build.Options(hand))
    return snapshot(root)


def leads(root: Path, page: str) -> str:
    """Return where an old page leads."""
    text = (root / FOLDER / page).read_text(encoding="utf-8")
    assert "template" in text
    found = re.search(r"\]\((\S+)\)\n$", text)
    assert found
    return found.group(1)


# --- Sections of one name

OWN = "## Risks\n\nInfection of the joint is rare.\n\n"
NEW = "## Risks\n\nClots form where patients lie still for long.\n\n"
NEXT = "## Aftercare\n\nRest the arm for a day.\n\n"
FIRST = "# Shoulder injection\n\nIt eases pain.\n\n"


def pages_with(root: Path, words: str) -> list[str]:
    """Return the pages of the leaflet that say something."""
    found = (root / FOLDER).glob("*.md")
    return sorted(page.name for page in found if words in page.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("text", "name"),
    [(FIRST + NEW + NEXT + OWN, "risks-2.md"), (FIRST + NEXT + NEW + OWN, "aftercare-risks.md")],
)
def test_a_section_above_another_of_its_name_takes_no_address_from_it(
    text: str, name: str, small_project: Path
) -> None:
    press(small_project, FIRST + NEXT + OWN)
    files = press(small_project, text)
    assert pages_with(small_project, "Infection of the joint") == ["risks.md"]
    assert pages_with(small_project, "Clots form") == [name]
    assert press(small_project) == files


def test_a_section_keeps_its_address_where_another_of_its_name_goes(small_project: Path) -> None:
    press(small_project, FIRST + NEW + NEXT + OWN)
    assert pages_with(small_project, "Infection of the joint") == ["aftercare-risks.md"]
    files = press(small_project, FIRST + NEXT + OWN)
    assert pages_with(small_project, "Infection of the joint") == ["aftercare-risks.md"]
    assert leads(small_project, "risks.md")
    assert press(small_project) == files


def test_sections_of_one_name_keep_theirs_when_they_change_places(small_project: Path) -> None:
    press(small_project, FIRST + NEW + NEXT + OWN)
    press(small_project, FIRST + OWN + NEXT + NEW.replace("long", "a week"))
    assert pages_with(small_project, "Clots form") == ["risks.md"]
    assert pages_with(small_project, "Infection of the joint") == ["aftercare-risks.md"]


def test_a_section_that_is_written_anew_keeps_its_address(small_project: Path) -> None:
    press(small_project, FIRST + NEW + NEXT + OWN)
    press(small_project, FIRST + NEW + NEXT + "## Risks\n\nTell us of a fever.\n\n")
    assert pages_with(small_project, "Tell us of a fever") == ["aftercare-risks.md"]


# --- Redirects


def test_a_renamed_section_leads_on_and_no_chain_grows(small_project: Path) -> None:
    press(small_project, SMALL.replace("Before you come", "First things"))
    assert leads(small_project, "before-you-come.md") == "first-things.md"
    files = press(small_project, SMALL.replace("Before you come", "Really first"))
    assert leads(small_project, "before-you-come.md") == "really-first.md"
    assert leads(small_project, "first-things.md") == "really-first.md"
    assert b"first-things" not in files["mkdocs.yml"]
    assert press(small_project) == files


def test_a_section_that_comes_back_replaces_its_redirect(small_project: Path) -> None:
    before = snapshot(small_project)
    press(small_project, SMALL.replace("Before you come", "First things"))
    files = press(small_project, SMALL)
    assert files[PAGE] == before[PAGE]
    assert leads(small_project, "first-things.md") == "before-you-come.md"


def test_a_removed_section_leads_to_the_leaflet(small_project: Path) -> None:
    text = SMALL.replace("## Before you come\n\nTell us if you take a blood thinner.\n\n", "")
    assert text != SMALL
    press(small_project, text)
    assert leads(small_project, "before-you-come.md") == "index.md"


def test_a_section_that_became_part_of_another_leads_to_its_place(small_project: Path) -> None:
    text = SMALL.replace("## Before", "## Your visit\n\nCome early.\n\n### Before")
    press(small_project, text)
    assert leads(small_project, "before-you-come.md") == "your-visit.md#before-you-come"


def test_two_renamed_sections_go_each_to_its_own() -> None:
    old = {"index.md": "# L\n", "a.md": "# A\n\nswim run walk\n", "b.md": "# B\n\nneedle skin\n"}
    new = {"index.md": "# L\n", "x.md": "# X\n\nneedle skin\n", "y.md": "# Y\n\nswim run walk\n"}
    assert redirects.moves(old, new, {}) == {"a.md": "y.md", "b.md": "x.md"}


def test_a_section_rewritten_in_its_place_counts_by_its_neighbors() -> None:
    text = "# A\n\none two three four five six seven eight\n"
    other = "# B\n\none two three nine ten eleven twelve thirteen\n"
    old = {"index.md": "", "a.md": text, "z.md": ""}
    assert redirects.moves(old, {"index.md": "", "b.md": other, "z.md": ""}, {}) == {"a.md": "b.md"}
    elsewhere = {"index.md": "", "z.md": "", "b.md": other}
    assert redirects.moves(old, elsewhere, {}) == {"a.md": "index.md"}


def test_many_renamed_sections_are_matched_in_bounded_work() -> None:
    def version(name: str) -> dict[str, str]:
        pages = {f"{name}-{n}.md": f"# {name}\n\nword{n} text{n} more\n" for n in range(1000)}
        return {"index.md": "", **pages}

    moved = redirects.moves(version("old"), version("new"), {})
    assert moved == {f"old-{n}.md": f"new-{n}.md" for n in range(1000)}


def test_a_title_of_signs_stays_text_in_a_redirect(small_project: Path) -> None:
    press(small_project, SMALL.replace("Before you come", "A *b* [c](d) `e` ![f](g)"))
    text = (small_project / PAGE).read_text(encoding="utf-8")
    assert text.count("](") == 1
    assert text.startswith('---\ntitle: "This page has moved"\n')


def test_a_redirect_needs_no_script_and_is_not_found_by_search(small_project: Path) -> None:
    press(small_project, SMALL.replace("Before you come", "First <b>things</b>"))
    done = clinicpress("build", cwd=small_project)
    assert done.returncode == 0, done.stderr
    site = small_project / "site"
    page = (site / "shoulder" / "before-you-come.html").read_text(encoding="utf-8")
    target = "first-things.html"
    assert f'<meta http-equiv="refresh" content="0; url={target}">' in page
    assert f'<link rel="canonical" href="{target}">' in page
    assert f'<a href="{target}">' in page
    assert (site / "shoulder" / target).is_file()
    search = "".join(p.read_text(encoding="utf-8") for p in (site / "search").glob("*.js*"))
    assert target in search
    assert "before-you-come" not in search
    for other in site.rglob("*.html"):
        assert other.name == "before-you-come.html" or "before-you-come" not in (
            other.read_text(encoding="utf-8")
        )


# --- Documents under another name


def rename(root: Path, old: str, new: str) -> Path:
    """Give a document another name, and return where it is now."""
    target = root / "documents" / new
    target.parent.mkdir(exist_ok=True)
    return (root / "documents" / old).rename(target)


@pytest.mark.parametrize("name", ["shoulder-2026 FINAL.md", "joints/shoulder.md"])
def test_a_renamed_document_keeps_its_addresses(small_project: Path, name: str) -> None:
    before = {path for path in press(small_project) if path.startswith("docs/")}
    path = rename(small_project, "shoulder.md", name)
    path.write_text(SMALL.replace("can ease pain", "may ease pain"), encoding="utf-8")
    done = clinicpress("split", cwd=small_project)
    assert done.returncode == 0, done.stderr
    assert "it was documents/shoulder.md" in done.stdout
    after = snapshot(small_project)
    assert {path for path in after if path.startswith("docs/")} == before
    assert b"may ease pain" in after[f"{FOLDER}/index.md"]
    assert list(json.loads(after["clinicpress.lock"])["leaflets"]) == [f"documents/{name}"]
    assert clinicpress("split", "--check", cwd=small_project).returncode == 0


def test_a_renamed_document_is_not_taken_for_one_of_other_words(small_project: Path) -> None:
    rename(small_project, "shoulder.md", "ear.md").write_text(
        "# Ear wax\n\nWax comes out by itself.\n\n## Drops\n\nWarm them in your hand.\n", "utf-8"
    )
    done = clinicpress("split", cwd=small_project)
    assert "it was" not in done.stdout
    files = snapshot(small_project)
    assert "docs/ear/drops.md" in files
    assert PAGE not in files


def test_edits_of_a_renamed_document_are_kept(small_project: Path) -> None:
    edited = small_project / PAGE
    edited.write_text(edited.read_text("utf-8") + "\nOur own line.\n", encoding="utf-8")
    rename(small_project, "shoulder.md", "knee.md")
    told(clinicpress("split", cwd=small_project), PAGE, "--adopt", "--force")
    assert clinicpress("split", "--adopt", cwd=small_project).returncode == 0
    assert "Our own line." in edited.read_text("utf-8")


def test_the_decisions_of_a_renamed_document_are_not_lost_unsaid(small_project: Path) -> None:
    review = small_project / "documents" / "shoulder.review.yml"
    review.write_text("page-level: 2\n", encoding="utf-8")
    rename(small_project, "shoulder.md", "knee.md")
    done = clinicpress("split", cwd=small_project)
    assert done.returncode == 1
    assert "shoulder.review.yml" in done.stderr


def test_each_gone_document_is_taken_once_the_likeliest_first() -> None:
    gone = {"a/one.md": ["red green blue"], "two.md": ["red green grey"]}
    new = {"b/one.md": ["red green blue grey"], "2.md": ["red green grey"], "3.md": ["red green"]}
    assert renaming.renamed(gone, new) == {"b/one.md": "a/one.md", "2.md": "two.md"}
    assert renaming.renamed({}, new) == {}


def test_thousands_of_documents_that_moved_are_found_by_their_file_names() -> None:
    gone = {f"old/{n}.md": [f"words{n} here{n}"] for n in range(400)}
    new = {f"new/{n}.md": [f"words{n} here{n}"] for n in range(400)}
    assert renaming.renamed(gone, new) == {f"new/{n}.md": f"old/{n}.md" for n in range(400)}


@pytest.mark.parametrize("seed", range(4))
def test_a_new_section_changes_no_address(small_project: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    sections = [f"## Part {n}\n\nText of part {n}.\n" for n in range(6)]
    press(small_project, "\n".join(["# Shoulder\n", *sections]))
    for n in range(3):
        before = {path for path in snapshot(small_project) if path.startswith(FOLDER)}
        title = chance.choice(["Part", "Part 1", "New", "Index", "1"])
        sections.insert(chance.randint(0, len(sections)), f"## {title} {seed}{n}\n\nNew {n}.\n")
        files = press(small_project, "\n".join(["# Shoulder\n", *sections]))
        assert before < {path for path in files if path.startswith(FOLDER)}
        for part in range(6):
            assert f"Text of part {part}.".encode() in files[f"{FOLDER}/part-{part}.md"]


# --- Pages without a site


def test_pages_without_a_site_leave_no_redirects(tmp_path: Path) -> None:
    leaflet = tmp_path / "shoulder.md"
    shelf = Shelf(tmp_path / "out")
    for text in (SMALL, SMALL.replace("Before you come", "First")):
        leaflet.write_text(text, encoding="utf-8")
        build.split(shelf, {"shoulder.md": leaflet})
    assert not (tmp_path / "out" / "shoulder" / "before-you-come.md").exists()


# --- Edits by hand


def edit(root: Path, path: str = PAGE) -> bytes:
    file = root / path
    file.write_text(file.read_text(encoding="utf-8") + "\nBy hand.\n", encoding="utf-8")
    return file.read_bytes()


def test_an_edit_is_shown_with_what_to_do(small_project: Path) -> None:
    edit(small_project)
    said = told(clinicpress("split", cwd=small_project), PAGE, "--adopt", "--force")
    assert "\n+By hand.\n" in said
    assert "blood thinner" not in said


def test_an_adopted_page_is_left_alone_until_it_is_given_back(small_project: Path) -> None:
    mine = edit(small_project)
    assert press(small_project, hand=Hand.ADOPT)[PAGE] == mine
    text = SMALL.replace("blood thinner", "steroid").replace("ease pain", "soothe pain")
    files = press(small_project, text)
    assert files[PAGE] == mine
    assert b"soothe pain" in files[f"{FOLDER}/index.md"]
    mine = edit(small_project)
    assert press(small_project)[PAGE] == mine
    # Its section goes; the page is the clinic's own and stays in the menu.
    files = press(small_project, text.replace("Before you come", "First"))
    assert files[PAGE] == mine
    assert b"before-you-come.md" in files["mkdocs.yml"]
    files = press(small_project, text, Hand.FORCE)
    assert b"steroid" in files[PAGE]
    assert b"adopted" not in files["clinicpress.lock"]


def test_an_adopted_page_that_is_deleted_comes_from_the_document_again(small_project: Path) -> None:
    before = snapshot(small_project)
    edit(small_project)
    press(small_project, hand=Hand.ADOPT)
    (small_project / PAGE).unlink()
    assert press(small_project) == before


def test_an_adopted_page_outlives_its_document(small_project: Path) -> None:
    mine = edit(small_project)
    (small_project / "documents" / "shoulder.md").unlink()
    with pytest.raises(ClinicpressError, match="changed by hand"):
        press(small_project)
    files = press(small_project, hand=Hand.ADOPT)
    assert {path for path in files if path.startswith(FOLDER)} == {PAGE}
    assert files[PAGE] == mine
    assert b"shoulder/" not in files["mkdocs.yml"]
    assert press(small_project) == files


def test_ways_that_exclude_one_another(small_project: Path) -> None:
    done = clinicpress("split", "--force", "--adopt", cwd=small_project)
    assert (done.returncode, "exclude" in done.stderr) == (2, True)


def test_a_long_difference_is_cut_and_a_picture_is_not_shown() -> None:
    long = "\n".join(map(str, range(1000))).encode()
    assert len(differences.shown(None, long, ("a", "b")).splitlines()) == differences.MAX_LINES + 1
    assert differences.shown(b"\xff\x00", None, ("a", "b")) == "(not a text)"
    assert "too long" in differences.shown(b"a\n" * 6000, b"b\n" * 6000, ("a", "b"))
    assert "line ends" in differences.shown(b"a\r\n", b"a\n", ("a", "b"))


# --- Is it up to date?


def test_check_says_what_would_change_and_changes_nothing(small_project: Path) -> None:
    done = clinicpress("split", "--check", cwd=small_project)
    assert (done.returncode, done.stderr) == (0, "")
    text = SMALL.replace("blood thinner", "steroid")
    (small_project / "documents" / "shoulder.md").write_text(text, encoding="utf-8")
    edit(small_project, f"{FOLDER}/your-practitioner.md")
    (small_project / changes.FOLDER).mkdir()
    (small_project / changes.FOLDER / "plan.draft").touch()
    before = stamps(small_project)
    done = clinicpress("split", "--check", cwd=small_project)
    assert done.returncode == 1, done.stderr
    assert stamps(small_project) == before
    assert f"{PAGE} is not up to date\n" in done.stdout
    assert "\n-Tell us if you take a blood thinner.\n+Tell us if you take a steroid." in done.stdout
    assert f"{FOLDER}/your-practitioner.md is not up to date (changed by hand" in done.stdout
    assert "2 files" in done.stderr


# --- Links that lead nowhere


def test_a_broken_link_is_found_at_its_line_and_its_text_kept(tmp_path: Path) -> None:
    text = "# Knee\n\n[One](#no) and\n[two](gone.pdf), [three](#no).\n\n[four][f]\n\n[f]: x.md\n"
    (tmp_path / "knee.md").write_text(text, encoding="utf-8")
    arguments = ("split", "knee.md", "-o", "out", "--report", "report.json")
    done = clinicpress(*arguments, cwd=tmp_path)
    assert done.returncode == 1, done.stderr
    lines = [line for line in done.stderr.splitlines() if line.startswith("knee.md")]
    assert [line.split(" leads")[0] for line in lines] == [
        f"knee.md:{n}: this link" for n in (3, 4, 4, 8)
    ]
    assert "Traceback" not in done.stderr
    assert "One and two, three." in " ".join(
        (tmp_path / "out" / "knee" / "index.md").read_text(encoding="utf-8").split()
    )
    found = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["findings"]
    assert [row["place"] for row in found] == ["knee.md:3", "knee.md:4", "knee.md:4", "knee.md:8"]
    assert all(row["remedy"] for row in found)


def test_without_lines_a_broken_link_is_named_by_its_page() -> None:
    (finding,) = targets.findings("knee.docx", [("#_Ref1", "Your practitioner")])
    assert str(finding.place) == "knee.docx"
    assert "on the page “Your practitioner”" in finding.problem


# --- Many documents


def test_many_documents_come_in_order_and_the_first_error_is_told(
    small_project: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = small_project / "documents"
    for n in range(8):
        (folder / f"knee-{n}.md").write_text(SMALL.replace("Shoulder", f"Knee {n}"))
    here = Project(small_project)
    seen: list[int] = []

    def progress(results: Iterable[Any], length: int) -> Iterable[Any]:
        for result in results:
            seen.append(length)
            yield result

    options = build.Options(progress=progress)
    reports = build.split(here.shelf, here.documents(), options=options)
    assert [report.leaflet.document.name for report in reports] == list(here.documents())
    assert seen == [9] * 9
    assert press(small_project) == snapshot(small_project)
    (folder / "knee-3.md").write_bytes(b"caf\xe9\n")
    (folder / "knee-6.md").write_bytes(b"")
    before = stamps(small_project)
    with pytest.raises(ClinicpressError, match=r"knee-3\.md:1") as stopped:
        press(small_project)
    assert stopped.value.remedy
    assert stamps(small_project) == before
    assert "Documents" not in capfd.readouterr().err


def test_each_document_is_read_and_written_once(
    small_project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[list[str]] = []
    run = pandoc._run

    def counted(options: list[str], text: str | bytes, place: str) -> str:
        calls.append(options)
        return run(options, text, place)

    monkeypatch.setattr(pandoc, "_run", counted)
    press(small_project, SMALL.replace("ease", "soothe"))
    assert len(calls) == 2


# --- Losses


def with_a_loss(path: Path) -> Path:
    """Write a web page with words that its reader does not give back."""
    path.write_text("<h1>Knee</h1><p>Rest.</p><svg><text>Drink water.</text></svg>")
    return path


@pytest.fixture
def losing(small_project: Path) -> Path:
    path = with_a_loss(small_project / "documents" / "knee.html")
    with pytest.raises(ClinicpressError, match="can't be read from it"):
        reading.read(path)
    return small_project


def test_a_loss_stops_until_it_is_allowed_and_is_recorded(losing: Path) -> None:
    before = stamps(losing)
    told(clinicpress("split", cwd=losing), "documents/knee.html", "--allow-loss")
    assert stamps(losing) == before
    done = clinicpress("split", "--allow-loss", cwd=losing)
    assert done.returncode == 0, done.stderr
    assert "lost      “drink water”" in done.stdout
    kept = lock.parse((losing / "clinicpress.lock").read_text(encoding="utf-8"))
    (loss,) = kept["documents/knee.html"].losses
    assert loss.words == "drink water"
    # The exception holds for these words, and for no others.
    press(losing)
    page = losing / "documents" / "knee.html"
    page.write_text(page.read_text(encoding="utf-8") + "<svg><text>Not alone.</text></svg>")
    with pytest.raises(ClinicpressError, match="can't be read from it"):
        press(losing)


# --- Killed at any moment

KILLED = -9
CHILD = """
import os, shutil, signal, sys
from pathlib import Path
from clinicpress import cli

start, root, every = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
touches = {"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir"}
left = 0

def die(event, arguments):
    global left
    if event not in touches or not str(arguments[0]).startswith(str(Path.cwd())):
        return
    if event == "open" and not arguments[2] & (os.O_WRONLY | os.O_RDWR):
        return
    left -= 1
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)

for step in range(0, 1000, every):
    copy = root / str(step)
    shutil.copytree(start, copy)
    child = os.fork()
    if not child:
        os.chdir(copy)
        left = step
        sys.argv = ["clinicpress", "split", "-q"]
        sys.addaudithook(die)
        cli.main()
    if not os.WIFSIGNALED(os.waitpid(child, 0)[1]):
        break
"""


def test_a_split_killed_at_any_point_leaves_before_or_after(
    small_project: Path, tmp_path: Path
) -> None:
    text = SMALL.replace("Before you come", "First").replace("ease", "soothe")
    (small_project / "documents" / "shoulder.md").write_text(text, encoding="utf-8")
    before = snapshot(small_project)
    copies = tmp_path / "copies"
    command = [sys.executable, "-c", CHILD, str(small_project), str(copies), "3"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    after = press(small_project)
    assert after != before
    outcomes = []
    for copy in sorted(copies.iterdir(), key=lambda path: int(path.name)):
        changes.recover(copy)
        outcomes.append(snapshot(copy))
        assert outcomes[-1] in (before, after)
        assert press(copy) == after
    assert outcomes[0] == before
    assert outcomes[-1] == after
    assert len(outcomes) > 5


# --- Names and places


@pytest.mark.parametrize("name", ["...txt", ".hidden.txt", "!!!.txt"])
def test_a_lone_document_of_an_odd_name_gives_its_pages(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("Knee care\n\nIt is about your knee.\n", encoding="utf-8")
    done = clinicpress("new", "clinic", name, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    made = snapshot(tmp_path / "clinic")
    assert [path for path in made if b"It is about your knee." in made[path]] != []
    assert len(Project(tmp_path / "clinic").documents()) == 1


def test_messages_and_report_name_a_lone_document_as_typed(tmp_path: Path) -> None:
    (tmp_path / ".knee.md").write_text("# Knee\n\nIt [is](#gone) short.\n", encoding="utf-8")
    done = clinicpress("build", ".knee.md", "-o", "out", cwd=tmp_path)
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith(".knee.md: “Knee”")
    assert "\n.knee.md:3: this link" in f"\n{done.stderr}"
    assert (tmp_path / "out" / "knee" / "index.html").is_file()


def test_a_report_that_cannot_be_written_stops_before_any_page(tmp_path: Path) -> None:
    (tmp_path / "knee.md").write_text(SMALL, encoding="utf-8")
    before = stamps(tmp_path)
    for place in ("no/folder/report.json", ".", "/proc/report.json"):
        told(clinicpress("split", "knee.md", "-o", "p", "--report", place, cwd=tmp_path), place)
        assert stamps(tmp_path) == before


@pytest.mark.parametrize("place", ["/proc/x", "knee.md/x"])
def test_a_place_that_cannot_be_written_is_told(place: str, tmp_path: Path) -> None:
    (tmp_path / "knee.md").write_text(SMALL, encoding="utf-8")
    before = stamps(tmp_path)
    for command in (["split", "knee.md", "-o"], ["build", "knee.md", "-o"], ["new"]):
        told(clinicpress(*command, place, cwd=tmp_path), place)
    assert stamps(tmp_path) == before


# --- Progress


@pytest.mark.parametrize("terminal", [True, False])
def test_a_bar_is_shown_in_a_terminal_only(terminal: bool, small_project: Path) -> None:
    for n in range(6):
        text = SMALL.replace("Shoulder", f"Knee {n}")
        (small_project / "documents" / f"knee-{n}.md").write_text(text, encoding="utf-8")
    ours, theirs = os.openpty() if terminal else os.pipe()
    command = [sys.executable, "-m", "clinicpress", "split", "-q", "--check"]
    with subprocess.Popen(command, cwd=small_project, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        said = b"".join(iter(lambda: read(ours), b"")).decode()
    os.close(ours)
    assert process.returncode == 1, said
    assert ("Documents" in said) == terminal
    assert ("7/7" in said or "100%" in said) == terminal


def read(source: int) -> bytes:
    try:
        return os.read(source, 10000)
    except OSError:  # how a terminal says that its program has ended
        return b""


def test_a_page_that_has_moved_is_not_in_the_sitemap(our_project: Path, tmp_path: Path) -> None:
    root = tmp_path / "project"
    shutil.copytree(our_project, root, ignore=shutil.ignore_patterns("site"))
    config = root / "mkdocs.yml"
    settings = config.read_text(encoding="utf-8")
    config.write_text(settings.replace("site_url: ''", "site_url: https://example.org/a/"))
    words = notices.load("en").words
    moved = redirects.page("privacy.md", "Privacy", words, "en")
    (root / "docs" / "old.md").write_text(moved, encoding="utf-8")
    line = [sys.executable, "-m", "mkdocs", "build", "-q"]
    subprocess.run(line, cwd=root, check=True, capture_output=True)
    listed = (root / "site" / "sitemap.xml").read_text(encoding="utf-8")
    assert "https://example.org/a/privacy.html" in listed
    assert "old.html" not in listed
    assert "old.html" not in (root / "site" / "search" / "search_index.json").read_text()
