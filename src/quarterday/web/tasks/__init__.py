"""Jobs: each a thin call of a room below, run by a worker (``quarterday.web.jobs``)."""
