"""Which addresses the site has, and what each shows: one module per kind of page."""
