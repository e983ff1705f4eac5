"""The web door: read-only pages of the editions that were built."""
