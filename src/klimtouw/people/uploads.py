"""No page of Klimtouw takes files yet; a form that brings one is refused before anything of it is stored."""

from typing import Any, NoReturn

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.core.files.uploadhandler import FileUploadHandler


class FileNotExpected(SuspiciousOperation):
    """A form brought a file to a page that asks for none."""


class NoFiles(FileUploadHandler):
    """Refuse every file, and every form with parts that is larger than a form of words can be."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803 (Django's name)
        content_length: int,
        boundary: Any,
        encoding: Any = None,
    ) -> None:
        """Refuse by size before a part is read."""
        if content_length > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise RequestDataTooBig("This form is larger than a form can be.")

    def new_file(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse a file at its first byte."""
        raise FileNotExpected("A form brought a file.")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> NoReturn:
        """Never called: the file was refused."""
        raise FileNotExpected("A form brought a file.")

    def file_complete(self, file_size: int) -> None:
        """Never called: the file was refused."""
