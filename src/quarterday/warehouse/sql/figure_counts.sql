-- From the counts of cells to a figure a measure, area and month.
-- cells and sorts: as count_cells and count_rows leave them.
-- areas: number, place, reporter, area, area_key, is_force; the districts of a force under their own names, the partnerships
-- that they make up, and the force. areas_of_districts: reporter, district, area; numbers.
-- measures: number, dataset, reporter, measure, measure_key, first_month, last_month, by_district; the months in which
-- nought means none, and whether the rows have places. counted_as: sort, measure; numbers.
-- tally_measures: dataset, kind, measure, measure_key.

-- step: present (kept)
-- The months that a force's files hold.
select distinct sorts.dataset, sorts.reporter, cells.month
from cells
join sorts on sorts.sort = cells.sort

-- step: wanted
-- A month that a force's files do not hold is missing, and no figure is made of it.
select measures.number as measure, areas.number as area, present.month
from present
join measures
    on measures.dataset = present.dataset and measures.reporter = present.reporter
    and present.month between measures.first_month and measures.last_month
join areas on areas.reporter = present.reporter
where measures.by_district or areas.is_force

-- step: measured (kept)
select
    counted_as.measure, cells.district, cells.month,
    cast(sum(case when cells.repeated then -cells.number else cells.number end) as bigint) as value
from cells
join counted_as on counted_as.sort = cells.sort
group by counted_as.measure, cells.district, cells.month

-- step: placed
select measured.measure, areas_of_districts.area, measured.month, measured.value
from measured
join measures on measures.number = measured.measure
join areas_of_districts
    on areas_of_districts.reporter = measures.reporter and areas_of_districts.district = measured.district
union all
select measured.measure, areas.number as area, measured.month, measured.value
from measured
join measures on measures.number = measured.measure
join areas on areas.reporter = measures.reporter and areas.is_force

-- step: summed (kept)
select measure, area, month, cast(sum(value) as bigint) as value
from placed
group by measure, area, month

-- step: valued (kept)
select
    areas.place, wanted.measure, wanted.area, wanted.month, cast(coalesce(summed.value, 0) as double) as value
from wanted
join areas on areas.number = wanted.area
left join summed on summed.measure = wanted.measure and summed.area = wanted.area and summed.month = wanted.month

-- step: measure_orders
-- Numbers are quicker to sort by than keys, too.
select measure_key, dense_rank() over (order by measure_key) as measure_order
from (select measure_key from measures union select measure_key from tally_measures) as every_measure

-- step: measures_in_order (kept)
select measures.number, measures.measure, measures.measure_key, measure_orders.measure_order
from measures
join measure_orders on measure_orders.measure_key = measures.measure_key

-- step: areas_in_order (kept)
select number, place, reporter, area, area_key, is_force, dense_rank() over (order by area_key) as area_order
from areas

-- step: figures
select
    valued.place, measures_in_order.measure_order, measures_in_order.measure, measures_in_order.measure_key,
    areas_in_order.area_order, areas_in_order.area, areas_in_order.area_key, valued.month as first_month, 1 as months,
    valued.value, '' as status, '' as note
from valued
join measures_in_order on measures_in_order.number = valued.measure
join areas_in_order on areas_in_order.number = valued.area

-- step: own_districts
select distinct reporter, district
from areas_of_districts

-- step: tallied (kept)
-- What a person should know of rows before the counts: how many came, and how many of them no district could have. It
-- swings from month to month, and with it the figures of every district of the force.
select
    sorts.reporter, sorts.dataset, cells.month,
    sum(case when cells.repeated then 0 else cells.number end) as in_all,
    sum(case when cells.repeated then cells.number else 0 end) as repeated,
    sum(case when cells.repeated = false and cells.district is null then cells.number else 0 end) as without_a_place,
    sum(case when cells.repeated = false and cells.district is not null and own_districts.district is null
        then cells.number else 0 end) as in_other_areas
from cells
join sorts on sorts.sort = cells.sort
left join own_districts on own_districts.reporter = sorts.reporter and own_districts.district = cells.district
group by sorts.reporter, sorts.dataset, cells.month

-- step: tallies
-- Figures as well, to be looked at beside those; noughts are written.
select
    areas_in_order.place, measure_orders.measure_order, tally_measures.measure, tally_measures.measure_key,
    areas_in_order.area_order, areas_in_order.area, areas_in_order.area_key, tallied.month as first_month, 1 as months,
    cast(case tally_measures.kind
        when 'in all' then tallied.in_all
        when 'repeated' then tallied.repeated
        when 'without a place' then tallied.without_a_place
        else tallied.in_other_areas
    end as double) as value, '' as status, '' as note
from tallied
join tally_measures on tally_measures.dataset = tallied.dataset
join measure_orders on measure_orders.measure_key = tally_measures.measure_key
join areas_in_order on areas_in_order.reporter = tallied.reporter and areas_in_order.is_force
