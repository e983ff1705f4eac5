"""The form of a token."""

from django import forms

from quarterday.people.tokens import Scope

_GOOD_FOR = {
    Scope.FIGURES: "Figures",
    Scope.FINDINGS: "Findings",
    Scope.EDITIONS: "Editions, drafts and sensitive ones too",
    Scope.PLAN: "Plans, and which partnerships there are",
}


class TokenForm(forms.Form):
    """Make a token."""

    name = forms.CharField(
        label="What it is for",
        max_length=100,
        help_text="For example: board dashboard.",
        error_messages={"required": "Say what the token is for."},
    )
    scope = forms.MultipleChoiceField(
        label="What it may read",
        widget=forms.CheckboxSelectMultiple,
        choices=[(scope.value, words) for scope, words in _GOOD_FOR.items()],
        help_text="Never more than you may read yourself.",
        error_messages={"required": "Choose what it may read."},
    )
    days = forms.ChoiceField(
        label="How long it is good",
        widget=forms.RadioSelect,
        choices=[("30", "30 days"), ("90", "90 days"), ("365", "A year")],
        initial="90",
        error_messages={"required": "Choose how long it is good."},
    )
    why = forms.CharField(
        label="Why",
        help_text="Kept with the change. For example: the board's dashboard shows our figures.",
        error_messages={"required": "Say in a few words why."},
    )
