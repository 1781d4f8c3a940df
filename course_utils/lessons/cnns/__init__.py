"""The room of lecture 07: convolutional networks."""

from course_utils.lessons.room import Room

ROOM = Room(title="CNNs")
