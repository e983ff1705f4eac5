"""The one path through the house: load, gather, find, draft, check, compose, write, keep."""
