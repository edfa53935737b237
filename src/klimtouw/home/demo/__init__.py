"""The demo: a small school full of invented people, filled once, through the same actions as everybody's pages."""
