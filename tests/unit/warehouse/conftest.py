"""Small made releases."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from quarterday.domain.figure import Figure
from quarterday.domain.source import Source, SourceFile
from quarterday.warehouse.base import Intake
from quarterday.warehouse.duckdb import DuckDBWarehouse


def made(*figures: Figure, title: str = "Monthly return", reader: str = "made 1", content: str = "") -> Intake:
    """An intake of one file, whose bytes are ``content`` or else follow from the figures."""
    digest = hashlib.sha256((content or repr(figures)).encode()).hexdigest()
    source = Source(title, "Exampleton Council", "", (SourceFile("return.csv", digest),))
    return Intake(source, reader, figures, ("one row was left out",))


@pytest.fixture(name="made")
def _made() -> Callable[..., Intake]:
    return made


@pytest.fixture
def warehouse(tmp_path: Path) -> DuckDBWarehouse:
    return DuckDBWarehouse(tmp_path / "warehouse", patience=0.2)
