"""The command line: one table of commands, each in a small module that is imported when it runs."""

import importlib
import os
import sys
from collections.abc import Sequence

from reader import first_frame
from reader.errors import ReaderError

INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program; its exit code.

    What the codes mean stands in `commands.EXIT_CODES`.
    """
    try:
        return _run(list(sys.argv[1:] if argv is None else argv))
    except ReaderError as error:
        from reader.cli.output import complain  # noqa: PLC0415 - only when needed

        first_frame.take_back()
        complain(str(error))
        return error.exit_code
    except BrokenPipeError:
        # The reader of our output went away; so that Python does not complain at exit, stdout
        # must lead somewhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        from reader.cli.output import complain  # noqa: PLC0415 - only when needed

        first_frame.take_back()
        complain(f"{error.strerror or error}: reading or writing failed; the library is intact.")
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED


def _run(argv: list[str]) -> int:
    from reader.cli.arguments import parse  # noqa: PLC0415 - argparse costs as much as Python
    from reader.cli.output import open_streams, set_manner  # noqa: PLC0415 - likewise
    from reader.config import load_settings  # noqa: PLC0415 - likewise

    open_streams()
    arguments = parse(argv)
    set_manner(arguments)
    arguments.settings = load_settings(arguments.config or "")
    module, _, function = arguments.run.partition(":")
    code: int = getattr(importlib.import_module(f"reader.cli.{module}"), function)(arguments)
    sys.stdout.flush()
    return code
