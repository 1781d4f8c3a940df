"""The room of lecture 03: activations."""

from course_utils.lessons.room import Room

ROOM = Room(title="Activations")
