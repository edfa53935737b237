"""Framework goals: the catalogue, and how a framework comes in (C4). Read by everybody, changed by nobody but an import (V4)."""
