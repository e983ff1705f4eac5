"""The document as JSON."""

import json
from dataclasses import replace
from typing import Any

import jsonschema
import pytest

from quarterday.domain.faults import InputError
from quarterday.report.document import SCHEMA, Document, from_json, schema, schema_of_types, to_json


def test_a_document_that_is_written_is_read_back_equal(redditch_document: Document) -> None:
    assert from_json(to_json(redditch_document), where="edition.json") == redditch_document


def test_a_document_that_is_written_keeps_the_schema_that_ships(redditch_document: Document) -> None:
    jsonschema.Draft202012Validator(schema()).validate(json.loads(to_json(redditch_document)))


@pytest.mark.parametrize("change", [{"version": "one"}, {"notes": (None,)}, {"schema": "quarterday/edition/1"}])
def test_a_document_that_breaks_the_schema_is_not_written(redditch_document: Document, change: dict[str, Any]) -> None:
    with pytest.raises(InputError, match="the document to be written"):
        to_json(replace(redditch_document, **change))


def test_the_schema_that_ships_is_that_of_the_types() -> None:
    """Run `make schema` after a change to the types."""
    assert schema() == schema_of_types()


def test_a_document_of_another_schema_is_refused() -> None:
    with pytest.raises(
        InputError, match=f"is 'quarterday/edition/1'; this version reads '{SCHEMA}'. Build the edition"
    ):
        from_json('{"schema": "quarterday/edition/1"}', where="edition.json")


def test_text_that_is_no_json_is_refused_by_the_files_name() -> None:
    with pytest.raises(InputError, match=r"kept/edition\.json is no JSON"):
        from_json("{", where="kept/edition.json")


@pytest.mark.parametrize("text", ["[]", "null", '"x"', "3"])
def test_json_that_is_no_document_is_refused(text: str) -> None:
    with pytest.raises(InputError, match=f"this version reads '{SCHEMA}'"):
        from_json(text, where="edition.json")


def test_every_fault_of_a_document_is_named_at_once(redditch_document: Document) -> None:
    content = json.loads(to_json(redditch_document))
    content["version"] = "one"
    content["priorities"][0]["name"] = None
    content["extra"] = 1
    with pytest.raises(InputError) as refused:
        from_json(json.dumps(content), where="edition.json")
    places = [fault.split(": ")[1] for fault in refused.value.faults]
    assert places == ["the whole", "priorities.0.name", "version"]
