"""Klimtouw: coaching in education."""

__version__ = "0.1.0"
