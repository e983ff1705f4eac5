"""A checked comment for reading: as lines, as data, or as HTML in which each claim is marked."""

from collections.abc import Sequence
from html import escape

from quarterday.domain.claim import CheckedClaim, Verdict

# A sign as well as a colour: not everybody sees the colour.
_SIGNS = {Verdict.SUPPORTED: "\N{CHECK MARK}", Verdict.CONTRADICTED: "\N{MULTIPLICATION X}", Verdict.NOT_CHECKABLE: "?"}
_WORDS = {Verdict.SUPPORTED: "supported", Verdict.CONTRADICTED: "contradicted", Verdict.NOT_CHECKABLE: "not checkable"}
_STYLE = (
    "body{font:1rem/1.6 sans-serif;max-width:45rem;margin:2rem auto;padding:0 1rem;color:#0b0c0c;background:#fff}"
    "mark{color:inherit;background:none;border-bottom:3px solid}"
    ".supported{border-color:#00703c}.contradicted{border-color:#d4351c;border-bottom-style:double}"
    ".not_checkable{border-color:#505a5f;border-bottom-style:dotted}"
    "sup{font-weight:bold}.text{white-space:pre-wrap}"
)


def as_lines(checked: Sequence[CheckedClaim]) -> list[str]:
    """One line a claim: verdict, quote, why."""
    if not checked:
        return ["There is no claim about figures in the text."]
    return [f"{_WORDS[item.verdict]}: “{item.claim.quote}”. {item.why}" for item in checked]


def as_data(checked: Sequence[CheckedClaim]) -> list[dict[str, object]]:
    """The claims as data, in the words of the file of cases."""
    return [
        {
            "quote": item.claim.quote,
            "start": item.claim.start,
            "end": item.claim.end,
            "kind": item.claim.kind.value,
            "verdict": item.verdict.value,
            "stated": item.stated,
            "computed": item.computed,
            "why": item.why,
        }
        for item in checked
    ]


def as_html(text: str, checked: Sequence[CheckedClaim], *, title: str) -> str:
    """The text as a page of its own, each claim marked with a sign and a number that leads to the reason below it."""
    parts: list[str] = []
    at = 0
    for number, item in enumerate(checked, start=1):
        parts += [escape(text[at : item.claim.start]), _mark(number, item)]
        at = item.claim.end
    parts.append(escape(text[at:]))
    reasons = "".join(_reason(number, item) for number, item in enumerate(checked, start=1))
    return (
        f'<!doctype html>\n<html lang="en-GB">\n<head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{_STYLE}</style></head>\n'
        f'<body><main><h1>{escape(title)}</h1>\n<p class="text">{"".join(parts)}</p>\n'
        f"<h2>Claims</h2>\n<ol>{reasons}</ol></main></body>\n</html>\n"
    )


def _mark(number: int, item: CheckedClaim) -> str:
    sign, words = _SIGNS[item.verdict], _WORDS[item.verdict]
    return (
        f'<mark class="{item.verdict.value}">{escape(item.claim.quote)}</mark>'
        f'<sup><a href="#claim-{number}" aria-label="claim {number}, {words}">{sign}{number}</a></sup>'
    )


def _reason(number: int, item: CheckedClaim) -> str:
    words = _WORDS[item.verdict]
    return (
        f'<li id="claim-{number}"><strong>{_SIGNS[item.verdict]} {words}</strong>: '
        f"“{escape(item.claim.quote)}”. {escape(item.why)}</li>"
    )
