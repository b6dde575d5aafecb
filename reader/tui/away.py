"""Giving the terminal to another program for a while."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from textual.app import App


@contextmanager
def terminal_for_others(app: App[int]) -> Iterator[None]:
    """The screen is away; Ctrl+C is for the other program, which has its own way with it.

    What is raised meanwhile goes on when the screen is back: `suspend` itself would leave it away.

    Raises:
        SuspendNotSupported: There is no terminal to give.
    """
    failed: list[BaseException] = []
    with app.suspend():
        before = signal.getsignal(signal.SIGINT)
        with suppress(ValueError):  # not in the main thread: tests run the program there
            signal.signal(signal.SIGINT, lambda _number, _frame: None)
        try:
            yield
        except BaseException as error:  # noqa: BLE001 - raised again below
            failed.append(error)
        with suppress(ValueError):
            signal.signal(signal.SIGINT, before)
    for one in failed:
        raise one
