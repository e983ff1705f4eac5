-- Every count of a sort and district, a calendar year in a row.
-- by_place and sorts: as count_rows leaves them. named_after: place, lsoa, district; the number of the district after which
-- each LSOA is called that no look-up knows. districts: number, district.

-- step: in_sorts (kept)
-- Without a district are rows without a place. A repeat is counted with all rows, and taken away again as what it is.
select
    sorts.sort, sorts.reporter, sorts.dataset, coalesce(by_place.district, named_after.district) as district,
    by_place.repeated, case when by_place.repeated then -1 else 1 end as sign, by_place.first_month,
    by_place.{month}
from by_place
join sorts on sorts.place = by_place.place and sorts.kept_sort = by_place.sort
left join named_after on named_after.place = by_place.place and named_after.lsoa = by_place.stranger

-- step: cells
select sort, first_month + {at} as month, district, repeated, {month} as number from in_sorts where {month} > 0

-- step: counts
-- The same with names, for those who look at them; a district of '' is that of the rows without a place.
select
    sorts.place, sorts.dataset, cells.month, sorts.force, coalesce(districts.district, '') as district, sorts.category,
    cast(sum(case when cells.repeated then 0 else cells.number end) as bigint) as rows_counted,
    cast(sum(case when cells.repeated then cells.number else 0 end) as bigint) as rows_repeated
from cells
join sorts on sorts.sort = cells.sort
left join districts on districts.number = cells.district
group by sorts.place, sorts.dataset, cells.month, sorts.force, coalesce(districts.district, ''), sorts.category

-- step: categories
select sorts.place, sorts.reporter, sorts.sort, sorts.dataset, sorts.force, sorts.category, spans.first_month, spans.last_month
from (
    select
        sort,
        min(first_month + least(
            case when {month} > 0 then {at} else 12 end
        )) as first_month,
        max(first_month + greatest(
            case when {month} > 0 then {at} else 0 end
        )) as last_month
    from in_sorts
    group by sort
) as spans
join sorts on sorts.sort = spans.sort

-- step: rows_of_districts
select sorts.place, sorts.force, districts.district, cast(sum(summed.number) as bigint) as number
from (
    select
        sort, district,
        sum(0
            + {month}
        ) as number
    from in_sorts
    where repeated = false
    group by sort, district
) as summed
join sorts on sorts.sort = summed.sort
join districts on districts.number = summed.district
group by sorts.place, sorts.force, districts.district
