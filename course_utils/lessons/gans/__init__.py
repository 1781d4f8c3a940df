"""The room of lecture 12: GANs."""

from course_utils.lessons.room import Room

ROOM = Room(title="GANs", items={})
