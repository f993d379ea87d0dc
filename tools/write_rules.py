"""Writes docs/rules.md from the rules' own pages: python tools/write_rules.py."""

from pathlib import Path

from jzreport.commands.rules import manual

if __name__ == "__main__":
    (Path(__file__).parent.parent / "docs" / "rules.md").write_text(manual(), encoding="utf-8", newline="\n")
