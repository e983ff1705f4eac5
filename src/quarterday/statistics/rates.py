"""Rates and proportions, with the limits within which chance alone may move them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeAlias, TypeVar, overload

import numpy as np
import numpy.typing as npt
from scipy.special import gammainccinv, gammaincinv, ndtri

from quarterday.domain.faults import InputError
from quarterday.statistics.result import Method

# Byar's approximation is not used under ten events, where the exact limits are (APHO Technical Briefing 3, 2008).
EXACT_BELOW = 10
# Residents by whom the rates of this field are given.
PER_RESIDENTS = 1000
CONFIDENCE = 0.95

FloatArray: TypeAlias = npt.NDArray[np.float64]
BoolArray: TypeAlias = npt.NDArray[np.bool_]
Many: TypeAlias = npt.NDArray[Any] | Sequence[float | None] | Sequence[Sequence[float | None]]
Numbers: TypeAlias = float | Many | None
Value_co = TypeVar("Value_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Interval(Generic[Value_co]):
    """A value between its two limits: numbers, or arrays of them; ``None``, or masked, where it is missing."""

    value: Value_co
    lower: Value_co
    upper: Value_co
    confidence: float
    method: Method


@overload
def rate(
    count: float, population: float, *, multiplier: float = ..., confidence: float = ..., exact_below: int = ...
) -> Interval[float]: ...
@overload
def rate(
    count: float | None,
    population: float | None,
    *,
    multiplier: float = ...,
    confidence: float = ...,
    exact_below: int = ...,
) -> Interval[float | None]: ...
@overload
def rate(
    count: Many,
    population: float | Many,
    *,
    multiplier: float = ...,
    confidence: float = ...,
    exact_below: int = ...,
) -> Interval[FloatArray]: ...
def rate(
    count: Numbers,
    population: Numbers,
    *,
    multiplier: float = PER_RESIDENTS,
    confidence: float = CONFIDENCE,
    exact_below: int = EXACT_BELOW,
) -> Interval[Any]:
    """``count`` per ``multiplier`` residents, unrounded, with Byar's limits, or the exact ones of a small count.

    Single values or arrays of one shape. A missing value is ``None``, or masked in an array, and gives a missing rate;
    NaN is an error, and so are negative counts, fractions of people, and no residents. A count of nought has the lower
    limit 0 and an upper one. Source: Eayres, Technical Briefing 3 (Association of Public Health Observatories, 2008),
    as in PHEindicatormethods.
    """
    counts, populations, missing = pairs_of(count, population)
    lower, upper = byar_limits(counts, confidence=confidence, exact_below=exact_below)
    return _interval(
        [multiplier * part / populations for part in (counts, lower, upper)],
        missing,
        confidence,
        Method(
            "Byar's limits of a rate, exact of a small count",
            "APHO Technical Briefing 3 (2008); PHEindicatormethods",
            {"multiplier": multiplier, "confidence": confidence, "exact_below": exact_below},
        ),
    )


@overload
def proportion(count: float, total: float, *, confidence: float = ...) -> Interval[float]: ...
@overload
def proportion(count: float | None, total: float | None, *, confidence: float = ...) -> Interval[float | None]: ...
@overload
def proportion(count: Many, total: float | Many, *, confidence: float = ...) -> Interval[FloatArray]: ...
def proportion(count: Numbers, total: Numbers, *, confidence: float = CONFIDENCE) -> Interval[Any]:
    """``count`` over ``total``, from 0 to 1 and unrounded, with Wilson's limits.

    What is missing and what is an error is as for ``rate``; a count above its total is an error, too. Source: Wilson,
    Journal of the American Statistical Association 22 (1927), as in PHEindicatormethods.
    """
    counts, totals, missing = pairs_of(count, total, within=True)
    lower, upper = wilson_limits(counts, totals, confidence=confidence)
    return _interval(
        [counts / totals, lower, upper],
        missing,
        confidence,
        Method(
            "Wilson's limits of a proportion",
            "Wilson (1927); APHO Technical Briefing 3 (2008)",
            {"confidence": confidence},
        ),
    )


def byar_limits(
    counts: npt.ArrayLike, *, confidence: float = CONFIDENCE, exact_below: int = EXACT_BELOW
) -> tuple[FloatArray, FloatArray]:
    """Limits of counts of events by Byar's approximation, and exact ones under ``exact_below``.

    Breslow and Day, Statistical Methods in Cancer Research II (1987), as PHE and OHID have it: from the count below,
    from one more above. Where the approximation falls under nought, the limit is 0.
    """
    events, z = np.asarray(counts, float), normal_score(confidence)
    some, more = np.maximum(events, 1), events + 1
    lower = np.where(events == 0, 0, events * np.maximum(0, 1 - 1 / (9 * some) - z / (3 * np.sqrt(some))) ** 3)
    upper = more * (1 - 1 / (9 * more) + z / (3 * np.sqrt(more))) ** 3
    few = events < exact_below
    if np.any(few):
        exactly = exact_limits(np.where(few, events, 0), confidence=confidence)
        lower, upper = np.where(few, exactly[0], lower), np.where(few, exactly[1], upper)
    return lower, upper


def exact_limits(counts: npt.ArrayLike, *, confidence: float = CONFIDENCE) -> tuple[FloatArray, FloatArray]:
    """Exact limits of counts of events that come singly (Garwood, Biometrika 28, 1936); 0 has the lower limit 0."""
    events, tail = np.asarray(counts, float), (1 - share_of(confidence)) / 2
    lower = np.where(events == 0, 0, gammaincinv(np.where(events == 0, 1, events), tail))
    return lower, np.asarray(gammainccinv(events + 1, tail))


def wilson_limits(
    counts: npt.ArrayLike, totals: npt.ArrayLike, *, confidence: float = CONFIDENCE
) -> tuple[FloatArray, FloatArray]:
    """Limits of the proportions that counts are of their totals, never outside 0 to 1."""
    part, whole, z = np.asarray(counts, float), np.asarray(totals, float), normal_score(confidence)
    middle, width = 2 * part + z**2, z * np.sqrt(z**2 + 4 * part * (1 - part / whole))
    lower, upper = (middle - width) / (2 * (whole + z**2)), (middle + width) / (2 * (whole + z**2))
    return np.where(part == 0, 0, np.maximum(lower, 0)), np.where(part == whole, 1, np.minimum(upper, 1))


def normal_score(confidence: float) -> float:
    """How many standard deviations either side of the mean hold a share of the normal distribution: 1.96 for 0.95."""
    return -float(ndtri((1 - share_of(confidence)) / 2))


def share_of(confidence: float) -> float:
    """A confidence that is a share between 0 and 1; any other is refused."""
    if not 0 < confidence < 1:
        raise InputError(f"a confidence of {confidence} is none; wanted a share between 0 and 1, such as 0.95.")
    return confidence


def pairs_of(counts: Numbers, totals: Numbers, *, within: bool = False) -> tuple[FloatArray, FloatArray, BoolArray]:
    """Counts and what they are counted among, of one shape, and where either is missing: there they are 0 and 1.

    ``within``: no count may be above its total.
    """
    parts, no_part = whole_numbers(counts, what="count")
    wholes, no_whole = whole_numbers(totals, what="total" if within else "population")
    try:
        missing = no_part | no_whole
    except ValueError:
        raise InputError(
            f"counts of shape {parts.shape} do not go with residents or totals of shape {wholes.shape};"
            " wanted one of them for each count, or one for all."
        ) from None
    events, among = np.where(missing, 0, parts), np.where(missing, 1, wholes)
    if np.any(among < 1):
        raise InputError(_what_came("total" if within else "population", among, among < 1, "at least one of it"))
    if within and np.any(events > among):
        raise InputError(_what_came("count", events, events > among, "no more than its total"))
    return events, among, missing


def whole_numbers(values: Numbers, *, what: str) -> tuple[FloatArray, BoolArray]:
    """Numbers of people or events as an array, 0 where one is missing, and where that is."""
    raw, missing = _raw(values, what)
    if raw.size == 0:
        raise InputError(f"no {what} came; wanted at least one.")
    numbers = np.where(missing, 0, raw).astype(float)
    wrong = np.asarray(~np.isfinite(numbers) | (numbers < 0) | (np.floor(numbers) != numbers))
    if np.any(wrong):
        raise InputError(_what_came(what, numbers, wrong, "a whole number, not negative; what is missing is None"))
    return numbers, missing


def _raw(values: Numbers, what: str) -> tuple[npt.NDArray[Any], BoolArray]:
    if isinstance(values, np.ma.MaskedArray):
        return np.asarray(values.filled(0)), np.ma.getmaskarray(values)
    try:
        raw = np.asarray(values)
    except ValueError:
        raise InputError(f"the rows of each {what} are not of one length; wanted a table without holes.") from None
    missing = np.zeros(raw.shape, bool)
    if raw.dtype == object:
        missing = np.array([value is None for value in raw.flat]).reshape(raw.shape)
    is_number = raw.dtype.kind in "iuf" or (raw.dtype == object and all(map(_is_number, raw[~missing])))
    if not is_number:
        raise InputError(f"a {what} that is no number came: {values!r:.100}; wanted a whole number.")
    return raw, missing


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float, np.number)) and not isinstance(value, bool)


def _what_came(what: str, numbers: FloatArray, wrong: BoolArray, wanted: str) -> str:
    """The sentence about the first number that is wrong, with its place where there are several."""
    first = tuple(int(place[0]) for place in np.nonzero(np.atleast_1d(wrong)))
    value = np.atleast_1d(numbers)[first]
    place = f" at place {', '.join(str(at + 1) for at in first)} of {numbers.shape}" if numbers.ndim else ""
    return f"a {what} of {value:g} came{place}; wanted {wanted}."


def _interval(parts: Sequence[FloatArray], missing: BoolArray, confidence: float, method: Method) -> Interval[Any]:
    value, lower, upper = (given(part, missing) for part in parts)
    return Interval(value, lower, upper, confidence, method)


def given(values: npt.NDArray[Any], missing: BoolArray) -> Any:  # noqa: ANN401  # one value or an array of them
    """An array, masked where something is missing; or, of no dimension, its one value or ``None``."""
    if values.ndim == 0:
        return None if missing else values.item()
    return np.ma.masked_array(values, mask=missing) if np.any(missing) else values
