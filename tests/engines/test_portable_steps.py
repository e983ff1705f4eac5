"""The steps keep to the words that DuckDB and Spark understand alike."""

import re
from importlib.resources import files
from pathlib import Path

import pytest

# What engines read, work out or order differently, without a word of warning or with an error in one of them.
FORBIDDEN = {
    "a regular expression": r"\bregexp?\w*|\brlike\b|\bsimilar to\b",
    "a cast by colons": r"::",
    "a decimal number, whose precision differs: write 1e2": r"(?<![\w.])\d+\.\d+",
    "rounding": r"\b(?:round|floor|ceil|ceiling|trunc)\s*\(",
    "a cast to a whole number of a fraction": r"cast\s*\([^()]*(?:/|\bvalue|\brate|\btotal)[^()]* as (?:int|big)",
    "a date": r"\b(?:date\w*|extract|interval|strftime|now|current_date)\s*\(|\bdate '",
    "a logarithm, of which nobody knows the base": r"\blog\s*\(",
    "an order by place, or by all": r"\b(?:group|order) by (?:\d|all\b)",
    "a name in quotation marks": r'"',
    "a pattern with an escape": r"like '[^']*\\",
    "joining texts, in which a null means different things": r"\bconcat\w*\s*\(",
    "a list": r"\[",
    "choosing columns by what they are not": r"\bexclude\s*\(|\bqualify\b|\bunnest\s*\(",
}
SQL = Path(str(files("quarterday.warehouse").joinpath("sql")))
NAMES = sorted(path.name for path in SQL.glob("*.sql"))
# By these no row is ordered that has none; a null's place would have to be stated.
NEVER_NULL = {
    "age", "appearance", "area", "area_key", "category", "cell", "counted.first_month", "dataset", "district",
    "first_month", "force", "held.months",
    "measure", "measure_key", "month", "months", "part_row", "place", "rows_in.month", "rows_in.part_row",
    "series.start",
}  # fmt: skip


def faults_of(text: str) -> list[str]:
    """What is wrong with a text, remarks aside."""
    code = re.sub(r"--.*", "", text).lower()
    found = [what for what, pattern in FORBIDDEN.items() if re.search(pattern, code)]
    found += [
        f"a division by {divisor}, which may be nought"
        for divisor in re.findall(r"/\s*([\w.]+)", code)
        if not re.search(rf"{re.escape(divisor)}\s*>=?\s", code)
    ]
    for order in re.findall(r"\border by ([^()]+?)(?:\)|\brows\b|$)", code, re.DOTALL):
        keys = (key.strip().removesuffix(" desc").removesuffix(" asc") for key in order.split(","))
        found += [f"an order by {key} that does not say where nulls stand" for key in keys if not stated(key)]
    return found


def stated(key: str) -> bool:
    return "nulls" in key or key in NEVER_NULL or key.rpartition(".")[2] in NEVER_NULL


@pytest.mark.parametrize("name", NAMES)
def test_a_file_of_steps_is_portable(name: str) -> None:
    assert faults_of(SQL.joinpath(name).read_text("utf-8")) == []


def test_there_are_files_of_steps() -> None:
    assert {"count_rows.sql", "figure_counts.sql", "held.sql", "rolling.sql"} <= set(NAMES)


@pytest.mark.parametrize(
    "text",
    [
        "select regexp_extract(a, 'b')", "select a::integer", "select 100.0 * a", "select round(a)", "select b / a",
        "select cast(a / 2 as bigint)", "select * from a order by 1", "select date_diff('month', a, b)",
        'select "A"', "select row_number() over (partition by a order by value)", "select a || concat(a, b)",
        "select * exclude (a) from b", "select [1]", "select a from b where c like 'x\\_y'", "select log(a)",
    ],
)  # fmt: skip
def test_what_is_not_portable_is_seen(text: str) -> None:
    assert faults_of(text)
