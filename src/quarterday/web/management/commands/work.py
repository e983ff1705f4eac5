"""Run jobs."""

import os
import signal
import sys
import time
from pathlib import Path
from types import FrameType
from typing import Any, Final

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from quarterday.web import jobs

FOLDER: Final = "jobs"
"""Where in the workspace workers keep their locks."""

_GLANCE = 0.1  # seconds between two looks at the worker
_PAUSE = 1.0  # seconds before a worker that died is replaced


class Command(BaseCommand):
    """A worker, and another one in its place where it dies."""

    help = "Run jobs: loads, builds, reminders."

    def add_arguments(self, parser: CommandParser) -> None:
        """How often to look, and how long."""
        parser.add_argument("--interval", type=float, default=0.5, help="Seconds between two looks for jobs.")
        parser.add_argument("--with-parent", action="store_true", help="Stop when what began it has ended.")

    def handle(self, **options: Any) -> None:  # noqa: ANN401 - Django's options
        """Work in a process of its own until it ends of itself, or was told to."""
        told = _Told(os.getppid() if options["with_parent"] else None)
        while not told.stopped:
            parent = os.getpid()
            child = os.fork()
            if not child:
                _work(options["interval"], parent=parent)
            ended = told.wait_for(child)
            if os.WIFEXITED(ended) and os.WEXITSTATUS(ended) == 0:
                return
            if not told.stopped:
                self.stderr.write(
                    f"The worker ended ({os.waitstatus_to_exitcode(ended)}); another one takes its place."
                )
                time.sleep(_PAUSE)


class _Told:
    """Passes on what this process is told to the one that works."""

    def __init__(self, parent: int | None) -> None:
        self.child, self.stopped, self._parent = 0, False, parent
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self.hear)

    def wait_for(self, child: int) -> int:
        """How the worker ended; it is stopped where this process was told to stop before there was one."""
        self.child = child
        if self.stopped:
            os.kill(child, signal.SIGTERM)
        gone, ended = os.waitpid(child, os.WNOHANG)
        while not gone:
            if self._parent and os.getppid() != self._parent and not self.stopped:
                self.hear(signal.SIGTERM, None)
            time.sleep(_GLANCE)
            gone, ended = os.waitpid(child, os.WNOHANG)
        self.child = 0
        return ended

    def hear(self, number: int, _frame: FrameType | None) -> None:
        """Stop, and have the worker stop."""
        self.stopped = True
        if self.child:
            os.kill(self.child, number)


def _work(interval: float, *, parent: int) -> None:
    """The worker's process, from fork to end: it goes on while the one that began it does."""
    ended = 1

    def goes_on() -> bool:
        return os.getppid() == parent

    try:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_DFL)
        jobs.work(Path(settings.QUARTERDAY_HOME) / FOLDER, interval=interval, goes_on=goes_on)
        ended = 0
    except SystemExit as stopped:
        ended = int(stopped.code or 0)
    except BaseException:  # noqa: BLE001 - said, and the process ends
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(ended)
