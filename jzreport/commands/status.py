"""`jzreport status`: how far a year's report has come."""

from __future__ import annotations

import datetime

from jzreport.commands.checking import check_year
from jzreport.disk import WorkspaceError
from jzreport.progress import Progress, progress
from jzreport.workspace import Workspace


def status(workspace: Workspace, year: str, today: datetime.date) -> Progress:
    """Return how far a year's report has come on a day; WorkspaceError when its report.yaml cannot be used."""
    checked = check_year(workspace, year)
    if checked.report is None:
        raise WorkspaceError(
            f"data/{year}/report.yaml 不能用，请先运行 {workspace.command(f'validate {year}')}，照提示改好。"
        )
    return progress(checked.report, checked.drafts, checked.diagnostics, checked.lines, today)
