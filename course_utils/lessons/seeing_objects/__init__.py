"""The room of lecture 08: seeing objects."""

from course_utils.lessons.room import Coverage, Room

ROOM = Room(
    title="Seeing objects",
    star="The room fills up",
    terms=(
        "semantic segmentation",
        "object detection",
        "fully convolutional",
        "heat map",
        "connected regions",
        "intersection over union",
        "non-maximum suppression",
        "density counting",
        "instance segmentation",
        "miss",
        "false alarm",
    ),
    items={
        "2.3": Coverage(
            section="The capacity alarm",
            explorer="The room fills up",
            exercise="08.1",
        )
    },
)
