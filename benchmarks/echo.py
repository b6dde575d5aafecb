"""The noise of the machine: a program that does nothing but answer each key with one byte."""

import os
import sys
import tty


def main() -> None:
    """Answer keys until `q`."""
    tty.setraw(0)
    os.write(1, b"ready")
    while (key := os.read(0, 1)) not in (b"q", b""):
        os.write(1, key)
    sys.exit(0)


if __name__ == "__main__":
    main()
