"""A part of a whole, and a total spread over its months."""

from quarterday.domain.faults import InputError


def share(part: float, whole: float) -> float:
    """``part`` as a per cent of ``whole``; both of the same area, period and release."""
    if whole <= 0 or not 0 <= part <= whole:
        raise InputError(
            f"{part:g} of {whole:g} is no share; the part must lie between nought and a whole above nought."
        )
    return 100 * part / whole


def monthly_average(total: float, months: int) -> float:
    """The average a month, unrounded, of a total over ``months`` months."""
    if months < 1:
        raise InputError(f"an average over {months} months is none; wanted at least one month.")
    return total / months
