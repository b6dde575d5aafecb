"""What Textual 8.2.8 does not offer in public, in one place, each with what retires it."""

from textual.geometry import Size
from textual.scroll_view import ScrollView


def set_content_size(view: ScrollView, width: int, height: int) -> None:
    """Tell a scroll view how large its content is, its scroll bar and limits at once.

    Setting `virtual_size` alone leaves the scroll bar as it was until the view itself is resized;
    Textual's own OptionList calls the same method. Retired when assigning `virtual_size` does it.
    """
    view.virtual_size = size = Size(width, height)
    view._scroll_update(size)  # noqa: SLF001 - see above
