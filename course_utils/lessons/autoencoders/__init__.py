"""The room of lecture 11: autoencoders."""

from course_utils.lessons.room import Coverage, Room

ROOM = Room(
    title="Autoencoders",
    star="Erase and repair",
    items={
        "5.5": Coverage(section="A copy with holes", explorer="Erase and repair", exercise="11.4"),
    },
)
