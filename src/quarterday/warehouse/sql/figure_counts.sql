-- From the counts of cells to a figure a measure, area and month.
-- cells and sorts: as count_cells and count_rows leave them.
-- areas: number, place, reporter, area, area_key, is_force; the districts of a force under their own names, the partnerships
-- that they make up, and the force. areas_of_districts: reporter, district, area; numbers.
-- measures: number, dataset, reporter, measure, measure_key, first_month, last_month, by_district; the months in which
-- nought means none, and whether the rows have places. counted_as: sort, measure; numbers.
-- tally_measures: dataset, kind, measure, measure_key.

-- step: own_districts
select distinct reporter, district
from areas_of_districts

-- step: found_in
-- What a person should know of rows before the counts: how many came, and how many of them no district could have. It
-- swings from month to month, and with it the figures of every district of the force.
select
    in_sorts.reporter, in_sorts.dataset, in_sorts.first_month,
    case
        when in_sorts.repeated then 'repeated'
        when in_sorts.district is null then 'without a place'
        when own_districts.district is null then 'in other areas'
        else 'in its own'
    end as standing,
    in_sorts.{month}
from in_sorts
left join own_districts on own_districts.reporter = in_sorts.reporter and own_districts.district = in_sorts.district

-- step: found (kept)
select
    reporter, dataset, first_month, standing,
    cast(sum({month}) as bigint) as {month}
from found_in
group by reporter, dataset, first_month, standing

-- step: present (kept)
-- How many rows the files of a force hold of each month, repeats as well: without any it is missing.
select
    reporter, dataset, first_month,
    cast(sum({month}) as bigint) as {month}
from found
group by reporter, dataset, first_month

-- step: measured (kept)
select
    counted_as.measure, in_sorts.district, in_sorts.first_month,
    cast(sum(in_sorts.sign * in_sorts.{month}) as bigint) as {month}
from in_sorts
join counted_as on counted_as.sort = in_sorts.sort
group by counted_as.measure, in_sorts.district, in_sorts.first_month

-- step: placed
select
    areas_of_districts.area, measured.measure, measured.first_month,
    measured.{month}
from measured
join measures on measures.number = measured.measure
join areas_of_districts
    on areas_of_districts.reporter = measures.reporter and areas_of_districts.district = measured.district
union all
select
    areas.number as area, measured.measure, measured.first_month,
    measured.{month}
from measured
join measures on measures.number = measured.measure
join areas on areas.reporter = measures.reporter and areas.is_force

-- step: summed (kept)
select
    measure, area, first_month,
    cast(sum({month}) as bigint) as {month}
from placed
group by measure, area, first_month

-- step: wanted (kept)
-- A month that a force's files do not hold is missing, and no figure is made of it.
select
    areas.place, measures.number as measure, areas.number as area, present.first_month,
    case when present.{month} > 0 and present.first_month + {at} between measures.first_month and measures.last_month then coalesce(summed.{month}, 0) end as {month}
from present
join measures on measures.dataset = present.dataset and measures.reporter = present.reporter
join areas on areas.reporter = present.reporter
left join summed
    on summed.measure = measures.number and summed.area = areas.number and summed.first_month = present.first_month
where measures.by_district or areas.is_force

-- step: valued (kept)
select place, measure, area, first_month + {at} as month, cast({month} as double) as value from wanted where {month} is not null

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

-- step: in_months
select reporter, dataset, standing, first_month + {at} as month, {month} as number from found where {month} > 0

-- step: tallied (kept)
select
    reporter, dataset, month, sum(case when standing = 'repeated' then 0 else number end) as in_all,
    sum(case when standing = 'repeated' then number else 0 end) as repeated,
    sum(case when standing = 'without a place' then number else 0 end) as without_a_place,
    sum(case when standing = 'in other areas' then number else 0 end) as in_other_areas
from in_months
group by reporter, dataset, month

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
