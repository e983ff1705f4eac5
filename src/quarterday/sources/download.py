"""Files from a publisher's server: over HTTPS, politely, and on from the last byte where a connection is cut."""

import html
import ipaddress
import random
import re
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urljoin, urlsplit
from urllib.request import getproxies, proxy_bypass

import urllib3
from urllib3.exceptions import HTTPError, InvalidHeader, NameResolutionError, ReadTimeoutError, SSLError

from quarterday import __version__
from quarterday.domain.faults import InputError

MOST_BYTES = 16 * 1024**3  # of one file: ten times the largest that is fetched
_FIRST_LOOK = 4096  # bytes that tell a web page from a file, and hold a page's title
_PIECE = 128 * 1024
_MOST_REDIRECTS = 5
_REDIRECTS = {301, 302, 303, 307, 308}
_PASSING = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS}
_ABSENT = {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.GONE}
_CONTENT_RANGE = re.compile(r"bytes (\d{1,15})-(\d{1,15})/(\d{1,15})", re.ASCII)
_TITLE = re.compile(r"<title[^>]*>(.*?)(?:</title|\Z)", re.IGNORECASE | re.DOTALL)
_LONGEST_TITLE = 80
_KEPT = "What came so far is kept: fetch again, and it goes on from there."


@dataclass(frozen=True, slots=True)
class Patience:
    """How often and how long a server is tried: numbers of tries in a row, and seconds.

    Between two tries ``first_wait`` passes, then twice as long each time, up to ``longest_wait``, less a random part
    of up to a half; longer where the server asks for it, though not beyond ``longest_asked``. A server that says
    nothing for ``silence`` counts as cut off.
    """

    tries: int = 6
    first_wait: float = 1.0
    longest_wait: float = 60.0
    longest_asked: float = 600.0
    silence: float = 30.0
    sleep: Callable[[float], object] = time.sleep


PATIENT = Patience()


class AbsentError(InputError):
    """The server has no such file, or does not show it."""


class ChangedError(InputError):
    """The file on the server is no longer the one that was begun."""


class _PassingError(Exception):
    """What may go better at the next try; ``wait`` is for how many seconds the server asks to be left alone."""

    def __init__(self, reason: str, *, wait: float = 0) -> None:
        super().__init__(reason)
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Remote:
    """A file as a server has it: ``version`` is its ETag, or else its date, and empty where neither is told.

    ``size`` is in bytes, ``None`` where it is not told; ``ranges`` is whether parts of it can be had.
    """

    address: str
    size: int | None
    version: str
    ranges: bool


class _Tries:
    """The tries at one thing, until it makes headway or there were enough."""

    def __init__(self, address: str, patience: Patience) -> None:
        self._address = address
        self._patience = patience
        self.begin_anew()

    def begin_anew(self) -> None:
        self._made = 0

    def wait(self, error: _PassingError) -> None:
        """Let time pass before the next try, or raise ``InputError`` where there is to be none."""
        patience = self._patience
        if error.wait > patience.longest_asked:
            raise InputError(f"{self._address}: {error}, and asks to wait for {error.wait:,.0f} seconds. {_KEPT}")
        self._made += 1
        if self._made >= patience.tries:
            raise InputError(
                f"{self._address}: {error}; tried {self._made} times in a row. Check that this machine reaches the "
                f"internet, or try later. {_KEPT}"
            )
        pause = min(patience.first_wait * 2 ** (self._made - 1), patience.longest_wait)
        spread = random.uniform(pause / 2, pause)  # noqa: S311 # many machines must not all come back at once
        patience.sleep(max(error.wait, spread))


