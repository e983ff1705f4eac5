"""A real server on this machine that serves archives as a publisher does, and fails as one does."""

import io
import re
import threading
import zipfile
import zlib
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

_RANGE = re.compile(r"bytes=(\d+)-(\d*)")


@dataclass(frozen=True)
class Answer:
    """How one request is answered, where that is not as a sound server would.

    ``cut_after`` and ``stall_after`` are bytes of the body; ``longer`` is by how much the length announced is too long.
    """

    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    cut_after: int | None = None
    stall_after: int | None = None
    longer: int = 0
    turns_into: bytes | None = None  # what the file is from this request on


@dataclass
class Asked:
    """A request as it came, and what was sent."""

    path: str
    range: str | None
    headers: Mapping[str, str]
    status: int = 0


class ArchiveServer:
    """What is served, how it is to fail, and what was asked."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.files: dict[str, bytes] = {}
        self.moved: dict[str, str] = {}
        self.ranges = True
        self.etags = True
        self.answers: deque[Answer | None] = deque()
        self.always: Answer | None = None
        self.asked: list[Asked] = []
        self.ended = threading.Event()

    def answer_next(self, *answers: Answer | None) -> None:
        """Answer the next requests so; ``None`` is a request that is answered as it should be."""
        self.answers.extend(answers)

    def asked_for(self, path: str) -> list[Asked]:
        return [asked for asked in self.asked if asked.path == path]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # or what is written in two goes is held back for a while
    served: ArchiveServer

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 # its name in the parent
        """Say nothing: the tests read what was asked."""

    def do_GET(self) -> None:
        served = self.served
        path = self.path.removeprefix(served.address)  # a proxy is asked for the whole address
        asked = Asked(path, self.headers.get("Range"), dict(self.headers))
        served.asked.append(asked)
        answer = (served.answers.popleft() if served.answers else None) or served.always or Answer()
        if answer.turns_into is not None:
            served.files[path] = answer.turns_into
        asked.status, headers, body = self._sound(path) if answer.status is None else (answer.status, {}, b"")
        if answer.body is not None:
            body = answer.body
        self._send(answer, asked.status, headers | dict(answer.headers), body)

    def _sound(self, path: str) -> tuple[int, dict[str, str], bytes]:
        served = self.served
        if path in served.moved:
            return 302, {"Location": served.moved[path]}, b""
        if path not in served.files:
            return 404, {}, b"not here"
        whole = served.files[path]
        headers = {"Content-Type": "application/zip"}
        etag = f'"{zlib.crc32(whole):08x}"'
        if served.etags:
            headers["ETag"] = etag
        found = _RANGE.fullmatch(self.headers.get("Range", ""))
        if not (served.ranges and found) or self.headers.get("If-Range", etag) != etag:
            return 200, headers, whole
        first, last = int(found[1]), min(int(found[2] or len(whole)), len(whole) - 1)
        if first >= len(whole):
            return 416, {"Content-Range": f"bytes */{len(whole)}"}, b""
        headers["Content-Range"] = f"bytes {first}-{last}/{len(whole)}"
        return 206, headers, whole[first : last + 1]

    def _send(self, answer: Answer, status: int, headers: Mapping[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if "Content-Length" not in headers:
            self.send_header("Content-Length", str(len(body) + answer.longer))
        self.end_headers()
        ends = (answer.cut_after, answer.stall_after)
        short = next((end for end in ends if end is not None), len(body))
        try:
            self.wfile.write(body[:short])
            self.wfile.flush()
            if answer.stall_after is not None:
                self.served.ended.wait(30)
        except ConnectionError:
            self.close_connection = True  # it was we who were cut off
        if short < len(body) or answer.longer:
            self.close_connection = True


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False


@contextmanager
def serving() -> Iterator[ArchiveServer]:
    """A server on a free port of this machine, until the end."""
    handler = type("Handler", (_Handler,), {})
    with _Server(("127.0.0.1", 0), handler) as server:
        handler.served = served = ArchiveServer(f"http://127.0.0.1:{server.server_address[1]}")
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield served
        finally:
            served.ended.set()
            server.shutdown()
            thread.join()


def zip_of(members: Mapping[str, bytes] | Sequence[tuple[str, bytes]], *, packed: bool = True) -> bytes:
    """A zip with these members."""
    file = io.BytesIO()
    how = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    with zipfile.ZipFile(file, "w", how) as archive:
        for name, data in members.items() if isinstance(members, Mapping) else members:
            archive.writestr(name, data)
    return file.getvalue()
