"""`python -m bot`: the program's front door."""

import sys

from bot.cli.program import main

if __name__ == "__main__":
    sys.exit(main())
