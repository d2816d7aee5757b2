"""How the work is done: processes, progress, and what is kept between builds."""
