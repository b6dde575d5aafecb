"""The panes and bars; they know papers and rendering, never the library."""
