"""The packages that come with the program: no version with a known hole is promised or installed; all without network."""

from __future__ import annotations

import ast
import tomllib
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).parent.parent
CONFIGURED = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
DECLARED = {each.name: each for each in map(Requirement, CONFIGURED["project"]["dependencies"])}
ADVISORIES: dict[str, Any] = CONFIGURED["tool"]["jzreport"]["advisories"]


def names_used() -> set[str]:
    """Return what the program takes from modules, as “module.name”."""
    trees = [ast.parse(path.read_text("utf-8")) for path in (ROOT / "jzreport").rglob("*.py")]
    used = set()
    for node in (node for tree in trees for node in ast.walk(tree)):
        if isinstance(node, ast.ImportFrom):
            used |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            used.add(f"{node.value.id}.{node.attr}")
    return used


@pytest.fixture(scope="module")
def used() -> set[str]:
    return names_used()


def has_the_hole(package: str, version: str, used: set[str]) -> bool:
    advisory = ADVISORIES[package]
    concerned = "unused" not in advisory or used.intersection(advisory["unused"])
    return bool(concerned) and Version(version) < Version(advisory["fixed"])


@pytest.mark.parametrize("package", [name for name in ADVISORIES if name in DECLARED])
def test_no_version_with_a_known_hole_is_promised(package: str, used: set[str]) -> None:
    (bound,) = (each.version for each in DECLARED[package].specifier if each.operator == ">=")
    assert not has_the_hole(package, bound, used), ADVISORIES[package]["ids"]


@pytest.mark.parametrize("package", ADVISORIES)
def test_no_version_with_a_known_hole_is_installed(package: str, used: set[str]) -> None:
    assert not has_the_hole(package, metadata.version(package), used), ADVISORIES[package]["ids"]


def test_a_known_hole_is_seen() -> None:
    assert has_the_hole("jinja2", "3.1.5", set()) and not has_the_hole("jinja2", "3.1.6", set())
    assert has_the_hole("click", "8.3.2", {"click.edit"}) and not has_the_hole("click", "8.3.2", {"click.echo"})


def test_every_package_that_is_installed_with_the_program_has_been_looked_at() -> None:
    """A package that is new here must be asked about; these had no advisory when the list was last gone through."""
    clean = {"markupsafe", "typing-extensions", "colorama"}
    found, queue = set(), list(DECLARED)
    while queue:
        name = queue.pop().lower().replace("_", "-")
        if name not in found and name != "colorama":
            found.add(name)
            required = [Requirement(each) for each in metadata.requires(name) or ()]
            queue += [each.name for each in required if not each.marker or each.marker.evaluate({"extra": ""})]
    assert found <= clean | set(ADVISORIES)
