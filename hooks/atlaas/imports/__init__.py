"""Published lists and tables -> records, with a sheet of what a person must settle."""
