"""What sealing costs a page: the same pages, on the same data, with words sealed and with words in the open.

    python -m bench.sealed

Both sides run in processes of their own, a round of each in turn; a figure is the processor time of the quietest round.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib import import_module

ROUNDS, REQUESTS = 3, 40
SIDES = ("sealed", "open")


def compare() -> None:
    """Measure both sides in turn and print a line per page."""
    least: dict[str, dict[str, float]] = {side: {} for side in SIDES}
    for _ in range(ROUNDS):
        for side in SIDES:
            for name, cost in _one_round(side).items():
                least[side][name] = min(cost, least[side].get(name, cost))
    print("| page | CPU ms, in the open | CPU ms, sealed | × |\n| --- | --- | --- | --- |")
    for name, bare in least["open"].items():
        print(f"| {name} | {bare:.1f} | {least['sealed'][name]:.1f} | {least['sealed'][name] / bare:.2f} |")


def _one_round(side: str) -> dict[str, float]:
    with tempfile.TemporaryDirectory(prefix="klimtouw-bench-") as home:
        surroundings = os.environ | {"KLIMTOUW_HOME": home, "DJANGO_SETTINGS_MODULE": "bench.settings"}
        said = subprocess.run(  # noqa: S603 (ourselves)
            [sys.executable, "-m", "bench.sealed", side],
            env=surroundings,
            check=True,
            text=True,
            stdout=subprocess.PIPE,
        ).stdout
    lines = [line.split("\t") for line in said.splitlines() if "\t" in line]
    return {name: float(cost) for name, cost in lines}


def measure(side: str) -> None:
    """Measure one side: every page of the table with fifty things."""
    import_module("django").setup()
    if side == "open":
        _leave_words_open()
    data, client = import_module("bench.data"), import_module("django.test").Client()
    settings = import_module("django.conf").settings
    settings.ALLOWED_HOSTS = ["testserver"]
    import_module("klimtouw.config.prepare").bring_up_to_date()
    data.MANY = data.FEW
    for page in import_module("bench.pages").pages(data.make_school()):
        if page.owner.display_name == "Nele" and not page.name.startswith("overview"):
            continue  # the same fifty things once more
        client.force_login(page.reader)
        body = {"text": page.text} if page.text else None
        print(f"{page.name}\t{_cost(lambda: _ask(client, page.path, body)):.3f}", flush=True)  # noqa: B023 (called at once)


def _ask(client: object, path: str, body: dict[str, str] | None) -> None:
    answer = client.post(path, body) if body else client.get(path)  # type: ignore[attr-defined]  # Django's own client
    assert answer.status_code in (200, 302), answer.status_code


def _cost(ask: Callable[[], None]) -> float:
    for _ in range(5):
        ask()
    began = time.process_time()
    for _ in range(REQUESTS):
        ask()
    return (time.process_time() - began) * 1000 / REQUESTS


def _leave_words_open() -> None:
    """Have the field for words keep them as plain bytes, as it did before there were keys; here and nowhere in the product."""
    words = import_module("klimtouw.belongings.words")

    def stored(field: object, row: object, add: bool) -> object:
        sealed = words.Sealed.__new__(words.Sealed)
        sealed.stored = str(getattr(row, field.attname)).encode()  # type: ignore[attr-defined]  # a field
        return sealed

    words.WordsField.pre_save = stored
    words.WordsField.from_db_value = lambda field, value, *_: bytes(value).decode() if value else ""


if __name__ == "__main__":
    measure(sys.argv[1]) if sys.argv[1:] else compare()
