"""What was held before the trail began is its first entry, so that the first change of it says from what."""

from django.db import migrations

TABLES = [
    "Partnership", "PartnershipArea", "Agency", "PeerGroup", "Priority",
    "Measure", "Caveat", "Break", "Target", "Baseline", "QuotedStanding",
    "Project", "ProjectLead", "ProjectMeasure", "Update", "Action", "ProjectFigure",
    "CountywidePriority", "CountywideCell", "Edition", "Comment", "Highlight",
]


def begin(apps, schema_editor):
    if not apps.get_model("plan", "Partnership").objects.exists():
        return
    change = apps.get_model("plan", "Change").objects.create(why="Held before changes were kept.")
    change.refresh_from_db()  # for its time, which is the database's own
    for name in TABLES:
        table, kept = apps.get_model("plan", name), apps.get_model("plan", f"Historical{name}")
        columns = [field.attname for field in table._meta.concrete_fields]
        kept.objects.bulk_create(
            kept(
                **{column: getattr(row, column) for column in columns},
                change=change,
                history_type="+",
                history_date=change.at,
            )
            for row in table.objects.all()
        )


class Migration(migrations.Migration):

    dependencies = [("plan", "0002_trail"), ("people", "0002_roles")]

    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
