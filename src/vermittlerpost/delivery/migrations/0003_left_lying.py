from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("delivery", "0002_mailbox_of_all")]

    operations = [
        migrations.AddIndex(
            model_name="shipment",
            index=models.Index(
                fields=["agency", "provided_at", "id"],
                condition=models.Q(("acknowledged_at", None), ("alarmed_at__isnull", False), ("fetched_at", None)),
                name="delivery_left_lying",
            ),
        ),
    ]
