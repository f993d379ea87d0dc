"""The schemas in templates/ are those of the key tables, and take every draft there is."""

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from jzreport.commands.schema import schemas, write_schemas
from jzreport.keys import DraftKeys
from jzreport.schema import FILES, schema
from jzreport.workspace import Workspace

ROOT = Path(__file__).parent.parent
WORKSPACES = (ROOT, ROOT / "tests/workspaces/shilishi")
DRAFTS = sorted(path for workspace in WORKSPACES for path in workspace.glob("data/*/*.yaml"))


def test_the_files_in_templates_are_fresh() -> None:
    # Renew them with `jzreport schema`.
    assert {name: (ROOT / "templates" / name).read_bytes() for name in FILES} == schemas()


def test_the_command_writes_them_into_the_workspace(tmp_path: Path) -> None:
    assert {path.name: path.read_bytes() for path in write_schemas(Workspace(tmp_path))} == schemas()


@pytest.mark.parametrize("path", DRAFTS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_an_editor_finds_nothing_wrong_with_a_good_file(path: Path) -> None:
    name = "report.schema.json" if path.name == "report.yaml" else "draft.schema.json"
    typed = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
    jsonschema.Draft202012Validator(json.loads(schemas()[name])).validate(typed)


@pytest.mark.parametrize("name", ["style", "wording"])
def test_an_editor_finds_nothing_wrong_with_a_template(name: str) -> None:
    typed = yaml.load((ROOT / f"templates/{name}.yaml").read_text("utf-8"), yaml.BaseLoader)
    jsonschema.Draft202012Validator(json.loads(schemas()[f"{name}.schema.json"])).validate(typed)


def test_an_editor_marks_a_misspelt_key_and_a_missing_one() -> None:
    validator = jsonschema.Draft202012Validator(schema(DraftKeys))
    errors = [error.validator for error in validator.iter_errors({"章节": "甲", "条日": []})]
    assert sorted(errors) == ["additionalProperties", "required"]


def test_every_key_tells_a_clerk_what_it_is_for() -> None:
    for keys in FILES.values():
        for table in (made := schema(keys), *made["$defs"].values()):
            assert all(field["description"] for field in table["properties"].values())
