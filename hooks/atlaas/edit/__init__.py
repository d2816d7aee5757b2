"""One canonical way to make, change and move a record."""
