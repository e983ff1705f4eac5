-- step: spellings (kept)
-- The names under which each LSOA stands in rows_in, and when it last did so.
select lsoa, lsoa_name, max(month) as month
from rows_in
where lsoa is not null
group by lsoa, lsoa_name
