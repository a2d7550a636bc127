"""The command line, run as a user runs it: what it makes, what it leaves alone, what it answers."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import pytest

from clinicpress.cli import cli
from conftest import ROOT, SMALL, clinicpress, snapshot, stamps, told

PATIENCE_S = 30
PAGE = "docs/shoulder/before-you-come.md"


def ok(*arguments: object, cwd: Path) -> str:
    """Run the command, which has to do well, and return what it said."""
    done = clinicpress(*arguments, cwd=cwd)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""
    return done.stdout


@pytest.fixture
def leaflet(tmp_path: Path) -> Path:
    path = tmp_path / "leaflet.md"
    path.write_text(SMALL, encoding="utf-8")
    return path


# --- Help and exit codes


@pytest.mark.parametrize("name", ["", *cli.commands])
def test_help_names_every_option(name: str, tmp_path: Path) -> None:
    said = ok(*name.split(), "--help", cwd=tmp_path)
    command = cli.commands[name] if name else cli
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert all(option in said for option in parameter.opts)
            assert parameter.opts == ["--version"] or parameter.help
        else:
            assert parameter.make_metavar(click.Context(command)) in said
    if not name:
        assert all(each in said for each in cli.commands)
        assert set(cli.commands) == {
            "new", "split", "build", "bundle", "serve", "check", "review", "pdf",
        }  # fmt: skip


def test_version(tmp_path: Path) -> None:
    assert ok("--version", cwd=tmp_path).strip().endswith("0.1.0")


@pytest.mark.parametrize("wrong", [["nonsense"], ["split", "--nonsense"], ["new"], ["serve", "x"]])
def test_a_wrong_command_line_exits_with_2(wrong: list[str], tmp_path: Path) -> None:
    done = clinicpress(*wrong, cwd=tmp_path)
    assert done.returncode == 2
    assert "Usage:" in done.stderr
    assert snapshot(tmp_path) == {}


def test_a_finding_exits_with_1_and_the_site_is_there_to_look_at(small_project: Path) -> None:
    home = small_project / "docs" / "index.md"
    text = home.read_text(encoding="utf-8")
    # The engine does not look at links in HTML: the check does.
    more = "[Gone](gone.md)", "[No](#no)", "[Part](shoulder/index.md#no)", '<a href="x.html">X</a>'
    home.write_text(text + "\n".join(["", *more, ""]), encoding="utf-8")
    # A page that no other page links to is checked as well.
    (small_project / "docs" / "lone.md").write_text("# Lone\n\n[Gone](gone.md)\n")
    done = clinicpress("build", cwd=small_project)
    assert done.returncode == 1, done.stdout + done.stderr
    places = [line.split(": ")[0] for line in done.stderr.splitlines() if line.startswith("docs/")]
    first = home.read_text(encoding="utf-8").splitlines().index(more[0]) + 1
    assert places == [*(f"docs/index.md:{first + n}" for n in range(4)), "docs/lone.md:3"]
    assert "mkdocs.yml" not in done.stderr
    assert (small_project / "site" / "index.html").is_file()


# --- new


def test_new_without_a_document(tmp_path: Path) -> None:
    ok("new", "clinics/mine", cwd=tmp_path)
    made = tmp_path / "clinics" / "mine"
    assert {path.name for path in made.iterdir()} == {
        ".gitignore", "documents", "docs", "overrides", "mkdocs.yml", "practitioners.yml",
    }  # fmt: skip
    assert list(tmp_path.iterdir()) == [tmp_path / "clinics"]
    assert list((tmp_path / "clinics").iterdir()) == [made]


def test_new_with_a_document_builds(leaflet: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    said = ok("new", "mine", leaflet, cwd=tmp_path)
    made = tmp_path / "mine"
    assert (made / "documents" / "leaflet.md").read_text(encoding="utf-8") == SMALL
    assert "leaflet/index.md" in (made / "mkdocs.yml").read_text(encoding="utf-8")
    assert "(leaflet/index.md)" in (made / "docs" / "index.md").read_text(encoding="utf-8")
    assert "Made mine" in said
    ok("build", cwd=made)
    assert (made / "site" / "leaflet" / "leaflet.pdf").is_file()


def test_new_over_something_is_refused(leaflet: Path, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "notes.txt").write_text("mine", encoding="utf-8")
    before = stamps(tmp_path)
    for target in ("full", "leaflet.md"):
        told(clinicpress("new", target, leaflet, cwd=tmp_path), target)
        told(clinicpress("new", target, cwd=tmp_path), target)
    assert stamps(tmp_path) == before


# --- split in a project


def test_our_own_pages_are_as_the_tool_makes_them_and_stay_so(our_project: Path) -> None:
    names = ("docs", "mkdocs.yml", "clinicpress.lock", "documents", "overrides")

    def state() -> list[object]:
        paths = [our_project / name for name in names]
        return [
            (snapshot(p), stamps(p)) if p.is_dir() else (p.read_bytes(), p.stat().st_mtime_ns)
            for p in paths
        ]

    before = state()
    ok("split", cwd=our_project)
    assert state() == before
    ok("split", "documents/dry-needling-for-sciatica.md", cwd=our_project)
    assert state() == before


def test_split_from_a_folder_within(small_project: Path) -> None:
    before = stamps(small_project)
    ok("split", cwd=small_project / "docs" / "shoulder")
    assert stamps(small_project) == before


def test_a_changed_document_changes_only_its_pages(small_project: Path) -> None:
    before = snapshot(small_project)
    document = small_project / "documents" / "shoulder.md"
    document.write_text(SMALL.replace("blood thinner", "steroid"), encoding="utf-8")
    ok("split", cwd=small_project)
    after = snapshot(small_project)
    assert {path for path in after if after[path] != before.get(path)} == {
        PAGE, "documents/shoulder.md", "clinicpress.lock",
    }  # fmt: skip
    assert before.keys() == after.keys()


@pytest.mark.parametrize("gone", [False, True], ids=["changed", "removed"])
def test_a_page_edited_by_hand_is_kept_until_forced(gone: bool, small_project: Path) -> None:
    page = small_project / PAGE
    page.write_text(page.read_text(encoding="utf-8") + "\nBy hand.\n", encoding="utf-8")
    document = small_project / "documents" / "shoulder.md"
    if gone:
        document.unlink()
    else:
        document.write_text(SMALL.replace("ease pain", "soothe pain"), encoding="utf-8")
    before = stamps(small_project)
    for command in (["split"], ["build"], ["serve", "--port", free_port()]):
        told(clinicpress(*command, cwd=small_project), PAGE, "--force")
        assert stamps(small_project) == before
    ok("split", "--force", cwd=small_project)
    assert page.exists() != gone
    if not gone:
        assert "By hand." not in page.read_text(encoding="utf-8")
        assert "soothe pain" in page.with_name("index.md").read_text(encoding="utf-8")


def test_a_removed_document_takes_its_pages_with_it(small_project: Path) -> None:
    second = small_project / "documents" / "knee.md"
    second.write_text(SMALL.replace("Shoulder", "Knee"), encoding="utf-8")
    ok("split", cwd=small_project)
    with_both = snapshot(small_project)
    assert "docs/knee/index.md" in with_both
    assert b"knee/index.md" in with_both["mkdocs.yml"]
    assert b"knee/index.md" in with_both["docs/index.md"]
    second.unlink()
    ok("split", cwd=small_project)
    without = snapshot(small_project)
    assert not [path for path in without if "knee" in path]
    assert not (small_project / "docs" / "knee").exists()
    assert not [path for path in without if b"knee/" in without[path]]
    assert b"shoulder/index.md" in without["mkdocs.yml"]


def test_one_bad_document_changes_nothing(small_project: Path) -> None:
    (small_project / "documents" / "knee.md").write_text("# Knee\n\nText.\n", encoding="utf-8")
    (small_project / "documents" / "zoo.md").write_bytes(b"# Zoo\n\ncaf\xe9\n")
    before = stamps(small_project)
    told(clinicpress("split", cwd=small_project), "documents/zoo.md:3")
    assert stamps(small_project) == before


# --- split anywhere


def test_split_to_a_folder_and_a_report(leaflet: Path, tmp_path: Path) -> None:
    arguments = ("split", leaflet.name, "-o", "pages", "--report", "report.json")
    ok(*arguments, cwd=tmp_path)
    before = snapshot(tmp_path), stamps(tmp_path / "pages")
    assert {path for path in before[0] if path.endswith(".md")} == {
        "leaflet.md", "pages/leaflet/index.md", "pages/leaflet/before-you-come.md",
        "pages/leaflet/your-practitioner.md",
    }  # fmt: skip
    ok(*arguments, cwd=tmp_path)
    assert (snapshot(tmp_path), stamps(tmp_path / "pages")) == before


def test_the_report(leaflet: Path, tmp_path: Path) -> None:
    ok("split", leaflet, "-o", "pages", "--report", "report.json", cwd=tmp_path)
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert [(row["text"], row["level"]) for row in report["headings"]] == [
        ("Before you come", 1), ("Your practitioner", 1),
    ]  # fmt: skip
    assert [(row["text"], row["label"]) for row in report["sentences"]] == [
        ("An injection can ease pain in your shoulder.", "none"),
        ("Tell us if you take a blood thinner.", "safety"),
        ("Check that your practitioner is registered.", "credential"),
        ("A source: https://example.org/register", "none"),
    ]
    assert report["sentences"][-1]["kind"] == "footnote"
    assert report["words"]["source"] == report["words"]["pages"] > 25
    assert report["title"] == "Shoulder injection"
    assert report["pages"] == ["index.md", "before-you-come.md", "your-practitioner.md"]


def test_footnotes_come_last_in_the_report(tmp_path: Path) -> None:
    document = ROOT / "documents" / "dry-needling-for-sciatica.md"
    ok("split", document, "-o", "pages", "--report", "report.json", cwd=tmp_path)
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    kinds = [row["kind"] for row in report["sentences"]]
    first = kinds.index("footnote")
    assert set(kinds[first:]) == {"footnote"}
    assert all(row["text"] and row["label"] for row in report["sentences"])
    assert report["words"]["source"] == report["words"]["pages"]


def test_a_report_that_cannot_be_written_is_said(leaflet: Path, tmp_path: Path) -> None:
    where = "no/such/folder/report.json"
    told(clinicpress("split", leaflet, "-o", "p", "--report", where, cwd=tmp_path), where)


def test_two_documents_share_a_folder(leaflet: Path, tmp_path: Path) -> None:
    (tmp_path / "leaflet.txt").write_text("Another\n\nIt is about a knee.\n", encoding="utf-8")
    ok("split", leaflet, "-o", "pages", cwd=tmp_path)
    first = snapshot(tmp_path / "pages" / "leaflet")
    ok("split", "leaflet.txt", "-o", "pages", cwd=tmp_path)
    both = snapshot(tmp_path / "pages")
    assert snapshot(tmp_path / "pages" / "leaflet") == first
    assert b"knee" in both["leaflet-2/index.md"]
    ok("split", leaflet, "-o", "pages", cwd=tmp_path)
    assert snapshot(tmp_path / "pages") == both


def test_an_edited_page_in_a_folder_is_kept_too(leaflet: Path, tmp_path: Path) -> None:
    ok("split", leaflet, "-o", "pages", cwd=tmp_path)
    page = tmp_path / "pages" / "leaflet" / "index.md"
    page.write_text("By hand.\n", encoding="utf-8")
    before = stamps(tmp_path)
    told(clinicpress("split", leaflet, "-o", "pages", cwd=tmp_path), "leaflet/index.md", "--force")
    assert stamps(tmp_path) == before
    ok("split", leaflet, "-o", "pages", "--force", cwd=tmp_path)
    assert "By hand." not in page.read_text(encoding="utf-8")


# --- build


def test_build_a_lone_document(leaflet: Path, tmp_path: Path) -> None:
    said = ok("build", leaflet, "-o", "out", cwd=tmp_path)
    out = tmp_path / "out"
    assert (out / "index.html").is_file()
    assert (out / "leaflet" / "leaflet.pdf").read_bytes().startswith(b"%PDF-")
    assert "out/index.html" in said
    assert {path.name for path in tmp_path.iterdir()} == {"leaflet.md", "out"}

    leaflet.write_text(SMALL.replace("Before you come", "First"), encoding="utf-8")
    ok("build", leaflet, "-o", "out", cwd=tmp_path)
    assert (out / "leaflet" / "first.html").is_file()
    assert not (out / "leaflet" / "before-you-come.html").exists()
    before = snapshot(out)

    leaflet.write_bytes(b"# caf\xe9\n")
    told(clinicpress("build", leaflet, "-o", "out", cwd=tmp_path), "leaflet.md:1")
    assert snapshot(out) == before
    assert {path.name for path in tmp_path.iterdir()} == {"leaflet.md", "out"}


def test_build_does_not_replace_what_is_not_ours(leaflet: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.txt").write_text("mine", encoding="utf-8")
    before = stamps(tmp_path)
    for target in ("out", "leaflet.md", "."):
        told(clinicpress("build", leaflet, "-o", target, cwd=tmp_path), "--force")
    assert stamps(tmp_path) == before


def test_the_output_folder_has_a_name_by_itself(leaflet: Path, tmp_path: Path) -> None:
    ok("build", leaflet, cwd=tmp_path)
    assert (tmp_path / "leaflet-site" / "index.html").is_file()


def test_a_failed_build_leaves_everything_as_it_was(small_project: Path) -> None:
    ok("build", cwd=small_project)
    home = small_project / "docs" / "index.md"
    home.write_text(home.read_text(encoding="utf-8") + "\n[Up](/gone.md)\n", encoding="utf-8")
    before = stamps(small_project)
    told(clinicpress("build", cwd=small_project), "gone.md")
    assert stamps(small_project) == before


@pytest.fixture(scope="session")
def plain_site(our_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The committed project as MkDocs alone builds it."""
    site = tmp_path_factory.mktemp("plain") / "site"
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", site],
        cwd=our_project,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return site


