"""Django's own commands, run from a checkout: `python manage.py shell`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "src"))

from klimtouw.config.command import manage

if __name__ == "__main__":
    manage(sys.argv[1:])
