"""The same measures over many areas, in one table."""

from pathlib import Path

from quarterday.domain.area import key_of
from quarterday.domain.faults import InputError
from quarterday.editions.home import Home
from quarterday.sources.peers_csv import read_peers
from quarterday.sources.police_uk_names import ALL_CRIME, ANTI_SOCIAL, TYPES
from quarterday.statistics.counts import LEAST_BASE_FOR_PER_CENT
from quarterday.warehouse.rolling import Rolling

_CRIMES = {key_of(f"{kind} (police.uk)") for kind in TYPES if kind != ANTI_SOCIAL}


def write_rolling(
    home: Home,
    out: Path,
    *,
    months: int = 12,
    share_of: str = "",
    residents: str = "",
    peers: Path | None = None,
    quarter_ends: bool = False,
) -> int:
    """Write every total over so many months that is held, as Parquet or CSV by the file's name; how many there are.

    See ``quarterday.warehouse.rolling`` for the columns, and for what is empty where it cannot be told.
    """
    groups = read_peers(peers) if peers else {}

    def ask(measures: tuple[str, ...]) -> Rolling:
        if share_of and key_of(share_of) not in map(key_of, measures):
            raise InputError(f"no figures of {share_of!r} are held; quarterday figures lists the measures that are.")
        return Rolling(
            window=months,
            least_base=LEAST_BASE_FOR_PER_CENT,
            residents=residents,
            wholes={measure: share_of for measure in measures if share_of and _is_part(measure, share_of)},
            peers=groups,
            quarter_ends=quarter_ends,
        )

    return home.warehouse().write_rolling(ask, out)


def _is_part(measure: str, whole: str) -> bool:
    """Whether a measure can be a share of the whole: of all crime the types of crime only, else what a person says."""
    if key_of(whole) == key_of(ALL_CRIME):
        return key_of(measure) in _CRIMES
    return key_of(measure) != key_of(whole)
