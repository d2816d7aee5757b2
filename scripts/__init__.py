"""What maintainers run by hand: pictures, geography, Lighthouse; and the shell scripts of make."""
