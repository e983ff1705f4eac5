-- From the counts of LSOAs to those of districts. Here as in every step: one text for each engine, so no regular
-- expressions, no dates, no rounding, and nothing whose null order or division differs between them.
-- counted_lsoas, kept_sorts and kept_names: what count_by_lsoa leaves, and place, which tells the releases apart.
-- looked_up: lsoa, district; the number of the district of each LSOA that a look-up knows.

-- step: by_place (kept)
-- An LSOA that no look-up knows stays apart.
select
    counted_lsoas.place, counted_lsoas.sort, counted_lsoas.repeated, counted_lsoas.first_month, looked_up.district,
    case when looked_up.lsoa is null then counted_lsoas.lsoa end as stranger,
    cast(sum(counted_lsoas.{month}) as bigint) as {month}
from counted_lsoas
left join looked_up on looked_up.lsoa = counted_lsoas.lsoa
group by
    counted_lsoas.place, counted_lsoas.sort, counted_lsoas.repeated, counted_lsoas.first_month, looked_up.district,
    case when looked_up.lsoa is null then counted_lsoas.lsoa end

-- step: strangers
select kept_names.place, kept_names.lsoa as stranger, kept_names.lsoa_name as stranger_name, kept_names.month
from kept_names
left join looked_up on looked_up.lsoa = kept_names.lsoa
where looked_up.lsoa is null

-- step: sorts (kept)
-- A reporter is a force in one release.
select
    place, sort as kept_sort, dataset, force, category,
    row_number() over (order by place, dataset, force, category) as sort,
    dense_rank() over (order by place, force) as reporter
from kept_sorts
