"""What Textual 8.2.8 does not offer in public, in one place, each with what retires it."""

import codecs
from functools import partial

from textual.drivers import linux_driver
from textual.drivers._writer_thread import WriterThread
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.widget import Widget


def set_content_size(view: ScrollView, width: int, height: int) -> None:
    """Tell a scroll view how large its content is: its limits and its scroll bar at once.

    Assigning `virtual_size` lays the whole screen out anew, which costs more than painting a page;
    the view's own method only changes the layout when the scroll bar comes or goes. Retired when
    assigning `virtual_size` does the same.
    """
    size = Size(width, height)
    if size != view.virtual_size:
        view.set_reactive(Widget.virtual_size, size)
        view._scroll_update(size)  # noqa: SLF001 - see above


def accept_any_byte() -> None:
    """Let bytes that are no UTF-8 come in as U+FFFD instead of ending the program.

    The driver decodes the keyboard strictly; a pasted Latin-1 character would stop its thread.
    Retired when the driver decodes with an error handler of its own.
    """
    decoder = codecs.getincrementaldecoder("utf-8")
    linux_driver.getincrementaldecoder = lambda _: partial(decoder, errors="replace")  # type: ignore[attr-defined]


class _Writer(WriterThread):
    """Goes on taking what is to be written when the terminal is gone, and drops it."""

    def run(self) -> None:
        """Write until told to stop."""
        try:
            super().run()
        except OSError:
            while self._queue.get() is not None:
                pass


def outlive_the_terminal() -> None:
    """Let the program end when its terminal is closed.

    The thread that writes dies of the first error; the program would then wait for ever for a place
    in its full queue. Retired when the driver's own thread goes on taking.
    """
    linux_driver.WriterThread = _Writer  # type: ignore[attr-defined]
