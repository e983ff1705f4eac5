"""What a reader hands over is checked when it is made, and its release is known by its bytes and its reader."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from quarterday.domain.faults import InputError
from quarterday.domain.figure import Figure
from quarterday.domain.period import Period
from quarterday.domain.source import Source
from quarterday.warehouse.base import Intake, Release

MARCH = Period.month(2012, 3)
THEFT = Figure("Theft", "Redditch", MARCH, 5)
NOON = datetime(2012, 4, 16, 12, 0, 0, 500, tzinfo=UTC)

Made = Callable[..., Intake]


def test_an_intake_without_figures_is_refused(made: Made) -> None:
    with pytest.raises(InputError, match="Monthly return: there are no figures in it"):
        made()


def test_two_figures_of_one_measure_area_and_period_are_refused_however_they_are_spelt(made: Made) -> None:
    with pytest.raises(InputError, match="THEFT, redditch , Mar '12 stands there twice"):
        made(THEFT, Figure("THEFT", "redditch ", MARCH, 6))


def test_an_intake_names_the_files_it_came_from() -> None:
    with pytest.raises(ValueError, match="names the files"):
        Intake(Source("Monthly return", "", "", ()), "made 1", (THEFT,))


def test_a_release_covers_from_the_first_month_of_any_figure_to_the_last(made: Made) -> None:
    year = Figure("Theft", "Redditch", Period.financial_year(2010), 60)
    assert made(THEFT, year).covered == Period.run(Period.month(2010, 4), MARCH)


def test_a_release_is_known_by_bytes_and_reader_not_by_file_name_or_time(made: Made) -> None:
    first = Release.of(made(THEFT, content="a"), loaded_at=NOON)
    renamed = Release.of(made(THEFT, content="a", title="Return (1)"), loaded_at=NOON.replace(year=2013))
    assert renamed.id == first.id
    assert Release.of(made(THEFT, content="b"), loaded_at=NOON).id != first.id
    assert Release.of(made(THEFT, content="a", reader="made 2"), loaded_at=NOON).id != first.id


def test_the_order_of_the_files_makes_no_other_release(made: Made) -> None:
    one, other = made(THEFT, content="a"), made(THEFT, content="b")
    files = one.source.files + other.source.files
    ids = {
        Release.of(replace(one, source=replace(one.source, files=order)), loaded_at=NOON).id
        for order in (files, files[::-1])
    }
    assert len(ids) == 1


def test_the_time_of_a_load_is_kept_to_the_second(made: Made) -> None:
    assert Release.of(made(THEFT), loaded_at=NOON).loaded_at == "2012-04-16T12:00:00+00:00"
