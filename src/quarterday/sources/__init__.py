"""What comes in: one module a format, each a checked contract that makes an intake or names every fault."""
