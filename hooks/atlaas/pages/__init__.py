"""Which addresses the site has, and what each shows: one module a kind of page."""
