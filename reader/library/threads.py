"""A thread that owns a store: what is asked of it is done there, one after the other."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Generic, TypeVar

from reader.library.faults import explained
from reader.library.reading import ReadStore

Result = TypeVar("Result")
Kind = TypeVar("Kind", bound=ReadStore)


class StoreThread(Generic[Kind]):
    """One thread with one store, made in it."""

    def __init__(self, name: str, make: Callable[[], Kind]) -> None:
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)
        self.store: Kind | None = None
        self.opened: Future[None] = self._pool.submit(self._open, make)

    def _open(self, make: Callable[[], Kind]) -> None:
        self.store = make()

    def submit(self, job: Callable[[Kind], Result]) -> "Future[Result]":
        """Queue a job; its future."""
        return self._pool.submit(self._work, job)

    async def run(self, job: Callable[[Kind], Result]) -> Result:
        """Run a job on the thread; a job whose caller was cancelled before it began is dropped."""
        return await asyncio.wrap_future(self.submit(job))

    def promise(self, job: Callable[[Kind], Result]) -> "Future[Result]":
        """Queue a job that is done even when nobody waits for it any more; its future."""
        promised: Future[Result] = Future()
        promised.set_running_or_notify_cancel()
        self.submit(job).add_done_callback(lambda done: _pass_on(done, promised))
        return promised

    def _work(self, job: Callable[[Kind], Result]) -> Result:
        self.opened.result()
        if self.store is None:
            raise RuntimeError("the store is closed")
        with explained(self.store.path):
            return job(self.store)

    def close(self) -> None:
        """Finish what is queued, close the store and end the thread."""
        if not self.opened.exception():
            self._pool.submit(self._close).result()
        self._pool.shutdown()

    def _close(self) -> None:
        if self.store is not None:
            self.store.close()
            self.store = None


def _pass_on(done: "Future[Result]", promised: "Future[Result]") -> None:
    error = done.exception()
    if error is None:
        promised.set_result(done.result())
    else:
        promised.set_exception(error)
