"""Column kinds that several rooms share."""

from typing import Any

from django.db import models


def code(**options: Any) -> "models.TextField[str, str]":
    """Make a column for an identifier or catalogue code: plain bytes order, so that it sorts alike everywhere."""
    return models.TextField(db_collation="C", **options)
