"""Files come in: streamed to the disk as they come, counted and hashed on the way, and never more than is allowed.

Everywhere else what a form sends as a file is passed over unread (``NoFiles``). A page that takes files says so with
``takes_files``, inside whatever guards it: the token against forged requests stands in the form, and looking for it
reads the whole of it, so that must not happen before it is known who sends it.
"""

import hashlib
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from quarterday.editions.home import Home
from quarterday.editions.uploads import Sent, waiting_room

_PIECE = 64 * 1024  # bytes of what is thrown away

Page = Callable[..., HttpResponse]


class NoFiles(FileUploadHandler):
    """Passes every file over."""

    def new_file(self, *arguments: Any, **named: Any) -> None:  # noqa: ANN401 - Django's
        """Pass it over."""
        super().new_file(*arguments, **named)
        raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Nothing is kept."""

    def file_complete(self, file_size: int) -> None:
        """Nothing was kept."""


class Came(UploadedFile):
    """A file that has come whole, and lies on the disk until the page that took it has moved it away."""

    def __init__(self, sent: Sent, content_type: str | None) -> None:
        super().__init__(file=None, name=sent.name, content_type=content_type, size=sent.size)
        self.sent = sent

    def __bool__(self) -> bool:
        """There is one, though it is not open."""
        return True


class OnDisk(FileUploadHandler):
    """Streams files into the workspace. ``refused`` says why one was not taken; then none is."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.refused = ""
        self._came: list[Path] = []
        self._left = settings.QUARTERDAY_MOST_UPLOAD
        self._file: IO[bytes] = BytesIO()
        self._hash = hashlib.sha256()

    def new_file(self, *arguments: Any, **named: Any) -> None:  # noqa: ANN401 - Django's
        """A file begins."""
        super().new_file(*arguments, **named)
        self._hash = hashlib.sha256()
        try:
            folder = waiting_room(Home(Path(settings.QUARTERDAY_HOME)))
            self._file = NamedTemporaryFile(dir=folder, delete=False)  # noqa: SIM115 - closed with its last byte
        except OSError as error:
            raise self._refusal(_cannot(error)) from error
        self._came.append(Path(self._file.name))

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002 - Django's
        """A piece of it comes."""
        self._left -= len(raw_data)
        if self._left < 0:
            most = settings.QUARTERDAY_MOST_UPLOAD // 1_000_000
            raise self._refusal(f"More than {most:,} MB came, the most that is taken at a time; split it into parts.")
        self._hash.update(raw_data)
        try:
            self._file.write(raw_data)
        except OSError as error:
            raise self._refusal(_cannot(error)) from error

    def file_complete(self, file_size: int) -> Came | None:
        """It has come."""
        try:
            self._file.close()
        except OSError as error:
            raise self._refusal(_cannot(error)) from error
        sent = Sent(str(self.file_name), Path(self._file.name), self._hash.hexdigest(), file_size)
        return Came(sent, self.content_type)

    def upload_interrupted(self) -> None:
        """Whoever sent it went away."""
        self.forget()

    def forget(self) -> None:
        """Remove what came and was not moved away."""
        with suppress(OSError):  # what is still to be written has no room
            self._file.close()
        for path in self._came:
            path.unlink(missing_ok=True)

    def _refusal(self, why: str) -> StopUpload:
        self.refused = why
        self.forget()
        return StopUpload(connection_reset=True)  # reads no more of it here


def _cannot(error: OSError) -> str:
    return (
        f"The server cannot keep the file: {error.strerror}. Nothing was changed. Have room made there, then try again."
    )


def takes_files(page: Page) -> Page:
    """A page that takes files, and asks for the token against forged requests itself; see the module.

    It is called with ``refused``: why files were not taken, or an empty text. What it leaves lying is removed.
    """

    @csrf_protect
    def protected(request: HttpRequest, *arguments: Any, handler: OnDisk, **named: Any) -> HttpResponse:  # noqa: ANN401 - of the page
        _ = request.FILES  # so that all has come, or was refused
        while handler.refused and request.read(_PIECE):
            pass  # a browser shows no answer before it has sent everything
        return page(request, *arguments, refused=handler.refused, **named)

    @csrf_exempt
    @wraps(page)
    def taking(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:  # noqa: ANN401 - of the page
        handler = OnDisk(request)
        request.upload_handlers = [handler]
        try:
            return protected(request, *arguments, handler=handler, **named)
        finally:
            handler.forget()

    return taking
