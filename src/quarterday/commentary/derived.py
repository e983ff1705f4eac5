"""Figures that follow from others by what their names mean: those killed or seriously injured are both together."""

from collections.abc import Mapping
from typing import Final

from quarterday.domain.figure import Figure
from quarterday.domain.period import Period

KSI: Final = "ksi casualties"
_ByPlace = Mapping[tuple[str, str], Mapping[Period, Figure]]


def killed_or_seriously_injured(given: _ByPlace) -> dict[tuple[str, str], dict[Period, Figure]]:
    """Their sums by place, where both are given apart and not as one."""
    if any("ksi" in measure.split() or "killed" in measure for measure, _ in given):
        return {}
    fatal = {place: (key, place) for key, place in given if key.startswith("fatal ")}
    sums: dict[tuple[str, str], dict[Period, Figure]] = {}
    for place, one in fatal.items():
        other = (one[0].replace("fatal ", "serious ", 1), place)
        if other in given and one[0].endswith(("casualties", "injuries")):
            sums[KSI, place] = dict(_added(given[one], given[other]))
    return sums


def _added(one: Mapping[Period, Figure], other: Mapping[Period, Figure]) -> list[tuple[Period, Figure]]:
    both = ((period, figure, other[period].value) for period, figure in one.items() if period in other)
    return [
        (period, Figure("KSI casualties", figure.area, period, figure.value + more))
        for period, figure, more in both
        if figure.value is not None and more is not None
    ]