def test_mkdocs_alone_builds_it_without_links_to_pdfs(plain_site: Path, our_site: Path) -> None:
    plain, ours = snapshot(plain_site), snapshot(our_site)
    pages = {path for path in plain if path.endswith(".html")}
    assert pages == {path for path in ours if path.endswith(".html")}
    assert not [path for path in pages if b".pdf" in plain[path]]
    assert b".pdf" in ours["dry-needling-for-sciatica/index.html"]


def test_the_same_in_gives_the_same_out(our_project: Path, our_site: Path, tmp_path: Path) -> None:
    other = tmp_path / "a folder with another name"
    shutil.copytree(our_project, other, ignore=shutil.ignore_patterns("site"))
    ok("build", cwd=other)
    assert snapshot(other / "site") == snapshot(our_site)
    assert snapshot(other) == snapshot(our_project)


# --- serve


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def fetched(address: str) -> str:
    """Return a page; nothing where nobody answers."""
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310 - our own server
            return str(answer.read().decode())
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return ""


def wait_for(true: Callable[[], bool]) -> None:
    ends = time.monotonic() + PATIENCE_S
    while not true():
        assert time.monotonic() < ends, "it did not come about"
        time.sleep(0.1)


@contextmanager
def serving(project: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    """The preview in a process group of its own, as in a terminal."""
    process = subprocess.Popen(
        [sys.executable, "-m", "clinicpress", "serve", "--port", str(port)],
        cwd=project,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def test_the_preview_follows_a_document_and_ends_with_ctrl_c(small_project: Path) -> None:
    port = free_port()
    home = f"http://127.0.0.1:{port}/"
    page = f"{home}shoulder/before-you-come.html"
    document = small_project / "documents" / "shoulder.md"
    with serving(small_project, port) as process:
        wait_for(lambda: "blood thinner" in fetched(page))
        # The script by which the server reloads a page would be forbidden.
        assert "livereload(" in fetched(page)
        assert "Content-Security-Policy" not in fetched(page)
        document.write_text(SMALL.replace("blood thinner", "steroid"), encoding="utf-8")
        wait_for(lambda: "steroid" in fetched(page))
        document.write_bytes(b"caf\xe9 in the wrong encoding\n")
        time.sleep(1.5)
        assert "steroid" in fetched(page)
        assert process.poll() is None
        document.write_text(SMALL.replace("blood thinner", "penicillin"), encoding="utf-8")
        wait_for(lambda: "penicillin" in fetched(page))
        people = small_project / "practitioners.yml"
        named = people.read_text(encoding="utf-8").replace("Alex Example", "Kim Newcomer")
        people.write_text(named, encoding="utf-8")
        wait_for(lambda: "Kim Newcomer" in fetched(f"{home}practitioners.html"))
        os.killpg(process.pid, signal.SIGINT)
        said, complained = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 0, complained
    assert f"http://127.0.0.1:{port}/" in said
    assert "documents/shoulder.md:1" in complained
    assert "Traceback" not in said + complained
    assert fetched(page) == ""


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_the_preview_ends_with_its_command(how: signal.Signals, small_project: Path) -> None:
    port = free_port()
    address = f"http://127.0.0.1:{port}/"
    with serving(small_project, port) as process:
        wait_for(lambda: "Your clinic" in fetched(address))
        process.send_signal(how)
        process.wait(PATIENCE_S)
        try:
            wait_for(lambda: fetched(address) == "")
        finally:
            # A preview left behind holds the port: take it down with its group.
            with_group_gone(process.pid)


def with_group_gone(group: int) -> None:
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        return


def test_a_taken_port_is_said(small_project: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        told(clinicpress("serve", "--port", port, cwd=small_project), f"port {port}", "--port")


# --- pdf


def test_pdfs_to_a_folder(small_project: Path) -> None:
    said = ok("pdf", "-o", "made", cwd=small_project)
    assert list(snapshot(small_project / "made")) == ["shoulder.pdf"]
    assert (small_project / "made" / "shoulder.pdf").read_bytes().startswith(b"%PDF-")
    assert str(Path("made", "shoulder.pdf")) in said


# --- No file of a clinic is overwritten, and nothing goes or stays without a word


@pytest.mark.parametrize(
    "arguments",
    [
        ["review", "documents/short.md", "--html", "documents/short.md"],
        ["review", "documents/short.md", "--html", "mkdocs.yml"],
        ["split", "--report", "documents/short.md"],
        ["split", "--report", "mkdocs.yml"],
    ],
)
def test_a_report_takes_the_place_of_no_other_file(
    arguments: list[str], small_project: Path
) -> None:
    (small_project / "documents" / "short.md").write_text(SMALL_LEAFLET, encoding="utf-8")
    before = snapshot(small_project)
    told(clinicpress(*arguments, cwd=small_project), arguments[-1], "already", "Name another file")
    assert snapshot(small_project) == before


@pytest.mark.parametrize("name", ["review.html", "report.json"])
def test_a_report_takes_the_place_of_an_earlier_one(name: str, small_project: Path) -> None:
    (small_project / "documents" / "short.md").write_text(SMALL_LEAFLET, encoding="utf-8")
    wanted = {
        "review.html": ["review", "documents/short.md", "--html", name],
        "report.json": ["split", "--report", name],
    }
    for _ in range(2):
        assert clinicpress(*wanted[name], cwd=small_project).returncode == 0


@pytest.mark.parametrize("port", ["0", "-1", "65536", "99999"])
def test_a_port_that_is_none_is_told(port: str, small_project: Path) -> None:
    told(clinicpress("serve", "--port", port, cwd=small_project), "--port")


SMALL_LEAFLET = "# Short\n\n## Care\n\nRest for a day.\n"


def test_a_leaflet_that_goes_with_its_document_is_told(small_project: Path) -> None:
    document = small_project / "documents" / "other.md"
    document.write_text(SMALL_LEAFLET, encoding="utf-8")
    assert clinicpress("split", cwd=small_project).returncode == 0
    document.rename(document.with_name("renamed.md"))
    done = clinicpress("split", cwd=small_project)
    assert "taken away" not in done.stdout
    document.with_name("renamed.md").unlink()
    done = clinicpress("split", cwd=small_project)
    assert "documents/renamed.md is not there any more: its 2 pages were taken away." in done.stdout


def test_pages_whose_document_and_lock_are_gone_are_found(small_project: Path) -> None:
    document = small_project / "documents" / "other.md"
    document.write_text(SMALL_LEAFLET, encoding="utf-8")
    assert clinicpress("split", cwd=small_project).returncode == 0
    document.unlink()
    (small_project / "clinicpress.lock").unlink()
    for command in (["split"], ["build"], ["build", "--publish"], ["check"]):
        done = clinicpress(*command, cwd=small_project)
        assert done.returncode == 1, command
        assert "docs/other/care.md: this page was made from documents/other.md" in done.stderr


def test_two_leaflets_of_one_title_are_noted(small_project: Path) -> None:
    for name in ("one.md", "two.md"):
        (small_project / "documents" / name).write_text(SMALL_LEAFLET, encoding="utf-8")
    done = clinicpress("build", cwd=small_project)
    assert "these are all called “Short”: documents/one.md, documents/two.md" in done.stdout


def test_a_command_to_copy_has_a_name_with_spaces_in_quotes(small_project: Path) -> None:
    (small_project / "documents" / "hip jab.md").write_text(SMALL_LEAFLET, encoding="utf-8")
    done = clinicpress("build", cwd=small_project)
    assert '`clinicpress review "documents/hip jab.md"`' in done.stdout


def test_a_folder_that_is_no_site_is_put_aside_and_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "short.md").write_text(SMALL_LEAFLET, encoding="utf-8")
    target = tmp_path / "out"
    for kept in ("out.before", "out.before1"):
        target.mkdir()
        (target / "mine.txt").write_text(kept, encoding="utf-8")
        told(clinicpress("build", "short.md", "-o", "out", cwd=tmp_path), "out", "--force")
        done = clinicpress("build", "short.md", "-o", "out", "--force", cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        assert (target / "index.html").is_file()
        assert (tmp_path / kept / "mine.txt").read_text(encoding="utf-8") == kept
        shutil.rmtree(target)
    assert clinicpress("build", "short.md", "-o", "out", cwd=tmp_path).returncode == 0
    assert clinicpress("build", "short.md", "-o", "out", cwd=tmp_path).returncode == 0
    assert not (tmp_path / "out.before2").exists()


def test_a_name_that_is_too_long_is_told(small_project: Path) -> None:
    name = "a" * 220 + ".md"
    (small_project / "documents" / name).write_text(SMALL_LEAFLET, encoding="utf-8")
    told(clinicpress("build", cwd=small_project), f"documents/{name}", "too long", "shorter")
