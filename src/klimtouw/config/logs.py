"""Logs say where something went wrong, and never what a person typed.

The message of an error may quote a text ("invalid value: …") and an address may hold the token of a link. So an error is
written as its kind and its lines of code, and an address as the pattern that it matched.
"""

import logging
import time
import traceback
from types import TracebackType

UNKNOWN = "an address we do not know"


class WhereNotWhat(logging.Formatter):
    """One line per event, in UTC; below it, for an error, the lines of code that led there."""

    converter = staticmethod(time.gmtime)

    def __init__(self) -> None:
        super().__init__("{asctime}Z {levelname} {name} {message}", style="{")

    def format(self, record: logging.LogRecord) -> str:
        """Write the event, with the pattern of the address instead of the address itself."""
        shown = logging.makeLogRecord(record.__dict__)
        shown.exc_text = None  # another handler may have left its own telling of the error here
        request = getattr(record, "request", None)
        if path := getattr(request, "path", None):
            match = getattr(request, "resolver_match", None)
            shown.msg, shown.args = record.getMessage().replace(path, match.route if match else UNKNOWN), None
        return super().format(shown)

    def formatException(  # noqa: N802 (the name that logging calls)
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        """Write the kind of each error in the chain and the lines of code it went through; never its message."""
        kinds, error = [], ei[1]
        while error is not None:
            lines = "".join(traceback.format_tb(error.__traceback__))
            kinds.append(f"{lines}{type(error).__module__}.{type(error).__qualname__}")
            error = error.__cause__ or error.__context__
        return "\nwhile handling:\n".join(kinds)
