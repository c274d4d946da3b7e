"""A second opinion on `simulate`: it reads the same files and says, slowly and obviously, what must come out.

It shares nothing with the product: no import, no database, no framework; only Python and the `holidays`
package. Read it in this order: `days` (when something may happen), `columns` and `files` (which rows count),
`plates`, `masters` and `messages` (what they say), `matching` and `cases` (what becomes of a registration),
`people` (who is mailed), `world` (one day after the other).

`worlds` makes small random worlds to compare on, with `draft`, `offices`, `papers` and `vehicles` behind it.
"""

from .plates import folded
from .world import Outcome, compute
from .worlds import make

__all__ = ["Outcome", "compute", "folded", "make"]
