"""The form of a comment."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms

from quarterday.plan.write_comments import LONGEST

REASON: Final = "reason-"
"""What the name of the field begins with that says why a claim stays."""


class CommentForm(forms.Form):
    """What somebody writes of a measure; ``began`` tells which text they had before them."""

    text = forms.CharField(
        label="Your comment",
        required=False,
        help_text="Each claim about figures is checked as you type. Nothing is kept until you save.",
        widget=forms.Textarea(attrs={"rows": 9, "spellcheck": "true"}),
        max_length=LONGEST,
        error_messages={"max_length": f"Shorten it to at most {LONGEST:,} characters; it has %(show_value)d."},
    )
    began = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *, check_address: str, **options: Any) -> None:  # noqa: ANN401 - Django's options
        super().__init__(**options)
        self.fields["text"].widget.attrs |= {
            "hx-post": check_address,
            "hx-trigger": "input changed delay:300ms",
            "hx-target": "#check",
            "hx-sync": "this:replace",
        }


def reasons_in(posted: Mapping[str, Any]) -> dict[str, str]:
    """The reasons that a form was sent with, by the key of the claim that each is about."""
    return {name.removeprefix(REASON): str(posted[name]) for name in posted if name.startswith(REASON)}
