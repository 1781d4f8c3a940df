"""The room of lecture 09: backpropagation through a recurrent cell."""

from course_utils.lessons.room import Coverage, Room

ROOM = Room(
    title="RNN backprop",
    star="The unrolled cell",
    terms=(
        "unrolled",
        "backpropagation through time",
        "vanishes",
        "explodes",
        "singular value",
        "long short-term memory",
    ),
    items={
        "4.1": Coverage(section="Forward", explorer="The unrolled cell", exercise="09.1"),
        "4.2": Coverage(
            section="Backward through time", explorer="The unrolled cell", exercise="09.2"
        ),
        "4.3": Coverage(section="Where the logarithm breaks", explorer="Gradient over time"),
    },
)
