"""Work with the network and the library that ctrl+c ends: at once, with what came until then."""

import asyncio
import contextlib
import signal
from argparse import Namespace
from collections.abc import Coroutine, Iterator
from typing import Any

from reader.cli.output import say
from reader.errors import LockedError
from reader.library.library import Library
from reader.model.feed import SyncReport
from reader.paths import library_path


@contextlib.contextmanager
def working(arguments: Namespace) -> Iterator[Library]:
    """The library that the arguments name, open; closed afterwards.

    Raises:
        LibraryError: It cannot be opened, or what was queued could not be changed.
    """
    path = library_path(arguments.library, arguments.settings.library_path)
    library = Library(path, automatic_backups=arguments.settings.backups_automatic)
    given_up: list[type[Exception]] = []
    try:
        library.ready()
        yield library
    except KeyboardInterrupt:
        given_up.append(LockedError)
        raise
    finally:
        with contextlib.suppress(*given_up):
            library.close()


async def until_interrupted(work: Coroutine[Any, Any, SyncReport], library: Library) -> SyncReport:
    """The report of work; ctrl+c ends it, and it waits no longer for another program's change.

    Raises:
        KeyboardInterrupt: It was ended so; what it brought was told.
        LibraryError: The library could not be written.
    """
    task: asyncio.Task[SyncReport] = asyncio.ensure_future(work)
    stopped = []

    def stop() -> None:
        stopped.append(True)
        library.give_up_waiting()
        task.cancel()

    loop = asyncio.get_running_loop()
    with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
        loop.add_signal_handler(signal.SIGINT, stop)
    try:
        report = await task
    except LockedError:
        if not stopped:
            raise
        say("stopped: another program was changing the library; what came before is kept")
        raise KeyboardInterrupt from None
    if report.cancelled:
        say(f"stopped: {report.summary or 'nothing new came'}")
        raise KeyboardInterrupt
    return report
