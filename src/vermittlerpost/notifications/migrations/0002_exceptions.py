from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("notifications", "0001_initial")]

    operations = [
        migrations.AddField(model_name="preference", name="until", field=models.DateField(null=True)),
        migrations.RemoveConstraint(model_name="preference", name="notifications_one_choice"),
        migrations.AddConstraint(
            model_name="preference",
            constraint=models.UniqueConstraint(
                models.F("user"), models.F("category"), condition=Q(until=None), name="notifications_one_choice"
            ),
        ),
        migrations.AddConstraint(
            model_name="preference",
            constraint=models.UniqueConstraint(
                models.F("user"), models.F("category"), condition=~Q(until=None), name="notifications_one_exception"
            ),
        ),
    ]
