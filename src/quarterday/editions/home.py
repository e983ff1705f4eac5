"""Where a workspace keeps everything it holds, so that two never mix."""

from dataclasses import dataclass
from pathlib import Path

from quarterday.warehouse.base import Warehouse
from quarterday.warehouse.duckdb import DuckDBWarehouse


@dataclass(frozen=True, slots=True)
class Home:
    """One folder: the plan's database, the warehouse of figures, and the editions that were built."""

    folder: Path

    @property
    def editions(self) -> Path:
        """One folder a partnership and quarter lies in here."""
        return self.folder / "editions"

    def warehouse(self) -> Warehouse:
        """The figures."""
        return DuckDBWarehouse(self.folder / "warehouse")
