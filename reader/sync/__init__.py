"""Following: the feeds of a library asked, and what they tell taken in."""
