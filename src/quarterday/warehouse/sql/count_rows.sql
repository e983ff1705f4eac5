-- From rows to counts, a row once. Here as in every step: one text for each engine, so no regular expressions,
-- no dates, no rounding, and nothing whose null order or division differs between them.
-- rows_in: dataset, month, force, id, lsoa, lsoa_name, category, part_row; one row an offence, an outcome or a stop.
-- repeated_rows: as find_repeats leaves them. looked_up and named_after: lsoa, district; the districts of the LSOAs that a
-- look-up knows, and of the others.

-- step: located (kept)
select lsoa, district from looked_up
union all
select lsoa, district from named_after

-- step: districts (kept)
-- The rows are many, and numbers are quicker to group by than names.
select district, row_number() over (order by district) as number
from (select distinct district from located) as known

-- step: places_numbered (kept)
select located.lsoa, districts.number
from located
join districts on districts.district = located.district

-- step: cells_by_number (kept)
select
    rows_in.dataset, rows_in.month, rows_in.force, places_numbered.number, rows_in.category,
    cast(count(*) as bigint) as rows_counted
from rows_in
left join places_numbered on places_numbered.lsoa = rows_in.lsoa
group by rows_in.dataset, rows_in.month, rows_in.force, places_numbered.number, rows_in.category

-- step: cells
-- A district of '' is that of the rows without a place.
select
    cells_by_number.dataset, cells_by_number.month, cells_by_number.force,
    coalesce(districts.district, '') as district, cells_by_number.category, cells_by_number.rows_counted
from cells_by_number
left join districts on districts.number = cells_by_number.number

-- step: repeats (kept)
select
    repeated_rows.dataset, repeated_rows.month, repeated_rows.part_row, repeated_rows.force,
    coalesce(located.district, '') as district, repeated_rows.category
from repeated_rows
left join located on located.lsoa = repeated_rows.lsoa

-- step: repeats_by_cell
select dataset, month, force, district, category, cast(count(*) as bigint) as rows_repeated
from repeats
group by dataset, month, force, district, category

-- step: counts (kept)
select
    cells.dataset, cells.month, cells.force, cells.district, cells.category, cells.rows_counted,
    coalesce(repeats_by_cell.rows_repeated, 0) as rows_repeated
from cells
left join repeats_by_cell
    on repeats_by_cell.dataset = cells.dataset and repeats_by_cell.month = cells.month
    and repeats_by_cell.force = cells.force and repeats_by_cell.district = cells.district
    and repeats_by_cell.category = cells.category

-- step: cells_of_districts
select
    dataset, month, force, district, cast(sum(rows_counted) as bigint) as rows_counted,
    cast(sum(rows_repeated) as bigint) as rows_repeated
from counts
group by dataset, month, force, district
order by dataset, month, force, district

-- step: categories
select dataset, force, category, min(month) as first_month, max(month) as last_month
from counts
group by dataset, force, category
