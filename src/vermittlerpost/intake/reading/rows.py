"""From the cells of one row to a typed row, or to a refusal for every cell that is wrong."""

from collections.abc import Sequence

from vermittlerpost.intake.reading.results import Accepted, Outcome, Refusal, Source
from vermittlerpost.intake.rules.inputs import Column, Format, Row

EMPTY = "Die Zelle darf nicht leer sein."


class RowReader:
    """Read rows of one format whose cells come in the given order of columns."""

    def __init__(self, form: Format, source: Source, columns: Sequence[Column]) -> None:
        self._form = form
        self._source = source
        self._plan = tuple((column, column.name, column.cell.read) for column in columns)
        self._doubted = tuple((c.name, c.cell.doubt) for c in columns if c.cell.doubt)

    def read(self, row: int, cells: Sequence[str]) -> Sequence[Outcome]:
        """Return the accepted row and its doubts, or every refusal; there must be a cell for each column."""
        values: dict[str, object] = {}
        refusals: list[Refusal] = []
        for (column, name, read), cell in zip(self._plan, cells, strict=True):
            text = cell.strip()
            if text:
                try:
                    values[name] = read(text)
                except ValueError:
                    refusals.append(self._source.refuse(row, column.cell.rule, column=name, value=cell))
            elif column.may_be_empty:
                values[name] = column.empty
            else:
                refusals.append(self._source.refuse(row, EMPTY, column=name))
        return refusals or self._judged(row, self._form.row(**values))

    def _judged(self, row: int, values: Row) -> Sequence[Outcome]:
        accepted = Accepted(file=self._source.file, row=row, values=values)
        broken = [check for check in self._form.checks if not check.holds(values)]
        if broken:
            return [accepted.refuse(check.column, check.rule) for check in broken]
        doubts = [(name, doubt(getattr(values, name))) for name, doubt in self._doubted]
        return [accepted, *(accepted.doubt(name, warning) for name, warning in doubts if warning)]
