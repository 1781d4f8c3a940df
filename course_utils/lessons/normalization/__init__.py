"""The room of lecture 01: normalization."""

from course_utils.lessons.room import Coverage, Room

ROOM = Room(
    title="Normalization",
    items={
        "1.1": Coverage(section="Whose statistics?", explorer="statistics", exercise="01.6"),
        "3.1": Coverage(section="The exam's table", explorer="column", exercise="01.5"),
    },
)
