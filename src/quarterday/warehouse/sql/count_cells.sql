-- Every count of a sort, month and district.
-- by_place and sorts: as count_rows leaves them. named_after: place, lsoa, district; the number of the district after which
-- each LSOA is called that no look-up knows. districts: number, district.

-- step: in_sorts (kept)
select
    sorts.sort, coalesce(by_place.district, named_after.district) as district, by_place.repeated, by_place.first_month,
    by_place.january, by_place.february, by_place.march, by_place.april,
    by_place.may, by_place.june, by_place.july, by_place.august,
    by_place.september, by_place.october, by_place.november, by_place.december
from by_place
join sorts
    on sorts.place = by_place.place and sorts.dataset = by_place.dataset and sorts.force = by_place.force
    and sorts.category = by_place.category
left join named_after on named_after.place = by_place.place and named_after.lsoa = by_place.stranger

-- step: cells (kept)
-- Without a district are rows without a place. A repeat is counted with all rows, and once more as what it is.
select sort, first_month as month, district, repeated, january as number from in_sorts where january > 0
union all
select sort, first_month + 1 as month, district, repeated, february as number from in_sorts where february > 0
union all
select sort, first_month + 2 as month, district, repeated, march as number from in_sorts where march > 0
union all
select sort, first_month + 3 as month, district, repeated, april as number from in_sorts where april > 0
union all
select sort, first_month + 4 as month, district, repeated, may as number from in_sorts where may > 0
union all
select sort, first_month + 5 as month, district, repeated, june as number from in_sorts where june > 0
union all
select sort, first_month + 6 as month, district, repeated, july as number from in_sorts where july > 0
union all
select sort, first_month + 7 as month, district, repeated, august as number from in_sorts where august > 0
union all
select sort, first_month + 8 as month, district, repeated, september as number from in_sorts where september > 0
union all
select sort, first_month + 9 as month, district, repeated, october as number from in_sorts where october > 0
union all
select sort, first_month + 10 as month, district, repeated, november as number from in_sorts where november > 0
union all
select sort, first_month + 11 as month, district, repeated, december as number from in_sorts where december > 0

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
from (select sort, min(month) as first_month, max(month) as last_month from cells group by sort) as spans
join sorts on sorts.sort = spans.sort

-- step: rows_of_districts
select sorts.place, sorts.force, districts.district, cast(sum(summed.number) as bigint) as number
from (select sort, district, sum(number) as number from cells where repeated = false group by sort, district) as summed
join sorts on sorts.sort = summed.sort
join districts on districts.number = summed.district
group by sorts.place, sorts.force, districts.district
