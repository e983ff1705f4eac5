"""Where a workspace keeps everything it holds, so that two never mix."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from quarterday.sources.police_uk_names import PoliceCounting
from quarterday.warehouse.base import Counting, Warehouse
from quarterday.warehouse.duckdb import DuckDBWarehouse
from quarterday.warehouse.engines import engine_at

COUNTING: Mapping[str, Counting] = {"police-uk": PoliceCounting()}
"""What is counted of the rows of each reader."""


@dataclass(frozen=True, slots=True)
class Home:
    """One folder: the plan's database, the warehouse of figures, and the editions that were built.

    ``engine`` is the address of what counts rows and makes tables: see ``quarterday.warehouse.engines``.
    """

    folder: Path
    engine: str = "duckdb"

    @property
    def editions(self) -> Path:
        """One folder a partnership and quarter lies in here."""
        return self.folder / "editions"

    def warehouse(self) -> Warehouse:
        """The figures."""
        return DuckDBWarehouse(self.folder / "warehouse", counting=COUNTING, engine=engine_at(self.engine))
