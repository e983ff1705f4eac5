"""The one family of errors that are meant for the person at the door."""


class InputError(Exception):
    """What came in is at fault, not the software: shown as sentences, never as a traceback.

    ``faults`` holds every fault found, so that a person mends them in one go; each is a full sentence that says
    what came, what was wanted and what to do next.
    """

    def __init__(self, *faults: str) -> None:
        super().__init__(*faults)
        self.faults = faults

    def __str__(self) -> str:
        """One fault a line."""
        return "\n".join(self.faults)
