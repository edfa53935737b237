"""Serving: one process that looks after the web server and the job worker, and takes both down with it."""

import ctypes
import errno
import multiprocessing
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.utils.module_loading import import_string
from gunicorn.app.base import BaseApplication

from klimtouw.config.prepare import how_to_sign_in

PATIENCE = 15  # seconds that a page or a job under way may take to end after Ctrl-C
PAUSE = 2  # seconds before a job worker that died is started again
PARENT_DIED = 1  # Linux: prctl(PR_SET_PDEATHSIG, ...)


class CannotServe(Exception):
    """The server cannot start; the message says why."""


def must_be_free(host: str, port: int) -> None:
    """Raise CannotServe when another program listens at this address already."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
            probe.listen(1)  # two may be bound, only one may listen
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise CannotServe(
                f"port {port} on {host} is in use by another program; stop that, or choose another port."
            ) from None
        raise CannotServe(f"port {port} on {host} cannot be used: {error.strerror}.") from None


def serve(*, host: str, port: int, workers: int, threads: int) -> None:
    """Serve pages and do jobs until someone asks to stop; both are gone when this returns.

    Django is loaded once, here; the web server and the job worker are forked from it and share its memory.
    """
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    ready = _sentences_when_ready(address)
    application = get_wsgi_application()
    for connection in connections.all(initialized_only=True):
        connection.close()
        if pool := getattr(connection, "close_pool", None):
            pool()  # threads and sockets of a pool do not survive a fork

    def serve_pages() -> None:
        _WebServer(application, address=address, workers=workers, threads=threads, ready=ready).run()

    # By name: the worker's models may be imported only now that Django is set up.
    do_jobs: Callable[[], None] = import_string("klimtouw.config.jobs.do_jobs")
    _Supervisor(serve_pages=serve_pages, do_jobs=do_jobs).run()


def _sentences_when_ready(address: str) -> str:
    shown = address.replace("0.0.0.0", "127.0.0.1")  # noqa: S104 (a person clicks on this; nothing is bound to it)
    return f"\nKlimtouw is ready: http://{shown}\n{how_to_sign_in()}Stop it with Ctrl-C.\n"


class _WebServer(BaseApplication):  # type: ignore[misc]  # gunicorn ships no types
    """Gunicorn, configured here and nowhere else."""

    def __init__(
        self, application: WSGIHandler, *, address: str, workers: int, threads: int, ready: str
    ) -> None:
        self.application = application
        self.options: dict[str, Any] = {
            "bind": address,
            "workers": workers,
            "threads": threads,
            "worker_class": "gthread",
            "preload_app": True,
            "graceful_timeout": PATIENCE - 5,
            "timeout": 60,
            "loglevel": "warning",
            "proc_name": "klimtouw",
            "control_socket_disable": True,
            "when_ready": lambda arbiter: print(ready, flush=True),
        }
        if Path("/dev/shm").is_dir():  # noqa: S108 (memory; gunicorn makes its own private file in it)
            self.options["worker_tmp_dir"] = "/dev/shm"  # noqa: S108 (idem)
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> WSGIApplication:
        return without_body_for_head(self.application)


def without_body_for_head(application: WSGIApplication) -> WSGIApplication:
    """Answer HEAD with the headers alone. Django sends the page along, which gunicorn drops with a warning each time."""

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        body = application(environ, start_response)
        if environ["REQUEST_METHOD"] != "HEAD":
            return body
        if close := getattr(body, "close", None):
            close()  # nobody reads it to the end, where Django would close its own
        return ()

    return answer


@dataclass
class _Supervisor:
    """Starts the two, starts the job worker again when it dies, and stops everything when asked."""

    serve_pages: Callable[[], None]
    do_jobs: Callable[[], None]

    def run(self) -> None:
        self._listen()
        web = self._start(self.serve_pages)
        jobs = self._start(self.do_jobs)
        try:
            while web.is_alive() and not self._asked_to_stop(web.sentinel, jobs.sentinel):
                if not jobs.is_alive():
                    print(
                        "The job worker stopped unexpectedly; it is started again.",
                        file=sys.stderr,
                        flush=True,
                    )
                    if self._asked_to_stop(web.sentinel, timeout=PAUSE):
                        break
                    jobs = self._start(self.do_jobs)
            failed = not web.is_alive()
        finally:
            self._stop(web, jobs)
        if failed:
            raise CannotServe("the web server stopped unexpectedly; what it said stands above.")
        print("Klimtouw has stopped.", flush=True)

    def _listen(self) -> None:
        """Turn the signals that ask to stop into a byte in a pipe that `wait` can wait for."""
        self.asked, asking = socket.socketpair()
        self.asked.setblocking(False)
        asking.setblocking(False)
        self.asking = asking  # kept: a socket nobody holds is closed
        for number in STOPPING:
            signal.signal(number, lambda *_: None)
        signal.set_wakeup_fd(asking.fileno())

    def _asked_to_stop(self, *sentinels: int, timeout: float | None = None) -> bool:
        return self.asked in wait([self.asked, *sentinels], timeout)

    @staticmethod
    def _start(work: Callable[[], None]) -> BaseProcess:
        process = multiprocessing.get_context("fork").Process(target=_child, args=(work, os.getpid()))
        process.start()
        return process

    @staticmethod
    def _stop(*processes: BaseProcess) -> None:
        for process in processes:
            if process.is_alive():
                process.terminate()
        deadline = time.monotonic() + PATIENCE
        for process in processes:
            process.join(max(0, deadline - time.monotonic()))
            if process.is_alive():
                process.kill()
                process.join()


STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def _child(work: Callable[[], None], parent: int) -> None:
    """Start a child of the supervisor off with clean signals, out of reach of the terminal's Ctrl-C."""
    signal.set_wakeup_fd(-1)
    for number in STOPPING:
        signal.signal(number, signal.SIG_DFL)
    os.setpgrp()
    ctypes.CDLL(None).prctl(PARENT_DIED, signal.SIGTERM)  # also when the supervisor is killed outright
    if os.getppid() != parent:
        return  # it was, just now
    work()
