"""The room of lecture 14: the mock exam."""

from course_utils.lessons.room import Room

ROOM = Room(title="Mock exam")
