"""Leads are reminded of the updates that they were asked for."""

import typer

from quarterday.cli.screen import complain, say
from quarterday.cli.workspace import open_plans


def remind(context: typer.Context) -> None:
    """Send the reminders that are due today; however often this runs on one day, nobody gets two."""
    home = open_plans(context.obj)
    from django.utils import timezone

    from quarterday.editions.asking import remind as remind_leads

    outcome = remind_leads(home.folder, today=timezone.localdate())
    say("1 reminder left." if outcome.left == 1 else f"{outcome.left} reminders left.")
    if outcome.failed:
        complain(f"no e-mail could be sent to {', '.join(outcome.failed)}; it is tried again the next time.")
