import django.db.models.deletion
import quarterday.plan.period_field
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Measure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveIntegerField()),
                ('name', models.CharField(max_length=200)),
                ('counted_as', models.CharField(blank=True, max_length=200)),
                ('unit', models.CharField(max_length=200)),
                ('unit_singular', models.CharField(blank=True, max_length=200)),
                ('definition', models.TextField()),
                ('source', models.CharField(max_length=200)),
                ('polarity', models.CharField(max_length=200)),
                ('polarity_note', models.TextField(blank=True)),
                ('window', models.PositiveIntegerField()),
                ('population', models.CharField(blank=True, max_length=200)),
                ('peer_group', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'ordering': ('place',),
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Caveat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveIntegerField()),
                ('text', models.TextField()),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='caveats', to='plan.measure')),
            ],
            options={
                'ordering': ('place',),
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Partnership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, unique=True)),
                ('short_name', models.CharField(max_length=200, unique=True)),
                ('county', models.CharField(blank=True, max_length=200)),
                ('marking', models.CharField(max_length=200)),
            ],
            options={
                'ordering': ('name',),
                'constraints': [models.CheckConstraint(condition=models.Q(('marking__in', ['OFFICIAL', 'OFFICIAL-SENSITIVE', 'NOT PROTECTIVELY MARKED', 'PROTECT', 'RESTRICTED'])), name='plan_partnership_known_marking')],
            },
        ),
        migrations.AddField(
            model_name='measure',
            name='partnership',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='plan.partnership'),
        ),
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveIntegerField()),
                ('quarter', quarterday.plan.period_field.PeriodField()),
                ('version', models.PositiveIntegerField()),
                ('state', models.CharField(max_length=200)),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='editions', to='plan.partnership')),
            ],
            options={
                'ordering': ('place',),
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='CountywidePriority',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveIntegerField()),
                ('priority', models.CharField(max_length=200)),
                ('quarter', quarterday.plan.period_field.PeriodField()),
                ('comment', models.TextField(blank=True)),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='countywide', to='plan.partnership')),
            ],
            options={
                'verbose_name_plural': 'countywide priorities',
                'ordering': ('place',),
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Agency',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveIntegerField()),
                ('short_name', models.CharField(max_length=200)),
                ('name', models.CharField(max_length=200)),
                ('part_of', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='parts', to='plan.agency')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='agencies', to='plan.partnership')),
            ],
            options={
                'ordering': ('place',),
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PartnershipArea',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveIntegerField()),
                ('name', models.CharField(max_length=200)),
                ('code', models.CharField(blank=True, max_length=200)),
                ('since', models.DateField(blank=True, null=True)),
                ('until', models.DateField(blank=True, null=True)),
                ('boundary_year', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='areas', to='plan.partnership')),
            ],
            options={
                'ordering': ('place',),
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PeerGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveIntegerField()),
                ('name', models.CharField(max_length=200)),
                ('version', models.CharField(max_length=200)),
                ('size', models.PositiveIntegerField()),
                ('includes_area', models.BooleanField()),
                ('source', models.CharField(max_length=200)),
                ('members', models.JSONField(default=list)),
                ('left_out', models.JSONField(default=list)),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='peer_groups', to='plan.partnership')),
            ],
            options={
                'ordering': ('place',),
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Priority',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveIntegerField()),
                ('name', models.CharField(max_length=200)),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='priorities', to='plan.partnership')),
            ],
            options={
                'verbose_name_plural': 'priorities',
                'ordering': ('place',),
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='measure',
            name='priority',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='measures', to='plan.priority'),
        ),
        migrations.CreateModel(
            name='Project',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveIntegerField()),
                ('name', models.CharField(max_length=200)),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='plan.partnership')),
                ('priority', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='projects', to='plan.priority')),
            ],
            options={
                'ordering': ('place',),
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Highlight',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveIntegerField()),
                ('kind', models.CharField(max_length=200)),
                ('text', models.TextField()),
                ('state', models.CharField(max_length=200)),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='highlights', to='plan.edition')),
                ('measure', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='highlights', to='plan.measure')),
                ('project', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='highlights', to='plan.project')),
            ],
            options={
                'ordering': ('place',),
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Action',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveIntegerField()),
                ('when', models.CharField(blank=True, max_length=200)),
                ('window', quarterday.plan.period_field.PeriodField(blank=True, null=True)),
                ('text', models.TextField()),
                ('state', models.CharField(max_length=200)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='actions', to='plan.project')),
            ],
            options={
                'ordering': ('place',),
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ProjectFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveIntegerField()),
                ('name', models.CharField(max_length=200)),
                ('period', quarterday.plan.period_field.PeriodField()),
                ('value', models.FloatField(blank=True, null=True)),
                ('status', models.CharField(blank=True, max_length=200)),
                ('note', models.TextField(blank=True)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='figures', to='plan.project')),
            ],
            options={
                'ordering': ('place',),
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ProjectLead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveIntegerField()),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='plan.agency')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lead_rows', to='plan.project')),
            ],
            options={
                'ordering': ('place',),
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='project',
            name='leads',
            field=models.ManyToManyField(related_name='projects', through='plan.ProjectLead', to='plan.agency'),
        ),
        migrations.CreateModel(
            name='ProjectMeasure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveIntegerField()),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='plan.measure')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='measure_rows', to='plan.project')),
            ],
            options={
                'ordering': ('place',),
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='project',
            name='measures',
            field=models.ManyToManyField(related_name='projects', through='plan.ProjectMeasure', to='plan.measure'),
        ),
        migrations.CreateModel(
            name='QuotedStanding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveIntegerField()),
                ('period', quarterday.plan.period_field.PeriodField()),
                ('rank', models.PositiveIntegerField()),
                ('of', models.PositiveIntegerField()),
                ('position', models.CharField(max_length=200)),
                ('source', models.CharField(max_length=200)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='standings', to='plan.peergroup')),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='standings', to='plan.measure')),
            ],
            options={
                'ordering': ('place',),
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Target',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveIntegerField()),
                ('value', models.FloatField()),
                ('period', quarterday.plan.period_field.PeriodField()),
                ('tolerance', models.FloatField()),
                ('kind', models.CharField(max_length=200)),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='targets', to='plan.measure')),
            ],
            options={
                'ordering': ('place',),
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Update',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveIntegerField()),
                ('when', models.CharField(max_length=200)),
                ('text', models.TextField()),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='updates', to='plan.project')),
            ],
            options={
                'ordering': ('place',),
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='CountywideCell',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('column', models.CharField(max_length=200)),
                ('value', models.TextField(blank=True)),
                ('status', models.CharField(blank=True, max_length=200)),
                ('reason', models.TextField(blank=True)),
                ('owner', models.CharField(blank=True, max_length=200)),
                ('row', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cells', to='plan.countywidepriority')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('row', 'column'), name='plan_countywidecell_one_row_column'), models.CheckConstraint(condition=models.Q(('column__in', ('baseline_and_target', 'county', 'partnership'))), name='plan_countywidecell_known_column'), models.CheckConstraint(condition=models.Q(models.Q(models.Q(('value', ''), _negated=True), ('owner', ''), ('reason', ''), ('status', '')), models.Q(('status__in', ['not applicable', 'not yet formulated', 'awaited']), ('value', ''), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='plan_countywidecell_value_or_status')],
            },
        ),
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveIntegerField()),
                ('text', models.TextField()),
                ('author', models.CharField(blank=True, max_length=200)),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='plan.edition')),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='plan.measure')),
            ],
            options={
                'ordering': ('place',),
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('edition', 'measure'), name='plan_comment_one_edition_measure')],
            },
        ),
        migrations.CreateModel(
            name='Break',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveIntegerField()),
                ('month', quarterday.plan.period_field.PeriodField()),
                ('reason', models.TextField()),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='breaks', to='plan.measure')),
            ],
            options={
                'ordering': ('place',),
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('measure', 'month'), name='plan_break_one_measure_month')],
            },
        ),
        migrations.CreateModel(
            name='Baseline',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveIntegerField()),
                ('value', models.FloatField()),
                ('period', quarterday.plan.period_field.PeriodField()),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='baselines', to='plan.measure')),
            ],
            options={
                'ordering': ('place',),
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('measure', 'period'), name='plan_baseline_one_measure_period')],
            },
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.UniqueConstraint(fields=('partnership', 'quarter', 'version'), name='plan_edition_one_partnership_quarter_version'),
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'in review', 'signed', 'published', 'corrected'])), name='plan_edition_known_state'),
        ),
        migrations.AddConstraint(
            model_name='countywidepriority',
            constraint=models.UniqueConstraint(fields=('partnership', 'quarter', 'priority'), name='plan_countywidepriority_one_partnership_quarter_priority'),
        ),
        migrations.AddConstraint(
            model_name='agency',
            constraint=models.UniqueConstraint(fields=('partnership', 'short_name'), name='plan_agency_one_partnership_short_name'),
        ),
        migrations.AddConstraint(
            model_name='agency',
            constraint=models.CheckConstraint(condition=models.Q(('part_of', models.F('id')), _negated=True), name='plan_agency_not_its_own_part'),
        ),
        migrations.AddConstraint(
            model_name='partnershiparea',
            constraint=models.UniqueConstraint(fields=('partnership', 'name'), name='plan_partnershiparea_one_partnership_name'),
        ),
        migrations.AddConstraint(
            model_name='partnershiparea',
            constraint=models.CheckConstraint(condition=models.Q(('until__gte', models.F('since'))), name='plan_partnershiparea_in_order'),
        ),
        migrations.AddConstraint(
            model_name='peergroup',
            constraint=models.UniqueConstraint(fields=('partnership', 'name', 'version'), name='plan_peergroup_one_partnership_name_version'),
        ),
        migrations.AddConstraint(
            model_name='priority',
            constraint=models.UniqueConstraint(fields=('partnership', 'name'), name='plan_priority_one_partnership_name'),
        ),
        migrations.AddConstraint(
            model_name='measure',
            constraint=models.UniqueConstraint(fields=('partnership', 'name'), name='plan_measure_one_partnership_name'),
        ),
        migrations.AddConstraint(
            model_name='measure',
            constraint=models.CheckConstraint(condition=models.Q(('polarity__in', ['lower', 'higher', 'neither'])), name='plan_measure_known_polarity'),
        ),
        migrations.AddConstraint(
            model_name='measure',
            constraint=models.CheckConstraint(condition=models.Q(('window__gte', 1)), name='plan_measure_window_of_a_month_or_more'),
        ),
        migrations.AddConstraint(
            model_name='highlight',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['highlight', 'issue'])), name='plan_highlight_known_kind'),
        ),
        migrations.AddConstraint(
            model_name='highlight',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'closed'])), name='plan_highlight_known_state'),
        ),
        migrations.AddConstraint(
            model_name='highlight',
            constraint=models.CheckConstraint(condition=models.Q(('project__isnull', True), ('measure__isnull', True), _connector='OR'), name='plan_highlight_on_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='action',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'done', 'dropped'])), name='plan_action_known_state'),
        ),
        migrations.AddConstraint(
            model_name='action',
            constraint=models.CheckConstraint(condition=models.Q(('when', ''), ('window__isnull', True), _connector='OR'), name='plan_action_one_window'),
        ),
        migrations.AddConstraint(
            model_name='projectfigure',
            constraint=models.UniqueConstraint(fields=('project', 'name', 'period'), name='plan_projectfigure_one_project_name_period'),
        ),
        migrations.AddConstraint(
            model_name='projectfigure',
            constraint=models.CheckConstraint(condition=models.Q(('value__isnull', False), models.Q(models.Q(('status', ''), _negated=True), models.Q(('note', ''), _negated=True)), _connector='OR'), name='plan_projectfigure_no_gap_without_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='projectlead',
            constraint=models.UniqueConstraint(fields=('project', 'agency'), name='plan_projectlead_one_project_agency'),
        ),
        migrations.AddConstraint(
            model_name='projectmeasure',
            constraint=models.UniqueConstraint(fields=('project', 'measure'), name='plan_projectmeasure_one_project_measure'),
        ),
        migrations.AddConstraint(
            model_name='project',
            constraint=models.UniqueConstraint(fields=('partnership', 'name'), name='plan_project_one_partnership_name'),
        ),
        migrations.AddConstraint(
            model_name='quotedstanding',
            constraint=models.UniqueConstraint(fields=('measure', 'group', 'period'), name='plan_quotedstanding_one_measure_group_period'),
        ),
        migrations.AddConstraint(
            model_name='quotedstanding',
            constraint=models.CheckConstraint(condition=models.Q(('rank__gte', 1), ('rank__lte', models.F('of'))), name='plan_quotedstanding_rank_within_the_group'),
        ),
        migrations.AddConstraint(
            model_name='target',
            constraint=models.UniqueConstraint(fields=('measure', 'period', 'kind'), name='plan_target_one_measure_period_kind'),
        ),
        migrations.AddConstraint(
            model_name='target',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['value', 'per cent change'])), name='plan_target_known_kind'),
        ),
        migrations.AddConstraint(
            model_name='target',
            constraint=models.CheckConstraint(condition=models.Q(('tolerance__gte', 0)), name='plan_target_tolerance_either_way'),
        ),
    ]
