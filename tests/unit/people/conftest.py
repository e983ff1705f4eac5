"""The world in which rights are tried."""

from tests.world import archive, papers, quick_passwords, world

__all__ = ["archive", "papers", "quick_passwords", "world"]
