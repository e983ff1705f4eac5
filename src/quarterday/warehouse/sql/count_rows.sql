-- From the counts of LSOAs to those of districts. Here as in every step: one text for each engine, so no regular
-- expressions, no dates, no rounding, and nothing whose null order or division differs between them.
-- counted_lsoas: place, and what count_by_lsoa leaves; place tells the releases apart. looked_up: lsoa, district; the number of
-- the district of each LSOA that a look-up knows.

-- step: by_place (kept)
-- An LSOA that no look-up knows stays apart, under its names.
select
    counted_lsoas.place, counted_lsoas.dataset, counted_lsoas.force, counted_lsoas.category, counted_lsoas.repeated, counted_lsoas.first_month,
    looked_up.district, case when looked_up.lsoa is null then counted_lsoas.lsoa end as stranger,
    case when looked_up.lsoa is null then counted_lsoas.lsoa_name end as stranger_name,
    cast(sum(counted_lsoas.{month}) as bigint) as {month}
from counted_lsoas
left join looked_up on looked_up.lsoa = counted_lsoas.lsoa
group by
    counted_lsoas.place, counted_lsoas.dataset, counted_lsoas.force, counted_lsoas.category, counted_lsoas.repeated, counted_lsoas.first_month,
    looked_up.district, case when looked_up.lsoa is null then counted_lsoas.lsoa end,
    case when looked_up.lsoa is null then counted_lsoas.lsoa_name end

-- step: strangers
-- With the last month in which they stand there under a name.
select
    place, stranger, stranger_name,
    max(first_month + greatest(
        case when {month} > 0 then {at} else 0 end
    )) as month
from by_place
where stranger is not null and repeated = false
group by place, stranger, stranger_name

-- step: sorts (kept)
-- Numbers are quicker to sum by than names. A reporter is a force in one release.
select
    place, dataset, force, category, row_number() over (order by place, dataset, force, category) as sort,
    dense_rank() over (order by place, force) as reporter
from (select distinct place, dataset, force, category from by_place) as found
