"""The program: `jzreport`, or `python -m jzreport`."""

from __future__ import annotations

import gc
from typing import NoReturn


def main() -> NoReturn:
    """Run the command line."""
    # Modules and reports live to the end: to look through them again and again for circles that nobody made would cost
    # a twentieth of a short run and a tenth of a long one; to look for them at the end, as much again.
    gc.set_threshold(1_000_000)
    from jzreport.cli import main as run  # not before: half of what is ever made is made by importing

    try:
        run()
    finally:
        gc.freeze()


if __name__ == "__main__":
    main()
