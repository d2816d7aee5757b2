"""Lighthouse over the built site."""
