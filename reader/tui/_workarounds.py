"""What Textual 8.2.8 does not offer in public, in one place, each with what retires it."""

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
