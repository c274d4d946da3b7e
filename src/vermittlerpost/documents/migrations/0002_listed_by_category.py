from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]

    operations = [
        migrations.AddIndex(
            model_name="document",
            index=models.Index(fields=["agency", "category", "-provided_at", "-document_id"], name="documents_listed"),
        ),
        migrations.RemoveIndex(model_name="document", name="documents_of_agency"),
    ]
