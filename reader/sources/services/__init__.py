"""Answers of web services saved to a file."""
