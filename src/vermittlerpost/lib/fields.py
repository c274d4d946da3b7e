"""Column kinds that several rooms share, and a way to ask for many values at once."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

# Django's classes take type arguments when they are checked, but not when they run.
if TYPE_CHECKING:
    _Text = models.TextField[str, str]
    _Lookup = models.Lookup[Any]
else:
    _Text, _Lookup = models.TextField, models.Lookup


class Code(_Text):
    """A column for an identifier or catalogue code, in plain byte order, so that it sorts alike everywhere.

    Django gives every key of type `text` a second index for LIKE, which in this order the first one serves as well;
    under its longer name PostgreSQL's type gets one index only.
    """

    def db_type(self, connection: BaseDatabaseWrapper) -> str:  # noqa: ARG002 (Django's signature)
        """Return PostgreSQL's other name for text."""
        return "character varying"

    def rel_db_type(self, connection: BaseDatabaseWrapper) -> str:
        """Return the same for columns that refer to this one."""
        return self.db_type(connection)


@models.ForeignKey.register_lookup
@Code.register_lookup
class AnyOf(_Lookup):
    """`column__any_of=values`: one parameter however many values, where `in` would write each of them out."""

    lookup_name = "any_of"

    def get_prep_lookup(self) -> list[Any]:
        """Return the values as a list, which becomes an array."""
        return list(self.rhs)

    def as_sql(self, compiler: Any, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        """Return the comparison."""
        left, parameters = self.process_lhs(compiler, connection)
        return f"{left} = ANY (%s)", (*parameters, list(self.rhs))


def code(**options: Any) -> Code:
    """Make a code column."""
    return Code(db_collation="C", **options)
