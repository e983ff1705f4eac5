-- Every figure that counts under the names that it has: the steps of newest.sql together.
select
    measures_named.measure, newest.measure_key, areas_named.area, newest.area_key,
    newest.first_month, newest.months, newest.value, newest.status, newest.note, newest.release
from newest
join measures_named on measures_named.measure_key = newest.measure_key
join areas_named on areas_named.area_key = newest.area_key
order by newest.measure_key, newest.area_key, newest.first_month, newest.months
