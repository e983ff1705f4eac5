"""The list of components names everything that runs, in the version that runs, and nothing else."""

import json
import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

from scripts.components import bill_of_materials, installed
from tests.conftest import ROOT


def test_the_list_of_components_has_all_that_runs_in_the_version_that_runs() -> None:
    listed = {each["name"]: each["version"] for each in bill_of_materials({"postgres"})["components"]}
    carried = {"govuk-frontend", "source-sans"}
    direct = re.findall(
        r'^    "([a-z0-9-]+)[^"]*",', (ROOT / "pyproject.toml").read_text("utf-8").split("optional")[0], re.MULTILINE
    )
    assert len(direct) > 20
    assert set(direct) | carried | {"psycopg", "psycopg-pool", "sqlparse", "fido2"} <= set(listed)
    assert {name: version(name) for name in set(listed) - carried} == {
        name: number for name, number in listed.items() if name not in carried
    }
    assert not {"pytest", "ruff", "quarterday"} & set(listed)


def test_every_component_is_there_once_and_whatever_is_needed_is_listed() -> None:
    bill = bill_of_materials({"postgres"})
    refs = [each["bom-ref"] for each in bill["components"]]
    assert len(refs) == len(set(refs))
    known = {*refs, bill["metadata"]["component"]["bom-ref"]}
    assert {link["ref"] for link in bill["dependencies"]} == known
    assert {need for link in bill["dependencies"] for need in link.get("dependsOn", ())} <= known


def test_what_an_extra_needs_is_listed_only_where_it_is_asked_for() -> None:
    assert "psycopg" not in installed("quarterday", set())
    assert "psycopg" in installed("quarterday", {"postgres"})


def test_the_list_is_alike_each_time_and_names_no_place_on_the_machine(tmp_path: Path) -> None:
    for name in ("a.json", "b.json"):
        command = [sys.executable, "scripts/components.py", str(tmp_path / name), "--extra", "postgres"]
        subprocess.run(command, check=True, cwd=ROOT, capture_output=True)
    text = (tmp_path / "a.json").read_text("utf-8")
    assert text == (tmp_path / "b.json").read_text("utf-8")
    assert json.loads(text)["bomFormat"] == "CycloneDX"
    assert not re.search(r"/(work|tmp|home|usr)/|https?://", text)
