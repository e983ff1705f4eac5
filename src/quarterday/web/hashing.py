"""A file that is sent only to learn its hash: worked out as the file comes, and nothing of the file is kept.

Anybody may send one, so its size is bounded, and no more of it is read into memory than tells which edition a small
document says that it is of.
"""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

MOST: Final = 100_000_000  # bytes of one file
THROWN_AWAY: Final = 400_000_000  # bytes of what was refused that are read on, and no more
_LOOKED_AT: Final = 1_500_000  # bytes that are kept to be looked into; the longest edition.json known has 540,275
_PIECE: Final = 64 * 1024  # bytes of what is thrown away

Page = Callable[..., HttpResponse]


class Hashed(UploadedFile):
    """The hash of a file that came, and the beginning of it where it is short enough to be looked into."""

    def __init__(self, name: str, digest: str, beginning: bytes, size: int) -> None:
        super().__init__(file=None, name=name, size=size)
        self.digest = digest
        self.beginning = beginning

    def __bool__(self) -> bool:
        """There is one, though nothing of it is kept."""
        return True


class OnlyHash(FileUploadHandler):
    """Hashes one file. ``refused`` says why it was not taken."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.refused = ""
        self._hash = hashlib.sha256()
        self._beginning = b""
        self._size = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002 - Django's
        """A piece of it comes."""
        self._size += len(raw_data)
        if self._size > MOST:
            self.refused = f"More than {MOST // 1_000_000} MB came, which no file of an edition has."
            raise StopUpload(connection_reset=True)  # else Django reads on by lines, and a file may be one long line
        self._hash.update(raw_data)
        self._beginning = b"" if self._size > _LOOKED_AT else self._beginning + raw_data

    def file_complete(self, file_size: int) -> Hashed:
        """It has come."""
        return Hashed(str(self.file_name), self._hash.hexdigest(), self._beginning, file_size)


def hashes_a_file(page: Page) -> Page:
    """A page that wants a file's hash, and asks for the token against forged requests itself.

    It is called with ``refused``: why the file was not taken, or an empty text.
    """

    @csrf_protect
    def protected(request: HttpRequest, *arguments: Any, handler: OnlyHash, **named: Any) -> HttpResponse:  # noqa: ANN401 - of the page
        _ = request.FILES  # so that all has come, or was refused
        if handler.refused:
            _throw_away(request)
        return page(request, *arguments, refused=handler.refused, **named)

    @csrf_exempt
    @wraps(page)
    def taking(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:  # noqa: ANN401 - of the page
        handler = OnlyHash(request)
        request.upload_handlers = [handler]
        return protected(request, *arguments, handler=handler, **named)

    return taking


def _throw_away(request: HttpRequest) -> None:
    """Read the rest, piece by piece, up to a bound: a browser shows no answer before it has sent everything."""
    left = THROWN_AWAY
    while left > 0 and (piece := request.read(_PIECE)):
        left -= len(piece)
