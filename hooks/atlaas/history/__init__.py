"""What Git says: when each file changed, and what changed in the records."""
