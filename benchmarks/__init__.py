"""Reproducible measurements of the Atlaas beside its peers. See README.md."""
