"""``python -m atlaas``: the command line."""

from atlaas.cli import main

if __name__ == "__main__":
    main(prog_name="python -m atlaas")
