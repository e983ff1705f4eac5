"""The pages are served."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from quarterday.cli.screen import say
from quarterday.cli.workspace import open_plans
from quarterday.domain.faults import InputError

OWN_MACHINE = ("127.0.0.1", "localhost", "::1")
LONGEST_ANSWER = 20  # seconds that an answer which was begun has to end, where the server is stopped
LONGEST_GOODBYE = 10.0  # seconds that a worker has to end its job, which else begins again with the next worker


def serve(
    context: typer.Context,
    host: Annotated[str, typer.Option(help="The address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen at.", min=1, max=65535)] = 8000,
    no_worker: Annotated[bool, typer.Option("--no-worker", help="Run no jobs: quarterday work does, beside.")] = False,
) -> None:
    """Run the web application: the pages, and a worker beside them that runs their jobs."""
    open_plans(context.obj)
    start(context.obj, host, port, with_worker=not no_worker)


def work(context: typer.Context) -> None:
    """Run the jobs of the pages: loads, builds, reminders. As many of these as wanted may run at once."""
    open_plans(context.obj)
    from django.core.management import call_command

    _hang_up()
    say(f"{context.obj}: waiting for jobs (stop with Ctrl+C)")
    call_command("work")


def start(folder: Path, host: str, port: int, *, with_worker: bool = True) -> None:
    """Serve the workspace until it is stopped."""
    from django.core.management import call_command
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    _refuse_taken(host, port)
    _open_to_owner(host)
    call_command("clearsessions")
    _hang_up()
    say(f"{folder}: http://{host}:{port}/  (stop with Ctrl+C)")
    server = Server(
        "quarterday.web.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=2,
        blocking_threads=1,
        respawn_failed_workers=True,
        workers_kill_timeout=LONGEST_ANSWER,
        log_level=LogLevels.warning,
    )
    if not with_worker:
        server.serve()
        return
    with _worker():
        server.serve()


@contextmanager
def _worker() -> Iterator[None]:
    """A worker meanwhile, which stops by itself where this process is killed."""
    command = [sys.executable, "-m", "django", "work", "--with-parent"]
    with subprocess.Popen(command, start_new_session=True) as worker:  # noqa: S603 - our own
        try:
            yield
        finally:
            worker.terminate()
            try:
                worker.wait(LONGEST_GOODBYE)
            except subprocess.TimeoutExpired:
                os.killpg(worker.pid, signal.SIGKILL)


def _open_to_owner(host: str) -> None:
    """Let whoever is at this machine read the editions, where nobody has been added and no other machine can call."""
    from django.conf import settings

    from quarterday.people.models import Person

    if settings.QUARTERDAY_ALONE and host in OWN_MACHINE and not Person.objects.exists():
        os.environ["QUARTERDAY_OPEN"] = "true"  # for processes that start anew,
        settings.QUARTERDAY_OPEN = True  # and for those that are copies of this one
        say("Nobody has been added, so whoever is at this machine may read every edition. See quarterday people add.")


def _hang_up() -> None:
    """Close the connections to the database: the processes that serve are copies, and must not share one."""
    from django.db import connections

    for connection in connections.all():
        connection.close()
        if hasattr(connection, "close_pool"):
            connection.close_pool()


def _refuse_taken(host: str, port: int) -> None:
    """Say so where another program listens there: the server would share the port, and show whose pages it likes."""
    try:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        raise InputError(f"{host}, port {port}: {error.strerror}. Try another, such as --port {port + 1}.") from None
