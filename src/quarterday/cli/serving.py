"""The pages are served."""

import socket
from typing import Annotated

import typer

from quarterday.cli.screen import say
from quarterday.cli.workspace import open_plans
from quarterday.domain.faults import InputError


def serve(
    context: typer.Context,
    host: Annotated[str, typer.Option(help="The address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen at.", min=1, max=65535)] = 8000,
) -> None:
    """Show the editions that were built, in a browser."""
    open_plans(context.obj)
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    _refuse_taken(host, port)
    say(f"Editions of {context.obj}: http://{host}:{port}/  (stop with Ctrl+C)")
    Server(
        "quarterday.web.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=2,
        blocking_threads=1,
        log_level=LogLevels.warning,
    ).serve()


def _refuse_taken(host: str, port: int) -> None:
    """Say so where another program listens there: the server would share the port, and show whose pages it likes."""
    try:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        raise InputError(f"{host}, port {port}: {error.strerror}. Try another, such as --port {port + 1}.") from None
