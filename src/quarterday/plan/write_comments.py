"""Writing comments: what a person says of a measure, and why a claim stays that the figures contradict."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import Max
from pydantic import TypeAdapter, ValidationError

from quarterday.domain.faults import InputError
from quarterday.plan.entry_types import LONGEST_NAME, Text
from quarterday.plan.models import Comment, Edition, Measure, Override, changing
from quarterday.plan.write_editions import edition_open, quarter_of

LONGEST: Final = 8_000  # characters of a comment
LONGEST_REASON: Final = 1_000

_TEXT = TypeAdapter[str](Text)
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")  # word processors part lines by some of these


@dataclass(frozen=True)
class Written:
    """A comment as it is held, empty where none is; ``reasons`` say why a claim stays, by the words of the claim."""

    text: str = ""
    author: str = ""
    reasons: Mapping[str, str] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """What tells this text, with its reasons, from any other."""
        said = json.dumps([self.text, sorted(self.reasons.items())])
        return hashlib.sha256(said.encode()).hexdigest()[:16]


class OvertakenError(InputError):
    """Somebody else saved another text meanwhile; ``held`` is theirs."""

    def __init__(self, held: Written) -> None:
        who = held.author or "Somebody"
        did = "saved another text" if held.text else "removed the comment"
        super().__init__(
            f"{who} {did} while you wrote. Yours is still in the box, and was not saved: "
            "look at both, put into the box what shall stand, and save again."
        )
        self.held = held


def comment_written(edition: Edition | None, measure: Measure) -> Written:
    """What a version of a report says of a measure."""
    row = Comment.objects.filter(edition=edition, measure=measure).prefetch_related("overrides").first()
    if row is None:
        return Written()
    return Written(row.text, row.author, {override.quote: override.why for override in row.overrides.all()})


def comment_text(text: str) -> str:
    """The text as it is kept: line ends of one kind, no white space round it. Errors: too long, or unprintable."""
    plain = _LINE_ENDS.sub("\n", text).strip()
    return _bounded(plain, LONGEST, "comment") if plain else ""


def reason_text(text: str) -> str:
    """A reason as it is kept, in one line."""
    plain = " ".join(_LINE_ENDS.sub("\n", text).split())
    return _bounded(plain, LONGEST_REASON, "reason") if plain else ""


def comment_save(
    edition: Edition,
    measure: Measure,
    text: str,
    *,
    reasons: Mapping[str, str],
    began: str,
    by: AbstractBaseUser,
    author: str,
) -> bool:
    """Make this the comment, none where the text is empty; whether anything was changed.

    ``began`` is the digest of what was held when its author began. ``reasons`` say, by the words of each claim that the
    figures contradict, why it stays; a claim without one has none any more. Errors: the edition is frozen;
    ``OvertakenError``.
    """
    text = comment_text(text)
    with transaction.atomic():
        still = edition_open(edition.partnership, quarter_of(edition))
        held = comment_written(still, measure)
        wanted = Written(text, author, reasons if text else {})
        if wanted.digest == held.digest:
            return False
        if began != held.digest:
            raise OvertakenError(held)
        with changing(by=by, why=_why(measure, held, wanted), partnership=still.partnership):
            _write(still, measure, wanted, same_text=text == held.text)
    return True


def _why(measure: Measure, held: Written, wanted: Written) -> str:
    did = "removed" if not wanted.text else "changed" if held.text else "written"
    kept = [
        f"“{quote}” stays although the figures contradict it: {reason}"
        for quote, reason in wanted.reasons.items()
        if held.reasons.get(quote) != reason
    ]
    return " ".join([f"Comment on {measure.name} {did}.", *kept])


def _write(edition: Edition, measure: Measure, wanted: Written, *, same_text: bool) -> None:
    row = Comment.objects.filter(edition=edition, measure=measure).first()
    if not wanted.text:
        if row:
            row.delete()
        return
    if row is None:
        row = Comment(edition=edition, measure=measure, place=_next_place(edition))
    if not same_text:
        row.text, row.author = wanted.text, wanted.author[:LONGEST_NAME]
        row.save()
    _reasons_write(row, wanted)


def _reasons_write(comment: Comment, wanted: Written) -> None:
    """A claim whose words have left the text, or that the figures no longer contradict, is kept no longer."""
    held = {override.quote: override for override in comment.overrides.all()}
    for quote in held.keys() - wanted.reasons.keys():
        held[quote].delete()
    for place, (quote, why) in enumerate(wanted.reasons.items()):
        row = held.get(quote) or Override(comment=comment, quote=quote, place=place)
        if row.why != why:
            row.why, row.author = why, wanted.author[:LONGEST_NAME]
            row.save()


def _next_place(edition: Edition) -> int:
    last = edition.comments.aggregate(last=Max("place"))["last"]
    return 0 if last is None else last + 1


def _bounded(text: str, longest: int, what: str) -> str:
    if len(text) > longest:
        raise InputError(f"The {what} has {len(text):,} characters; shorten it to at most {longest:,}.")
    try:
        return _TEXT.validate_python(text)
    except ValidationError as error:
        raise InputError(f"The {what}: {error.errors()[0]['ctx']['error']}") from None
