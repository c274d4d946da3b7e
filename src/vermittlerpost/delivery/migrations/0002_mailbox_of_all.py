from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("delivery", "0001_initial")]

    operations = [
        migrations.AddIndex(
            model_name="mailboxentry",
            index=models.Index(fields=["-provided_at", "-letter"], name="delivery_mailbox_of_all"),
        ),
    ]
