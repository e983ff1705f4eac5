-- What a good engineer would write by hand, in the words that DuckDB and Spark share. Each stage is kept as a table.
-- Given: raw (month, lsoa_code, crime_type), and lsoas, areas, measures, months, residents and peers, in which areas
-- and measures are numbers; measure 0 is all crime and anti-social behaviour. Months are numbered on from year 0.

-- stage: counts
select l.area, r.month, r.crime_type, count(*) as crimes
from raw r
join lsoas l on r.lsoa_code = l.lsoa_code
group by l.area, r.month, r.crime_type;

-- stage: sums
select c.area, m.measure, t.number, cast(sum(c.crimes) as bigint) as crimes
from counts c
join measures m on c.crime_type = m.crime_type
join months t on c.month = t.month
group by c.area, m.measure, t.number;

-- stage: cells
select a.area, n.measure, t.number, t.year, coalesce(s.crimes, 0) as crimes
from areas a
cross join (select distinct measure from measures) n
cross join months t
left join sums s on s.area = a.area and s.measure = n.measure and s.number = t.number;

-- stage: rolling
select
    area, measure, number, year,
    cast(sum(crimes) over (
        partition by area, measure order by number rows between 11 preceding and current row
    ) as bigint) as total,
    cast(sum(crimes) over (
        partition by area, measure order by number rows between 23 preceding and 12 preceding
    ) as bigint) as before
from cells;

-- stage: rates
select
    y.area, y.measure, y.number, y.total,
    case when y.number >= f.number + 23 then y.before end as earlier,
    case when y.number >= f.number + 23 then y.total - y.before end as change,
    case when y.number >= f.number + 23 and y.before > 0 then (y.total - y.before) * 1e2 / y.before end as percent,
    case when w.total > 0 then y.total * 1e2 / w.total end as share,
    y.total * 1e3 / p.people as rate
from rolling y
join rolling w on w.area = y.area and w.number = y.number and w.measure = 0
join residents p on p.area = y.area and p.year = y.year
cross join (select min(number) as number from months) f
where y.number >= f.number + 11 and y.number % 3 = 2;

-- stage: standings
select
    a.area, a.measure, a.number,
    1 + cast(sum(case when m.rate > a.rate then 1 else 0 end) as bigint) as place,
    avg(m.rate) as group_rate
from rates a
join peers p on p.area = a.area
join rates m on m.area = p.member and m.measure = a.measure and m.number = a.number
group by a.area, a.measure, a.number;

-- stage: report
select
    a.area_name, n.measure_name, r.number, r.total, r.earlier, r.change, r.percent, r.share, r.rate,
    s.place, s.group_rate
from rates r
join standings s on s.area = r.area and s.measure = r.measure and s.number = r.number
join areas a on a.area = r.area
join (select distinct measure, measure_name from measures) n on n.measure = r.measure;
