-- Of each measure, area and period the figure of the latest release, under the names that the latest release uses.
-- landed: the figures of every release; place counts the releases in the order in which they landed.
with newest as (
    select
        measure_key, area_key, first_month, months, value, status, note, release,
        row_number() over (partition by measure_key, area_key, first_month, months order by place desc) as age
    from landed
),
measure_spelling as (
    select measure_key, measure, max(place) as place from landed group by measure_key, measure
),
area_spelling as (
    select area_key, area, max(place) as place from landed group by area_key, area
),
measure_name as (
    select measure_key, measure, row_number() over (partition by measure_key order by place desc, measure) as age
    from measure_spelling
),
area_name as (
    select area_key, area, row_number() over (partition by area_key order by place desc, area) as age
    from area_spelling
)
select
    measure_name.measure, newest.measure_key, area_name.area, newest.area_key,
    newest.first_month, newest.months, newest.value, newest.status, newest.note, newest.release
from newest
join measure_name on measure_name.measure_key = newest.measure_key and measure_name.age = 1
join area_name on area_name.area_key = newest.area_key and area_name.age = 1
where newest.age = 1
order by newest.measure_key, newest.area_key, newest.first_month, newest.months
