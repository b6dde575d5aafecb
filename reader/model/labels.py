"""What a file can tell of a library besides its papers."""

from reader.model.change import ChangeGroup
from reader.model.feed import Followed
from reader.model.paper import Apart, Tag
from reader.model.query.views import View

Label = Tag | View | Apart | Followed | ChangeGroup
"""A tag with its colour and pin, a view, two papers kept apart, a feed, an act of the past."""
