"""Files: refused everywhere, before anything of them is stored, but on the pages that say how large a file they take.

What is taken stays in memory: a temporary file would lie open on the disk.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.core.files.uploadhandler import FileUploadHandler

View = TypeVar("View", bound=Callable[..., Any])


class FileNotExpected(SuspiciousOperation):
    """A form brought a file to a page that asks for none."""


def takes_a_file(*, most_bytes: int) -> Callable[[View], View]:
    """Let a page take a file of at most so many bytes from somebody who is signed in; write it above the page's door."""

    def mark(view: View) -> View:
        view.takes_a_file = most_bytes  # type: ignore[attr-defined]  # read below
        return view

    return mark


class NoFiles(FileUploadHandler):
    """Stands before the handler that keeps files in memory, and lets through only what a page asked for."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803 (Django's name)
        content_length: int,
        boundary: Any,
        encoding: Any = None,
    ) -> None:
        """Refuse by size before a part is read."""
        if content_length > settings.DATA_UPLOAD_MAX_MEMORY_SIZE + self._most_bytes():
            raise RequestDataTooBig("This form is larger than a form can be.")

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Refuse a file at its first byte."""
        super().new_file(*args, **kwargs)
        if not self._most_bytes():
            raise FileNotExpected("A form brought a file.")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Pass a piece on; stop when the file turns out larger than the page takes."""
        if start + len(raw_data) > self._most_bytes():
            raise RequestDataTooBig("This file is larger than this page takes.")
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the next handler."""

    def _most_bytes(self) -> int:
        request = self.request
        if request is None or request.resolver_match is None or not request.user.is_authenticated:
            return 0
        return int(getattr(request.resolver_match.func, "takes_a_file", 0))
