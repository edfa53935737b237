"""The secret key of an installation that was not given one."""

import os
import secrets
import tempfile
from pathlib import Path


def secret_key(home: Path) -> str:
    """Return the key kept in `home`, making it once, readable by its owner only.

    Two processes that start at the same moment get the same key: each writes its own file in full, and only
    the first to link that file to its final name wins.
    """
    kept = home / "secret.key"
    if not kept.exists():
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor, draft = tempfile.mkstemp(dir=home, prefix="secret.")  # mode 600 from the start
        try:
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                file.write(secrets.token_urlsafe(64))
                file.flush()
                os.fsync(file.fileno())
            os.link(draft, kept)
        except FileExistsError:
            pass  # another process was first; its key counts
        finally:
            Path(draft).unlink()
    return kept.read_text(encoding="ascii").strip()
