"""`jzreport schema`: the JSON Schemas that editors complete and check drafts with."""

from __future__ import annotations

import json
from pathlib import Path

from jzreport.disk import write_all
from jzreport.schema import FILES, schema
from jzreport.workspace import Workspace


def schemas() -> dict[str, bytes]:
    """Return the schema files by name."""
    return {
        name: (json.dumps(schema(keys), ensure_ascii=False, indent=1) + "\n").encode() for name, keys in FILES.items()
    }


def write_schemas(workspace: Workspace) -> tuple[Path, ...]:
    """Write the schemas into the workspace's templates, where the first line of every draft looks for them."""
    return write_all(workspace.root / "templates", schemas())
