"""The room of the start page: the course's map, progress, and a try-out of its machinery."""

from course_utils.lessons.room import Room

ROOM = Room(title="Start here")
