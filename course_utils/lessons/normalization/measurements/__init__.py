"""What decides the statements about normalization, measured on the wine table and on made-up data.

Every measurement is deterministic for one set of seeds, takes at most about a second and is
computed once a process. Where chance has a part, it is taken over `SEEDS`.
"""

from course_utils.lessons.normalization.measurements import (
    columns,
    models,
    networks,
    practice,
    samples,
)

__all__ = ["columns", "models", "networks", "practice", "samples"]
