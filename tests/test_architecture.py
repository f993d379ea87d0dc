from __future__ import annotations

import ast
import socket
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NoReturn

import pytest

from jzreport.commands.build import build
from jzreport.workspace import Workspace

HERE = Path(__file__).parent
PACKAGE = HERE.parent / "jzreport"

# A module imports only from the layers above its own, or from its own as long as that makes no circle.
# A package stands for all its modules.
LAYERS = (
    "diagnostics text chinese titles",
    "encoding nodes blame slips alignment nameless outline tabs comments strays plain source numbering",
    "fields kinds keys media figures swallowed tables draft house wording templating",
    "references report schema",
    "document",
    "compose rollover comparison owing progress rules waivers",
    "render display edits repair review",
    "refusals disk workspace",
    "commands chinese_click surroundings arguments batch cli __main__ __init__",
)
LAYER = {name: number for number, names in enumerate(LAYERS) for name in names.split()}

# What only one module may import, since all it is needed for stands there.
ONLY_IN = {"yaml": {"source"}, "click": {"chinese_click", "arguments", "batch", "cli"}, "jinja2": {"templating"}}

# What touches the disk, and the modules besides workspace that may name it.
DISK = {"os", "pathlib", "tempfile", "shutil", "glob", "fileinput"}
MAY_NAME_DISK = {
    "arguments": "takes paths from the command line; only the type",
    "batch": "takes paths from the command line; only the type",
    "cli": "takes paths from the command line; only the type",
    "refusals": "asks which system it is, and how long a path",
    "surroundings": "writes the log of a crash and reads the environment",
    "chinese_click": "finds its catalogue beside itself",
    "commands": "takes paths from the command line; only the type",
}

MAX_MODULE = 350
MAX_FUNCTION = 50


