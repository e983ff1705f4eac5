"""Quarterly performance reports of community safety partnerships, from published figures."""

__version__ = "0.1.0"
