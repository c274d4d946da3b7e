from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="identity",
            field=models.TextField(default=""),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.UniqueConstraint(
                models.F("identity"),
                condition=models.Q(("identity", ""), _negated=True),
                name="agencies_identity",
            ),
        ),
    ]
