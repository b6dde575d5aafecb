"""The user's library: one SQLite file, and the only code that touches it."""
