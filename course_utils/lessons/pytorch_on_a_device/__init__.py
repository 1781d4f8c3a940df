"""The room of lecture 13: PyTorch on a device."""

from course_utils.lessons.room import Room

ROOM = Room(title="PyTorch on a device")
