"""Let several people, or one person with two hands, do something at the very same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from django.db import connection, connections

T = TypeVar("T")


def at_once(*acts: Callable[[], T]) -> list[T | Exception]:
    """Do all of this in threads that set off together; return what each gave back, or the exception it met."""
    start = Barrier(len(acts))

    def do(act: Callable[[], T]) -> T | Exception:
        connection.ensure_connection()  # what takes long comes before the start
        start.wait()
        try:
            return act()
        except Exception as met:  # the test says which of them may be met
            return met
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(do, acts))
