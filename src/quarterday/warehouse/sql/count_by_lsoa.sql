-- How many rows there are, of each sort and in each LSOA, a calendar year in a row: what is counted later is counted of these.
-- rows_in: dataset, month, force, lsoa, lsoa_name, category; one row an offence, an outcome or a stop.
-- repeated_rows: as find_repeats leaves them; they are among rows_in, and counted once more by themselves.

-- step: by_lsoa
-- Months are numbered so that a year's first is a multiple of twelve.
select
    dataset, force, lsoa, lsoa_name, category, false as repeated, month - month % 12 as first_month,
    cast(count(case when month % 12 = 0 then 1 end) as integer) as january,
    cast(count(case when month % 12 = 1 then 1 end) as integer) as february,
    cast(count(case when month % 12 = 2 then 1 end) as integer) as march,
    cast(count(case when month % 12 = 3 then 1 end) as integer) as april,
    cast(count(case when month % 12 = 4 then 1 end) as integer) as may,
    cast(count(case when month % 12 = 5 then 1 end) as integer) as june,
    cast(count(case when month % 12 = 6 then 1 end) as integer) as july,
    cast(count(case when month % 12 = 7 then 1 end) as integer) as august,
    cast(count(case when month % 12 = 8 then 1 end) as integer) as september,
    cast(count(case when month % 12 = 9 then 1 end) as integer) as october,
    cast(count(case when month % 12 = 10 then 1 end) as integer) as november,
    cast(count(case when month % 12 = 11 then 1 end) as integer) as december
from rows_in
group by dataset, force, lsoa, lsoa_name, category, month - month % 12
union all
select
    dataset, force, lsoa, lsoa as lsoa_name, category, true as repeated, month - month % 12 as first_month,
    cast(count(case when month % 12 = 0 then 1 end) as integer) as january,
    cast(count(case when month % 12 = 1 then 1 end) as integer) as february,
    cast(count(case when month % 12 = 2 then 1 end) as integer) as march,
    cast(count(case when month % 12 = 3 then 1 end) as integer) as april,
    cast(count(case when month % 12 = 4 then 1 end) as integer) as may,
    cast(count(case when month % 12 = 5 then 1 end) as integer) as june,
    cast(count(case when month % 12 = 6 then 1 end) as integer) as july,
    cast(count(case when month % 12 = 7 then 1 end) as integer) as august,
    cast(count(case when month % 12 = 8 then 1 end) as integer) as september,
    cast(count(case when month % 12 = 9 then 1 end) as integer) as october,
    cast(count(case when month % 12 = 10 then 1 end) as integer) as november,
    cast(count(case when month % 12 = 11 then 1 end) as integer) as december
from repeated_rows
group by dataset, force, lsoa, category, month - month % 12
