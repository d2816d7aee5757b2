"""``make validate``: what is published, read by the strictest tools of those who reuse it."""
