"""The hub's side: what its queue orders by, second looks, who was told of a restricted match."""

import uuid
from pathlib import Path

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from sharing_agreements.row_security import sql_file


class Migration(migrations.Migration):
    """Changes the tables, then runs sql/0003_hub.sql."""

    dependencies = [
        ("cases", "0002_governed"),
        ("referrals", "0002_front_door_policy"),
        ("sharing_agreements", "0008_find_and_match"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ContactEntry",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "about",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(),
                        default=list,
                        help_text="Every person this row is about.",
                        size=None,
                    ),
                ),
                (
                    "happened_on",
                    models.DateField(help_text="The day 'how far back' counts from."),
                ),
                (
                    "recorded_at",
                    models.DateTimeField(default=django.utils.timezone.now),
                ),
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
                (
                    "sent_to_practitioner_no",
                    models.IntegerField(editable=False, null=True),
                ),
                ("bit", models.IntegerField(default=0, editable=False)),
                ("stage", models.SmallIntegerField(default=0, editable=False)),
                (
                    "involved",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SmallIntegerField(),
                        default=list,
                        editable=False,
                        size=None,
                    ),
                ),
                (
                    "workers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(),
                        default=list,
                        editable=False,
                        size=None,
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
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("claimed", "Claimed"),
                            ("handed_over", "Handed over"),
                            ("acknowledged", "Acknowledged"),
                            ("asked", "Asked the reporter"),
                            ("answered", "Answered"),
                            (
                                "watched",
                                "Found to be about a family being kept in touch with",
                            ),
                            ("read", "Read what was added"),
                        ],
                        max_length=20,
                    ),
                ),
                ("text", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
            ],
            options={
                "verbose_name_plural": "contact entries",
                "ordering": ["at"],
            },
        ),
        migrations.CreateModel(
            name="RestrictedMatch",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("reference", models.CharField(max_length=12)),
                (
                    "is_named",
                    models.BooleanField(help_text="On the list of people who may see the restricted person."),
                ),
                ("told_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "verbose_name_plural": "restricted matches",
                "ordering": ["-told_at"],
            },
        ),
        migrations.CreateModel(
            name="SecondLook",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "about",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(),
                        default=list,
                        help_text="Every person this row is about.",
                        size=None,
                    ),
                ),
                (
                    "happened_on",
                    models.DateField(help_text="The day 'how far back' counts from."),
                ),
                (
                    "recorded_at",
                    models.DateTimeField(default=django.utils.timezone.now),
                ),
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
                (
                    "sent_to_practitioner_no",
                    models.IntegerField(editable=False, null=True),
                ),
                ("bit", models.IntegerField(default=0, editable=False)),
                ("stage", models.SmallIntegerField(default=0, editable=False)),
                (
                    "involved",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SmallIntegerField(),
                        default=list,
                        editable=False,
                        size=None,
                    ),
                ),
                (
                    "workers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(),
                        default=list,
                        editable=False,
                        size=None,
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
                ("agreed", models.BooleanField()),
                ("reason", models.TextField(blank=True)),
            ],
        ),
        migrations.AddField(
            model_name="contact",
            name="danger",
            field=models.BooleanField(default=False, help_text="The reporter says a child is in danger now."),
        ),
        migrations.AddField(
            model_name="contact",
            name="looked_at",
            field=models.BooleanField(
                default=False,
                help_text="No further action waits for a manager's look: a sample, or somebody restricted.",
            ),
        ),
        migrations.AddField(
            model_name="contact",
            name="reported",
            field=models.CharField(
                choices=[
                    ("red", "Red"),
                    ("amber", "Amber"),
                    ("green", "Green"),
                    ("blue", "Blue"),
                ],
                default="green",
                help_text="The reporter's grade; the queue orders by it.",
                max_length=10,
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="contact",
            name="watched_since",
            field=models.DateField(
                help_text="A child in it has been kept in touch with since this day.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="case",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="cases.case",
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="held_for",
            field=models.CharField(
                blank=True,
                choices=[
                    (
                        "watch",
                        "A second person, because the family is being kept in touch with",
                    ),
                    ("look", "A manager's look"),
                    (
                        "override",
                        "A second person, because it goes against the family's answer or the reporter's red",
                    ),
                ],
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="returned",
            field=models.BooleanField(default=False, help_text="A second person did not agree: decide again."),
        ),
        migrations.AddField(
            model_name="decision",
            name="way",
            field=models.CharField(
                blank=True,
                choices=[
                    ("offer", "Offer it: the family has not been asked yet"),
                    ("open", "Open a case: the family agreed, it needs a lead"),
                    ("join", "Join the family's open case"),
                ],
                help_text="How early help starts.",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="match",
            name="identity",
            field=models.ForeignKey(
                default="00000000-0000-0000-0000-000000000000",
                help_text="The account that matched: shown only to those who may read it.",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="sharing_agreements.identity",
            ),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="decision",
            name="held",
            field=models.BooleanField(
                default=False,
                help_text="Waits for a second person before anybody is told.",
            ),
        ),
        migrations.AlterField(
            model_name="decision",
            name="reported_child",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decisions",
                to="referrals.reportedchild",
            ),
        ),
        migrations.AlterField(
            model_name="decisiondetail",
            name="consent_state",
            field=models.CharField(
                blank=True,
                choices=[
                    ("not_asked", "Not asked"),
                    ("agreed", "Agreed"),
                    ("partly", "Agreed in part"),
                    ("declined", "Declined"),
                    ("withdrawn", "Withdrawn"),
                    ("overridden", "Overridden by a decider"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="decisiondetail",
            name="lawful_basis",
            field=models.CharField(
                choices=[
                    (
                        "public_task",
                        "Public task: safeguarding and helping children (UK GDPR Article 6(1)(e))",
                    ),
                    ("legal_obligation", "Legal obligation (UK GDPR Article 6(1)(c))"),
                    (
                        "vital_interests",
                        "Vital interests: somebody's life is at risk (UK GDPR Article 6(1)(d))",
                    ),
                ],
                max_length=200,
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(
                condition=models.Q(("returned", False)),
                fields=("reported_child",),
                name="one_decision_stands_for_a_reported_child",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("held", False),
                    models.Q(("held_for", ""), _negated=True),
                    _connector="OR",
                ),
                name="a_held_decision_says_for_what",
            ),
        ),
        migrations.AddField(
            model_name="contactentry",
            name="author",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="contactentry",
            name="contact",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="entries",
                to="referrals.contact",
            ),
        ),
        migrations.AddField(
            model_name="contactentry",
            name="family",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="sharing_agreements.family",
            ),
        ),
        migrations.AddField(
            model_name="contactentry",
            name="owner",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="sharing_agreements.agency",
            ),
        ),
        migrations.AddField(
            model_name="contactentry",
            name="person",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="sharing_agreements.person",
            ),
        ),
        migrations.AddField(
            model_name="contactentry",
            name="sent_to",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="sharing_agreements.agency",
            ),
        ),
        migrations.AddField(
            model_name="contactentry",
            name="sent_to_practitioner",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="contactentry",
            name="to",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="restrictedmatch",
            name="contact",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="referrals.contact",
            ),
        ),
        migrations.AddField(
            model_name="restrictedmatch",
            name="hub",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="sharing_agreements.agency",
            ),
        ),
        migrations.AddField(
            model_name="restrictedmatch",
            name="recipient",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="secondlook",
            name="author",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="secondlook",
            name="decision",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="second_look",
                to="referrals.decision",
            ),
        ),
        migrations.AddField(
            model_name="secondlook",
            name="family",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="sharing_agreements.family",
            ),
        ),
        migrations.AddField(
            model_name="secondlook",
            name="owner",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="sharing_agreements.agency",
            ),
        ),
        migrations.AddField(
            model_name="secondlook",
            name="person",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="sharing_agreements.person",
            ),
        ),
        migrations.AddField(
            model_name="secondlook",
            name="sent_to",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="sharing_agreements.agency",
            ),
        ),
        migrations.AddField(
            model_name="secondlook",
            name="sent_to_practitioner",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="restrictedmatch",
            constraint=models.UniqueConstraint(
                fields=("contact", "recipient"),
                name="somebody_is_told_of_a_contact_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="secondlook",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("agreed", True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="sending_a_decision_back_has_a_reason",
            ),
        ),
        sql_file(Path(__file__).parents[1] / "sql" / "0003_hub.sql"),
    ]
