"""``python -m pipelines`` is the command ``pilotage`` where no script is installed (Windows)."""

import sys

from pipelines.cli import main

if __name__ == "__main__":
    sys.exit(main())
