"""Places, their codes and boundary year."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache


@lru_cache(8192)
def key_of(name: str) -> str:
    """The name as it is compared: letter case, white space and ways of encoding a letter do not tell two apart."""
    plain = unicodedata.normalize("NFKC", name).replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    return " ".join(plain.split()).casefold()


def slug(text: str) -> str:
    """The text as a name of a folder, and as a part of an address: letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-") or "unnamed"


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
