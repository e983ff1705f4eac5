-- From rows to counts, a row once. Here as in every step: one text for each engine, so no regular expressions,
-- no dates, no rounding, and nothing whose null order or division differs between them.
-- rows_in: dataset, month, force, id, lsoa, lsoa_name, category, part_row; one row an offence, an outcome or a stop.
-- located: lsoa, district; the district of each LSOA that stands in the rows.

-- step: cells (kept)
-- A district of '' is that of the rows without a place.
select
    rows_in.dataset, rows_in.month, rows_in.force, coalesce(located.district, '') as district, rows_in.category,
    cast(count(*) as bigint) as rows_counted
from rows_in
left join located on located.lsoa = rows_in.lsoa
group by rows_in.dataset, rows_in.month, rows_in.force, coalesce(located.district, ''), rows_in.category

-- step: repeated_ids (kept)
-- Rows without an ID are never repeats of each other; an outcome's ID is that of its offence, which may have several.
select force, id
from rows_in
where id is not null and dataset = 'street'
group by force, id
having count(*) > 1

-- step: appearances (kept)
select
    rows_in.dataset, rows_in.month, rows_in.part_row, rows_in.force, rows_in.id, rows_in.lsoa, rows_in.category,
    row_number() over (
        partition by rows_in.force, rows_in.id order by rows_in.month, rows_in.part_row
    ) as appearance
from rows_in
join repeated_ids on repeated_ids.force = rows_in.force and repeated_ids.id = rows_in.id
where rows_in.dataset = 'street'

-- step: repeats (kept)
-- What is not counted: every appearance of an ID after its first.
select
    appearances.dataset, appearances.month, appearances.part_row, appearances.force, coalesce(located.district, '') as district,
    appearances.category, appearances.id
from appearances
left join located on located.lsoa = appearances.lsoa
where appearances.appearance > 1

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
