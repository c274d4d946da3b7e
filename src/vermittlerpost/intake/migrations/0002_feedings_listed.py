from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("intake", "0001_initial")]

    operations = [
        migrations.AddIndex(
            model_name="importedfile",
            index=models.Index(models.F("fed_at"), name="intake_files_by_moment"),
        ),
        migrations.AddIndex(
            model_name="refusedrow",
            index=models.Index(models.F("file"), models.F("row"), models.F("id"), name="intake_refused_in_file"),
        ),
    ]
