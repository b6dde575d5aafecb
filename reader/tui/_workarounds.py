"""What Textual 8.2.8 does not offer in public, in one place, each with what retires it."""

import codecs
import os
import select
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import Any

from rich.console import RenderableType
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, Compositor, LayoutUpdate
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.drivers import linux_driver
from textual.drivers._writer_thread import WriterThread
from textual.events import Event, Key, MouseEvent, Paste
from textual.geometry import Region, Size
from textual.message import Message
from textual.screen import Screen
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar
from textual.strip import Strip
from textual.widget import Widget

from reader import first_frame


def send(app: App[int], sequence: str) -> None:
    """Write to the terminal past the screen; nowhere when there is none.

    Retired when an app offers its driver.
    """
    driver = app._driver  # noqa: SLF001 - see above
    if driver is not None and not app.is_headless:
        driver.write(sequence)
        driver.flush()


def begin_with_theme(app: App[int], name: str) -> None:
    """Take a theme before there is anything to be styled.

    Assigning it has every style sheet parsed a second time, and all styled anew, as soon as there
    is a screen. Retired when it does not before the first one.
    """
    app.set_reactive(App.theme, name)
    app.stylesheet.set_variables(app.get_css_variables())
    dark = app.current_theme.dark
    for said, holds in (("-dark-mode", dark), ("-light-mode", not dark), (f"-theme-{name}", True)):
        app.set_class(holds, said, update=False)
    app._refresh_truecolor_filter(app.ansi_theme)  # noqa: SLF001 - see above


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


class FrugalCompositor(Compositor):
    """Renders only the widgets that are seen where something changed, and nothing in a batch.

    The stock one renders every widget in the smallest rectangle around all changes: for a row of
    the list and the bar above it that is every pane, and what lies behind. While updates are held
    back, it renders the whole screen at each layout, and that is thrown away. Retired when it looks
    at each region, and its screen for a batch.
    """

    _touched: Sequence[Region] = ()

    def __init__(self, screen: Screen[Any]) -> None:
        super().__init__()
        self._screen = screen

    def render_update(
        self,
        full: bool = False,  # noqa: FBT001, FBT002 - Textual's signature
        screen_stack: list[Screen[Any]] | None = None,
        simplify: bool = False,  # noqa: FBT001, FBT002
    ) -> RenderableType | None:
        """What changed since the last time; nothing yet while updates are held back."""
        if self._screen.app._batch_count and not full:  # noqa: SLF001 - see above
            return None
        return super().render_update(full, screen_stack, simplify)

    def render_partial_update(self) -> ChopsUpdate | None:
        """What changed, without asking the widgets that did not."""
        _ = self.cuts  # they come from all that is visible, so before the others are left out
        self._touched = tuple(self._dirty_regions)
        try:
            return super().render_partial_update()
        finally:
            self._touched = ()

    @property
    def visible_widgets(self) -> Mapping[Widget, tuple[Region, Region]]:  # type: ignore[override]
        """The widgets on screen; while an update is rendered, those that it touches."""
        shown = super().visible_widgets
        return self._painted(shown) if self._touched else shown

    def _painted(
        self, shown: Mapping[Widget, tuple[Region, Region]]
    ) -> dict[Widget, tuple[Region, Region]]:
        """The widgets that are seen where something changed; nearer ones come first."""
        painted: dict[Widget, tuple[Region, Region]] = {}
        uncovered = self._touched
        for widget, (region, clip) in shown.items():
            place = region.intersection(clip)
            if any(map(place.overlaps, uncovered)):
                painted[widget] = (region, clip)
                uncovered = [one for one in uncovered if not place.contains_region(one)]
        return painted


def compose_frugally(screen: Screen[Any]) -> None:
    """Let a screen render only what an update touches."""
    screen._compositor = FrugalCompositor(screen)  # noqa: SLF001 - see above


def paint_held(screen: Screen[Any]) -> None:
    """Paint what was laid out while updates were held back.

    A layout within a batch asks once to be painted; where that turn comes before the batch ends,
    the stock screen stays as it was, black at the start. Retired when the end of a batch paints.
    """
    if screen.size.region in screen._compositor._dirty_regions:  # noqa: SLF001 - see above
        screen._repaint_required = False  # noqa: SLF001 - or all is painted twice
    held = screen._layout_required or screen.app._batch_count  # noqa: SLF001
    if screen._compositor._dirty_regions and not held:  # noqa: SLF001
        screen._compositor_refresh()  # noqa: SLF001
    screen.check_idle()


def after_refresh(screen: Screen[Any], callback: Callable[..., Any], *values: Any) -> None:
    """Call something when a screen has painted what is to be painted.

    The stock `call_after_refresh` leaves it with the screen that is on top by then: a dialog that
    closes takes it along, and it is never called. Retired when it stays with its own screen.
    """
    screen.call_later(screen._invoke_later, partial(callback, *values), screen)  # noqa: SLF001


