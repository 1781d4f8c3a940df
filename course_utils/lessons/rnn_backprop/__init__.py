"""The room of lecture 09: backpropagation through a recurrent cell."""

from course_utils.lessons.room import Room

ROOM = Room(title="RNN backprop")
