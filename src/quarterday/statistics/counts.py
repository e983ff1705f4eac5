"""What can be a count, and which is too small a base: apart, as those who ask no more need no NumPy and SciPy."""

# A per cent of a small base says more than the counts do: under it, the number alone is given.
# The convention usually quoted for published percentages; an option of the house, see docs/methods/change.md.
LEAST_BASE_FOR_PER_CENT = 50


def is_count(value: float) -> bool:
    """Whether it can be a number of events: whole, and not negative."""
    return value >= 0 and float(value).is_integer()
