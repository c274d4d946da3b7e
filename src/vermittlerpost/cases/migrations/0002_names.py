"""Let the insurer's staff find cases by the names of policyholder and keeper."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import migrations


class Migration(migrations.Migration):
    """Add the index of names."""

    dependencies = [("cases", "0001_initial")]

    operations = [
        migrations.AddIndex(
            "case",
            GinIndex(SearchVector("policyholder_name", "keeper_name", config="simple"), name="cases_by_name"),
        ),
    ]
