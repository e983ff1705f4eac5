"""Where the published data and the report lie; they are no part of the repository."""

from pathlib import Path

import pytest

SHARED = Path(__file__).parents[3] / "shared"


def present(path: Path, what: str) -> Path:
    if not path.exists():
        pytest.skip(f"{what} not here: shared/{path.relative_to(SHARED)} was looked for beside the repository")
    return path


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The published data, as they were fetched."""
    return present(SHARED / "data", "the published data are")


@pytest.fixture(scope="session")
def seed() -> Path:
    """The report that the Redditch edition is."""
    return present(SHARED / "seed" / "000_a81b89f490782806.txt", "the report is")
