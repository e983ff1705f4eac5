"""Places, their codes and boundary year."""

from dataclasses import dataclass


def key_of(name: str) -> str:
    """The name as it is compared: letter case and runs of white space do not tell two names apart."""
    return " ".join(name.split()).casefold()


@dataclass(frozen=True, slots=True)
class Area:
    """A place that figures are counted for, such as a local-authority district.

    ``code`` is the ONS code where one is known, else empty; ``boundary_year`` is the year whose boundaries are
    meant, ``None`` where the source does not say.
    """

    name: str
    code: str = ""
    boundary_year: int | None = None

    def is_called(self, text: str) -> bool:
        """Whether a file that writes ``text`` means this area, by name or by code."""
        return key_of(text) in {key_of(self.name), key_of(self.code)} - {""}
