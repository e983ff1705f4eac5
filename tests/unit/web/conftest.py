"""The world in which rights are tried."""

from tests.world import archive, one_connection, papers, quick_passwords, world

__all__ = ["archive", "one_connection", "papers", "quick_passwords", "world"]
