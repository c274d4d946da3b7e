from django.db import migrations, models

import vermittlerpost.lib.fields


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0006_raised_levels"),
    ]

    operations = [
        migrations.CreateModel(
            name="Halt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateTimeField()),
                ("until", models.DateField(null=True)),
                ("reason", models.TextField()),
                ("by", vermittlerpost.lib.fields.Code(db_collation="C")),
            ],
        ),
    ]
