-- Which series of figures there are, numbered without gaps.
-- held: as held.sql leaves it. asked: window_months, residents_key, least_base; one row.
-- A cell is a series in a month, as one number: start + month. The cells of a series are followed by twelve that are
-- nobody's, so that a year before its first month no other series is met. So small a number is what is joined by.

-- step: counted
select held.measure_key, held.measure, held.area_key, held.area, held.first_month, held.months, held.value
from held
cross join asked
where held.measure_key <> asked.residents_key

-- step: measures_held (kept)
select measure_key, min(measure) as measure, row_number() over (order by measure_key) - 1 as measure_number
from counted
group by measure_key

-- step: areas_held (kept)
select area_key, min(area) as area, row_number() over (order by area_key) - 1 as area_number
from counted
group by area_key

-- step: extent (kept)
select
    (select count(*) from areas_held) as areas, min(first_month) as first_month,
    max(first_month + months) - min(first_month) + 12 as cells
from counted

-- step: lengths
select measure_key, area_key, min(months) as shortest, max(months) as longest
from counted
group by measure_key, area_key

-- step: series (kept)
select
    measures_held.measure_key, measures_held.measure, areas_held.area_key, areas_held.area,
    (measures_held.measure_number * extent.areas + areas_held.area_number) * extent.cells - extent.first_month as start,
    lengths.shortest, lengths.longest
from lengths
join measures_held on measures_held.measure_key = lengths.measure_key
join areas_held on areas_held.area_key = lengths.area_key
cross join extent

-- step: mixed
-- Where figures of several lengths are held, or of another one than is asked for, totals follow from them in many ways.
select series.measure, series.area, series.start
from series
cross join asked
where series.shortest < series.longest or series.longest not in (1, asked.window_months)
