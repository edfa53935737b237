"""Files: refused everywhere, before anything of them is stored, but on the pages that say how large a file they take.

What is taken stays in memory: a temporary file would lie open on the disk.
"""

from collections.abc import Callable
from io import BytesIO
from typing import Any, TypeVar

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

View = TypeVar("View", bound=Callable[..., Any])


class FileNotExpected(SuspiciousOperation):
    """A form brought a file to a page that asks for none."""


def takes_a_file(*, most_bytes: int, heard_out: int = 0) -> Callable[[View], View]:
    """Let a page take a file of at most so many bytes from somebody who is signed in; write it above the page's door.

    A larger file is refused, form and all. With `heard_out` one of up to so many bytes is let by without being kept: the page
    gets a `TooLarge` in its place and the words that came with it, and can say so at the field. Of somebody who was signed out
    meanwhile nothing of the file is kept, only the words (`LeftBehind`).
    """

    def mark(view: View) -> View:
        view.takes_a_file = most_bytes  # type: ignore[attr-defined]  # read below
        view.heard_out = heard_out  # type: ignore[attr-defined]  # read below
        return view

    return mark


class TooLarge(UploadedFile[bytes]):
    """Stands for a file that was too large to be kept: its name and size, and nothing in it."""


class LeftBehind(TooLarge):
    """Stands for a file of somebody who was signed out: it is to be chosen again."""


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
        if content_length > settings.DATA_UPLOAD_MAX_MEMORY_SIZE + max(self._most_bytes(), self._heard_out()):
            raise RequestDataTooBig("This form is larger than a form can be.")

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Refuse a file at its first byte."""
        super().new_file(*args, **kwargs)
        if not self._most_bytes():
            raise FileNotExpected("A form brought a file.")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Pass a piece on; stop when the file turns out larger than the page takes, or drop what is too much."""
        if self._is_of_a_visitor:
            return None
        if start + len(raw_data) <= self._most_bytes():
            return raw_data
        if not self._heard_out():
            raise RequestDataTooBig("This file is larger than this page takes.")
        return None

    def file_complete(self, file_size: int) -> TooLarge | None:
        """Leave the file to the next handler, unless it was too large."""
        if file_size <= self._most_bytes() and not self._is_of_a_visitor:
            return None
        stands_for_it = LeftBehind if self._is_of_a_visitor else TooLarge
        return stands_for_it(BytesIO(), self.file_name, self.content_type, file_size)

    def _most_bytes(self) -> int:
        return int(getattr(self._view, "takes_a_file", 0))

    def _heard_out(self) -> int:
        return int(getattr(self._view, "heard_out", 0))

    @property
    def _is_of_a_visitor(self) -> bool:
        return self.request is None or not self.request.user.is_authenticated

    @property
    def _view(self) -> Any:
        return self.request.resolver_match and self.request.resolver_match.func if self.request else None
