"""Measure how a framework of many goals comes in: `python -m bench.frameworks [goals]`, in an installation of its own.

The file is generated in the exact shape of IMS CASE 1.1 and sent as a ZIP. Printed: its size, the seconds of both jobs, and the
most memory this process held.
"""

import os
import resource
import sys
import tempfile
from io import BytesIO
from time import perf_counter
from zipfile import ZIP_DEFLATED, ZipFile

os.environ["KLIMTOUW_HOME"] = tempfile.mkdtemp(prefix="klimtouw-bench-")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "klimtouw.config.settings")

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from klimtouw.foundation.clock import now  # noqa: E402
from klimtouw.people.models import Person  # noqa: E402
from klimtouw.programmes.frameworks import arriving, importing, queries  # noqa: E402
from klimtouw.programmes.frameworks.choices import FileKind  # noqa: E402
from klimtouw.programmes.models import FrameworkArrival, Institution, Membership, Programme  # noqa: E402
from tests.programmes.framework_files import large_case  # noqa: E402

GOALS = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
MEGABYTE = 1024 * 1024


def most_memory() -> int:
    """Return the most memory this process held so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def packed(goals: int) -> tuple[bytes, int]:
    """Return the file in a ZIP, and how many bytes it is by itself."""
    buffer, size = BytesIO(), 0
    with (
        ZipFile(buffer, "w", ZIP_DEFLATED) as archive,
        archive.open("kader.json", "w", force_zip64=True) as file,
    ):
        for piece in large_case(goals):
            size += len(piece)
            file.write(piece)
    return buffer.getvalue(), size


def main() -> None:
    """Bring one in, and print what it took."""
    call_command("migrate", verbosity=0)
    school = Institution.objects.create(name="Hogeschool De Kade", kind="be_higher")
    programme = Programme.objects.create(institution=school, name="Verpleegkunde")
    ines = Person.objects.create_user(email="ines@school.example", password=None, display_name="Ines")
    Membership.objects.create(person=ines, programme=programme, hat="administrator")
    file, size = packed(GOALS)
    before = most_memory()
    arrival = arriving.take_in(
        school, by=ines, at=now(), file=file, file_name="kader.zip", file_kind=FileKind.CASE
    )
    started = perf_counter()
    importing.read_arrival(arrival.pk, now)
    read = perf_counter()
    arriving.say_yes(arrival, by=ines, at=now())
    importing.bring_in(arrival.pk, now)
    written = perf_counter()
    done = FrameworkArrival.objects.get(pk=arrival.pk)
    version = queries.offered_among([done.framework_id])[0].version  # type: ignore[list-item]  # it came in
    opened = perf_counter()
    queries.level_of(version, 0, 1)
    queries.found_in(version, "stap 199999")
    looked = perf_counter()
    sys.stdout.write(
        f"{version.goals} goals, {size / MEGABYTE:.0f} MB, as ZIP {len(file) / MEGABYTE:.0f} MB\n"
        f"read and compared {read - started:.1f} s, brought in {written - read:.1f} s, one level and one search {looked - opened:.2f} s\n"
        f"most memory {most_memory()} MB, of which {before} MB before the jobs\n"
    )


main()
