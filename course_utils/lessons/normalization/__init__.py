"""The room of lecture 01: normalization."""

from course_utils.lessons.room import Coverage, Room

ROOM = Room(
    title="Normalization",
    star="One feature in other units",
    terms=(
        "condition number",
        "whitening",
        "standardizing",
    ),
    items={
        "1.1": Coverage(
            section="Whose statistics?",
            explorer="Whose statistics?",
            exercise="01.6",
        ),
        "3.1": Coverage(
            section="The exam's table", explorer="One value moves away", exercise="01.5"
        ),
    },
)
