"""Change one thing in a module, see whether a test notices, and do so for every thing that can be changed.

    python proof/mutate.py                      all modules: half an hour on two busy processors
    python proof/mutate.py figures draft        some of them
    python proof/mutate.py --sample 100         that many of each module's mutants, the same in every run
    python proof/mutate.py source:17 draft:3    single mutants, by the numbers that survivors are told with

Every mutant lives in a process of its own, which is forked, changes the module's syntax tree in memory and runs the
module's tests up to the first that fails: no file is touched. One that runs out of time or memory counts as killed.

Changed are comparisons, `and`/`or`, `not`, conditions, arithmetic, `any`/`all`, `min`/`max`, numbers, truth values,
compared strings, bounds of slices, default arguments; a returned value becomes None, a statement without a value is
deleted. Left alone are assertions (they speak to the type checker), annotations, messages and regular expressions.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_loader
from pathlib import Path
from tempfile import TemporaryDirectory
from types import CodeType
from typing import NamedTuple

import forked
import pytest
from forked import ROOT

# The tests that are asked, the likeliest and quickest first.
TESTS = {
    "source": "source fields slips strays swallowed wording",
    "figures": "figures references rule_figures",
    "draft": "draft media swallowed report compose references fields rollover",
    "references": "references report compose rule_figures",
}
# Up to the first failure, and no reading of all sources for what examples may be made of.
OPTIONS = (*forked.OPTIONS, "-x", "-p", "no:hypothesispytest")
SEED = 2022
# Mutants that do what the program does: module, source line, change, reason, parted by tabs.
EQUIVALENT = Path(__file__).with_name("equivalent.tsv")

_SWAPPED: dict[type[ast.AST], type[ast.AST]] = {
    **{ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn},
    **{ast.NotIn: ast.In, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt},
    **{ast.And: ast.Or, ast.Or: ast.And, ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult},
}
_OTHER = {"any": "all", "all": "any", "min": "max", "max": "min"}
_UNTOUCHED = {"annotation", "returns", "decorator_list"}


class Mutant(NamedTuple):
    """One change: where, what, and what makes it in the tree at hand."""

    line: int
    what: str
    apply: Callable[[], None]


def mutants(parent: ast.AST) -> Iterator[Mutant]:
    """Yield every change of what is below a node."""
    for field, value in ast.iter_fields(parent):
        if field in _UNTOUCHED:
            continue
        for place, node in enumerate(value) if isinstance(value, list) else ((None, value),):
            if not isinstance(node, ast.AST) or isinstance(node, ast.Assert) or _is_words(node):
                continue
            for new in _variants(node, parent, field):
                # An operator has no place of its own: it stands where its parent does.
                line = getattr(node, "lineno", getattr(parent, "lineno", 0))
                yield Mutant(line, _told(node, new, parent), partial(_put, parent, field, place, new))
            yield from mutants(node)


def _is_words(node: ast.AST) -> bool:
    """Whether a statement is a docstring or the list of an object's slots."""
    if isinstance(node, ast.Assign):
        return ast.unparse(node.targets[0]) == "__slots__"
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _put(parent: ast.AST, field: str, place: int | None, new: ast.AST | None) -> None:
    if place is None:
        setattr(parent, field, new)
    else:
        getattr(parent, field)[place] = new


def _told(node: ast.AST, new: ast.AST | None, parent: ast.AST) -> str:
    if isinstance(node, ast.operator | ast.cmpop | ast.boolop):
        return f"{type(node).__name__} → {type(new).__name__} in {_short(parent)}"
    if isinstance(new, ast.Pass):
        return f"deleted: {_short(node)}"
    within = f" in {_short(parent)}" if isinstance(node, ast.Constant) or new is None else ""
    return f"{_short(node)} → {_short(new) if new else 'nothing'}{within}"


def _short(node: ast.AST) -> str:
    return " ".join(ast.unparse(node).split())[:90]


def _variants(node: ast.AST, parent: ast.AST, field: str) -> Iterator[ast.AST | None]:
    """Yield what a node may become; None: it is left out."""
    if type(node) in _SWAPPED and not _joins_strings(parent):
        yield _SWAPPED[type(node)]()
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield node.operand
    elif isinstance(node, ast.Name) and node.id in _OTHER and field == "func":
        yield ast.Name(_OTHER[node.id], ast.Load())
    elif isinstance(node, ast.Constant):
        yield from _other_constants(node.value, parent, field)
    elif isinstance(parent, ast.Slice):
        yield None
    elif isinstance(node, ast.stmt):
        yield from _other_statements(node)
    if _is_condition(parent, field) and isinstance(node, ast.expr) and not _is_changed_itself(node):
        yield ast.UnaryOp(ast.Not(), node)


def _other_constants(value: object, parent: ast.AST, field: str) -> Iterator[ast.AST | None]:
    is_default = isinstance(parent, ast.arguments) or (isinstance(parent, ast.AnnAssign) and field == "value")
    if isinstance(value, bool):
        yield ast.Constant(not value)
    elif isinstance(value, int):
        yield ast.Constant(value + 1)
    elif isinstance(value, str) and (is_default or isinstance(parent, ast.Compare)):
        yield ast.Constant(f"{value}?")
    if isinstance(parent, ast.Slice):
        yield None


