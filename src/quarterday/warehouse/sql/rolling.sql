-- Every rolling total that can be had, beside what it is compared with.
-- The steps of newest.sql and series.sql, and: followed: start, month, total; those totals of mixed series that follow from what is
-- held. wholes: measure_key, whole_key; what each measure is a part of. peers: area_key, member_key; the group of an
-- area, itself included. {added} adds up the window's months from the earliest to the last.

-- step: added
select
    series.start, counted.first_month as month, {added} as total,
    lag(counted.first_month, {months_before}) over in_order as earliest
from counted
join series on series.start = counted.start
where series.longest = 1
window in_order as (partition by series.start order by counted.first_month)

-- step: every_total
-- A window in which a month is missing, or has no value, has no total.
select start + month as cell, start, month, total
from added
where earliest = month - {months_before} and total is not null
union all
select series.start + counted.first_month + counted.months - 1, series.start, counted.first_month + counted.months - 1,
    counted.value
from counted
join series on series.start = counted.start
cross join asked
where series.shortest = asked.window_months and series.longest = asked.window_months and series.longest > 1
    and counted.value is not null
union all
select start + month, start, month, total
from followed

-- step: totals
-- Quarters end with the third, the sixth, the ninth and the twelfth month; the first of a year is nought.
select every_total.cell, every_total.start, every_total.month, every_total.total
from every_total
cross join asked
where asked.quarter_ends = false or every_total.month % 3 = 2

-- step: residents_held
-- Of two figures of residents that end with one month the longer one counts.
select
    areas_named.area_number, newest.value as residents, newest.first_month + newest.months - 1 as month,
    row_number() over (
        partition by areas_named.area_number, newest.first_month + newest.months order by newest.months desc
    ) as place
from newest
join asked on asked.residents_key = newest.measure_key
join areas_named on areas_named.area_key = newest.area_key
where newest.value is not null

-- step: residents_from
select area_number, residents, month, lead(month) over (partition by area_number order by month) as next_month
from residents_held
where place = 1

-- step: windows
-- The months with which a window can end that has a total.
select distinct first_month + months - 1 as month
from counted
union
select month
from followed

-- step: residents_at (kept)
-- The latest figure of a time that ended no later than the window does.
select windows.month, residents_from.area_number, residents_from.residents
from windows
join residents_from
    on residents_from.month <= windows.month
    and (residents_from.next_month is null or residents_from.next_month > windows.month)

-- step: rated (kept)
select
    totals.cell, totals.start, totals.month, totals.total,
    case when totals.total >= 0 and residents_at.residents > 0 then 1e3 * totals.total / residents_at.residents end
        as rate
from totals
join series on series.start = totals.start
left join residents_at on residents_at.area_number = series.area_number and residents_at.month = totals.month

-- step: compared_with (kept)
select series.start, members.start as member_start
from series
join peers on peers.area_key = series.area_key
join series as members on members.area_key = peers.member_key and members.measure_key = series.measure_key

-- step: with_rate (kept)
-- Kept, so that their number is known: DuckDB goes through the greater table with all processors.
select cell, start, month, rate
from rated
where rate is not null

-- step: standings (kept)
-- 1 is the lowest, and ties share the better place. A place among one says nothing.
select
    with_rate.cell, 1 + count(case when others.rate < with_rate.rate then 1 end) as place, count(*) as members
from with_rate
join compared_with on compared_with.start = with_rate.start
join with_rate as others on others.cell = compared_with.member_start + with_rate.month
group by with_rate.cell
having count(*) > 1

-- step: shares_of (kept)
select series.start, whole.start as whole_start
from series
join wholes on wholes.measure_key = series.measure_key
join series as whole on whole.measure_key = wholes.whole_key and whole.area_key = series.area_key

-- step: whole_totals (kept)
select rated.cell, rated.total
from rated
join (select distinct whole_start from shares_of) as wholes_of on wholes_of.whole_start = rated.start

-- step: rolling
select
    series.measure, series.area, rated.month, rated.total,
    before.total as total_year_before, rated.total - before.total as change,
    case when before.total >= asked.least_base then 1e2 * (rated.total - before.total) / before.total end
        as change_percent,
    case when whole.total > 0 and rated.total >= 0 and rated.total <= whole.total
        then 1e2 * rated.total / whole.total end as share_percent,
    rated.rate, standings.place as rank, standings.members, rated.cell
from rated
join series on series.start = rated.start
cross join asked
left join rated as before on before.cell = rated.cell - 12
left join shares_of on shares_of.start = rated.start
left join whole_totals as whole on whole.cell = shares_of.whole_start + rated.month
left join standings on standings.cell = rated.cell