class Downloads:
    """One visit to a publisher's servers, which counts the bytes that came.

    Every answer is checked to be of the file that was looked at first. An address that is not HTTPS is refused,
    unless it is this machine's own, and so is being sent on to one. A proxy that the environment names is used.
    """

    def __init__(self, *, patience: Patience = PATIENT) -> None:
        self.received = 0
        self._patience = patience
        self._pools: dict[str, urllib3.PoolManager] = {}
        self._places: dict[str, str] = {}  # where an address was sent on to

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for pool in self._pools.values():
            pool.clear()

    def look(self, address: str) -> Remote:
        """What the server has at ``address``.

        Raises ``AbsentError`` where it has nothing there, ``InputError`` where it has a web page or cannot be reached.
        """
        tries = _Tries(address, self._patience)
        while True:
            try:
                return self._look(address)
            except _PassingError as error:
                self._places.pop(address, None)
                tries.wait(error)

    def leads_to(self, address: str) -> str:
        """The address that ``address`` is sent on to in the end."""
        self.look(address)
        return self._places[address]

    def pieces(self, remote: Remote, *, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
        """The bytes from ``start`` to before ``stop``, each once and in order, however often the connection is cut.

        Raises ``ChangedError`` where the server no longer has the file that was looked at.
        """
        at, end = start, remote.size if stop is None else stop
        tries = _Tries(remote.address, self._patience)
        while end is None or at < end:
            try:
                for piece in self._attempt(remote, at, end):
                    at += len(piece)
                    tries.begin_anew()
                    yield piece
                if end is None:
                    return
                _refuse_short(at, end)
            except _PassingError as error:
                self._places.pop(remote.address, None)
                tries.wait(error)

    def save(self, remote: Remote, part: Path, *, progress: Callable[[int, int], None]) -> None:
        """Bring the whole file into ``part``, on from where an earlier try at the same version ended."""
        noted = part.with_name(f"{part.name}.version")
        version = f"{remote.version} {remote.size}"
        if not (remote.version and part.exists() and noted.exists() and noted.read_text("utf-8") == version):
            part.unlink(missing_ok=True)
            noted.write_text(version, "utf-8")
        with part.open("ab") as file:
            for piece in self.pieces(remote, start=file.tell()):
                file.write(piece)
                progress(file.tell(), remote.size or 0)
                _refuse_endless(remote.address, file.tell())
        noted.unlink()

    def _look(self, address: str) -> Remote:
        with closing(self._ask(address, {"Range": f"bytes=0-{_FIRST_LOOK - 1}"})) as response:
            begins = b""
            while len(begins) < _FIRST_LOOK and (piece := self._read(response)):
                begins += piece
            _refuse_page(address, response, begins)
            _, size = _told_range(address, response)
            _refuse_endless(address, size or 0)
            partial = response.status == HTTPStatus.PARTIAL_CONTENT
            return Remote(address, size, _version(response), ranges=partial)

    def _attempt(self, remote: Remote, start: int, stop: int | None) -> Iterator[bytes]:
        """One try. A server without ranges begins anew, so the bytes that are there already are passed over."""
        with closing(self._ask(remote.address, _range_headers(remote, start, stop))) as response:
            first, size = _told_range(remote.address, response)
            if _version(response) != remote.version or size != remote.size:
                raise ChangedError(
                    f"{remote.address} was replaced while it was being fetched; wanted one and the same file from "
                    f"beginning to end. Fetch it again."
                )
            if first > start:
                raise InputError(f"{remote.address}: asked for bytes from {start:,} on, and got those from {first:,}.")
            passed_over = start - first
            left = None if stop is None else stop - start
            while left != 0 and (piece := self._read(response)):
                new = piece[passed_over:][:left]
                passed_over = max(0, passed_over - len(piece))
                left = None if left is None else left - len(new)
                if new:
                    yield new

    def _ask(self, address: str, headers: dict[str, str]) -> urllib3.BaseHTTPResponse:
        """The server's answer, wherever it sends us on to; only one with a file is returned."""
        place = self._places.get(address, address)
        for _ in range(_MOST_REDIRECTS + 1):
            refuse_open(place, asked=address)
            response = self._request(place, headers)
            onward = response.headers.get("Location") if response.status in _REDIRECTS else None
            if onward is None:
                _refuse_status(address, place, response, remembered=place == self._places.get(address))
                self._places[address] = place
                return response
            response.close()
            place = urljoin(place, onward)
        raise InputError(f"{address} is sent on more than {_MOST_REDIRECTS} times; look at it in a browser.")

    def _request(self, place: str, headers: dict[str, str]) -> urllib3.BaseHTTPResponse:
        polite = {"User-Agent": f"Quarterday/{__version__}", "Accept-Encoding": "identity"}
        try:
            return self._pool(place).request(
                "GET",
                place,
                headers=polite | headers,
                redirect=False,
                retries=False,
                preload_content=False,
                decode_content=False,
                timeout=self._patience.silence,
            )
        except SSLError as error:
            raise InputError(
                f"{place}: the server could not prove who it is ({error}), so nothing was fetched. A network that "
                "looks into connections needs its certificate installed here; ask those who run it."
            ) from error
        except HTTPError as error:
            raise _PassingError(_in_words(error, self._patience)) from error

    def _pool(self, place: str) -> urllib3.PoolManager:
        parts = urlsplit(place)
        proxy = "" if proxy_bypass(parts.netloc) else getproxies().get(parts.scheme, "")
        if proxy not in self._pools:
            self._pools[proxy] = urllib3.ProxyManager(proxy) if proxy else urllib3.PoolManager()
        return self._pools[proxy]

    def _read(self, response: urllib3.BaseHTTPResponse) -> bytes:
        try:
            piece = response.read1(_PIECE, decode_content=False)
        except HTTPError as error:
            raise _PassingError(_in_words(error, self._patience)) from error
        self.received += len(piece)
        return piece


def _range_headers(remote: Remote, start: int, stop: int | None) -> dict[str, str]:
    if not remote.ranges:
        return {}
    headers = {"Range": f"bytes={start}-{'' if stop is None else stop - 1}"}
    # A weak ETag may not stand there; then the answer's own is all that tells a change.
    return headers | ({"If-Range": remote.version} if remote.version and not remote.version.startswith("W/") else {})


def _told_range(address: str, response: urllib3.BaseHTTPResponse) -> tuple[int, int | None]:
    """Where in the file the answer begins, and how long the whole file is."""
    if response.status != HTTPStatus.PARTIAL_CONTENT:
        told = response.headers.get("Content-Length", "")
        return 0, int(told) if told.isdecimal() else None
    found = _CONTENT_RANGE.fullmatch(response.headers.get("Content-Range", ""))
    if not found:
        raise InputError(f"{address}: the server sends a part of the file and does not say which one.")
    return int(found[1]), int(found[3])


def _version(response: urllib3.BaseHTTPResponse) -> str:
    return response.headers.get("ETag") or response.headers.get("Last-Modified") or ""


def refuse_open(place: str, *, asked: str) -> None:
    """An address that others may read along, or write into; only this machine may lead to itself."""
    parts = urlsplit(place)
    if parts.scheme == "https" and parts.hostname:
        return
    if parts.scheme == "http" and _is_here(parts.hostname) and _is_here(urlsplit(asked).hostname):
        return
    sent = "" if place == asked else f"{asked} is sent on to "
    raise InputError(
        f"{sent}{place}: wanted an address that begins with https://. Where a network shows a page to sign in to, "
        "sign in with a browser first."
    )


def _is_here(host: str | None) -> bool:
    try:
        return ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return host == "localhost"


def _refuse_status(address: str, place: str, response: urllib3.BaseHTTPResponse, *, remembered: bool) -> None:
    """Raise where the answer is no file; where we were sent on to may have moved since, so that may pass."""
    status = response.status
    if status in {HTTPStatus.OK, HTTPStatus.PARTIAL_CONTENT}:
        return
    wait = _asked_wait(response)
    response.close()
    what = f"the server answered {status} {_phrase(status)}".rstrip()
    if status in _PASSING or status >= HTTPStatus.INTERNAL_SERVER_ERROR or (remembered and place != address):
        raise _PassingError(what, wait=wait)
    if status in _ABSENT:
        raise AbsentError(f"{address}: {what}.")
    if status == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
        raise InputError(f"{address}: the file is shorter than the server says it is, or empty. Try again later.")
    raise InputError(f"{address}: {what}; wanted the file. Look at the address in a browser.")


def _phrase(status: int) -> str:
    return next((known.phrase for known in HTTPStatus if known == status), "")


def _asked_wait(response: urllib3.BaseHTTPResponse) -> float:
    """The seconds in Retry-After, also where it names a time; none where there is no sense in it."""
    try:
        return urllib3.Retry().parse_retry_after(response.headers.get("Retry-After", "0"))
    except InvalidHeader:
        return 0


def _refuse_page(address: str, response: urllib3.BaseHTTPResponse, begins: bytes) -> None:
    text = begins.decode("utf-8", "replace").lstrip("\ufeff \t\r\n")
    if not text.startswith("<") and "html" not in response.headers.get("Content-Type", ""):
        return
    title = _TITLE.search(text)
    words = " ".join(html.unescape(title[1]).split()) if title else ""
    called = f" with the title {words[:_LONGEST_TITLE]!r}" if words else ""
    raise InputError(
        f"{address}: got a web page{called}; wanted a zip file. A network may want you to sign in first, or the "
        "publisher's site may be at work: look at the address in a browser, and try again later."
    )


def _refuse_endless(address: str, size: int) -> None:
    if size > MOST_BYTES:
        raise InputError(f"{address}: {size:,} bytes or more; the most that is fetched is {MOST_BYTES:,}.")


def _refuse_short(at: int, end: int) -> None:
    if at < end:
        raise _PassingError(f"the answer ended after {at:,} of the {end:,} bytes that were announced")


def _in_words(error: HTTPError, patience: Patience) -> str:
    if isinstance(error, NameResolutionError):
        return "the server's name could not be found"
    if isinstance(error, ReadTimeoutError):
        return f"the server said nothing for {patience.silence:g} seconds"
    return f"the connection failed or was cut ({error})"
