"""Whether a written number is the true one, at the precision and with the looseness with which it was written."""

import math

from quarterday.domain.claim import Amount, Loose

NEARLY_STEPS = 0.5  # "nearly 30": short of it by no more than half a unit of the last significant digit
NEARLY_SHARE = 0.07  # and by no more than 7 per cent
ABOUT_SHARE = 0.05  # "about 800": within 5 per cent
FRACTION_POINTS = 2.5  # "a third": within 2.5 percentage points
FRACTION_OVER = 0.1  # "just over half of what it was": up to six tenths
TIMES_SHARE = 0.05  # "doubled": within 5 per cent of the multiple
HALVED = (0.45, 0.55)
NEARLY_HALVED = (0.5, 0.57)
NEARLY_TIMES = 0.875  # "nearly doubled": from 1.75 times
_TIE = 1e-9


def fits(amount: Amount, true: float) -> bool:
    """Whether ``true`` may be written so; signs are not looked at, for the words beside a number say them."""
    written, value = abs(amount.value), abs(true)
    if amount.fraction:
        return _fraction_fits(amount, written, value)
    step = _significant_step(amount, written)
    match amount.loose:
        case Loose.OVER:
            return written < value <= written + step + _TIE
        case Loose.NEARLY:
            return (
                written - min(max(NEARLY_STEPS * step, amount.step), NEARLY_SHARE * written) - _TIE <= value < written
            )
        case Loose.ABOUT:
            return abs(value - written) <= max(ABOUT_SHARE * written, 0) + _TIE or rounds_to(amount, true)
        case Loose.UNDER:
            return value < written
        case Loose.AT_LEAST:
            return value >= written
        case Loose.AT_MOST:
            return value <= written
    return rounds_to(amount, true)


def rounds_to(amount: Amount, true: float) -> bool:
    """Whether ``true`` rounds to the number at the precision printed; an exact tie may go either way."""
    return abs(abs(true) - abs(amount.value)) <= amount.step / 2 + _TIE * max(1.0, abs(true))


def _fraction_fits(amount: Amount, written: float, value: float) -> bool:
    match amount.loose:
        case Loose.OVER | Loose.AT_LEAST:
            return written <= value <= written + 2 * FRACTION_POINTS + _TIE
        case Loose.NEARLY:
            return written - 2 * FRACTION_POINTS - _TIE <= value < written
        case Loose.UNDER | Loose.AT_MOST:
            return value < written
        case _:
            return abs(value - written) <= FRACTION_POINTS + _TIE


def _significant_step(amount: Amount, written: float) -> float:
    """One unit of the last digit that is not nought: a thousand for 3,000, a tenth for 9.1."""
    if amount.step < 1 or written == 0:
        return amount.step
    step = 1.0
    while written % (step * 10) == 0 and step * 10 <= written:
        step *= 10
    return max(step, amount.step)


def times_fit(amount: Amount, true: float) -> bool:
    """Whether a value ``true`` times the earlier one may be called so: halved, nearly doubled, 1.5 times."""
    wanted = amount.value
    if amount.fraction and amount.loose is Loose.OVER:  # "just over half that of Kent", which is no halving
        return wanted < true <= wanted + FRACTION_OVER
    if amount.fraction and amount.loose is Loose.NEARLY and wanted - FRACTION_OVER / 2 <= true < wanted:
        return True
    if amount.loose is Loose.UNDER:
        return true < wanted
    if wanted == 0.5:  # noqa: PLR2004
        low, high = HALVED
        if amount.loose is Loose.OVER:
            return true < wanted
        if amount.loose is Loose.NEARLY:
            low, high = NEARLY_HALVED
        return low - _TIE <= true <= high + _TIE
    if amount.loose is Loose.OVER:
        return true > wanted
    if amount.loose is Loose.NEARLY:
        return NEARLY_TIMES * wanted - _TIE <= true < wanted
    return abs(true - wanted) <= TIMES_SHARE * wanted + _TIE


def places_of(amount: Amount) -> int:
    """How many decimals the number was written with."""
    return max(0, round(-math.log10(amount.step))) if amount.step < 1 else 0
