"""Writes docs/rules.md from the rules' own pages: python tools/write_rules.py."""

import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))  # this checkout's rules, whichever is installed

from jzreport.commands.rules import manual  # noqa: E402

if __name__ == "__main__":
    (ROOT / "docs" / "rules.md").write_text(manual(), encoding="utf-8", newline="\n")
