"""Commands of Django that the terminal calls: it knows no page, and may not import this room."""
