"""The engines that are compared: DuckDB in a folder of its own, Spark on this machine, and on a cluster of its own."""

from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from quarterday.warehouse.engine import Engine
from quarterday.warehouse.engines import engine_at
from tests.engines.cluster import running_cluster

HERE = "local[2]"


@pytest.fixture(scope="session", autouse=True)
def _short_lives() -> Iterator[None]:
    """What Java would win by compiling well, tests of a minute never see."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1")
        yield


@pytest.fixture(scope="session")
def spark() -> Callable[[Path], Engine]:
    """Makes an engine on Spark, on two threads of this machine."""
    return engine_at(HERE)


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """The address of a master with two workers, which run for as long as the tests do."""
    with TemporaryDirectory() as folder, running_cluster(Path(folder), workers=2) as address:
        yield address
