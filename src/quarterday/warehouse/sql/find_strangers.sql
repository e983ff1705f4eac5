-- step: strangers
-- The LSOAs that no look-up knows, under their names. spellings: as find_spellings leaves them. looked_up: lsoa, district.
select spellings.lsoa, spellings.lsoa_name, spellings.month
from spellings
left join looked_up on looked_up.lsoa = spellings.lsoa
where looked_up.lsoa is null
