"""`python -m reader`."""

import sys

from reader.boot import main

sys.exit(main())
