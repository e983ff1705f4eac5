-- Of each measure, area and period the figure of the latest release; and the names that the latest release uses.
-- landed: the figures of every release; place counts the releases in the order in which they landed.

-- step: measures_spelt (kept)
select measure_key, measure, place, min(first_month) as first_month, max(first_month + months) as next_month
from landed
group by measure_key, measure, place

-- step: areas_spelt (kept)
select area_key, area, max(place) as place
from landed
group by area_key, area

-- step: measures_named (kept)
-- Numbered in the order of their names.
select measure_key, measure, row_number() over (order by measure) - 1 as measure_number
from (
    select measure_key, measure, row_number() over (partition by measure_key order by place desc, measure) as age
    from measures_spelt
) as measures_by_age
where age = 1

-- step: areas_named (kept)
select area_key, area, row_number() over (order by area) - 1 as area_number
from (
    select area_key, area, row_number() over (partition by area_key order by place desc, area) as age
    from areas_spelt
) as areas_by_age
where age = 1

-- step: contested (kept)
-- The figures of a measure in a release, while another one has some of it from the same time. Mostly there are none:
-- then every figure that landed is the newest, and nothing has to be put in order.
select distinct one.place, one.measure_key
from measures_spelt as one
join measures_spelt as another on another.measure_key = one.measure_key
where another.place <> one.place and another.first_month < one.next_month and one.first_month < another.next_month

-- step: contestants
select
    landed.measure_key, landed.area_key, landed.first_month, landed.months, landed.value, landed.status, landed.note,
    landed.release, row_number() over (
        partition by landed.measure_key, landed.area_key, landed.first_month, landed.months order by landed.place desc
    ) as age
from landed
join contested on contested.place = landed.place and contested.measure_key = landed.measure_key

-- step: newest
select
    landed.measure_key, landed.area_key, landed.first_month, landed.months, landed.value, landed.status, landed.note,
    landed.release
from landed
left join contested on contested.place = landed.place and contested.measure_key = landed.measure_key
where contested.place is null
union all
select measure_key, area_key, first_month, months, value, status, note, release
from contestants
where age = 1
