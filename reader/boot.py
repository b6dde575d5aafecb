"""Where the program begins: the picture of the last time at once, and the program behind it."""

import sys

from reader import first_frame


def main() -> int:
    """Run the program; its exit code."""
    if not first_frame.show():
        return _main()
    import signal  # noqa: PLC0415 - behind the picture

    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _leave)
    try:
        return _main()
    except KeyboardInterrupt:  # before the command line is there to take it
        return 128 + signal.SIGINT
    finally:
        first_frame.take_back()


def _main() -> int:
    from reader.cli import main as run  # noqa: PLC0415 - behind the picture

    return run()


def _leave(number: int, _frame: object) -> None:
    sys.exit(128 + number)
