"""Pages -> bytes on disk: shells, bodies, Markdown, maps, writing. A step near the end of the way."""
