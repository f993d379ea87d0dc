"""The bad files of tests/bad/<class>/: what they are, and the small workspace with one of them in its place."""

from __future__ import annotations

import shutil
from pathlib import Path

from on_disk import small_workspace

from jzreport.workspace import Workspace

BAD = Path(__file__).parent / "bad"
CASES = sorted(path for path in BAD.glob("*/*") if path.suffix != ".expected")
DRAFT = "data/2022/50-来稿.yaml"


def placed(path: Path) -> str:
    """Return where in the workspace a bad file goes."""
    if path.suffix == ".yaml":
        return "data/2022/report.yaml" if path.name.startswith("report") else DRAFT
    return f"data/2022/{path.name}"


def workspace_with(path: Path, folder: Path) -> Workspace:
    """Return the small workspace with the bad file in its place, named by a draft if it is a picture or table."""
    desk = small_workspace(folder, has_last_year=True)
    shutil.copyfile(path, desk / placed(path))
    kind = {".png": "图片", ".jpg": "图片", ".csv": "表格"}.get(path.suffix)
    if kind:
        lines = ["章节: 工作情况", "填报单位: 市司法局", "正文:", f"  - {kind}:", f"      文件: {path.name}"]
        lines += ["      替代文字: 图"] if kind == "图片" else []
        (desk / DRAFT).write_text("\n".join(lines) + "\n", "utf-8")
    return Workspace(desk)