def _other_statements(node: ast.stmt) -> Iterator[ast.AST]:
    is_outside = isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Attribute | ast.Subscript)
    if isinstance(node, ast.Return) and node.value is not None and ast.unparse(node.value) != "None":
        yield ast.Return()
    elif is_outside or isinstance(node, ast.Expr | ast.AugAssign | ast.Raise | ast.Continue | ast.Break | ast.Return):
        yield ast.Pass()


def _joins_strings(node: ast.AST) -> bool:
    return isinstance(node, ast.BinOp) and any(
        isinstance(side, ast.JoinedStr) or (isinstance(side, ast.Constant) and isinstance(side.value, str))
        for side in (node.left, node.right)
    )


def _is_condition(parent: ast.AST, field: str) -> bool:
    return field in ("test", "ifs") or (isinstance(parent, ast.BoolOp) and field == "values")


def _is_changed_itself(node: ast.expr) -> bool:
    return isinstance(node, ast.Compare | ast.BoolOp | ast.UnaryOp | ast.Constant | ast.Tuple)


class _Mutated(SourceFileLoader):
    """Finds one module, in place of its file, as the tree that is at hand."""

    def __init__(self, module: str, tree: ast.Module) -> None:
        super().__init__(f"jzreport.{module}", str(_path(module)))
        self.code = compile(ast.fix_missing_locations(tree), self.path, "exec")

    def find_spec(self, fullname: str, path: object, target: object = None) -> ModuleSpec | None:
        return spec_from_loader(fullname, self) if fullname == self.name else None

    def get_code(self, fullname: str) -> CodeType:
        return self.code


def _path(module: str) -> Path:
    return ROOT / "jzreport" / f"{module}.py"


def survives(module: str, number: int | None, limit: int) -> bool:
    """Whether a module's tests pass with one of its mutants (None: with the module as it is)."""
    return forked.in_child(partial(_run_tests, module, number), limit) == 0


def _run_tests(module: str, number: int | None) -> int:
    tree = ast.parse(_path(module).read_text("utf-8"))
    if number is not None:
        tuple(mutants(tree))[number].apply()
    sys.meta_path.insert(0, _Mutated(module, tree))
    files = (f"tests/test_{name}.py" for name in TESTS[module].split())
    return next((1 for file in files if pytest.main([*OPTIONS, file])), 0)


class Outcome(NamedTuple):
    """What became of a module's mutants, by number."""

    asked: tuple[int, ...]
    survived: tuple[int, ...]
    equivalent: tuple[int, ...]


def examine(module: str, asked: Iterable[int], limit: int, jobs: int) -> Outcome:
    """Run mutants of a module; tell each survivor as soon as it is known."""
    lines = _path(module).read_text("utf-8").splitlines()
    all_mutants = tuple(mutants(ast.parse("\n".join(lines))))
    excused = {tuple(line.split("\t")[:3]) for line in EQUIVALENT.read_text("utf-8").splitlines()}
    survived: list[int] = []
    equivalent: list[int] = []
    numbers = tuple(asked)
    with ThreadPoolExecutor(jobs) as pool:
        for number, lives in zip(numbers, pool.map(lambda n: survives(module, n, limit), numbers), strict=True):
            line, what, _ = all_mutants[number]
            if not lives:
                continue
            is_excused = (module, lines[line - 1].strip(), what) in excused
            (equivalent if is_excused else survived).append(number)
            print(f"  {'equivalent' if is_excused else 'survived'} {module}:{number} line {line}: {what}", flush=True)
    return Outcome(numbers, tuple(survived), tuple(equivalent))


def _asked(arguments: list[str], sample: int | None) -> dict[str, list[int]]:
    """Return the numbers of the mutants to run, by module."""
    asked: dict[str, list[int]] = {}
    for argument in arguments or TESTS:
        module, _, number = argument.partition(":")
        count = sum(1 for _ in mutants(ast.parse(_path(module).read_text("utf-8"))))
        numbers = [int(number)] if number else list(range(count))
        if sample and sample < len(numbers):
            numbers = sorted(random.Random(SEED).sample(numbers, sample))
        asked.setdefault(module, []).extend(numbers)
    return asked


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="*", help="modules, or single mutants as MODULE:NUMBER; none: all modules")
    parser.add_argument("--sample", type=int, help="how many mutants of each module, drawn with a fixed seed")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    with TemporaryDirectory() as cache:
        sys.pycache_prefix, sys.dont_write_bytecode = cache, False  # of what is not changed
        run(parser.parse_args())


def run(options: argparse.Namespace) -> None:
    """Run the mutants of the modules, one module after the other, and tell how many were killed."""
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    forked.prepare()
    for module, numbers in _asked(options.what, options.sample).items():
        start = time.monotonic()
        if not survives(module, None, 600):
            sys.exit(f"the tests of {module} fail without any change")
        limit = int(5 * (time.monotonic() - start)) + 20
        outcome = examine(module, numbers, limit, options.jobs)
        made = len(outcome.asked) - len(outcome.equivalent)
        killed = made - len(outcome.survived)
        print(
            f"{module}: {len(outcome.asked)} mutants, {killed} killed, {len(outcome.survived)} survived, "
            f"{len(outcome.equivalent)} equivalent: {killed / max(made, 1):.1%} in {time.monotonic() - start:.0f} s"
        )


if __name__ == "__main__":
    main()
