-- From counts to figures: the monthly count of each measure in each area, noughts included.
-- counts: as count_rows leaves them.
-- areas: force, district, area, area_key; the district under its own name and in the partnerships that it is part of.
-- forces: force, area, area_key. counted_as: dataset, category, measure_key.
-- measures: dataset, force, measure, measure_key, first_month, last_month, by_district; the months in which nought
-- means none, and whether the rows have places.

-- step: present
-- The months that a force's files hold.
select distinct dataset, force, month from counts

-- step: every_area
select distinct force, area, area_key, false as is_force from areas
union all
select force, area, area_key, true as is_force from forces

-- step: wanted
-- A month that a force's files do not hold is missing, and no figure is made of it.
select measures.dataset, measures.measure, measures.measure_key, every_area.area, every_area.area_key, present.month
from present
join measures
    on measures.dataset = present.dataset and measures.force = present.force
    and present.month between measures.first_month and measures.last_month
join every_area on every_area.force = present.force
where measures.by_district or every_area.is_force

-- step: placed
select counts.dataset, counts.month, counts.category, areas.area_key, counts.rows_counted - counts.rows_repeated as value
from counts
join areas on areas.force = counts.force and areas.district = counts.district
union all
select counts.dataset, counts.month, counts.category, forces.area_key, counts.rows_counted - counts.rows_repeated
from counts
join forces on forces.force = counts.force

-- step: summed (kept)
select placed.month, placed.area_key, counted_as.measure_key, cast(sum(placed.value) as bigint) as value
from placed
join counted_as on counted_as.dataset = placed.dataset and counted_as.category = placed.category
group by placed.month, placed.area_key, counted_as.measure_key

-- step: figures (kept)
select
    wanted.measure, wanted.measure_key, wanted.area, wanted.area_key, wanted.month as first_month, 1 as months,
    cast(coalesce(summed.value, 0) as double) as value, '' as status, '' as note
from wanted
left join summed
    on summed.month = wanted.month and summed.area_key = wanted.area_key and summed.measure_key = wanted.measure_key
