"""Notices of domestic abuse to schools."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("referrals", "0025_likenesses"),
        ("sharing_agreements", "0032_key_adults"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SchoolNotice",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "about",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(),
                        default=list,
                        help_text="Every person this row is about.",
                        size=None,
                    ),
                ),
                ("happened_on", models.DateField(help_text="The day 'how far back' counts from.")),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "hidden_from",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SmallIntegerField(),
                        default=list,
                        help_text="Numbers of agencies that must never see this row.",
                        size=None,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "kind",
                    models.SmallIntegerField(
                        choices=[
                            (1, "Name, date of birth and identifiers"),
                            (2, "Address and where a child can be found"),
                            (3, "Concern report"),
                            (4, "For the hub only"),
                            (5, "Hub decision"),
                            (6, "Police information"),
                            (7, "Domestic abuse information"),
                            (8, "Health information"),
                            (9, "Education information"),
                            (10, "Housing information"),
                            (11, "Children's social care information"),
                            (12, "Youth justice, probation and prison information"),
                            (13, "Substance use information"),
                            (14, "Charity and community information"),
                            (15, "Early help case"),
                            (16, "Plan: needs, outcomes and actions"),
                            (17, "Meetings and reviews"),
                            (18, "Notes of work with the family"),
                            (19, "Consent to help"),
                            (20, "Household, relationships and safe contact"),
                            (21, "Staff-safety note"),
                            (22, "Flag from the watch"),
                            (23, "Employment and benefits information"),
                            (24, "Feedback to a reporter"),
                        ],
                        default=0,
                        editable=False,
                    ),
                ),
                ("owner_no", models.SmallIntegerField(default=0, editable=False)),
                ("author_no", models.IntegerField(editable=False, null=True)),
                ("team_no", models.IntegerField(editable=False, null=True)),
                ("sent_to_no", models.SmallIntegerField(editable=False, null=True)),
                ("sent_to_practitioner_no", models.IntegerField(editable=False, null=True)),
                ("bit", models.IntegerField(default=0, editable=False)),
                ("stage", models.SmallIntegerField(default=0, editable=False)),
                (
                    "involved",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SmallIntegerField(), default=list, editable=False, size=None
                    ),
                ),
                (
                    "workers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), default=list, editable=False, size=None
                    ),
                ),
                ("lead_no", models.IntegerField(editable=False, null=True)),
                ("consent_until", models.DateField(editable=False, null=True)),
                ("facts_until", models.DateField(editable=False, null=True)),
                ("restricted", models.SmallIntegerField(default=0, editable=False)),
                (
                    "allowed",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), editable=False, null=True, size=None
                    ),
                ),
                ("child_name", models.CharField(max_length=170)),
                (
                    "child_born",
                    models.CharField(blank=True, help_text="In words, as far as it is known.", max_length=60),
                ),
                ("police_reference", models.CharField(blank=True, max_length=60)),
                ("happened_time", models.TimeField(null=True)),
                (
                    "there",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("saw", "Saw it"),
                            ("heard", "Heard it"),
                            ("at_home", "Was in the home, and neither saw nor heard it"),
                            ("elsewhere", "Was somewhere else"),
                            ("not_known", "Not known"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "place",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("home", "At the child's home"),
                            ("other_home", "At another home"),
                            ("public", "In a public place"),
                            ("not_known", "Not known"),
                        ],
                        help_text="Never an address.",
                        max_length=20,
                    ),
                ),
                (
                    "seen",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("alone", "Seen, and spoken to alone"),
                            ("with_others", "Seen, and spoken to with others there"),
                            ("seen_only", "Seen, not spoken to"),
                            ("heard", "Heard, not seen"),
                            ("not_seen", "Not seen"),
                            ("not_known", "Not known"),
                        ],
                        help_text="As in the report: alone or with whom.",
                        max_length=20,
                    ),
                ),
                ("seemed", models.CharField(blank=True, help_text="How the child seemed.", max_length=300)),
                ("words", models.TextField(blank=True, help_text="What the child said, as said.")),
                ("circumstances", models.CharField(blank=True, help_text="Names no adult.", max_length=500)),
                ("starts_at", models.DateTimeField(help_text="When the next school day begins.")),
                (
                    "withdrawn_at",
                    models.DateTimeField(help_text="Taken back: another child, or another school.", null=True),
                ),
                ("alarm_at", models.DateTimeField(help_text="When it is an alarm that it has reached nobody.")),
                (
                    "none_because",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("not_at_school", "Too young for reception, or has left school"),
                            (
                                "told_by_telephone",
                                "The school is not in this service: its key adult was told by telephone",
                            ),
                            ("wrong_child", "It was not this child"),
                        ],
                        max_length=20,
                    ),
                ),
                ("none_words", models.CharField(blank=True, max_length=200)),
                ("written_at", models.DateTimeField(null=True)),
                ("sent_at", models.DateTimeField(help_text="When the first briefed key adult had a copy.", null=True)),
                ("acknowledged_at", models.DateTimeField(null=True)),
                (
                    "alarmed_at",
                    models.DateTimeField(help_text="When the job found that it had reached nobody in time.", null=True),
                ),
                (
                    "raised_at",
                    models.DateTimeField(help_text="When the job found it unread as the school day began.", null=True),
                ),
                (
                    "acknowledged_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "family",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sharing_agreements.family",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="sharing_agreements.agency"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sharing_agreements.person",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notices", to="referrals.report"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sharing_agreements.agency",
                    ),
                ),
                (
                    "sent_to",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sharing_agreements.agency",
                    ),
                ),
                (
                    "sent_to_practitioner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["starts_at", "child_name", "id"],
            },
        ),
        migrations.CreateModel(
            name="NoticeCopy",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "about",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(),
                        default=list,
                        help_text="Every person this row is about.",
                        size=None,
                    ),
                ),
                ("happened_on", models.DateField(help_text="The day 'how far back' counts from.")),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "hidden_from",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SmallIntegerField(),
                        default=list,
                        help_text="Numbers of agencies that must never see this row.",
                        size=None,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "kind",
                    models.SmallIntegerField(
                        choices=[
                            (1, "Name, date of birth and identifiers"),
                            (2, "Address and where a child can be found"),
                            (3, "Concern report"),
                            (4, "For the hub only"),
                            (5, "Hub decision"),
                            (6, "Police information"),
                            (7, "Domestic abuse information"),
                            (8, "Health information"),
                            (9, "Education information"),
                            (10, "Housing information"),
                            (11, "Children's social care information"),
                            (12, "Youth justice, probation and prison information"),
                            (13, "Substance use information"),
                            (14, "Charity and community information"),
                            (15, "Early help case"),
                            (16, "Plan: needs, outcomes and actions"),
                            (17, "Meetings and reviews"),
                            (18, "Notes of work with the family"),
                            (19, "Consent to help"),
                            (20, "Household, relationships and safe contact"),
                            (21, "Staff-safety note"),
                            (22, "Flag from the watch"),
                            (23, "Employment and benefits information"),
                            (24, "Feedback to a reporter"),
                        ],
                        default=0,
                        editable=False,
                    ),
                ),
                ("owner_no", models.SmallIntegerField(default=0, editable=False)),
                ("author_no", models.IntegerField(editable=False, null=True)),
                ("team_no", models.IntegerField(editable=False, null=True)),
                ("sent_to_no", models.SmallIntegerField(editable=False, null=True)),
                ("sent_to_practitioner_no", models.IntegerField(editable=False, null=True)),
                ("bit", models.IntegerField(default=0, editable=False)),
                ("stage", models.SmallIntegerField(default=0, editable=False)),
                (
                    "involved",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SmallIntegerField(), default=list, editable=False, size=None
                    ),
                ),
                (
                    "workers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), default=list, editable=False, size=None
                    ),
                ),
                ("lead_no", models.IntegerField(editable=False, null=True)),
                ("consent_until", models.DateField(editable=False, null=True)),
                ("facts_until", models.DateField(editable=False, null=True)),
                ("restricted", models.SmallIntegerField(default=0, editable=False)),
                (
                    "allowed",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), editable=False, null=True, size=None
                    ),
                ),
                ("child_name", models.CharField(max_length=170)),
                (
                    "child_born",
                    models.CharField(blank=True, help_text="In words, as far as it is known.", max_length=60),
                ),
                ("police_reference", models.CharField(blank=True, max_length=60)),
                ("happened_time", models.TimeField(null=True)),
                (
                    "there",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("saw", "Saw it"),
                            ("heard", "Heard it"),
                            ("at_home", "Was in the home, and neither saw nor heard it"),
                            ("elsewhere", "Was somewhere else"),
                            ("not_known", "Not known"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "place",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("home", "At the child's home"),
                            ("other_home", "At another home"),
                            ("public", "In a public place"),
                            ("not_known", "Not known"),
                        ],
                        help_text="Never an address.",
                        max_length=20,
                    ),
                ),
                (
                    "seen",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("alone", "Seen, and spoken to alone"),
                            ("with_others", "Seen, and spoken to with others there"),
                            ("seen_only", "Seen, not spoken to"),
                            ("heard", "Heard, not seen"),
                            ("not_seen", "Not seen"),
                            ("not_known", "Not known"),
                        ],
                        help_text="As in the report: alone or with whom.",
                        max_length=20,
                    ),
                ),
                ("seemed", models.CharField(blank=True, help_text="How the child seemed.", max_length=300)),
                ("words", models.TextField(blank=True, help_text="What the child said, as said.")),
                ("circumstances", models.CharField(blank=True, help_text="Names no adult.", max_length=500)),
                ("starts_at", models.DateTimeField(help_text="When the next school day begins.")),
                (
                    "withdrawn_at",
                    models.DateTimeField(help_text="Taken back: another child, or another school.", null=True),
                ),
                ("sent_at", models.DateTimeField()),
                ("acknowledged_at", models.DateTimeField(null=True)),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "family",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sharing_agreements.family",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="sharing_agreements.agency"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sharing_agreements.person",
                    ),
                ),
                (
                    "sent_to",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sharing_agreements.agency",
                    ),
                ),
                (
                    "sent_to_practitioner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="copies", to="referrals.schoolnotice"
                    ),
                ),
            ],
            options={
                "ordering": ["-sent_at", "id"],
            },
        ),
        migrations.AddIndex(
            model_name="schoolnotice",
            index=models.Index(
                condition=models.Q(("acknowledged_at", None), ("none_because", "")),
                fields=["alarm_at"],
                name="notice_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="schoolnotice",
            constraint=models.UniqueConstraint(fields=("report", "person"), name="one_notice_a_child_of_a_report"),
        ),
        migrations.AddConstraint(
            model_name="schoolnotice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("written_at", None),
                    ("school__isnull", False),
                    models.Q(("none_because", ""), _negated=True),
                    _connector="OR",
                ),
                name="a_written_notice_goes_to_a_school_or_says_why_not",
            ),
        ),
        migrations.AddConstraint(
            model_name="noticecopy",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at", None)),
                fields=("notice", "sent_to_practitioner"),
                name="one_copy_of_a_notice_a_reader",
            ),
        ),
    ]
