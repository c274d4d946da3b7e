from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("delivery", "0003_left_lying")]

    operations = [
        migrations.AddField("printbatch", "to_send_since", models.DateTimeField(null=True)),
        migrations.AddField("printbatch", "sent_at", models.DateTimeField(null=True)),
        migrations.AddField("printbatch", "confirmed_at", models.DateTimeField(null=True)),
    ]
