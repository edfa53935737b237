"""Keep the translations complete: `update` gathers and compiles them, `check` finds what is missing.

English is written in the code itself; every other language lives in `locale/` of the package that shows it.
"""

import gettext
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PACKAGES = Path(__file__).resolve().parent.parent / "src" / "klimtouw"
LANGUAGES = ("nl",)
TRANSLATABLE = re.compile(r"gettext|\{%-?\s*(blocktranslate|blocktrans|translate|trans)\b")
# The moment of gathering says nothing and would change every file every time.
NOISE = re.compile(
    r'^"(POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Report-Msgid-Bugs-To): .*\n', re.M
)


def main() -> None:
    """Do what the command line asks."""
    match sys.argv[1:]:
        case ["update"]:
            update(PACKAGES)
            print("The translations are gathered and compiled; what follows still needs a translator.")
            print("\n".join(unfinished(PACKAGES)) or "Nothing.")
        case ["check"]:
            faults = [*stale(PACKAGES), *unfinished(PACKAGES)]
            print("\n".join(faults) or "Complete.")
            sys.exit(bool(faults))
        case _:
            sys.exit("translations.py takes: update, or check")


def update(packages: Path) -> None:
    """Gather the texts of every package, all in one go, and compile every translation."""
    of_no_package = packages / "locale"  # gathering begins by asking for it
    for place in (*_packages_with_texts(packages), packages):
        (place / "locale").mkdir(exist_ok=True)
    for language in LANGUAGES:
        _run(sys.executable, "-m", "django", "makemessages", "--locale", language, "--no-location", "--no-obsolete",
             "--no-wrap", "--ignore", "*/static/*", folder=packages)  # fmt: skip
        for texts in sorted(packages.glob(f"*/locale/{language}/LC_MESSAGES/django.po")):
            texts.write_text(NOISE.sub("", texts.read_text(encoding="utf-8")), encoding="utf-8")
            _run("msgfmt", "-o", texts.with_suffix(".mo"), texts)
    shutil.rmtree(of_no_package)


def stale(packages: Path) -> list[str]:
    """Name every file that `update` would change."""
    with tempfile.TemporaryDirectory() as place:
        fresh = Path(place) / "klimtouw"
        shutil.copytree(packages, fresh, ignore=shutil.ignore_patterns("__pycache__", "static"))
        update(fresh)
        there = {
            path.relative_to(tree) for tree in (packages, fresh) for path in tree.glob("*/locale/**/*.[pm]o")
        }
        return [
            f"{path} is out of date: make messages"
            for path in sorted(there)
            if _differ(packages / path, fresh / path)
        ]


def unfinished(packages: Path) -> list[str]:
    """Name every text without a translation, with an uncertain one, or with other placeholders."""
    faults: list[str] = []
    for file in sorted(packages.glob("*/locale/*/LC_MESSAGES/django.po")):
        name = file.relative_to(packages)
        for wish, sentence in (
            ("--untranslated", "is not translated"),
            ("--only-fuzzy", "is uncertain (fuzzy)"),
        ):
            kept = _run("msgattrib", wish, "--no-obsolete", "--no-wrap", file)
            texts = re.findall(r'^msgid ((?:".*"\n)+)', kept, re.M)
            faults += [
                f"{name}: {' '.join(text.split())} {sentence}" for text in texts if text.strip() != '""'
            ]
        check = subprocess.run(
            ["msgfmt", "--check", "-o", "/dev/null", file], capture_output=True, text=True, check=False
        )
        if check.returncode:
            faults.append(check.stderr.strip())
    return faults


def _packages_with_texts(packages: Path) -> list[Path]:
    return [
        package
        for package in sorted(packages.iterdir())
        if (package / "apps.py").exists()  # Django looks for translations in apps only
        and any(
            TRANSLATABLE.search(file.read_text(encoding="utf-8"))
            for kind in ("*.py", "*.html", "*.txt")
            for file in package.rglob(kind)
        )
    ]


def _run(*command: str | Path, folder: Path | None = None) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))} failed:\n{done.stderr}")
    return done.stdout


def _differ(one: Path, other: Path) -> bool:
    if not (one.exists() and other.exists()):
        return True
    if one.suffix == ".po":
        return one.read_text(encoding="utf-8") != other.read_text(encoding="utf-8")
    # Another version of gettext may lay out the same translations in other bytes.
    return _catalogue(one) != _catalogue(other)


def _catalogue(file: Path) -> dict[object, str]:
    with file.open("rb") as opened:
        translations = gettext.GNUTranslations(opened)
    return dict(translations._catalog)  # type: ignore[attr-defined]  # the only way to see all of them


if __name__ == "__main__":
    main()
