-- The figures held whose value or marks differ from those that came, each beside the one that came instead.
-- came: the figures of a release about to land. held: those held before it.
select
    held.measure, held.area, held.first_month, held.months, held.value, held.status, held.note, held.release,
    came.measure, came.area, came.first_month, came.months, came.value, came.status, came.note
from came
join held
    on held.measure_key = came.measure_key and held.area_key = came.area_key
    and held.first_month = came.first_month and held.months = came.months
where held.value is distinct from came.value or held.status <> came.status
order by came.measure_key, came.area_key, came.first_month, came.months