class QuickScrollBar(ScrollBar):
    """A scroll bar of whole cells.

    The stock one goes through the console and the cache of styled lines at every step, which costs
    as much as a list of rows. Retired when it paints lines.
    """

    def render_lines(self, crop: Region) -> list[Strip]:
        """A cell a line: above the thumb, the thumb, below it."""
        above, thumb, below = self._cells()
        start, end = self._extent()
        filters, background = self.get_line_filters(), self.background_colors[1]
        for one in filters:
            above, thumb, below = (
                cell.apply_filter(one, background) for cell in (above, thumb, below)
            )
        return [above if y < start else thumb if y < end else below for y in crop.line_range]

    def _extent(self) -> tuple[int, int]:
        height, beyond = self.size.height, self.window_virtual_size - self.window_size
        if beyond <= 0:
            return height, height
        size = max(1, round(height * self.window_size / self.window_virtual_size))
        start = round((height - size) * min(1.0, self.position / beyond))
        return start, start + size

    def _cells(self) -> tuple[Strip, Strip, Strip]:
        styles = self.parent.styles if isinstance(self.parent, Widget) else self.styles
        lit = self.grabbed or self.mouse_over
        colour = styles.scrollbar_color_hover if lit else styles.scrollbar_color
        back = styles.scrollbar_background.rich_color
        blank = " " * self.size.width
        thumb = Style(color=colour.rich_color, bgcolor=back, reverse=True)
        plain = Style(bgcolor=back)
        return tuple(
            Strip([Segment(blank, style + Style(meta={"@mouse.down": action}))], len(blank))
            for style, action in ((plain, "scroll_up"), (thumb, "grab"), (plain, "scroll_down"))
        )  # type: ignore[return-value]


def quick_scroll_bar(view: ScrollView) -> ScrollBar:
    """The vertical scroll bar of a view, made when it is first asked for."""
    bar = view._vertical_scrollbar  # noqa: SLF001 - see above
    if bar is None:
        bar = QuickScrollBar(name="vertical", thickness=view.scrollbar_size_vertical)
        view._vertical_scrollbar = bar  # noqa: SLF001
        bar.display = False
        view.app._start_widget(view, bar)  # noqa: SLF001
    return bar


def picture(app: App[int]) -> str:
    """What would be sent to the terminal to draw the whole screen.

    Retired when an app draws itself to a text.
    """
    screen = app.screen
    update = screen._compositor.render_update(full=True, screen_stack=app._background_screens)  # noqa: SLF001
    return update.render_segments(app.console) if isinstance(update, LayoutUpdate) else ""


def painted_lines(screen: Screen[None]) -> list[str]:
    """The lines of a screen as the terminal is sent them, laid out anew.

    Retired when a screen lays itself out while updates are held together, and draws itself to a
    text.
    """
    screen._refresh_layout()  # noqa: SLF001
    strips = screen._compositor.render_strips()  # noqa: SLF001
    return [strip.render(screen.app.console) for strip in strips]


class TypedBefore(Event):
    """What was typed over the picture has been handed to the app."""


class Driver(linux_driver.LinuxDriver):
    """Takes the terminal over from the picture of the last time, and what was typed over it.

    The stock driver changes to the other screen of the terminal, which clears it. Retired when a
    driver can begin on a screen that is there, with keys that were read already.
    """

    _before: list[Any] | None = None

    def start_application_mode(self) -> None:
        """Take the terminal over; what is put back at the end is what was there at the start."""
        self._before = first_frame.hand_over()
        super().start_application_mode()  # type: ignore[no-untyped-call]
        if self._before is not None:
            self.attrs_before, self._before = self._before, None

    def write(self, data: str) -> None:
        """Write, except that the other screen is there already."""
        if self._before is None or data != _OTHER_SCREEN:
            super().write(data)

    def run_input_thread(self) -> None:
        """Read keys; those that were typed over the picture, or before it, came first."""
        if text := (first_frame.typed() + _waiting(self.fileno)).decode("utf-8", "replace"):
            parser = XTermParser(self._debug)
            for event in chain(parser.feed(text), parser.feed("")):
                super().process_message(event)
        self.send_message(TypedBefore())
        super().run_input_thread()

    def process_message(self, message: Message) -> None:
        """Take a key or whatever came; the picture, as long as it is there, shows where to."""
        if isinstance(message, Key):
            first_frame.pressed(_SENT.get(message.key) or (message.character or "\0").encode())
        elif isinstance(message, (MouseEvent, Paste)):
            first_frame.leave_to_program()
        super().process_message(message)


def _waiting(file: int) -> bytes:
    """What was typed before the terminal handed keys on as they are: Enter was a line feed then."""
    if not select.select([file], [], [], 0)[0]:
        return b""
    return os.read(file, _AT_ONCE).replace(b"\n", b"\r")


_AT_ONCE = 65_536
_SENT = {"down": b"\x1b[B", "up": b"\x1b[A"}
_OTHER_SCREEN = "\x1b[?1049h"


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
