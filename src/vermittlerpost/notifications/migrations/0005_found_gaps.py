import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

import vermittlerpost.lib.fields


class Migration(migrations.Migration):
    dependencies = [("agencies", "0002_user_identity"), ("notifications", "0004_mails_in_order")]

    operations = [
        migrations.CreateModel(
            name="FoundGap",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "agency",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="found_gaps",
                        to="agencies.agency",
                    ),
                ),
                ("category", vermittlerpost.lib.fields.Code(db_collation="C")),
                ("since", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("agency"),
                        models.F("category"),
                        condition=Q(ended_at=None),
                        name="notifications_open_gap",
                    )
                ]
            },
        ),
    ]
