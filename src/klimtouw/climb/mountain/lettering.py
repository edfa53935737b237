"""Words on paper signs: how wide they are, where they break, and what may not be printed at all."""

import re
from functools import lru_cache
from unicodedata import bidirectional, category, combining, east_asian_width
from xml.sax.saxutils import escape

ELLIPSIS = "…"
JOINER = "\u200d"
# Latin letters, dashes and quotes: none of these clings to the one before it.
ONE_BY_ONE = re.compile("[\u0000-\u02ff\u2010-\u2027]*")
# Atkinson Hyperlegible, measured per letter and rounded up; other alphabets get a generous guess.
NARROW, SLIM, WIDE = frozenset("ijl.,'’!|:;"), frozenset('frt-–()[] I"/1'), frozenset("mwMWQ%&@+=")
ONSETS = frozenset(
    [
        "sch",
        "str",
        "spr",
        "bl",
        "br",
        "ch",
        "dr",
        "dw",
        "fl",
        "fr",
        "gl",
        "gr",
        "kl",
        "kn",
        "kr",
        "kw",
        "pl",
        "pr",
        "sl",
        "sp",
        "st",
        "tr",
        "tw",
        "vl",
        "vr",
        "wr",
        "zw",
    ]
)
LAST_LATIN = 0x24F
FIRST_PICTURE = 0x1F000
LEAST_PART = 3
MOST_IN_CLUSTER = 10


def clean(text: str) -> str:
    """Give the text without line breaks, invisible control signs, towers of accents or what XML refuses."""
    if text.isprintable() and ONE_BY_ONE.fullmatch(text):
        return " ".join(text.split())
    kept = "".join(sign if sign == JOINER or category(sign)[0] != "C" else " " for sign in text)
    return " ".join("".join(cluster[:MOST_IN_CLUSTER] for cluster in clusters(kept)).split())


def reads_from_the_right(text: str) -> bool:
    """Tell whether the first letter with a direction belongs to a right-to-left script."""
    for sign in text:
        direction = bidirectional(sign)
        if direction in {"L", "R", "AL"}:
            return direction != "L"
    return False


def shortened(text: str, most: int) -> str:
    """Cut a text so that it takes at most so many bytes in the file, never inside a character."""
    if len(escape(text).encode()) <= most:
        return text
    kept, left = list[str](), most
    for sign in clusters(text):
        left -= len(escape(sign).encode())
        if left < 0:
            return "".join(kept).rstrip() + ELLIPSIS
        kept.append(sign)
    return text


def clusters(text: str) -> list[str]:
    """Split a text in what a reader sees as one character: accents, flags and joined emoji stay whole."""
    if ONE_BY_ONE.fullmatch(text):
        return list(text)
    found: list[str] = []
    for sign in text:
        if found and (_clings(sign) or found[-1][-1] == JOINER or _completes_flag(found[-1], sign)):
            found[-1] += sign
        else:
            found.append(sign)
    return found


def _clings(sign: str) -> bool:
    return (
        combining(sign) > 0
        or category(sign) in {"Mn", "Me", "Mc"}
        or sign == JOINER
        or "\U0001f3fb" <= sign <= "\U0001f3ff"
    )


def _completes_flag(before: str, sign: str) -> bool:
    return (
        "\U0001f1e6" <= sign <= "\U0001f1ff" and len(before) == 1 and "\U0001f1e6" <= before <= "\U0001f1ff"
    )


@lru_cache(maxsize=4096)
def _cluster_width(cluster: str) -> float:
    sign = cluster[0]
    if sign.isascii() or sign == "’":
        return _latin_width(sign)
    if sign == ELLIPSIS:
        return 0.8
    if east_asian_width(sign) in {"W", "F"} or ord(sign) >= FIRST_PICTURE or category(sign) == "So":
        return 1.3
    return 0.85 if ord(sign) > LAST_LATIN else _latin_width(sign)


def _latin_width(sign: str) -> float:
    if sign in NARROW:
        return 0.29
    if sign in SLIM:
        return 0.41
    if sign in WIDE:
        return 0.87
    return 0.69 if sign.isupper() else 0.575


def width_of(text: str, size: float) -> float:
    """Measure a line of this letter size, rather too wide than too narrow."""
    return size * sum(map(_cluster_width, text if text.isascii() else clusters(text)))


def wrapped(text: str, size: float, room: float, lines: int = 2) -> tuple[str, ...]:
    """Set a text in a few lines no wider than `room`; what does not fit becomes an ellipsis."""
    words, done = text.split(" "), list[str]()
    space = width_of(" ", size)
    while words and len(done) < lines:
        line = words.pop(0)
        wide = width_of(line, size)
        while words and wide + space + (added := width_of(words[0], size)) <= room:
            line, wide = f"{line} {words.pop(0)}", wide + space + added
        if wide > room:
            line, rest = _broken(line, size, room, is_last=len(done) == lines - 1)
            words[:0] = [rest] if rest else []
        done.append(line)
    if words:
        done[-1] = _with_ellipsis(done[-1], size, room)
    elif len(done) > 1 and " ".join(done) == text:
        return _balanced(text, size)
    return tuple(done)


def _balanced(text: str, size: float) -> tuple[str, str]:
    """Break in two lines that are as equal as the words allow."""
    words = text.split(" ")
    splits = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
    return min(splits, key=lambda lines: max(width_of(line, size) for line in lines))


def _broken(word: str, size: float, room: float, *, is_last: bool) -> tuple[str, str]:
    signs = clusters(word)
    fitting = 1
    while fitting < len(signs) and width_of("".join(signs[: fitting + 1]) + "-", size) <= room:
        fitting += 1
    if is_last:
        return "".join(signs[:fitting]), "".join(signs[fitting:])
    cut = next((at for at in range(fitting, LEAST_PART - 1, -1) if _starts_syllable(signs, at)), fitting)
    hyphen = "-" if signs[cut - 1][0].isalpha() and signs[cut - 1] != "-" else ""
    return "".join(signs[:cut]) + hyphen, "".join(signs[cut:])


def _starts_syllable(signs: list[str], at: int) -> bool:
    if len(signs) - at < LEAST_PART:
        return False
    before, after = "".join(signs[:at]).lower(), "".join(signs[at : at + 4]).lower()
    if not before.isalpha():
        return True
    onset = re.match(r"[^\Waeiouyëéèï\d]*", after)
    length = len(onset.group()) if onset else 0
    joined = before[-1] + after[: max(length, 1)]
    is_onset = length == 1 or (length > 1 and after[:length] in ONSETS)
    return is_onset and joined not in ONSETS and joined[:2] not in {"ch", "ng"}


def _with_ellipsis(line: str, size: float, room: float) -> str:
    signs = clusters(line)
    while len(signs) > 1 and width_of("".join(signs) + ELLIPSIS, size) > room:
        signs.pop()
    kept = "".join(signs)
    whole, _, part = kept.rpartition(" ")
    if part and len(whole) > len(kept) / 2:
        kept = whole
    return kept.rstrip(" -,;:") + ELLIPSIS
