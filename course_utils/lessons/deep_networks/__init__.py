"""The room of lecture 04: deep networks."""

from course_utils.lessons.room import Room

ROOM = Room(title="Deep networks")
