"""The house of design.md: which floor each module stands on, and who alone may use what."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import clinicpress

ROOT = Path(clinicpress.__file__).parent
FLOORS = {
    0: "__init__ errors model tree",
    1: (
        "addresses alphabet bounds calling catalog cleaning clinic clinic.cards clinic.contrast "
        "clinic.countries clinic.palette clinic.records clinic.register clinic.regulators "
        "clinic.settings clinic.wording closings conservation content dates decoding differences "
        "equations framing headings likeness lines lock looks looks.webpage mathml notices "
        "notices.authors notices.boxes notices.concepts notices.cutting notices.evidence "
        "notices.judging notices.learned notices.leaves notices.marker notices.reasons "
        "notices.rules notices.scripts office office.bookmarks office.counting office.dingbats "
        "office.dropcaps office.equations office.fields office.listlabels office.markup "
        "office.relations office.ruby office.shapes office.signs office.styles office.tabs "
        "office.tables office.textboxes outline pages pictures plaintext redirects renaming "
        "rendered report review review.beneath review.deciding review.decisions review.digest "
        "review.fields review.overruled review.phrases review.preview review.reviewfile "
        "review.signatures review.signed review.signoff richtext richtext.alphabets "
        "richtext.beside richtext.cellnotes richtext.columns richtext.counting richtext.fonts "
        "richtext.forms richtext.groups richtext.inside richtext.lists richtext.pictures "
        "richtext.plain richtext.reader richtext.symbols richtext.tokens sections sentences slugs "
        "statements streams structure targets titles typedlists vocabulary "
        "web web.charsets web.depth web.fonts "
        "web.formulas web.googledocs web.inlinehtml web.landmarks web.layouts web.notes "
        "web.numbers web.phrasing web.ruby web.softlines web.stylesheet web.tags "
        "web.written_out"
    ),
    2: (
        "formats formats.book formats.markdown formats.office formats.rich formats.richtext "
        "formats.text formats.webpage looks.opendocument looks.word office.archive "
        "office.chunks office.drawn office.innertables office.notes office.numbering "
        "office.openequations office.opennumbering office.opensigns office.openstyles "
        "office.outlines office.packaging office.styling office.tableofcontents office.unseen "
        "office.unwrapping office.written_out origins pandoc paper paper.joined "
        "paper.typst_source plainer proof reading rendering shelves web.epub writable writing"
    ),
    3: (
        "batch bundle changes checks checks.languages checks.links checks.numbers checks.policy "
        "checks.project checks.review checks.strays clinic.face engine leaflet lists menu "
        "navigation project review.beside review.sheet"
    ),
    4: "build starter starter.translation",
    5: (
        "__main__ cli commands commands.build commands.building commands.bundle commands.check "
        "commands.new commands.options commands.pdf commands.review commands.serve "
        "commands.split telling"
    ),
}
FLOOR = {module: floor for floor, names in FLOORS.items() for module in names.split()}
# Disk, processes, clocks, chance and network: not on the pure floors.
OUTSIDE = frozenset(
    (
        "asyncio datetime glob http importlib io multiprocessing os pathlib random secrets "
        "shutil socket ssl subprocess sys tempfile threading time urllib"
    ).split()
)
# The rules are data beside the code; reading one's own data is not the outside world.
# Sums with paths are no reading either, and sums with dates no clock.
EXCEPT = {
    "clinic.cards": {"datetime", "importlib"},
    "clinic.countries": {"importlib"},
    "notices.concepts": {"importlib"},
    "notices.learned": {"importlib"},
    "notices.rules": {"importlib"},
    "pages": {"pathlib", "urllib"},
    "streams": {"urllib"},
    "clinic.records": {"datetime"},
    "renaming": {"pathlib"},
    "clinic.register": {"datetime"},
    "clinic.regulators": {"importlib"},
    "review.phrases": {"importlib"},
    "review.signoff": {"datetime"},
    "targets": {"urllib"},
    "vocabulary": {"importlib"},
}
HOSTS = {
    "click": {name for name in FLOOR if name.startswith("commands.")} | {"cli", "telling"},
    "markdown": {"rendering"},
    "pypandoc": {"pandoc"},
    "jinja2": {"review.sheet"},
    "ruamel": {
        "menu",
        "navigation",
        "review.beside",
        "review.fields",
        "review.reviewfile",
        "review.signatures",
        "review.signoff",
    },
    "subprocess": {"checks.links", "engine", "pandoc"},
    "typst": {"leaflet"},
}
PARSED = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): ast.parse(
        path.read_text(encoding="utf-8")
    )
    for path in sorted(ROOT.rglob("*.py"))
}


def imported(module: str) -> Iterator[str]:
    """Yield the full name of each thing a module imports, wherever in it the import stands."""
    for node in ast.walk(PARSED[module]):
        match node:
            case ast.Import(names=names):
                yield from (name.name for name in names)
            case ast.ImportFrom(module=str(source), names=names, level=0):
                yield from (f"{source}.{name.name}" for name in names)
            case ast.ImportFrom():
                pytest.fail(f"{module} has a relative import")


def ours(module: str) -> set[str]:
    """Return the modules of the package that a module imports."""
    inner = (name.split(".", 1)[1] for name in imported(module) if name.startswith("clinicpress."))
    return {found for name in inner if (found := _module_of(name))}


def _module_of(name: str) -> str:
    while name and name not in FLOOR:
        name = name.rpartition(".")[0]
    return name


def others(module: str) -> set[str]:
    """Return the top-level packages that a module imports."""
    return {name.split(".")[0] for name in imported(module)}


def test_every_module_has_its_floor() -> None:
    assert set(PARSED) == set(FLOOR)


@pytest.mark.parametrize("module", PARSED)
def test_no_module_imports_a_higher_one(module: str) -> None:
    assert {name for name in ours(module) if FLOOR[name] > FLOOR[module]} == set()


def test_no_imports_go_in_a_circle() -> None:
    TopologicalSorter({module: ours(module) for module in PARSED}).prepare()


@pytest.mark.parametrize("module", [name for name, floor in FLOOR.items() if floor <= 1])
def test_the_lower_floors_are_pure(module: str) -> None:
    assert others(module) & OUTSIDE <= EXCEPT.get(module, set())
    assert "open" not in set(called(module))


@pytest.mark.parametrize("host", HOSTS)
def test_only_its_host_imports_it(host: str) -> None:
    assert {module for module in PARSED if host in others(module)} == HOSTS[host]


def test_linkchecker_is_only_ever_run_and_only_by_checks() -> None:
    for module, parsed in PARSED.items():
        texts = {node.value for node in ast.walk(parsed) if isinstance(node, ast.Constant)}
        assert ("linkcheck" in texts) == (module == "checks.links")
        assert "linkcheck" not in others(module)


@pytest.mark.parametrize("module", [name for name, floor in FLOOR.items() if floor < 5])
def test_only_the_command_line_prints_or_exits(module: str) -> None:
    assert not {"print", "sys.exit", "exit", "quit", "os._exit", "sys.stdout.write"} & set(
        called(module)
    )
    assert "SystemExit" not in {
        node.id for node in ast.walk(PARSED[module]) if isinstance(node, ast.Name)
    }


def called(module: str) -> Iterator[str]:
    """Yield the name of each function that a module calls."""
    for node in ast.walk(PARSED[module]):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func)
