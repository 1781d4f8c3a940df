"""Mark-all items whose statements are decided by measurements.

A room has a `Pool` of statements. Each is a row, decided by its measurement; an item draws from the
pool. So a key is found, never looked up::

    class Squeezed(NamedTuple):
        before: float
        after: float

    @cache
    def squeezed() -> Squeezed: ...

    POOL = Pool(
        Statement(
            "outlier",
            "One extreme value makes min-max scaling squeeze all other values of its feature.",
            squeezed,
            lambda m: m.after < 0.1 * m.before,
            "A hundred values fill {after:percent} of the range once a value of 50 has joined.",
            True,
        ),
        ...
    )
    item_1_1 = Statements("1.1", POOL, POOL.statements[:4], title="…", prompt="…")
"""

from course_utils.exam.statements.item import Statements
from course_utils.exam.statements.pool import Pool
from course_utils.exam.statements.statement import Finding, Statement

__all__ = ["Finding", "Pool", "Statement", "Statements"]
