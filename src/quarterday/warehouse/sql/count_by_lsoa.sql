-- How many rows there are of each sort in each LSOA, a calendar year in a row: what is counted later is counted of these.
-- rows_in: dataset, month, force, lsoa, lsoa_name, category; one row an offence, an outcome or a stop.
-- repeated_rows: as find_repeats leaves them; they are among rows_in, and counted once more by themselves.
-- Months are numbered so that a year's first is a multiple of twelve. A line with {month} stands for twelve, one for each
-- month of a year, of which {at} is the place, from 0.

-- step: rows_by_lsoa (kept)
select
    dataset, force, lsoa, lsoa_name, category, false as repeated, month - month % 12 as first_month,
    cast(count(case when month % 12 = {at} then 1 end) as integer) as {month}
from rows_in
group by dataset, force, lsoa, lsoa_name, category, month - month % 12
union all
select
    dataset, force, lsoa, lsoa as lsoa_name, category, true as repeated, month - month % 12 as first_month,
    cast(count(case when month % 12 = {at} then 1 end) as integer) as {month}
from repeated_rows
group by dataset, force, lsoa, category, month - month % 12

-- step: rows_sorted (kept)
-- Numbers are quicker to sum by than names.
select
    dataset, force, category, cast(row_number() over (order by dataset, force, category) as integer) as sort
from (select distinct dataset, force, category from rows_by_lsoa) as found

-- step: by_lsoa
select
    rows_sorted.sort, rows_by_lsoa.lsoa, rows_by_lsoa.repeated, rows_by_lsoa.first_month,
    rows_by_lsoa.{month}
from rows_by_lsoa
join rows_sorted
    on rows_sorted.dataset = rows_by_lsoa.dataset and rows_sorted.force = rows_by_lsoa.force
    and rows_sorted.category = rows_by_lsoa.category

-- step: lsoas_named
-- Under which names each LSOA stands, and the last month in which it does.
select
    lsoa, lsoa_name,
    max(first_month + greatest(
        case when {month} > 0 then {at} else 0 end
    )) as month
from rows_by_lsoa
where lsoa is not null and repeated = false
group by lsoa, lsoa_name
