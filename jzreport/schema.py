"""The key tables as JSON Schema, for editors: completion, descriptions and red lines while a clerk types."""

from __future__ import annotations

from typing import Any

from jzreport.fields import Field, Record, Reference, Schema
from jzreport.keys import DraftKeys, ReportKeys, StyleKeys, WordingKeys

FILES: dict[str, type[Record]] = {
    "draft.schema.json": DraftKeys,
    "report.schema.json": ReportKeys,
    "style.schema.json": StyleKeys,
    "wording.schema.json": WordingKeys,
}


def schema(keys: type[Record]) -> Schema:
    """Return the JSON Schema (draft 2020-12) of the files that a key table describes."""
    tables: dict[str, Schema] = {}

    def reference(table: type[Record]) -> Schema:
        if table.__name__ not in tables:
            tables[table.__name__] = {}  # tables refer to themselves: an item has items
            tables[table.__name__] = _object(table, reference)
        return {"$ref": f"#/$defs/{table.__name__}"}

    root = _object(keys, reference)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **root, "$defs": tables}


def _object(table: type[Record], reference: Reference) -> Schema:
    fields = table.fields().values()
    return {
        "title": table.what,
        "type": "object",
        "additionalProperties": False,
        "required": [field.key for field in fields if field.required],
        "properties": {field.key: _property(field, reference) for field in fields},
    }


def _property(field: Field[Any], reference: Reference) -> Schema:
    example = {"examples": [field.example]} if field.example else {}
    return {"title": field.key, "description": field.about, **example, **field.kind.shape(reference)}
