"""Asking services over the network: the only place that does."""
