from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0005_settled_cancellations"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="raised",
            field=models.SmallIntegerField(db_default=0),
        ),
    ]
