"""Papers as text for other programs."""
