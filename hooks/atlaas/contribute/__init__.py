"""Forms and requests: the files made from the models, and a request turned into a record."""
