"""Helps for maintainers who review and enter data; no step of the build depends on it."""
