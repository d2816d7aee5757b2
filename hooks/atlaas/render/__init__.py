"""Pages -> bytes on disk: shells, bodies, Markdown, maps, writing."""