def modules() -> dict[str, Path]:
    """Return the package's files by the name of their module, without the package's own."""
    named = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        named[".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts)] = path
    return named


MODULES = modules()


@cache
def tree(name: str) -> ast.Module:
    return ast.parse(MODULES[name].read_text(encoding="utf-8"))


def imported(name: str) -> Iterator[str]:
    """Yield what a module imports, anywhere in it, with dots."""
    return names_imported(tree(name))


def names_imported(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0 and node.module, "imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def siblings(name: str) -> set[str]:
    """Return the modules of this package that a module imports."""
    found = set()
    for dotted in imported(name):
        if dotted.startswith("jzreport."):
            path = dotted.removeprefix("jzreport.")
            found.add(path if path in MODULES else path.rpartition(".")[0] or "__init__")
    return found


def is_in(name: str, names: set[str]) -> bool:
    return any(name == each or name.startswith(f"{each}.") for each in names)


@pytest.mark.parametrize("name", MODULES)
def test_a_module_imports_only_from_the_layers_above_it(name: str) -> None:
    own = name.split(".")[0]
    assert own in LAYER, f"jzreport.{name}: say in LAYERS (and in CONTRIBUTING.md) where it stands"
    below = {other for other in siblings(name) if LAYER[other.split(".")[0]] > LAYER[own]}
    assert not below, f"jzreport.{name} imports from a layer below its own"


def test_no_test_module_imports_another() -> None:
    trees = {path.name: ast.parse(path.read_text("utf-8")) for path in HERE.glob("*.py")}
    named = ((file, name) for file, module in trees.items() for name in names_imported(module))
    assert [(file, name) for file, name in named if name.startswith("test_")] == []


def test_contributors_are_told_where_every_module_lives() -> None:
    told = (PACKAGE.parent / "CONTRIBUTING.md").read_text("utf-8")
    names = {name.partition(".")[0] for name in modules() if not name.startswith("_")}
    rules = {name.split(".")[1] for name in modules() if name.startswith("rules.")}
    packages = {name for name in names if (PACKAGE / name).is_dir()}
    assert [name for name in names - packages if f"`{name}.py`" not in told] == []
    assert [name for name in rules if f"`{name}`" not in told and f"`{name}.py`" not in told] == []
    assert [name for name in packages if f"`{name}/" not in told] == []


def test_no_module_needs_itself() -> None:
    finished: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> None:
        assert name not in path, f"a circle of imports: {' → '.join((*path, name))}"
        if name not in finished:
            for other in sorted(siblings(name) - {name}):
                visit(other, (*path, name))
            finished.add(name)

    for name in MODULES:
        visit(name, ())


@pytest.mark.parametrize("library", ONLY_IN)
def test_a_library_has_one_importer(library: str) -> None:
    importers = {name for name in MODULES if any(dotted.split(".")[0] == library for dotted in imported(name))}
    assert {name for name in importers if not is_in(name, ONLY_IN[library])} == set()


@pytest.mark.parametrize("name", [name for name in MODULES if not is_in(name, {"disk", "workspace", *MAY_NAME_DISK})])
def test_only_two_modules_touch_the_disk(name: str) -> None:
    calls = (node.func for node in ast.walk(tree(name)) if isinstance(node, ast.Call))
    named = {dotted.split(".")[0] for dotted in imported(name)}
    assert not named & DISK
    assert not any(isinstance(call, ast.Name) and call.id in ("open", "exec", "eval", "__import__") for call in calls)


@pytest.mark.parametrize("name", [name for name in MODULES if is_in(name, {"commands"})])
def test_commands_name_paths_and_open_none(name: str) -> None:
    assert {dotted for dotted in imported(name) if dotted.split(".")[0] in DISK} <= {"pathlib.Path"}
    used = {node.attr for node in ast.walk(tree(name)) if isinstance(node, ast.Attribute)}
    touching = {"read_text", "read_bytes", "write_text", "write_bytes", "open", "unlink", "mkdir", "iterdir", "glob"}
    assert not used & touching


@pytest.mark.parametrize("name", [name for name in MODULES if is_in(name, {"render"})])
def test_a_renderer_knows_the_document_and_nothing_it_was_made_from(name: str) -> None:
    assert not {other for other in siblings(name) if is_in(other, {"draft", "report", "rules", "review"})}


@pytest.mark.parametrize("name", MODULES)
def test_modules_and_functions_stay_small(name: str) -> None:
    assert len(MODULES[name].read_text(encoding="utf-8").splitlines()) <= MAX_MODULE
    functions = (node for node in ast.walk(tree(name)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    assert not {function.name for function in functions if length(function) > MAX_FUNCTION}


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return a function's lines without its docstring: a rule's is its page in the manual."""
    lines = (function.end_lineno or 0) - function.lineno + 1
    first = function.body[0]
    is_page = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    return lines - ((first.end_lineno or 0) - first.lineno + 1 if is_page else 0)


def test_a_build_does_without_the_slow_libraries(tmp_path: Path) -> None:
    slow = "{'docx', 'lxml', 'jinja2', 'yaml', 'jzreport.slips', 'jzreport.rollover'}"
    code = (
        "import sys; from pathlib import Path; from jzreport.commands.build import build;"
        "from jzreport.workspace import Workspace; assert build(Workspace(Path(sys.argv[1])), '2022', Path(sys.argv[2])).paths;"
        f"print(*{slow} & set(sys.modules))"
    )
    command = [sys.executable, "-c", code, str(HERE.parent), str(tmp_path)]
    run = subprocess.run(command, capture_output=True, text=True, check=True, cwd=HERE.parent)
    assert run.stdout.split() == []


def test_a_report_written_as_is_taught_needs_no_yaml_library() -> None:
    code = (
        "import pathlib, sys; from jzreport.commands.loading import Workspace, load_house, load_wording, load_year;"
        "here = Workspace(pathlib.Path()); load_year(here, '2022'), load_house(here), load_wording(here);"
        "print('yaml' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=HERE.parent)
    assert run.stdout.split() == ["False"]


def test_a_build_opens_no_connection(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def refuse(*_: object, **__: object) -> NoReturn:
        raise AssertionError("the program went to the network")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert len(build(Workspace(HERE.parent), "2022", tmp_path).paths) == 2
