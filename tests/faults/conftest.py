"""The world in which faults are tried."""

from tests.world import one_connection, quick_passwords, world

__all__ = ["one_connection", "quick_passwords", "world"]
