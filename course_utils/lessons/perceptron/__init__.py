"""The room of lecture 02: the perceptron."""

from course_utils.lessons.room import Room

ROOM = Room(title="Perceptron")
