"""What things in the package are called, and how large it may be."""

FORMAT = "klimtouw-leaving-package"
VERSION = 1
FOLDER = "klimtouw"
CONTENT = "klimtouw.json"
SCHEMA = "klimtouw.schema.json"
DIGEST = "klimtouw.json.sha256"

MOST_BYTES = 64 * 1024 * 1024
"""Of a package that is brought in; five thousand things fit in two megabytes, and all the evidence one may keep in the rest."""
MOST_UNPACKED = 128 * 1024 * 1024
MOST_ENTRIES = 5_000
MOST_SHRUNK = 200
"""No text people write shrinks to less than a two-hundredth."""
