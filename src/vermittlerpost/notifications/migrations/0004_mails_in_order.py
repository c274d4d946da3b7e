import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notifications", "0003_soft_bounces")]

    operations = [
        migrations.AddIndex(
            model_name="mail",
            index=models.Index(models.F("made_at"), models.F("id"), name="notifications_mails_in_order"),
        ),
        migrations.AddIndex(
            model_name="unmailed",
            index=django.contrib.postgres.indexes.BrinIndex(
                models.F("decided_at"), autosummarize=True, name="notifications_unmailed_brin"
            ),
        ),
    ]
