"""Asking services while the screen goes on: a thread with an event loop of its own.

What the network needs (certificates, parsing, files of the cache) never stands in the way of a key.
"""

import asyncio
import contextvars
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from typing import Any, Generic, TypeVar

Result = TypeVar("Result")
_PATIENCE = 5.0
"""Seconds that quitting waits for what is under way to come to a good end."""


def here(then: Callable[..., None]) -> Callable[..., None]:
    """A function that another thread can call, and that is then done here, as if from here.

    What Textual begins there (timers, workers) must know which program it belongs to.
    """
    loop, context = asyncio.get_running_loop(), contextvars.copy_context()

    def called(*values: object) -> None:
        with suppress(RuntimeError):  # the program has ended: nobody waits for it any more
            loop.call_soon_threadsafe(partial(then, *values), context=context)

    return called


class Asking(Generic[Result]):
    """One piece of work on the network.

    Attributes:
        done: Its result; cancelled when the work did not come to one.
    """

    def __init__(self, work: Callable[[], Coroutine[Any, Any, Result]]) -> None:
        """Begin it."""
        self.done: Future[Result] = Future()
        self._work = work
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[Result] | None = None
        self._stopped = False
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="asking", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            self.done.set_result(asyncio.run(self._main()))
        except asyncio.CancelledError:
            self.done.cancel()
            self.done.set_running_or_notify_cancel()
        except BaseException as error:  # noqa: BLE001 - it is raised where the result is asked for
            self.done.set_exception(error)

    async def _main(self) -> Result:
        with self._lock:
            self._loop = asyncio.get_running_loop()
            self._task = asyncio.ensure_future(self._work())
            if self._stopped:
                self._task.cancel()
        return await self._task

    def stop(self) -> bool:
        """End it as soon as it can; whether it was still under way."""
        with self._lock:
            first, self._stopped = not self._stopped, True
            running = self._loop is not None and not self._loop.is_closed()
            if first and running and self._loop is not None and self._task is not None:
                self._loop.call_soon_threadsafe(self._task.cancel)
        return first and not self.done.done()

    def end(self) -> None:
        """End it and wait for that, a while."""
        self.stop()
        self._thread.join(_PATIENCE)
