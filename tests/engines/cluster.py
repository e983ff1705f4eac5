"""A standalone cluster of Spark on this machine, for tests: a master and workers, each a process."""

import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

# The shell leads a group of processes, and ends it when we close its input or are no more.
_UNTIL_WE_END = '"$@" < /dev/null & read -r _; kill -- -$$'
_LONGEST = 90.0  # seconds that the start of one may take


@contextmanager
def running_cluster(folder: Path, *, workers: int) -> Iterator[str]:
    """The address of its master, at which all workers have registered."""
    with ExitStack() as stack:
        started = stack.enter_context(_running("master.Master", [], folder / "master.log"))
        address = _found(rb"Starting Spark master at (spark://\S+)", started)
        for number in range(workers):
            options = ["--cores", "1", "--memory", "1g", "--work-dir", str(folder / f"work-{number}"), address]
            stack.enter_context(_running("worker.Worker", options, folder / f"worker-{number}.log"))
        _found(b"Registering worker.*?" * workers, started)
        yield address


@contextmanager
def _running(name: str, options: list[str], log: Path) -> Iterator[Path]:
    import pyspark

    spark_class = Path(pyspark.__file__).parent / "bin" / "spark-class"
    command = [str(spark_class), f"org.apache.spark.deploy.{name}", "--host", "127.0.0.1", "--port", "0"]
    environment = os.environ | {
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_DAEMON_MEMORY": "256m",
        "SPARK_MASTER_OPTS": "-Dspark.master.rest.enabled=false",  # its port is a fixed one
    }
    with log.open("wb") as output:
        process = subprocess.Popen(
            ["sh", "-c", _UNTIL_WE_END, "sh", *command, "--webui-port", "0", *options],
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=environment,
            start_new_session=True,
        )
    try:
        yield log
    finally:
        process.communicate()
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def _found(pattern: bytes, log: Path) -> str:
    """What the pattern matches in a log, as soon as it does."""
    until = time.monotonic() + _LONGEST
    while time.monotonic() < until:
        if match := re.search(pattern, log.read_bytes(), re.DOTALL):
            return (match[1] if match.re.groups else match[0]).decode()
        time.sleep(0.05)
    raise TimeoutError(log.read_text("utf-8", "replace"))
