"""Every change in a room."""
