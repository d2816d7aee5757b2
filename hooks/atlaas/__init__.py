"""The Atlaas: records in Git in, website and open data out (see README.md for the way)."""

__version__ = "0.1.0"
