"""Pages: each translates a request into a call to a room below, and its answer into a response."""
