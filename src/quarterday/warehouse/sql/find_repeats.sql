-- Which rows stand for an offence that another row stands for, too.
-- rows_in: dataset, month, force, id, lsoa, category, part_row.

-- step: suspects (kept)
-- Rows without an ID are never repeats of each other; an outcome's ID is that of its offence, which may have several.
-- IDs are long, so that they are counted by a hash; those that only share one are told apart in the next step.
select hash_of(id) as id_hash
from rows_in
where id is not null and dataset = 'street'
group by hash_of(id)
having count(*) > 1

-- step: appearances
select
    rows_in.dataset, rows_in.month, rows_in.part_row, rows_in.force, rows_in.lsoa, rows_in.category,
    row_number() over (
        partition by rows_in.force, rows_in.id order by rows_in.month, rows_in.part_row
    ) as appearance
from rows_in
join suspects on suspects.id_hash = hash_of(rows_in.id)
where rows_in.id is not null and rows_in.dataset = 'street'

-- step: repeated_rows (kept)
-- What is not counted: every appearance of an ID after its first.
select dataset, month, part_row, force, lsoa, category
from appearances
where appearance > 1
