"""The room of lecture 06: batch norm."""

from course_utils.lessons.room import Coverage, Room

ROOM = Room(
    title="Batch norm",
    star="One batch",
    terms=(
        "running statistics",
        "momentum",
        "effective smoothness",
        "internal covariate shift",
        "layer norm",
        "group norm",
    ),
    items={
        "1.4": Coverage(
            section="Does it smooth the loss?",
            explorer="The loss along the gradient",
            exercise="06.1",
        ),
    },
)
