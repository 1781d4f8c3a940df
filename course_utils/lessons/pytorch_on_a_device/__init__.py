"""The room of lecture 13: PyTorch on a device."""

from course_utils.lessons.room import Coverage, Room

ROOM = Room(
    title="PyTorch on a device",
    star="Line by line",
    terms=(
        "shape",
        "dtype",
        "device",
        "broadcasting",
        "autograd",
    ),
    items={
        "7.1": Coverage(section="Line by line", explorer="Line by line", exercise="13.3"),
    },
)
