"""The seeds of the course: every lecture, measurement and statement takes its own from here.

    SEEDS = seeds(5)                       # 0, 1, 2, 3, 4
    rng = np.random.default_rng(SEEDS[0])  # where one is enough

`course claims` runs the same code with other seed sets, which its author never saw. So nothing may
rest on a seed's value: loop with ``enumerate(SEEDS)`` or a dictionary instead of indexing by it.
"""

from course_utils import runtime

LARGEST = 1000
"""How many seeds a set has; two sets share none."""


def seeds(count: int) -> range:
    """Return the first `count` seeds of the present set.

    Raises
    ------
    ValueError
        If `count` is not from 1 to `LARGEST`.
    """
    if not 1 <= count <= LARGEST:
        raise ValueError(f"a seed set has 1 to {LARGEST} seeds, and {count} were asked for")
    first = LARGEST * runtime.seed_set()
    return range(first, first + count)
