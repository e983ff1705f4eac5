-- Which series of figures there are, numbered without gaps, in the order of their names.
-- The steps of newest.sql, and: asked: window_months, residents_key, least_base, quarter_ends; one row.
-- A cell is a series in a month, as one number: start + month. The cells of a series are followed by twelve that are
-- nobody's, so that a year before its first month no other series is met. So small a number is what is joined by.

-- step: extent (kept)
select
    (select count(*) from areas_named) as areas, min(measures_spelt.first_month) as first_month,
    max(measures_spelt.next_month) - min(measures_spelt.first_month) + 12 as cells
from measures_spelt
cross join asked
where measures_spelt.measure_key <> asked.residents_key

-- step: numbered
select
    measures_named.measure_key, measures_named.measure, areas_named.area_key, areas_named.area, areas_named.area_number,
    (measures_named.measure_number * extent.areas + areas_named.area_number) * extent.cells - extent.first_month
        as start
from measures_named
cross join areas_named
cross join extent
cross join asked
where measures_named.measure_key <> asked.residents_key

-- step: counted (kept)
select numbered.start, newest.first_month, newest.months, newest.value
from newest
join numbered on numbered.measure_key = newest.measure_key and numbered.area_key = newest.area_key

-- step: lengths
select start, min(months) as shortest, max(months) as longest
from counted
group by start

-- step: series (kept)
select
    numbered.measure_key, numbered.measure, numbered.area_key, numbered.area, numbered.area_number, lengths.start,
    lengths.shortest, lengths.longest
from lengths
join numbered on numbered.start = lengths.start

-- step: mixed
-- Where figures of several lengths are held, or of another one than is asked for, totals follow from them in many ways.
select series.measure_key, series.measure, series.area_key, series.area, series.start
from series
cross join asked
where series.shortest < series.longest or series.longest not in (1, asked.window_months)
