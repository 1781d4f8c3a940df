"""The room of lecture 04: deep networks."""

from course_utils.lessons.room import Coverage, Room

ROOM = Room(
    title="Deep networks",
    star="Backpropagation on a graph",
    terms=(
        "symmetry",
        "inverted dropout",
        "skip connection",
    ),
    items={
        "1.2": Coverage(
            section="All zeros, all equal",
            explorer="Hidden units that start alike",
        ),
        "1.6": Coverage(
            section="Where the gradient goes",
            explorer="Gradient by layer",
            exercise="04.5",
        ),
        "2.5": Coverage(
            section="Two linear layers are one",
            explorer="Two layers or one",
            exercise="04.3",
        ),
    },
)
