from __future__ import annotations

import pytest
from hypothesis import settings

# The same examples in every run: what chance finds at midnight must not stop somebody else's change.
settings.register_profile("steady", derandomize=True, deadline=None, database=None)
settings.load_profile("steady")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--renew-golden",
        action="store_true",
        help="write what is printed now over tests/golden; only after a person has looked at the pages",
    )
