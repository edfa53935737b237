"""Take in a photo or a file that somebody brings: trust nothing about it, keep no more of it than is meant to be kept.

A photo is drawn anew, upright and without anything that was written beside the picture, such as the place where it was taken.
Of other files only sorts that a reader's own programs can open are kept; what it is follows from its bytes, never from its name.
"""

import hashlib
import unicodedata
import warnings
import zipfile
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import PurePosixPath

import magic
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from klimtouw.belongings.contents import Size
from klimtouw.climb.choices.evidence import EvidenceSort
from klimtouw.foundation.text import on_one_line

MEGABYTE = 1024 * 1024
MOST_BYTES = 10 * MEGABYTE
MOST_PIXELS = 60_000_000
LONGEST_SIDE, LONGEST_SIDE_SMALL = 2400, 480
LONGEST_NAME = 100
JPEG = "image/jpeg"
JPEG_BEGINS = b"\xff\xd8\xff"
PICTURES = ("JPEG", "PNG", "WEBP", "GIF")
"""What Pillow may try to open; every other decoder stays shut."""
OF_THE_PICTURE = frozenset({"jfif", "jfif_version", "jfif_unit", "jfif_density"})
"""What a photo drawn here says beside its picture."""
OFFICE = "application/vnd.openxmlformats-officedocument."
TAKEN: dict[str, str] = {
    "application/pdf": ".pdf",
    f"{OFFICE}wordprocessingml.document": ".docx",
    f"{OFFICE}spreadsheetml.sheet": ".xlsx",
    f"{OFFICE}presentationml.presentation": ".pptx",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
    "application/vnd.oasis.opendocument.presentation": ".odp",
    "application/msword": ".doc",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.ms-powerpoint": ".ppt",
    "text/plain": ".txt",
    "text/csv": ".csv",
    "text/rtf": ".rtf",
    "audio/mpeg": ".mp3",
    "audio/x-m4a": ".m4a",
    "audio/ogg": ".ogg",
    "audio/x-wav": ".wav",
}
IN_A_ZIP = {"word/": ".docx", "xl/": ".xlsx", "ppt/": ".pptx"}
OF_A_PHOTO = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".heic", ".heif", ".bmp", ".tif", ".tiff", ".avif")


class NotTaken(Exception):
    """This cannot be kept; the message says why, and how to go on."""

    def __init__(self, why: Promise | str) -> None:
        super().__init__(str(why))


@dataclass(frozen=True)
class Taken:
    """A photo or file as it is kept."""

    sort: EvidenceSort
    content_type: str
    file_name: str
    contents: dict[Size, bytes] = field(repr=False)

    @property
    def digest(self) -> str:
        """What tells these contents from all others."""
        return hashlib.sha256(self.contents[Size.FULL]).hexdigest()


def taken_in(name: str, brought: bytes) -> Taken:
    """Return a photo or file as it can be kept. Raises `NotTaken`."""
    if not brought:
        raise NotTaken(_("This file is empty. Choose another one."))
    if len(brought) > MOST_BYTES:
        raise NotTaken(too_large())
    found = magic.from_buffer(brought[: 2 * MEGABYTE], mime=True)
    clean = safe_name(name)
    if found.startswith("image/"):
        photo = _drawn_anew(brought)
        return Taken(EvidenceSort.PHOTO, JPEG, _called(clean, ".jpg"), photo)
    if clean.lower().endswith(OF_A_PHOTO):
        raise NotTaken(_("This is called a photo, but there is no picture in it. Choose another photo."))
    kind = _kind_in_zip(brought) if found in ("application/zip", "application/octet-stream") else found
    if kind not in TAKEN:
        raise NotTaken(
            _(
                "This sort of file cannot be kept. Take a photo, PDF, text, Word, Excel, PowerPoint or sound file."
            )
        )
    return Taken(EvidenceSort.FILE, kind, _called(clean, TAKEN[kind]), {Size.FULL: brought})


def as_it_left(name: str, content_type: str, brought: bytes) -> dict[Size, bytes]:
    """Return the contents of what left here before and is brought back, unchanged. Raises `NotTaken` for anything else.

    A photo is not drawn a second time, so that what comes back is what left; so it may hold nothing but its picture.
    """
    if content_type == JPEG:
        return _drawn_here(brought)
    taken = taken_in(name, brought)
    if taken.content_type != content_type:
        raise NotTaken(_("A file in this package is not of the sort it says."))
    return taken.contents


def _drawn_here(brought: bytes) -> dict[Size, bytes]:
    drawn = _drawn_anew(brought)
    if not brought.startswith(JPEG_BEGINS):
        raise NotTaken(_("A file in this package is not of the sort it says."))
    with Image.open(BytesIO(brought), formats=("JPEG",)) as picture:
        if set(picture.info) - OF_THE_PICTURE or max(picture.size) > LONGEST_SIDE:
            raise NotTaken(_("A photo in this package holds more than a picture."))
    return {**drawn, Size.FULL: brought}


def too_large() -> Promise:
    """Say that a file is too large."""
    return _("This file is too large. It may be 10 MB. Choose a smaller one, or put a link to it.")


def safe_name(name: str) -> str:
    """Return the last part of a file's name, on one line, without signs that hide or turn letters; at most 100 characters."""
    last = on_one_line(name.replace("\\", "/")).rsplit("/", 1)[-1]
    shown = "".join(c for c in last if unicodedata.category(c)[0] != "C" and c not in '<>:"|?*').strip(" .")
    stem, dot, end = shown.rpartition(".")
    if not dot or len(end) > 5:  # noqa: PLR2004 (the end of a name is short)
        stem, end = shown, ""
    tail = f".{end}" if end else ""
    return (stem[: LONGEST_NAME - len(tail)] + tail) or "bewijs"


def _called(name: str, end: str) -> str:
    """Return the name with the end that fits what it is; a name cannot make a file into something else."""
    stem = PurePosixPath(name).stem if PurePosixPath(name).suffix else name
    return f"{stem or 'bewijs'}{end}"


def _drawn_anew(brought: bytes) -> dict[Size, bytes]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(brought), formats=PICTURES) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise NotTaken(_("This photo has too many pixels. Make it smaller, and try once more."))
                picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
                upright = ImageOps.exif_transpose(picture)
                return {
                    Size.FULL: _as_jpeg(upright, LONGEST_SIDE),
                    Size.SMALL: _as_jpeg(upright, LONGEST_SIDE_SMALL),
                }
    except NotTaken:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise NotTaken(_("This photo has too many pixels. Make it smaller, and try once more.")) from bomb
    except Exception as fault:  # a decoder may fail in any way over bytes that were made to break it
        raise NotTaken(
            _("This photo cannot be opened. Save it as JPEG or PNG, or choose another one.")
        ) from fault


def _as_jpeg(picture: Image.Image, longest: int) -> bytes:
    """Draw the picture on a white sheet of its own: nothing but its colours comes along."""
    small = picture.convert("RGBA")
    small.thumbnail((longest, longest))
    sheet = Image.new("RGB", small.size, "white")
    sheet.paste(small, mask=small.getchannel("A"))
    drawn = BytesIO()
    sheet.save(drawn, "JPEG", quality=85)
    return drawn.getvalue()


def _kind_in_zip(brought: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(brought)) as package:
            names = package.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return ""
    if "[Content_Types].xml" not in names or any(name.endswith("vbaProject.bin") for name in names):
        return ""
    end = next((end for folder, end in IN_A_ZIP.items() if any(n.startswith(folder) for n in names)), "")
    return next((kind for kind, its_end in TAKEN.items() if its_end == end), "")
