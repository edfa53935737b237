"""Writing without network: what a device takes along, and the one page it keeps that says nothing of anybody."""
