"""Measures the pages of Klimtouw beside two bare Django pages: `make bench`."""
