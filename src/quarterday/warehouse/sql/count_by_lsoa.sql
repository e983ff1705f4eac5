-- How many rows there are, of each sort and in each LSOA, a calendar year in a row: what is counted later is counted of these.
-- rows_in: dataset, month, force, lsoa, lsoa_name, category; one row an offence, an outcome or a stop.
-- repeated_rows: as find_repeats leaves them; they are among rows_in, and counted once more by themselves.
-- Months are numbered so that a year's first is a multiple of twelve. A line with {month} stands for twelve, one for each
-- month of a year, of which {at} is the place, from 0.

-- step: by_lsoa
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
