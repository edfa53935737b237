"""Which letters of the demo are sent: those about what is still open. Nobody gets mail today about weeks ago."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, task_backends
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.backends.dummy import DummyBackend


class _LaterOnly(DummyBackend):
    """Passes on what is to be done at a later moment; a letter that would go out at once is not written."""

    def __init__(self, real: BaseTaskBackend) -> None:
        super().__init__(real.alias, {})
        self.real = real
        self.supports_defer = real.supports_defer

    def enqueue(self, task: Any, args: Any, kwargs: Any) -> Any:
        """Put a job in the real queue only when it waits for its moment."""
        return (self.real.enqueue if task.run_after else super().enqueue)(task, args, kwargs)


@contextmanager
def past_letters_unsent() -> Iterator[None]:
    """Let no letter go out until the block ends, on this thread; the end of a contract is still planned."""
    real = task_backends[DEFAULT_TASK_BACKEND_ALIAS]
    task_backends[DEFAULT_TASK_BACKEND_ALIAS] = _LaterOnly(real)
    try:
        yield
    finally:
        task_backends[DEFAULT_TASK_BACKEND_ALIAS] = real
