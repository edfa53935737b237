"""Pages about talks: one file for planning, one for the card, one for afterwards."""
