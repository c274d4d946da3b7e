import django.db.models.deletion
from django.db import migrations, models

import vermittlerpost.lib.fields


class Migration(migrations.Migration):
    dependencies = [("notifications", "0002_exceptions")]

    operations = [
        migrations.CreateModel(
            name="SoftBounce",
            fields=[
                (
                    "mail",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        serialize=False,
                        to="notifications.mail",
                    ),
                ),
                ("address", vermittlerpost.lib.fields.Code(db_collation="C")),
                ("at", models.DateTimeField()),
            ],
            options={"indexes": [models.Index(models.F("address"), models.F("at"), name="notifications_soft_bounces")]},
        ),
    ]
